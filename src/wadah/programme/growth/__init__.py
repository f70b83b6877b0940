"""How many groups more, artisans and months until the mandate is covered: answered by planning (docs/city.md G30 …)."""
