"""What should the city's support go to? Packages proved by planning again, growth, mentoring (docs/city.md, G)."""
