"""The planner: pure, without Django (docs/architecture.md). Compiled loops are kept on disk, by the sources' digest.

A compiled function holds the code of those it calls, but numba only looks whether its own file has changed. So every
state of the sources has a folder of its own, beside the package or, where that can't be written, in the user's cache.
"""

import os

if "NUMBA_CACHE_DIR" not in os.environ:
    from wadah.planning.cache import cache_folder

    os.environ["NUMBA_CACHE_DIR"] = cache_folder()
