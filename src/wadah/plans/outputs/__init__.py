"""How many of each part a cooperative can make: a week, and this month beside all that is promised."""
