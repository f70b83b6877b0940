"""Prices of what is bought, and the terms on which a cooperative sells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.models import CooperativeTerms, MaterialPrice, Part
from wadah.catalogue.saving import row_save
from wadah.register.models import Cooperative

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User


@transaction.atomic
def material_price_set(
    *,
    cooperative: Cooperative,
    part: Part,
    valid_from: date,
    price_rupiah: int,
    source: str,
    quantity: Decimal | None = None,
    simulated: bool = False,
    by: User | None = None,
) -> MaterialPrice:
    """Writes what a cooperative pays for a bought part from a day on; the same day again corrects that price.

    quantity: units that the price is for, > 0; one pack (or one unit, where it comes without packs) unless given.

    Raises
    ------
    Refused: the part is made by members, or a column is out of its range.
    """
    part = Part.objects.select_for_update().get(pk=part.pk)
    if part.supply != "bought":
        raise Refused(_("%(part)s is made by members: its cost follows from its rates.") % {"part": part.code})
    key = {"cooperative": cooperative, "part": part, "valid_from": valid_from}
    row = MaterialPrice.objects.filter(**key).first() or MaterialPrice(**key)
    columns = {
        "price_rupiah": price_rupiah,
        "quantity": quantity or part.pack_size or 1,
        "source": source,
        "simulated": simulated,
    }
    return row_save(row, columns, by=by, act="material_price_set")


@transaction.atomic
def terms_set(
    *, cooperative: Cooperative, valid_from: date, by: User | None = None, **columns: Any
) -> CooperativeTerms:
    """Sets the terms on which a cooperative sells from a day on; the same day again corrects them.

    columns: those of CooperativeTerms. Quotations and orders made before keep what they agreed.

    Raises
    ------
    Refused: a wage without its source, or a column out of its range.
    """
    Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    if columns.get("wage_rupiah_hour") and not columns.get("wage_source"):
        raise Refused(_("Say which regulation sets this wage."), field="wage_source")
    key = {"cooperative": cooperative, "valid_from": valid_from}
    row = CooperativeTerms.objects.filter(**key).first() or CooperativeTerms(**key)
    return row_save(row, columns, by=by, act="terms_set")
