"""The city at work: its summary and map for everybody, the rest for the city's officers and, of members, managers."""

from addresses import EVERYBODY, MANAGER, OFFICER, OTHER_MANAGER, Rule
from wadah.register.models import Membership
from wadah.register.services import firms_differ, ikm_register, membership_open

MANAGERS = {MANAGER, OFFICER, OTHER_MANAGER}
PAIR = {"one": "twin_one", "other": "twin_other"}

RULES = {
    "city_summary": Rule(EVERYBODY),
    "city_map": Rule(EVERYBODY),
    "city_report": Rule({OFFICER}),
    "city_report_xlsx": Rule({OFFICER}),
    "city_report_paper": Rule({OFFICER}),
    "city_gaps": Rule(MANAGERS),
    "city_pairs": Rule(MANAGERS),
    "city_pair": Rule({MANAGER, OFFICER}, arguments=PAIR),
    "city_part": Rule({MANAGER, OFFICER}, arguments={"pk": "match"}, method="post"),
}


def build(cast, users):
    """Two firms that look like Bu Tini's: one to be decided about, and one that is said to be another."""
    joined = Membership.objects.get(ikm=cast.tini.ikm).joined_on
    twins = [
        ikm_register(name="TINI PELAT", owner_name="Tini", area=cast.kelurahan, subsectors=[cast.subsector])
        for _ in range(2)
    ]
    for twin in twins:
        membership_open(cooperative=cast.cooperative, joined_on=joined, ikm=twin)
    match = firms_differ(one=cast.tini.ikm, other=twins[1], reason="Kakak beradik", by=users[OFFICER])
    return {"twin_one": cast.tini.ikm.pk, "twin_other": twins[0].pk, "match": match.pk}
