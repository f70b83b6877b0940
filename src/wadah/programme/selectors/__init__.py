"""What pages and files of the programme read, with a constant number of queries."""
