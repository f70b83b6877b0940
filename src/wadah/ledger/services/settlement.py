"""Settlements: prepared by one person, locked by another (docs/ledger.md "Settlement", P7, L7).

A preview is a settlement of status draft: rows that may be worked out anew or thrown away. Locking works them out once
more; whatever changed since is said, and nothing is locked. Nothing here asks the database once a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.inserting import rows_add, rows_insert
from wadah.base.numbering import number_next, number_text
from wadah.demand.rules import check_code_new
from wadah.ledger.models import Advance, Recovery, Saving, Settlement, SettlementRow
from wadah.ledger.rules.settlement import Share, settle
from wadah.ledger.selectors.settling import Ground, entries_open, ground, slips_told
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.drafts.members import share_of
from wadah.ledger.services.posting import rows_post
from wadah.ledger.services.work import work_post
from wadah.ledger.words import Rule, SavingKind, SettlementStatus
from wadah.register.models import Ikm
from wadah.units import date_text, rupiah_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from wadah.accounts.models import User
    from wadah.ledger.rules.settlement import Told
    from wadah.register.models import Cooperative

PREFIX = "PNY"
DRAFT_NUMBER = "PNY-draft-%d"
"""Until it is locked: a number is given once, and a preview may be thrown away."""
NAMED = 3
"""How many makers a refusal names."""
AMOUNTS = ("work", "penalty", "recovered", "carried_in", "mandatory", "voluntary", "carried_out")
COLUMNS = ("settlement_id", "ikm_id", "check_code", *AMOUNTS, "net", "paid", "why")
MANDATORY, VOLUNTARY = SavingKind.MANDATORY.value, SavingKind.VOLUNTARY.value
SAVED = ("number", "cooperative_id", "ikm_id", "kind", "on", "rupiah", "till", "row_id", "note", "at", "by_id")


@transaction.atomic
def settlement_prepare(*, cooperative: Cooperative, until: dt.date, by: User) -> Settlement:
    """Work out what everybody is paid for what was accepted up to `until`, and keep it as a preview; an older preview
    is replaced. The books take in what work accepted first.

    Raises
    ------
    Refused: the day is to come, or nothing is to be settled.
    """
    if until > today():
        raise Refused(_("%(day)s is still to come.") % {"day": date_text(until)}, field="until")
    book_lock(cooperative)
    work_post(cooperative=cooperative)
    found = ground(cooperative, until)
    if not found.standings:
        raise Refused(_("Nothing was accepted up to %(day)s that isn't settled.") % {"day": date_text(until)})
    row = draft_of(cooperative) or Settlement(cooperative=cooperative, number=DRAFT_NUMBER % cooperative.pk)
    row.until = row.on = until
    row.terms, row.prepared_at, row.prepared_by = found.terms, now(), by
    row.simulated = cooperative.simulated
    row.save()
    row.rows.all().delete()
    why = slips_told(cooperative, until, last_locked_at(cooperative))
    rows = [row_values(row, ikm, settle(one), why.get(ikm, [])) for ikm, one in found.standings.items()]
    rows_insert(SettlementRow, COLUMNS, rows)
    told = {"until": str(until), "makers": len(found.standings)}
    history_record(user=by, act="settlement_prepare", row=row, new=told)
    return row


def draft_of(cooperative: Cooperative) -> Settlement | None:
    rows = Settlement.objects.select_for_update().filter(cooperative=cooperative, status=SettlementStatus.DRAFT)
    return rows.first()


def last_locked_at(cooperative: Cooperative) -> dt.datetime | None:
    locked = Settlement.objects.filter(cooperative=cooperative, locked_at__isnull=False).order_by("-locked_at")
    return locked.values_list("prepared_at", flat=True).first()


def row_values(settlement: Settlement, ikm: int, share: Share, why: Sequence[Told]) -> tuple[object, ...]:
    """In the order of COLUMNS."""
    return (settlement.pk, ikm, check_code_new(), *amounts(share), share.net, 0, why)


def amounts(share: Share) -> tuple[int, ...]:
    """In the order of AMOUNTS."""
    off = share.recovered, share.carried_in, share.mandatory, share.voluntary
    return (share.work, share.penalty, *off, share.carried_out)


@transaction.atomic
def settlement_discard(*, settlement: Settlement, by: User) -> None:
    """Throw a preview away.

    Raises
    ------
    Refused: it is locked.
    """
    book_lock(settlement.cooperative)
    row = Settlement.objects.select_for_update().get(pk=settlement.pk)
    if row.status != SettlementStatus.DRAFT:
        raise Refused(_("%(number)s is locked. What is wrong in it is put right in the next.") % {"number": row.number})
    history_record(user=by, act="settlement_discard", row=row, old={"until": str(row.until)})
    row.rows.all().delete()
    row.delete()


@transaction.atomic
def settlement_lock(*, settlement: Settlement, by: User) -> Settlement:
    """A second person says that the preview is right: it is posted (P7), and its work, advances and savings with it.

    Raises
    ------
    Refused: it is locked already, or whoever prepared it locks it. Conflict: something changed since it was prepared;
    says what.
    """
    cooperative = settlement.cooperative
    book_lock(cooperative)
    row = Settlement.objects.select_for_update().get(pk=settlement.pk)
    lock_check(row, by)
    work_post(cooperative=cooperative)
    found = ground(cooperative, row.until)
    rows = list(SettlementRow.objects.filter(settlement=row).defer("why").order_by("ikm"))
    shares = {ikm: settle(one) for ikm, one in found.standings.items()}
    unchanged_check(rows, shares)
    row.number = number_text(PREFIX, row.until.year, number_next(PREFIX, row.until.year))
    row.status, row.locked_at, row.locked_by, row.terms = SettlementStatus.LOCKED, now(), by, found.terms
    row.save()
    if not any(one.net for one in rows):
        Settlement.objects.filter(pk=row.pk).update(status=SettlementStatus.PAID)
    for one in rows:
        one.settlement = row
    claim(row)
    take_back_advances(rows, found, shares)
    save_up(row, rows, by)
    rows_post(cooperative=cooperative, rule=Rule.SETTLEMENT, rows=rows)
    told = {"number": row.number, "makers": len(rows), "net": sum(one.net for one in rows)}
    history_record(user=by, act="settlement_lock", row=row, new=told)
    row.refresh_from_db()
    return row


def lock_check(row: Settlement, by: User) -> None:
    if row.status != SettlementStatus.DRAFT:
        raise Refused(_("%(number)s is locked already.") % {"number": row.number})
    if row.prepared_by_id == by.pk:
        raise Refused(_("You prepared this settlement. Another person with an office looks at it and locks it."))


def unchanged_check(rows: Sequence[SettlementRow], shares: Mapping[int, Share]) -> None:
    """Raises Conflict that names makers whose amounts aren't those of the preview."""
    seen = {row.ikm_id: (amounts(share_of(row)), row.net) for row in rows}
    fresh = {ikm: (amounts(share), share.net) for ikm, share in shares.items()}
    changed = [ikm for ikm in sorted({*seen, *fresh}) if seen.get(ikm) != fresh.get(ikm)]
    if not changed:
        return
    names = dict(Ikm.objects.filter(pk__in=changed[:NAMED]).values_list("pk", "name"))
    told = [
        _("%(who)s: %(old)s was, %(new)s is")
        % {"who": names[ikm], "old": net_words(seen.get(ikm)), "new": net_words(fresh.get(ikm))}
        for ikm in changed[:NAMED]
    ]
    more = len(changed) - len(told)
    if more:
        told.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    raise Conflict(
        _("Something changed since this was prepared (%(what)s). Prepare it again and look at it anew.")
        % {"what": "; ".join(told)}
    )


def net_words(found: tuple[tuple[int, ...], int] | None) -> str:
    return rupiah_text(found[1]) if found else _("nothing")


def claim(row: Settlement) -> None:
    """Each work entry knows from now on in which row it was settled. One statement."""
    own = SettlementRow.objects.filter(settlement=row, ikm=OuterRef("ikm")).order_by().values("pk")
    entries_open(row.cooperative, row.until).update(settled=Subquery(own))


def take_back_advances(rows: Sequence[SettlementRow], found: Ground, shares: Mapping[int, Share]) -> None:
    """What each advance gave back: a Recovery, and its running sum."""
    made = [
        (row.pk, key, rupiah)
        for row in rows
        if row.recovered
        for (key, _left), rupiah in zip(found.advances[row.ikm_id], shares[row.ikm_id].recoveries, strict=True)
        if rupiah
    ]
    rows_insert(Recovery, ("row_id", "advance_id", "rupiah"), made)
    rows_add(Advance, "recovered", {advance: rupiah for _row, advance, rupiah in made})


def save_up(row: Settlement, rows: Sequence[SettlementRow], by: User) -> None:
    """What each member saves out of it."""
    here, at = row.cooperative_id, now()
    made = [
        ("", here, one.ikm_id, kind, row.on, rupiah, "", one.pk, "", at, by.pk)
        for one in rows
        for kind, rupiah in ((MANDATORY, one.mandatory), (VOLUNTARY, one.voluntary))
        if rupiah
    ]
    rows_insert(Saving, SAVED, made)
