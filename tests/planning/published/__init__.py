"""A few small instances of published sets, typed in as figures: each module names its source and known optima."""
