"""A member's first page and offers, the members' answers, and what won't come."""

from datetime import timedelta

from addresses import MANAGER, MEMBER, OTHER_MANAGER, OTHER_MEMBER, Rule
from cast_offers import next_week, pieces
from wadah.base.clock import now
from wadah.catalogue.models import Part
from wadah.work.models import Offer, WorkPackage

NUMBER = {"number": "offer"}


def own(method="get", **form):
    return Rule({MEMBER}, arguments=NUMBER, method=method, form=form)


def kept(method="get", **more):
    return Rule({MANAGER}, arguments=NUMBER | more, method=method)


def of_cooperative(method="get", **more):
    return Rule({MANAGER}, arguments={"pk": "mended_cooperative"} | more, method=method)


RULES = {
    "beranda": Rule({MEMBER, OTHER_MEMBER}),
    "offer_link": Rule({MEMBER, MANAGER}, arguments=NUMBER),
    "offers": Rule({MEMBER, OTHER_MEMBER}),
    "offer": own(),
    "offer_take": own("post", pieces="1"),
    "offer_decline": own("post"),
    "offer_undo": own("post"),
    "offer_receipt": own(),
    "answers": Rule({MANAGER, OTHER_MANAGER}),
    "answer": kept(),
    "answer_receipt": kept(),
    "answer_wa": kept(),
    "answer_remind": kept("post", channel="=telepon"),
    "answer_act": kept("post", act="=tolak"),
    "package_new": Rule({MANAGER, OTHER_MANAGER}),
    "mending_start": Rule({MANAGER, OTHER_MANAGER}),
    "mending": of_cooperative(),
    "mending_report": of_cooperative(),
    "mending_act": of_cooperative("post", act="=hitung"),
    "disruptions": Rule({MANAGER, OTHER_MANAGER}),
}


def build(cast, users):
    """An open offer to Bu Sari, of a part that the rules of the catalogue's addresses build."""
    package = WorkPackage.objects.create(
        cooperative=cast.cooperative,
        part=Part.objects.filter(service=False).order_by("pk").first(),
        week_start=next_week(),
        pieces=pieces(100),
        made_at=now(),
    )
    offer = Offer.objects.create(
        number="TW-2026-0001",
        package=package,
        workshop=cast.sari.workshop,
        pieces=pieces(100),
        minutes_per_piece=pieces("0.5"),
        pay_rupiah_piece=350,
        offered_at=now(),
        answer_by=now() + timedelta(days=2),
    )
    return {"offer": offer.number, "mended_cooperative": cast.cooperative.pk}
