"""Reading the forum: each selector a constant number of queries, however many rows there are."""
