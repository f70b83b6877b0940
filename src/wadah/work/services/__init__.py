"""Writing: one function an act, one transaction each. Pieces of lots move through `moves` alone (docs/work.md W1)."""
