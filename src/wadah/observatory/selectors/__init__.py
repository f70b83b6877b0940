"""Reading for the city: each selector a constant number of queries, whatever grows; nothing is written."""
