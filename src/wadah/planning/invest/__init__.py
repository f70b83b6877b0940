"""What to invest in: the package of candidates, within a budget and floor space, that a plan gains most from.

In: a problem and candidates (candidate.py; from a file, reading.py; later and by and by, ramp.py), and perhaps a
fairness floor (floor.py). Out: a Package proved by planning again with it (package.py), beside what the plan's prices
promised (promise.py).
"""

from __future__ import annotations

from wadah.planning.invest.candidate import Candidate, MoreHours, Rate
from wadah.planning.invest.floor import Floor, FloorOutOfReach
from wadah.planning.invest.found import Package
from wadah.planning.invest.package import best_package
from wadah.planning.invest.reading import read_candidates

__all__ = ["Candidate", "Floor", "FloorOutOfReach", "MoreHours", "Package", "Rate", "best_package", "read_candidates"]
