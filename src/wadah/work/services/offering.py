"""Offers are made: for what the plan in force wants of each member in the coming weeks, and by hand to several at once.

`offers_sync` compares, for each part, workshop and week, what the plan in force plans with what was promised before it
was made, what was taken since and what is openly offered. What is missing is offered, what is too much is withdrawn or
made smaller, the newest offer first; what a member took stays. A member who said no to such a lot (declined it, took
part of it, let it lapse) isn't asked again: it is to be mended instead. Done twice it does nothing more; the plan in
force is locked meanwhile, so that two of them can't offer the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Refused
from wadah.base.history import history_keep, history_line, history_record
from wadah.base.numbering import number_text, numbers_next
from wadah.catalogue.saving import quantity_check
from wadah.plans.models import PlannedLot, PlanRun
from wadah.register.selectors import cooperatives_named
from wadah.work.models import Disruption, Offer, WorkPackage
from wadah.work.rules.offers import answer_until, shrunk
from wadah.work.rules.orders import due_day
from wadah.work.selectors.makers import able_makers
from wadah.work.selectors.terms import work_terms
from wadah.work.services.disruptions import disruption_close, disruption_open
from wadah.work.services.offers import offer_lock, offers_lapse
from wadah.work.services.orders import terms_of
from wadah.work.words import DisruptionKind, DisruptionStatus, OfferStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from wadah.accounts.models import User
    from wadah.base.models import Change
    from wadah.catalogue.models import Part, Rate
    from wadah.register.models import Cooperative, Workshop

    Key = tuple[int, int, date]  # part id, workshop id, Monday

PREFIX = "TW"
WEEK = timedelta(weeks=1)
NONE, THOUSANDTH, WHOLE = Decimal(0), Decimal("0.001"), Decimal(1)
AT_ONCE = 500
WORKSHOPS_MAX = 50


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did, in offers; to_mend: lots written down because nobody can be asked for them."""

    made: int = 0
    shrunk: int = 0
    withdrawn: int = 0
    to_mend: int = 0

    @property
    def anything(self) -> bool:
        return self != Synced()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One lot of the plan in force: pieces that it wants, and those it had promises of when it was made."""

    part: Part
    workshop: Workshop
    week: date
    pieces: Decimal
    promised: Decimal

    @property
    def key(self) -> Key:
        return self.part.pk, self.workshop.pk, self.week


@dataclass(slots=True)
class Asked:
    """What was offered for one lot. taken: since the plan was made; offers: open, oldest first; refused: whether the
    member said no to some of it."""

    taken: Decimal
    offers: list[Offer]
    refused: bool = False

    @property
    def open(self) -> Decimal:
        return sum((offer.pieces for offer in self.offers), NONE)


def offers_sync_all() -> int:
    """Every cooperative's offers follow its plan in force; how many cooperatives had anything to do. Swept."""
    return sum(offers_sync(cooperative=row).anything for row in cooperatives_named())


@transaction.atomic
def offers_sync(*, cooperative: Cooperative, by: User | None = None) -> Synced:
    """Open offers follow the plan in force, for as many coming weeks as the cooperative's terms say."""
    run = PlanRun.objects.select_for_update(of=("self",)).filter(
        cooperative=cooperative, status=PlanRun.Status.PUBLISHED
    )
    found = run.defer("problem_file", "plan_file").first()
    if found is None:
        return Synced()
    offers_lapse(cooperative)
    terms, first = work_terms(cooperative), monday(today())
    wanted = {row.key: row for row in lots_wanted(found, first)}
    asked = offers_asked(cooperative, first, found.promises_read_at)
    fewer = withdrawn = 0
    missing: list[tuple[Wanted, Decimal]] = []
    for key in {**wanted, **asked}:
        row, given = wanted.get(key), asked[key]
        need = (row.pieces - row.promised if row else NONE) - given.taken - given.open
        if need < 0 and given.offers:
            less, gone = offers_shrink(given.offers, -need)
            fewer, withdrawn = fewer + less, withdrawn + gone
        elif need > 0 and row is not None and row.week < first + terms.offer_weeks_ahead * WEEK:
            missing.append((row, need))
    askable, to_mend = sorted_out(cooperative, found, missing, asked, first)
    made = offers_make(cooperative, found, askable, terms.answer_hours, by)
    done = Synced(len(made), fewer, withdrawn, to_mend)
    if done.anything:
        history_record(user=by, act="offers_sync", row=found, new=asdict(done))
    return done


@transaction.atomic
def package_offer(
    *,
    cooperative: Cooperative,
    part: Part,
    week_start: date,
    pieces: Decimal,
    workshops: Iterable[Workshop],
    by: User,
    note: str = "",
    disruption: Disruption | None = None,
) -> WorkPackage:
    """Offers pieces by hand to one or several members at once: the first to say yes gets them, as many as it wants.

    disruption: what they make up for, which is left as it is then.

    Raises
    ------
    Refused: nobody chosen, a workshop that may not make the part in that week, a week that is over or nearly so, or a
    quantity that doesn't suit the part.
    """
    quantity_check(part, pieces, field="pieces")
    week, chosen = monday(week_start), list(dict.fromkeys(workshops))
    if not 0 < len(chosen) <= WORKSHOPS_MAX:
        raise Refused(_("Choose 1 to %(most)s workshops.") % {"most": WORKSHOPS_MAX}, field="workshops")
    until = answer_until(now(), work_terms(cooperative).answer_hours, due_day(week))
    if week < monday(today()) or until is None:
        raise Refused(_("This week is over, or too near to ask anybody. Choose a later one."), field="week_start")
    rates = able_makers(cooperative, week, week, parts=[part.pk])
    for workshop in chosen:
        if (part.pk, workshop.pk, week) not in rates:
            words = {"workshop": workshop.name, "part": part.name}
            raise Refused(
                _("%(workshop)s may not make %(part)s in that week: no rate, no approval, or no member.") % words,
                field="workshops",
            )
    package = WorkPackage.objects.create(
        cooperative=cooperative, part=part, week_start=week, pieces=pieces, made_at=now(), made_by=by, note=note
    )
    year = today().year
    numbers = numbers_next(PREFIX, year, len(chosen))
    offers = [
        offer_of(package, workshop, rates[part.pk, workshop.pk, week], number_text(PREFIX, year, number), until)
        for workshop, number in zip(chosen, numbers, strict=True)
    ]
    Offer.objects.bulk_create(offers)
    history_keep(made_line(offer, by) for offer in offers)
    if disruption is not None:
        numbers_told = ", ".join(offer.number for offer in offers[:3])
        disruption_close(
            disruption=disruption,
            status=DisruptionStatus.DISMISSED,
            by=by,
            note=_("Offered to others: %(numbers)s") % {"numbers": numbers_told},
        )
    return package


# ---- what is wanted and what is asked already


def lots_wanted(run: PlanRun, first: date) -> list[Wanted]:
    """The lots of a plan from the week of `first` on. One query."""
    begin = (first - run.start_on).days // 7
    lots = PlannedLot.objects.filter(run=run, period__gte=max(0, begin)).select_related("part", "workshop")
    return [
        Wanted(
            lot.part,
            lot.workshop,
            run.start_on + lot.period * WEEK,
            counted(lot.part, lot.quantity),
            counted(lot.part, lot.promised),
        )
        for lot in lots
    ]


def counted(part: Part, pieces: float) -> Decimal:
    """Pieces of the planner as the database keeps them."""
    return Decimal(str(pieces)).quantize(WHOLE if part.integer else THOUSANDTH)


def offers_asked(cooperative: Cooperative, first: date, read_at: datetime | None) -> dict[Key, Asked]:
    """What the plans' offers came to from the week of `first` on, by lot. One query."""
    found: dict[Key, Asked] = defaultdict(lambda: Asked(NONE, []))
    rows = Offer.objects.filter(
        package__cooperative=cooperative, package__run__isnull=False, package__week_start__gte=first
    )
    for offer in rows.select_related("package").order_by("id"):
        package = offer.package
        asked = found[package.part_id, offer.workshop_id, package.week_start]
        if offer.status == OfferStatus.OPEN:
            asked.offers.append(offer)
            continue
        if offer.taken and (read_at is None or offer.answered_at is None or offer.answered_at > read_at):
            asked.taken += offer.taken
        asked.refused = asked.refused or package.taken < package.pieces
    return found


def offers_shrink(offers: list[Offer], surplus: Decimal) -> tuple[int, int]:
    """Takes `surplus` pieces out of open offers; how many are smaller now, and how many withdrawn."""
    fewer = withdrawn = 0
    by_key = {offer.pk: offer for offer in offers}
    for key, left in shrunk(((offer.pk, offer.pieces) for offer in offers), surplus).items():
        locked = offer_lock(by_key[key])
        if locked.status != OfferStatus.OPEN or locked.pieces != by_key[key].pieces:
            continue  # answered a moment ago: what is taken stays
        old = {"pieces": locked.pieces, "status": locked.status}
        if left > 0:
            locked.pieces, fewer = left, fewer + 1
        else:
            locked.status, locked.answered_at, withdrawn = OfferStatus.WITHDRAWN, now(), withdrawn + 1
        locked.package.pieces = left
        locked.package.save(update_fields=["pieces"])
        locked.save(update_fields=["pieces", "status", "answered_at"])
        new = {"pieces": locked.pieces, "status": locked.status}
        history_record(user=None, act="offer_follow_plan", row=locked, old=old, new=new)
    return fewer, withdrawn


# ---- what is missing: offered where it can be, written down where it can't


def sorted_out(
    cooperative: Cooperative, run: PlanRun, missing: list[tuple[Wanted, Decimal]], asked: dict[Key, Asked], first: date
) -> tuple[list[tuple[Wanted, Decimal, Rate, Decimal]], int]:
    """(lot, pieces, rate, smallest quantity) of what can be offered; and how many lots were written down instead."""
    if not missing:
        return [], 0
    last = max(row.week for row, _need in missing)
    rates = able_makers(cooperative, first, last, parts={row.part.pk for row, _need in missing})
    hours = work_terms(cooperative).answer_hours
    known = to_mend_already(cooperative, run, first)
    askable, written = [], 0
    for row, need in sorted(missing, key=lambda pair: (pair[0].week, pair[0].part.code, pair[0].workshop.code)):
        rate, given = rates.get(row.key), asked[row.key]
        late = answer_until(now(), hours, due_day(row.week)) is None
        if rate is not None and not given.refused and not late and not is_away(known, row):
            held = row.promised + given.taken + given.open
            askable.append((row, need, rate, max(NONE, rate.lot_quantity_min - held)))
        elif not told_already(known, row):
            kind = DisruptionKind.LAPSED if late else DisruptionKind.DECLINED
            note = _("Not offered any more: this lot was declined before.") if given.refused else why_not(rate, late)
            disruption_open(
                cooperative=cooperative,
                kind=kind,
                first_week=row.week,
                part=row.part,
                workshop=row.workshop,
                pieces=need,
                note=note,
            )
            written += 1
    return askable, written


def why_not(rate: Rate | None, late: bool) -> str:
    if rate is None:
        return _("Not offered: no rate, no approval or no membership in that week.")
    return _("Not offered: the week is nearly over.") if late else ""


def to_mend_already(cooperative: Cooperative, run: PlanRun, first: date) -> list[Disruption]:
    """What is to be mended, or was left as it is under this plan; and who is away, whatever became of it."""
    read_at = run.promises_read_at
    rows = Disruption.objects.filter(cooperative=cooperative, last_week__gte=first, workshop__isnull=False)
    return [
        row
        for row in rows
        if row.status == DisruptionStatus.OPEN
        or row.pieces is None
        or (row.status == DisruptionStatus.DISMISSED and (read_at is None or row.made_at >= read_at))
    ]


def is_away(known: list[Disruption], row: Wanted) -> bool:
    """Whether that workshop makes nothing of it in that week, as somebody said."""
    return any(told.pieces is None and covers(told, row) for told in known)


def told_already(known: list[Disruption], row: Wanted) -> bool:
    return any(covers(told, row) for told in known)


def covers(told: Disruption, row: Wanted) -> bool:
    same = told.workshop_id == row.workshop.pk and told.part_id in {None, row.part.pk}
    return same and told.first_week <= row.week <= told.last_week


def offers_make(
    cooperative: Cooperative,
    run: PlanRun,
    askable: list[tuple[Wanted, Decimal, Rate, Decimal]],
    hours: int,
    by: User | None,
) -> list[Offer]:
    """A package and an offer for each lot, with numbers in a row."""
    moment, year = now(), today().year
    packages = WorkPackage.objects.bulk_create(
        [
            WorkPackage(
                cooperative=cooperative,
                part=row.part,
                week_start=row.week,
                pieces=pieces,
                run=run,
                made_at=moment,
                made_by=by,
            )
            for row, pieces, _rate, _least in askable
        ],
        batch_size=AT_ONCE,
    )
    numbers = numbers_next(PREFIX, year, len(askable)) if askable else ()
    offers = []
    for package, (row, _pieces, rate, least), number in zip(packages, askable, numbers, strict=True):
        until = answer_until(moment, hours, due_day(row.week)) or moment
        offers.append(offer_of(package, row.workshop, rate, number_text(PREFIX, year, number), until, least))
    Offer.objects.bulk_create(offers, batch_size=AT_ONCE)
    history_keep(made_line(offer, by) for offer in offers)
    return offers


def offer_of(
    package: WorkPackage,
    workshop: Workshop,
    rate: Rate,
    number: str,
    until: datetime,
    least: Decimal | None = None,
) -> Offer:
    """All of a package for one workshop, at its rate. least: smallest quantity, the rate's own unless given."""
    return Offer(
        number=number,
        package=package,
        workshop=workshop,
        pieces=package.pieces,
        lot_quantity_min=rate.lot_quantity_min if least is None else least,
        offered_at=package.made_at,
        answer_by=until,
        simulated=rate.simulated,
        **asdict(terms_of(rate)),
    )


def made_line(offer: Offer, by: User | None) -> Change:
    return history_line(user=by, act="offer_make", row=offer, new={"pieces": offer.pieces, "status": offer.status})
