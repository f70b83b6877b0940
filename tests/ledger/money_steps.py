"""What may happen to the money of a cooperative, one act a function, with how often it does.

A step is a name and four numbers drawn before anything is known; the act finds by them, in what the model holds, whom
and how much. So a list of steps means something however much of it is left out, and can be shortened.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from money_model import month_after
from money_years import POOLS

DRAWN = 1 << 30
STEPS = {}


def step(weight):
    def keep(act):
        STEPS[act.__name__] = (act, weight)
        return act

    return keep


def drawn(seed, count):
    """`count` steps."""
    dice = Random(seed)
    names = dice.choices(list(STEPS), [weight for _act, weight in STEPS.values()], k=count)
    return [(name, *(dice.randrange(DRAWN) for _ in range(4))) for name in names]


def of(rows, draw):
    """One of them, None where there are none."""
    return rows[draw % len(rows)] if rows else None


def recent(rows, draw, most=12):
    """The place of one of the last of them."""
    return len(rows) - 1 - draw % min(len(rows), most) if rows else None


def till(draw):
    return ("cash", "bank")[draw % 2]


def amount(draw, most):
    """1 … most, or a little above it one time in eight: then it has to be refused."""
    if draw % 8 == 0:
        return most + 1 + draw % 1_000
    return 1 + draw % most if most > 0 else 0


# -- time -------------------------------------------------------------------------------------------------------------


@step(14)
def hours_pass(game, a, *_):
    game.pass_time(minutes=60 * (1 + a % 60))


@step(4)
def days_pass(game, a, *_):
    game.pass_time(minutes=1440 * (1 + a % 12))


# -- work -------------------------------------------------------------------------------------------------------------


@step(8)
def order_work(game, a, b, c, d):
    model = game.model
    motif = (None, None, *model.motifs)[b % 4]
    due_on = game.day + dt.timedelta(days=c % 30 - 15)
    once = (0, 15_000, 7_500)[d % 3]
    game.both("order_work", of(model.makers, a), 100 + c % 5_000, once, due_on, motif, 1 + d % 400)


def lot_with(game, bucket, draw):
    places = [place for place in range(max(0, len(game.model.lots) - 40), len(game.model.lots))]
    return of([place for place in places if game.model.lots[place].at[bucket]], draw)


def moved(game, source, target, a, b):
    lot = lot_with(game, source, a)
    if lot is not None:
        held = game.model.lots[lot].at[source]
        game.both("move", lot, source, target, held if b % 3 else min(held, amount(b // 3, held)))


@step(10)
def accept(game, a, b, *_):
    moved(game, "waiting", "accepted", a, b)


@step(2)
def reject(game, a, b, *_):
    moved(game, "waiting", "rejected", a, b)


@step(3)
def reject_after(game, a, b, *_):
    moved(game, "accepted", "rejected", a, b)


@step(3)
def sort(game, a, b, *_):
    moved(game, "rejected", "accepted", a, b)


@step(3)
def sweep(game, *_):
    game.both("sweep")


@step(1)
def license(game, a, b, c, *_):
    motif, maker = of(game.model.motifs, a), of(game.model.makers, b)
    held = game.model.licences[motif, maker]
    if not held or held[-1][0] < game.day:
        game.both("license", motif, maker, c % 700)


@step(1)
def join(game, a, *_):
    game.both("join", of(game.model.makers, a))


@step(1)
def leave(game, a, b, *_):
    maker = of(game.model.makers, a)
    if b % 3 == 0 and game.model.joined(maker):
        game.both("leave", maker)


# -- members ----------------------------------------------------------------------------------------------------------


@step(1)
def terms_set(game, a, b, c, d):
    terms = {
        "from": game.day + dt.timedelta(days=a % 20 - 4),
        "principal": (0, 100_000, 250_000)[b % 3],
        "mandatory": (0, 5_000, 10_000)[c % 3],
        "voluntary": d % 11,
        "recovery": (0, 30, 50, 100)[a % 4],
        "fine": (0, 1, 2)[b % 3],
        "cap": (5, 10)[c % 2],
    }
    game.both("terms_set", terms)


@step(1)
def wish(game, a, b, *_):
    game.both("wish", of(game.model.makers, a), b % 21)


@step(1)
def account(game, a, *_):
    maker = of(game.model.makers, a)
    game.world.account(maker)
    game.model.accounts.add(maker)


@step(3)
def advance(game, a, b, c, *_):
    game.both("advance", of(game.model.makers, a), ("", "cash", "bank")[b % 3], 1 + c % 300_000)


@step(1)
def advance_back(game, a, *_):
    if (which := recent(game.model.advances, a)) is not None:
        game.both("advance_back", which)


@step(2)
def repay(game, a, b, c, *_):
    """Mostly by one who owes something."""
    owing = [maker for maker in game.model.makers if game.model.owed(maker)]
    maker = of(owing, a) if owing and c % 8 else of(game.model.makers, a)
    game.both("repay", maker, max(1, amount(b, game.model.owed(maker))), till(c))


@step(1)
def repay_back(game, a, *_):
    if (which := recent(game.model.repayments, a)) is not None:
        game.both("repay_back", which)


@step(3)
def save(game, a, b, c, d):
    kind = ("pokok", "wajib", "sukarela")[b % 3]
    game.both("save", of(game.model.makers, a), kind, 1 + c % 60_000, till(d))


@step(2)
def withdraw(game, a, b, c, d):
    maker, kind = of(game.model.makers, a), ("sukarela", "sukarela", "wajib", "pokok")[b % 4]
    game.both("withdraw", maker, kind, max(1, amount(c, game.model.saved(maker, kind))), till(d))


@step(1)
def saving_back(game, a, *_):
    if (which := recent(game.model.savings, a)) is not None:
        game.both("saving_back", which)


@step(3)
def prepare(game, a, b, *_):
    game.both("sweep")
    game.both("prepare", game.day - dt.timedelta(days=(0, 0, 3, -1)[a % 4]), b % 2)


@step(1)
def discard(game, a, *_):
    if a % 4 == 0 and game.model.draft:
        game.both("discard")


@step(4)
def lock(game, a, *_):
    if game.model.draft:
        game.both("sweep")
        game.both("lock", a % 2)


@step(4)
def pay_out(game, a, b, *_):
    which = recent(game.model.settlements, a, most=3)
    if which is not None and game.day >= game.model.settlements[which].until:
        game.both("pay_out", which, till(b))


@step(1)
def bounce(game, a, *_):
    if (which := recent(game.model.payouts, a)) is not None:
        game.both("bounce", which)


@step(1)
def royalty_pay(game, a, b, c, *_):
    game.both("sweep")
    motif = of(game.model.motifs, a)
    game.both("royalty_pay", motif, amount(b, game.model.balance("2107", ("motif", motif))) or 1, till(c))


@step(1)
def royalty_back(game, a, *_):
    if (which := recent(game.model.royalties, a)) is not None:
        game.both("royalty_back", which)


# -- sales ------------------------------------------------------------------------------------------------------------


@step(4)
def ship(game, a, b, c, d):
    lot = lot_with(game, "accepted", b)
    if lot is not None:
        pieces = 1 + c % game.model.lots[lot].at["accepted"]
        game.both("ship", a % len(game.model.sales), lot, pieces, d % (pieces + 1) if d % 5 == 0 else 0)


@step(2)
def come_back(game, a, b, *_):
    if (which := recent(game.model.sent, a)) is not None:
        row = game.model.sent[which]
        held = row.received - sum(one[0] for one in row.claims)
        if held > 0:
            game.both("come_back", which, 1 + b % held)


@step(1)
def sell_as(game, a, b, c, *_):
    game.both("sell_as", a % len(game.model.sales), b % 2 == 0, 1 + c % 40)


@step(1)
def tax_status(game, a, b, c, *_):
    if c % 3 == 0:
        game.both("tax_status", a % 2 == 0, b % 2 == 0)


@step(4)
def invoice(game, a, *_):
    game.both("invoice", a % len(game.model.sales))


@step(1)
def invoice_back(game, a, b, *_):
    if b % 3 == 0 and (which := recent(game.model.invoices, a)) is not None:
        game.both("invoice_back", which)


@step(2)
def credit(game, a, b, c, *_):
    which = recent(game.model.invoices, a)
    if which is not None and (found := of(game.model.creditable(which), b)):
        place, claim, left = found
        game.both("credit", which, place, claim, amount(c, left))


def owed(game, draw):
    places = [place for place, row in enumerate(game.model.invoices) if row.open > 0]
    return of(places[-20:], draw)


@step(4)
def pay(game, a, b, c, d):
    """Exactly what an invoice owes, a part of it, or more."""
    which = owed(game, a)
    if which is not None:
        row = game.model.invoices[which]
        rupiah = row.open if b % 2 else max(1, row.open * (c % 150) // 100)
        game.both("pay", row.buyer, rupiah, till(d))


@step(1)
def pay_kept(game, a, b, c, d):
    """The buyer kept tax back."""
    which = owed(game, a)
    if which is not None:
        row = game.model.invoices[which]
        kept = row.open * (1 + b % 3) // 100
        kind = ("pph22", "pph23", "pph22_certified", "ppn_collector")[c % 4]
        if kept:
            game.both("pay", row.buyer, row.open - kept, till(d), kept, kind)


@step(1)
def pay_by_statement(game, a, b, *_):
    which = owed(game, a)
    if which is not None:
        row = game.model.invoices[which]
        game.statements += 1
        game.pair(
            lambda: game.model.pay(row.buyer, row.open, "bank"),
            lambda: game.world.pay_by_statement(row.buyer, row.open, game.statements),
        )


@step(5)
def allocate(game, a, b, c, *_):
    payments = [place for place, row in enumerate(game.model.payments) if row.left > 0][-20:]
    payment = of(payments, a)
    if payment is None:
        return
    buyer = game.model.payments[payment].buyer
    invoices = [place for place, row in enumerate(game.model.invoices) if row.open > 0 and row.buyer == buyer]
    if (invoice := of(invoices[-20:], b)) is not None:
        most = min(game.model.payments[payment].left, game.model.invoices[invoice].open)
        game.both("allocate", payment, invoice, most if c % 2 else amount(c, most))


@step(1)
def allocation_back(game, a, b, *_):
    pairs = [pair for pair, held in game.model.paid.items() if held > 0][-20:]
    if pair := of(pairs, a):
        game.both("allocation_back", *pair, amount(b, game.model.paid[pair]))


@step(1)
def refund(game, a, b, c, *_):
    payments = [place for place, row in enumerate(game.model.payments) if row.left > 0][-20:]
    if (which := of(payments, a)) is not None:
        game.both("refund", which, amount(b, game.model.payments[which].left), till(c))


@step(1)
def refund_back(game, a, *_):
    if (which := recent(game.model.refunds, a)) is not None:
        game.both("refund_back", which)


@step(1)
def payment_back(game, a, *_):
    if (which := recent(game.model.payments, a)) is not None:
        game.both("payment_back", which)


# -- books and years --------------------------------------------------------------------------------------------------

BY_HAND = ("1101", "1102", "1201", "2201", "3104", "4102", "4201", "5104", "6102", "6106")


@step(3)
def journal(game, a, b, c, d):
    left, right = BY_HAND[a % len(BY_HAND)], BY_HAND[b % len(BY_HAND)]
    rupiah = 1 + c % 900_000
    on = game.day - dt.timedelta(days=(0, 0, 10, 45, -1)[d % 5])
    made = game.pair(
        lambda: game.model.journal(on, [(left, -rupiah), (right, rupiah)]),
        lambda: game.world.journal(on, [(left, -rupiah), (right, rupiah)]),
    )
    if made:
        game.journals.append([made[0], made[1], False])


@step(1)
def journal_back(game, a, *_):
    if (which := recent(game.journals, a)) is not None:
        lines, row, _back = game.journals[which]
        done = game.pair(lambda: game.journal_back(which, lines), lambda: game.world.journal_back(row))
        game.journals[which][2] |= done is not None


@step(5)
def month_close(game, a, *_):
    """Where a month is over: mostly with the tax of its turnover worked out."""
    month = game.model.first_open
    if month_after(month) <= game.day:
        game.both("sweep")
        if a % 4:
            game.both("income_tax", month)
        game.both("month_close", month)
    elif a % 5 == 0:
        game.both("month_close", month)


@step(1)
def stock(game, a, *_):
    if a % 3 == 0:
        game.both("sweep")
        game.stock()


@step(6)
def year_end(game, a, b, c, d):
    """The next thing that waits for the year that ended last: proposed, closed, decided on, shared, paid out."""
    year = game.day.year - 1
    held = game.model.years.get(year)
    by = a % 2
    if held is None:
        game.both("sweep")
        game.both("propose", year, by)
    elif not held["closed"]:
        game.both("withdraw_year" if b % 10 == 0 else "year_close", year, *([] if b % 10 == 0 else [by]))
    elif year not in game.model.meetings:
        game.both("meet", year, percents(b, held["result"] > 0, wrong=d % 5 == 0), c % 2 == 0)
    else:
        game.both("share_surplus", year)


def percents(draw, surplus, wrong):
    """Whole percentages of some pools, together 100 unless they are to be wrong (105, as in the split often copied)."""
    if not surplus:
        return {}
    dice = Random(draw)
    cuts = sorted(dice.randrange(101) for _ in range(len(POOLS) - 1))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, 105 if wrong else 100], strict=True)]
    return {pool: part for pool, part in zip(POOLS, parts, strict=True) if part}


@step(2)
def pay_shares(game, a, b, *_):
    shares = game.model.shares_owed
    if (first := recent(shares, a, most=5)) is not None:
        of_year = [place for place, row in enumerate(shares) if row["year"] == shares[first]["year"]]
        chosen = [place for place in of_year if place >= first][: 1 + b % 3]
        game.both("pay_shares", chosen)


@step(1)
def share_back(game, a, *_):
    if (which := recent(game.model.shares_paid, a)) is not None:
        game.both("share_back", which)
