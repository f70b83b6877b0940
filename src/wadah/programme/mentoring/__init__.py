"""Experts beside members' workshops: hours they can give, visits, and what came of them (docs/city.md G50 …)."""
