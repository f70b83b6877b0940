"""Members, workshops and all that stands of them; registering a workshop; the cooperative itself."""

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from cast import JOINED, MONDAY, person
from wadah.register.models import Membership, WorkshopSkill
from wadah.register.services import (
    area_put,
    certificate_record,
    enrolment_start,
    expert_register,
    leave_record,
    machine_put,
    membership_open,
)

LIST = Rule({MANAGER, OFFICER, OTHER_MANAGER})
EVERY_MANAGER = Rule({MANAGER, OTHER_MANAGER})


def page(key, **more):
    return Rule({MANAGER, OFFICER}, arguments={"pk": key, **more})


def form(key, **more):
    return Rule({MANAGER}, arguments={"pk": key, **more})


def act(key, **more):
    return Rule({MANAGER}, arguments={"pk": key, **more}, method="post")


RULES = {
    "members": LIST,
    "member": page("place"),
    "member_edit": form("place"),
    "member_leave": form("place"),
    "member_return": act("place"),
    "member_history": page("place"),
    "workshop_add": form("place"),
    "certificate_add": form("place"),
    "enrolment": EVERY_MANAGER,
    "enrolment_step": form("enrolment", step="=orang"),
    "enrolment_place": form("enrolment"),
    "enrolment_map": form("enrolment"),
    "enrolment_done": form("enrolment"),
    "enrolment_away": act("enrolment"),
    "enrolment_back": act("enrolment"),
    "workshops": LIST,
    "workshop": page("workshop"),
    "workshop_edit": form("workshop"),
    "claim_add": form("workshop"),
    "machine_add": form("workshop"),
    "week_hours_set": form("workshop"),
    "workshop_sharing": form("workshop"),
    "leave_add": form("workshop"),
    "claims": LIST,
    "claim_attest": form("claim"),
    "claim_withdraw": act("claim"),
    "machines": LIST,
    "machine_edit": form("machine"),
    "week_hours": LIST,
    "leaves": LIST,
    "leave_remove": act("leave"),
    "holidays": LIST,
    "holiday_add": EVERY_MANAGER,
    "certificates": LIST,
    "certificate_edit": form("certificate"),
    "experts": LIST,
    "expert_add": EVERY_MANAGER,
    "expert_edit": form("expert"),
    "cooperatives": EVERY_MANAGER,
    "cooperative_edit": form("cooperative"),
    "cooperative_policy": form("cooperative"),
    "office_add": form("cooperative"),
    "office_end": act("office"),
    "office_return": act("office"),
    "register_about": page("machine", kind="=mesin"),
    "register_act": act("machine", kind="=mesin", act="=arsip"),
}


def build(cast, users):
    shop = cast.sari.workshop
    area_put(
        code="32.75.01.1001",
        name="Bekasijaya",
        name_spaced="Bekasi Jaya",
        kind="kelurahan",
        parent=cast.kecamatan,
        lat=-6.24,
        lng=107.01,
    )
    office = membership_open(
        cooperative=cast.cooperative, joined_on=JOINED, role="treasurer", user=person("Bu Kas", 31)
    )
    who = {"name": "Bu Baru", "adult": True, "area": cast.kelurahan.pk}
    return {
        "place": Membership.objects.get(ikm=cast.sari.ikm).pk,
        "enrolment": enrolment_start(cooperative=cast.cooperative, by=cast.manager, **who).pk,
        "workshop": shop.pk,
        "claim": WorkshopSkill.objects.get(workshop=shop).pk,
        "machine": machine_put(workshop=shop, name="Bubut meja").pk,
        "leave": leave_record(workshop=shop, first_day=MONDAY, last_day=MONDAY).pk,
        "certificate": certificate_record(kind="sni", number="7", ikm=cast.sari.ikm).pk,
        "expert": expert_register(name="Pak Guru", cooperative=cast.cooperative).pk,
        "cooperative": cast.cooperative.pk,
        "office": office.pk,
    }
