"""A manager's and a treasurer's first page."""

from addresses import MANAGER, OTHER_MANAGER, OTHER_TREASURER, TREASURER, Rule

RULES = {"today": Rule({MANAGER, TREASURER, OTHER_MANAGER, OTHER_TREASURER})}
