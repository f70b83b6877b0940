"""Areas, subsectors and the codes they count under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.register.models import Area, Classification, Subsector, SubsectorClassification
from wadah.register.services.saving import days_check, row_save

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def area_put(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Area | None = None,
    name_spaced: str = "",
    bps_code: str = "",
    lat: float | None = None,
    lng: float | None = None,
    area_km2: float | None = None,
) -> Area:
    """Writes an area or corrects the one with this code.

    Raises
    ------
    Refused: a city with a parent, another area without one, or a code that doesn't begin with its parent's.
    """
    if (kind == Area.Kind.CITY) != (parent is None):
        raise Refused(_("A city lies in no other area; every other area lies in one: check %(code)s.") % {"code": code})
    if parent is not None and not code.startswith(f"{parent.code}."):
        raise Refused(
            _("The code %(code)s doesn't begin with that of %(parent)s, %(parent_code)s.")
            % {"code": code, "parent": parent, "parent_code": parent.code}
        )
    area = Area.objects.filter(code=code).first() or Area(code=code)
    area.name, area.name_spaced, area.kind, area.parent = name, name_spaced or name, kind, parent
    area.bps_code, area.lat, area.lng, area.area_km2 = bps_code, lat, lng, area_km2
    return row_save(area)


@transaction.atomic
def subsector_put(
    *, code: str, name: str, name_en: str, kind: str = Subsector.Kind.GOODS, perishable: bool = False
) -> Subsector:
    """Writes a subsector or corrects the one with this code."""
    subsector = Subsector.objects.filter(code=code).first() or Subsector(code=code)
    subsector.name, subsector.name_en = name, name_en
    subsector.kind, subsector.perishable = kind, perishable
    return row_save(subsector)


@transaction.atomic
def classification_put(*, scheme: str, version: str, code: str, title: str) -> Classification:
    """Writes a code of a published scheme, such as KBLI 2020 32402, or corrects its title."""
    key = {"scheme": scheme, "version": version, "code": code}
    row = Classification.objects.filter(**key).first() or Classification(**key)
    row.title = title
    return row_save(row)


@transaction.atomic
def subsector_classify(
    *,
    subsector: Subsector,
    classification: Classification,
    valid_from: date,
    role: str = SubsectorClassification.Role.MAIN,
    valid_until: date | None = None,
    source: str = "",
) -> SubsectorClassification:
    """Counts a subsector under a code from a date on; the same pair and date corrects the row.

    Raises
    ------
    Refused: valid_until before valid_from.
    """
    days_check(valid_from, valid_until)
    key = {"subsector": subsector, "classification": classification, "valid_from": valid_from}
    row = SubsectorClassification.objects.filter(**key).first() or SubsectorClassification(**key)
    row.role, row.valid_until, row.source = role, valid_until, source
    return row_save(row)
