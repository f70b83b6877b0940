"""The annual meeting's decision, the surplus shared by it, and the shares paid out (P14, P15, L8)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_text, numbers_next
from wadah.ledger.models import BookYear, Meeting, MeetingPool, PayoutAccount, Posting, SurplusPayout, SurplusShare
from wadah.ledger.rules.surplus import NotAHundred, percents_check, pool_shared, surplus_split
from wadah.ledger.selectors.years import year_bases
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.services.years import locked
from wadah.ledger.words import PatronageBase, Pool, Rule, Till, YearStatus
from wadah.units import decimal_text, rupiah_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.ledger.rules.surplus import Split
    from wadah.ledger.selectors.years import Bases

PREFIX = "SHU"
NAMES_AT_MOST = 5
AT_ONCE = 1_000


# -- the decision -----------------------------------------------------------------------------------------------------


@transaction.atomic
def meeting_record(
    *,
    book_year: BookYear,
    reference: str,
    held_on: dt.date,
    present: int,
    members: int,
    percents: Mapping[Pool, Decimal],
    patronage_base: str = PatronageBase.PAY,
    others_to_reserve: bool = True,
    note: str = "",
    by: User,
) -> Meeting:
    """Write down what the annual meeting decided about a closed year.

    reference: number of its minutes; present of members: how many were there; percents: of each pool, together 100, or
    none at all for a loss, which isn't shared.

    Raises
    ------
    Refused: the year isn't closed, a day before its end or to come, more present than there are, percentages that
    don't add up to exactly 100. Conflict: a decision is recorded already.
    """
    year = locked(book_year)
    if year.status == YearStatus.PROPOSED:
        raise Refused(_("%(year)s isn't closed yet. The meeting decides on closed books.") % {"year": year.year})
    if Meeting.objects.filter(book_year=year).exists():
        raise Conflict(_("The meeting's decision on %(year)s is recorded already.") % {"year": year.year})
    meeting_check(year, reference, held_on, present, members)
    pools_check(year, percents)
    row = Meeting.objects.create(
        book_year=year,
        reference=reference.strip(),
        held_on=held_on,
        present=present,
        members=members,
        patronage_base=PatronageBase(patronage_base),
        others_to_reserve=others_to_reserve,
        note=note.strip(),
        at=now(),
        by=by,
    )
    pools = {pool: percents.get(pool, 0) for pool in Pool if percents and (percents.get(pool) or pool == Pool.RESERVE)}
    MeetingPool.objects.bulk_create([MeetingPool(meeting=row, pool=pool, percent=pools[pool]) for pool in pools])
    shares = ", ".join(f"{pool}: {pools[pool]}" for pool in pools)
    told = {"reference": row.reference, "held_on": str(held_on), "percents": shares}
    history_record(user=by, act="meeting_record", row=row, new=told)
    return row


def meeting_check(year: BookYear, reference: str, held_on: dt.date, present: int, members: int) -> None:
    if not reference.strip():
        raise Refused(_("Write the number of the minutes."), field="reference")
    if held_on <= dt.date(year.year, 12, 31):
        raise Refused(_("The meeting is held after the year it decides on."), field="held_on")
    if held_on > today():
        raise Refused(_("This day is still to come."), field="held_on")
    if not 0 < present <= members:
        raise Refused(_("Somebody has to be there, and no more than there are members."), field="present")


def pools_check(year: BookYear, percents: Mapping[Pool, Decimal]) -> None:
    """S2, and that a loss isn't shared."""
    if year.result <= 0:
        if any(percents.values()):
            words = {"year": year.year, "loss": rupiah_text(-year.result)}
            raise Refused(_("%(year)s has no surplus to share (%(loss)s loss). Leave the percentages empty.") % words)
        return
    if any(percent < 0 for percent in percents.values()):
        raise Refused(_("A percentage is zero or more."))
    try:
        percents_check(percents)
    except NotAHundred as error:
        total = decimal_text(error.total, 4, "en" if get_language() == "en" else "id")
        raise Refused(
            _("The percentages add up to %(total)s, and must add up to exactly 100.") % {"total": total}
        ) from None


@transaction.atomic
def meeting_withdraw(*, meeting: Meeting, reason: str, by: User) -> None:
    """Take a recorded decision out to enter it rightly, as long as nothing is shared by it.

    Raises
    ------
    Refused: it is shared, or nobody says why.
    """
    row = meeting_locked(meeting)
    if row.shared_at:
        raise Refused(_("The surplus is shared by this decision. It stays."))
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    history_record(user=by, act="meeting_withdraw", row=row, old={"reference": row.reference}, reason=reason.strip())
    row.delete()


def meeting_locked(meeting: Meeting) -> Meeting:
    """The meeting under its book's lock. Raises Conflict where it was withdrawn meanwhile."""
    locked(meeting.book_year)
    row = Meeting.objects.select_for_update(of=("self",)).select_related("book_year__cooperative")
    found = row.filter(pk=meeting.pk).first()
    if found is None:
        raise Conflict(_("This decision was withdrawn."))
    return found


# -- sharing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def surplus_share(*, meeting: Meeting, by: User) -> list[SurplusShare]:
    """Share the surplus as the meeting decided (P14): reserve and funds are filled, each member is owed a share.

    Raises
    ------
    Refused: a loss. Conflict: shared already.
    """
    row = meeting_locked(meeting)
    year = row.book_year
    if row.shared_at:
        raise Conflict(_("The surplus of %(year)s is shared already.") % {"year": year.year})
    if year.result <= 0:
        raise Refused(_("A loss isn't shared. It stays in the books until the meeting covers it."))
    pools = list(row.pools.all())
    bases = year_bases(year.cooperative_id, year.year, row.patronage_base)
    split = surplus_split(
        result=year.result,
        members=year.members_part,
        percents={Pool(pool.pool): pool.percent for pool in pools},
        others_to_reserve=row.others_to_reserve,
        has_work=bool(bases.work),
        has_savings=bool(bases.savings),
    )
    for pool in pools:
        pool.rupiah = split.pools[Pool(pool.pool)]
    MeetingPool.objects.bulk_update(pools, ["rupiah"])
    shares = SurplusShare.objects.bulk_create(shares_of(row, split, bases), batch_size=AT_ONCE)
    row.shared_at, row.shared_by, year.status = now(), by, YearStatus.SHARED
    row.save(update_fields=["shared_at", "shared_by"])
    year.save(update_fields=["status"])
    rows_post(cooperative=year.cooperative, rule=Rule.SURPLUS, rows=[row])
    told = {"result": year.result, "shares": len(shares), **{pool.pool: pool.rupiah for pool in pools}}
    history_record(user=by, act="surplus_share", row=row, new=told)
    return shares


def shares_of(meeting: Meeting, split: Split, bases: Bases) -> list[SurplusShare]:
    """S4, not saved yet: one for each member with work or savings, even where it is worth less than a rupiah."""
    members = bases.members
    work, savings = [[base.get(ikm, 0) for ikm in members] for base in (bases.work, bases.savings)]
    patronage = pool_shared(split.pools.get(Pool.PATRONAGE, 0), work)
    capital = pool_shared(split.pools.get(Pool.CAPITAL, 0), savings)
    return [
        SurplusShare(
            meeting=meeting,
            ikm_id=ikm,
            patronage_base=work[index],
            capital_base=savings[index],
            patronage=patronage[index],
            capital=capital[index],
        )
        for index, ikm in enumerate(members)
    ]


# -- paying out -------------------------------------------------------------------------------------------------------


@transaction.atomic
def surplus_pay(*, meeting: Meeting, shares: Collection[int], till: str, on: dt.date, by: User) -> list[SurplusPayout]:
    """Pay out what is left of these shares, each whole, in one run (P15). shares: ids, of this meeting.

    Raises
    ------
    Refused: nothing is shared yet (L8), a day to come or before the sharing, nobody was chosen, or a share goes by bank
    to somebody who has no account there. Conflict: one of them is paid already.
    """
    row = meeting_locked(meeting)
    if not row.shared_at:
        raise Refused(_("Nothing is paid before the surplus is shared by the meeting's decision."))
    if not row.held_on <= on <= today():
        raise Refused(_("Pay on a day between the meeting and today."), field="on")
    chosen = list(row.shares.select_for_update(of=("self",)).select_related("ikm").filter(pk__in=shares).order_by("pk"))
    if not chosen:
        raise Refused(_("Choose at least one member."))
    paid = [share for share in chosen if share.paid >= share.rupiah]
    if paid:
        raise Conflict(_("Paid already: %(names)s.") % {"names": names_of(paid)})
    if till == Till.BANK:
        accounts_check(chosen, on)
    payouts = payouts_made(chosen, till, on, by)
    SurplusShare.objects.bulk_update(chosen, ["paid"], batch_size=AT_ONCE)
    rows_post(cooperative=row.book_year.cooperative, rule=Rule.SURPLUS_PAYOUT, rows=payouts)
    told = {"till": till, "members": len(payouts), "first": payouts[0].number, "last": payouts[-1].number}
    history_record(user=by, act="surplus_pay", row=row, new=told)
    return payouts


def payouts_made(chosen: Sequence[SurplusShare], till: str, on: dt.date, by: User) -> list[SurplusPayout]:
    """A payout for all that is left of each share; the shares count it as paid, not saved yet."""
    at, rows = now(), []
    numbers = numbers_next(PREFIX, on.year, len(chosen))
    for share, number in zip(chosen, numbers, strict=True):
        left = share.rupiah - share.paid
        share.paid = share.rupiah
        rows.append(
            SurplusPayout(
                number=number_text(PREFIX, on.year, number),
                share=share,
                on=on,
                till=Till(till),
                rupiah=left,
                at=at,
                by=by,
            )
        )
    return SurplusPayout.objects.bulk_create(rows, batch_size=AT_ONCE)


def accounts_check(chosen: Sequence[SurplusShare], on: dt.date) -> None:
    known = set(PayoutAccount.objects.filter(valid_from__lte=on).values_list("ikm", flat=True))
    without = [share for share in chosen if share.ikm_id not in known]
    if without:
        words = {"names": names_of(without)}
        raise Refused(_("No bank account is known of: %(names)s. Pay them in cash, or enter their account.") % words)


def names_of(shares: Sequence[SurplusShare]) -> str:
    named = ", ".join(share.ikm.name for share in shares[:NAMES_AT_MOST])
    more = len(shares) - NAMES_AT_MOST
    return _("%(names)s and %(more)s more") % {"names": named, "more": more} if more > 0 else named


@transaction.atomic
def surplus_payout_reverse(*, payout: SurplusPayout, reason: str, by: User) -> Posting:
    """Take a payment of a share back: it is owed again (P17).

    Raises
    ------
    Refused: taken back already, or nobody says why.
    """
    meeting_locked(payout.share.meeting)
    share = SurplusShare.objects.select_for_update().get(pk=payout.share_id)
    posting = Posting.objects.get(rule=Rule.SURPLUS_PAYOUT, source_kind="surplus_payout", source_id=payout.pk)
    reversed_by = posting_reverse(posting=posting, reason=reason, by=by)
    share.paid -= payout.rupiah
    share.save(update_fields=["paid"])
    SurplusPayout.objects.filter(pk=payout.pk).update(reversed_at=now())
    history_record(user=by, act="surplus_payout_reverse", row=payout, reason=reason.strip())
    return reversed_by
