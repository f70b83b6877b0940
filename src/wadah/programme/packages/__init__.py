"""Which support together: bottlenecks, interventions, studies of packages, and what came of them (docs/city.md, G)."""
