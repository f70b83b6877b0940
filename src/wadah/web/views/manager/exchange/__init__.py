"""Open exchange: parts and workshops as open files, out and in."""
