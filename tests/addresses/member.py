"""A member's pages."""

from addresses import MEMBER, OTHER_MEMBER, Rule

RULES = {"work": Rule({MEMBER, OTHER_MEMBER})}
