"""A member's first page and offers, the members' answers, and what won't come."""

from datetime import timedelta

from addresses import MANAGER, MEMBER, OTHER_MANAGER, OTHER_MEMBER, Rule
from cast_offers import next_week, pieces
from wadah.base.clock import now
from wadah.catalogue.models import Part
from wadah.work.models import Offer, WorkPackage
from wadah.work.services.offers import offer_take

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
    "answer_slip": Rule({MANAGER}, arguments={"number": "taken offer"}),
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
    """An open offer to Bu Sari, of a part that the rules of the catalogue's addresses build, and one that is taken."""
    taken = offered(cast, "TW-2026-0002", 1)
    offer_take(offer=taken, pieces=pieces(1), by=cast.manager, on_behalf_of="Bu Sari", reason="tanpa ponsel")
    return {
        "offer": offered(cast, "TW-2026-0001", 100).number,
        "taken offer": taken.number,
        "mended_cooperative": cast.cooperative.pk,
    }


def offered(cast, number, count):
    package = WorkPackage.objects.create(
        cooperative=cast.cooperative,
        part=Part.objects.filter(service=False).order_by("pk").first(),
        week_start=next_week(),
        pieces=pieces(count),
        made_at=now(),
    )
    return Offer.objects.create(
        number=number,
        package=package,
        workshop=cast.sari.workshop,
        pieces=pieces(count),
        minutes_per_piece=pieces("0.5"),
        pay_rupiah_piece=350,
        offered_at=now(),
        answer_by=now() + timedelta(days=2),
    )
