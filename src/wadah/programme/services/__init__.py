"""Acts of the programme: one function an act, one transaction each."""
