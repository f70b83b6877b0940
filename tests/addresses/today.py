"""A manager's first page."""

from addresses import MANAGER, OTHER_MANAGER, Rule

RULES = {"today": Rule({MANAGER, OTHER_MANAGER})}
