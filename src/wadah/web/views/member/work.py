"""A member's work: what to make, by when, for how much, in the plans in force."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render

from wadah.plans.rules import Horizon
from wadah.plans.selectors import workshop_lots
from wadah.web.access import MEMBER, access, person_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from wadah.plans.models import PlannedLot


@access(MEMBER)
def work(request: HttpRequest) -> HttpResponse:
    lots = list(workshop_lots(person_of(request).roles.workshops_owned))
    weeks = [(day, list(group)) for day, group in groupby(sorted(lots, key=week_of), key=week_of)]
    pay = sum(lot.pay_rupiah for lot in lots)
    return render(request, "member/work.html", {"weeks": weeks, "pay": pay})


def week_of(lot: PlannedLot) -> date:
    return Horizon(lot.run.start_on, lot.run.weeks).monday(lot.period)
