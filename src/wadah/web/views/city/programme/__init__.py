"""Bottlenecks and the programme: what support opens most orders, packages, and what came of those adopted."""
