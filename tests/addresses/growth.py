"""The growth question: an officer asks, a manager reads the answers about the own cooperative."""

from datetime import date
from decimal import Decimal

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from growth_world import answer_kept

RULES = {
    "growth": Rule({OFFICER, MANAGER, OTHER_MANAGER}),
    "growth_figures": Rule({OFFICER, MANAGER, OTHER_MANAGER}),
    "growth_figure_add": Rule({OFFICER}),
    "growth_run": Rule({OFFICER, MANAGER}, arguments={"pk": "growth_run"}),
    "growth_stop": Rule(
        {OFFICER}, reads=frozenset({MANAGER, OTHER_MANAGER}), arguments={"pk": "growth_run"}, method="post"
    ),
}


def build(cast, users):
    run = answer_kept(cast.cooperative, start_on=date(2027, 1, 1), target=Decimal(1))
    return {"growth_run": run.pk}
