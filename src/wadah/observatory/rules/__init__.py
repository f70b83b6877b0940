"""Pure arithmetic of the city's figures: spans, spread, classes of a map, shapes, what is hidden in public."""
