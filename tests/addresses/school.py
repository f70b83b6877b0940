"""A school's own pages; the papers of an order, for buyer and cooperative. The buyer speaks for a school as well."""

from datetime import date

from addresses import BUYER, MANAGER, Rule
from wadah.demand.models import Buyer, BuyerContact
from wadah.demand.services import Size, headcount_record, institution_put, sizes_put

CODE = {"code": "own school"}
YEAR = CODE | {"year": "=2027"}
RULES = {
    "school": Rule({BUYER}),
    "school_duty": Rule({BUYER}, arguments=CODE),
    "school_year": Rule({BUYER}, arguments=YEAR),
    "school_sizes": Rule({BUYER}, arguments=YEAR),
    "school_paste": Rule({BUYER}, arguments=YEAR),
    "school_order": Rule({BUYER}, arguments=YEAR),
    "procurement_papers": Rule({MANAGER, BUYER}, arguments={"number": "shipped order"}),
}


def build(cast, users):
    buyer = Buyer.objects.create(name="SDN Margahayu 2", market="local", kind="school")
    BuyerContact.objects.create(buyer=buyer, user=users[BUYER])
    buyer.cooperatives.add(cast.cooperative)
    school = institution_put(
        code="20200002", name="SDN Margahayu 2", kind="school", level="sd", area=cast.kelurahan, buyer=buyer
    )
    headcount_record(institution=school, group="teachers", heads=20, as_of=date(2026, 7, 1))
    sizes_put(institution=school, year=2027, sizes=[Size("teachers", "M", 12), Size("teachers", "L", 8)])
    return {"own school": school.code}
