"""Re-implementations of published planning rules, to measure against; they are not the products that use them.

In: a Problem. Out: a Plan that the referee accepts, with no bound; orders may be left short. None where the rule finds
no plan: shortness forbidden, or promises that its greedy way can't keep. Nothing here is tuned to an instance.

- `due-date`: demand by demand, by due date and then by what shortness costs; each asks the cheapest maker first, as
  late as will do, and recursively for its components; what can't come in time is asked for later. The scheme of
  frePPLe's solver ("Planning algorithm", frepple.com/docs).
- `first-fit`: demand by demand by due date, as early as it can be finished, fastest maker first (ERPNext's forward
  scheduling).
- `equal-split`: as `due-date`, but each quantity is split equally over as many able members as can take a lot of it.
- `biggest-first`: as `due-date`, but the member with the most hours is filled first.
"""

from __future__ import annotations

from benchmarks.baselines.plan import plan_by
from benchmarks.baselines.rules import RULES

__all__ = ["RULES", "plan_by"]
