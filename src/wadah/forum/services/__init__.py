"""Writing the forum: one function an act, one transaction each, with its line of history."""
