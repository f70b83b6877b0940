"""Open exchange: parts are everybody's, workshops those of the own cooperative."""

from addresses import MANAGER, OTHER_MANAGER, Rule
from wadah.catalogue.models import Part

MANAGERS = {MANAGER, OTHER_MANAGER}
PART = {"pk": "exchange_part"}
WORKSHOP = {"pk": "exchange_workshop"}
RULES = {
    "exchange": Rule(MANAGERS),
    "exchange_part_take": Rule(MANAGERS, method="post"),
    "exchange_workshop_take": Rule(MANAGERS, method="post"),
    "exchange_parts": Rule(MANAGERS),
    "exchange_part": Rule(MANAGERS, arguments=PART),
    "exchange_part_file": Rule(MANAGERS, arguments=PART),
    "exchange_workshops": Rule(MANAGERS),
    "exchange_workshop": Rule({MANAGER}, arguments=WORKSHOP),
    "exchange_workshop_file": Rule({MANAGER}, arguments=WORKSHOP),
}


def build(cast, users):
    part = Part.objects.create(code="BAUT-TUKAR", name="Baut untuk ditukar", subsector=cast.subsector)
    return {"exchange_part": part.pk, "exchange_workshop": cast.sari.workshop.pk}
