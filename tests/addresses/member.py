"""A member's pages."""

from addresses import MEMBER, OTHER_MEMBER, Rule


def own(method="get"):
    return Rule({MEMBER}, arguments={"pk": "own_workshop"}, method=method)


RULES = {
    "work": Rule({MEMBER, OTHER_MEMBER}),
    "abilities": Rule({MEMBER, OTHER_MEMBER}),
    "ability_skills": own(),
    "ability_machine": own(),
    "ability_hours": own(),
    "ability_wish": own(),
    "ability_days": own("post"),
    "ability_confirm": own("post"),
}


def build(cast, users):
    return {"own_workshop": cast.sari.workshop.pk}
