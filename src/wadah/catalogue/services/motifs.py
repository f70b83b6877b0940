"""Motifs, what sources say of them, and licences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.models import Licence, Motif, MotifSource
from wadah.catalogue.rules import windows_overlap
from wadah.catalogue.saving import days_check, row_save

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Ikm


@transaction.atomic
def motif_put(*, name: str, by: User | None = None, **columns: Any) -> Motif:
    """Writes a motif or corrects the one of this name. columns: those of Motif."""
    return row_save(Motif.objects.filter(name=name).first() or Motif(name=name), columns, by=by, act="motif_put")


@transaction.atomic
def motif_source_put(
    *, motif: Motif, title: str, says: str, published_on: date | None = None, by: User | None = None
) -> MotifSource:
    """Writes what one source says of a motif, beside what the others say."""
    row = MotifSource.objects.filter(motif=motif, title=title).first() or MotifSource(motif=motif, title=title)
    return row_save(row, {"says": says, "published_on": published_on}, by=by, act="motif_source_put")


@transaction.atomic
def licence_grant(
    *,
    motif: Motif,
    ikm: Ikm,
    number: str,
    valid_from: date,
    valid_until: date | None = None,
    royalty_rupiah_piece: int = 0,
    terms: str = "",
    simulated: bool = False,
    by: User | None = None,
) -> Licence:
    """Gives an IKM leave to make a motif, for a royalty ≥ 0 a piece; a licence it already holds must not overlap.

    terms: what else was agreed.
    """
    days_check(valid_from, valid_until)
    Motif.objects.select_for_update().get(pk=motif.pk)
    for held in Licence.objects.filter(motif=motif, ikm=ikm):
        if windows_overlap((valid_from, valid_until), (held.valid_from, held.valid_until)):
            words = {"ikm": ikm.name, "motif": motif.name, "number": held.number}
            raise Refused(_("%(ikm)s already holds licence %(number)s for %(motif)s in that time.") % words)
    row = Licence(motif=motif, ikm=ikm, number=number, valid_from=valid_from, valid_until=valid_until)
    columns = {"royalty_rupiah_piece": royalty_rupiah_piece, "terms": terms, "simulated": simulated}
    return row_save(row, columns, by=by, act="licence_grant")


@transaction.atomic
def licence_end(*, licence: Licence, last_day: date, by: User | None = None) -> Licence:
    """Lets a licence end with `last_day`.

    Raises
    ------
    Refused: it had ended before, or the last day lies before its first.
    """
    licence = Licence.objects.select_for_update().get(pk=licence.pk)
    if licence.valid_until is not None and licence.valid_until < last_day:
        raise Refused(_("It has already ended, on %(last)s.") % {"last": licence.valid_until}, field="valid_until")
    days_check(licence.valid_from, last_day)
    return row_save(licence, {"valid_until": last_day}, by=by, act="licence_end")
