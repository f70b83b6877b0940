"""Reading, each with a constant number of queries."""
