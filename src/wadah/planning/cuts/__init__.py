"""Valid inequalities for the mixed-integer program: every plan obeys them, and the relaxation with them is worth more.

In: a Formulation. Out: the same program with more rows (root.py). Each family proves itself for the whole problem of
docs/model.md in its own module's docstring: lots.py, lot-sizing inequalities over echelon stock; hours.py, rounding of
the hours of a workshop and period. setups.py looks for better plans in the tightened program.
"""

from __future__ import annotations

from wadah.planning.cuts.root import tighten

__all__ = ["tighten"]
