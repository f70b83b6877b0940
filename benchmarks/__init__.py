"""Measuring the planner. `make bench`; the protocol is in benchmarks/README.md."""
