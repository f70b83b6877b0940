"""Python's search for memory that nobody holds any more, set for a server: rare, and not through the program itself.

By default it looks through all that lives again and again: 230,000 objects and 150 ms in the midst of a page, where
the rules and screens alone are 170,000. Pages free what they used without it; it is for rings of objects, which are
few.
"""

import gc

NEW_OBJECTS = 20_000
"""So many more before the young are looked through; 700 by default."""
TURNS = (20, 50)
"""Of the young before the middle-aged, of those before all."""


def memory_settle() -> None:
    """Call once, when the program is loaded and before the first page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *TURNS)
