"""A plan as dense arrays, for loops that try thousands of plans: what it is, what it costs, whether it obeys.

`cost` and `sound` are compiled and may be called from other compiled loops; they say what plan.priced and
plan.row_violations say of the same plan's rows, which stay the last word on every plan handed over.
"""

from wadah.planning.state.check import sound
from wadah.planning.state.pricing import cost, costs
from wadah.planning.state.rows import plan_of, state_of
from wadah.planning.state.state import State, blank_state, copied
from wadah.planning.state.sums import Sums, sums

__all__ = ["State", "Sums", "blank_state", "copied", "cost", "costs", "plan_of", "sound", "state_of", "sums"]
