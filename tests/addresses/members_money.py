"""Members' money: the manager's and the treasurer's, and each member's own."""

from addresses import MANAGER, MEMBER, OTHER_MANAGER, OTHER_MEMBER, OTHER_TREASURER, TREASURER, Rule
from cast import JOINED
from cast_ledger import making_build
from wadah.base.clock import today
from wadah.catalogue.models import Licence, Motif
from wadah.ledger.services.accounts import payout_account_set
from wadah.ledger.services.advances import advance_give
from wadah.ledger.services.payouts import payout_make
from wadah.ledger.services.repaying import repayment_take
from wadah.ledger.services.royalties import royalty_pay
from wadah.ledger.services.savings import saving_pay_in
from wadah.ledger.services.settlement import settlement_lock, settlement_prepare
from wadah.ledger.services.terms import terms_set
from wadah.register.models import Membership
from wadah.work.services.acting import Act

OFFICE = {MANAGER, TREASURER}
EVERY = OFFICE | {OTHER_MANAGER, OTHER_TREASURER}
DRAFT, LOCKED, RUN = {"pk": "draft settlement"}, {"pk": "locked settlement"}, {"number": "payout"}
REPAYMENT = {"number": "repayment"}
ROW, PLACE, ADVANCE = LOCKED | {"ikm": "settled maker"}, {"pk": "saving place"}, {"number": "advance"}


def own(arguments, method="get"):
    return Rule(OFFICE, arguments=arguments, method=method)


RULES = {
    "settlements": Rule(EVERY),
    "settlement_add": Rule(EVERY),
    "settlement": own(LOCKED),
    "settlement_again": own(LOCKED, "post"),
    "settlement_fix": own(LOCKED, "post"),
    "settlement_drop": own(LOCKED, "post"),
    "settlement_pay": own(LOCKED),
    "settlement_paper": own(DRAFT),
    "slips_paper": own(LOCKED),
    "settlement_row": own(ROW),
    "slip_paper": Rule(OFFICE | {MEMBER}, arguments=ROW),
    "payout": own(RUN),
    "payout_paper": own(RUN),
    "payout_csv": own(RUN, "post"),
    "payout_xlsx": own(RUN, "post"),
    "payout_bounce": own(RUN | {"pk": "payout row"}),
    "advances": Rule(EVERY),
    "advance_add": Rule(EVERY),
    "advance": own(ADVANCE),
    "advance_undo": own(ADVANCE),
    "debtors": Rule(EVERY),
    "debtor": own({"ikm": "owing maker"}),
    "repayment_add": own({"ikm": "owing maker", "cooperative": "paying cooperative"}),
    "repayment": own(REPAYMENT),
    "repayment_paper": Rule(OFFICE | {MEMBER}, arguments=REPAYMENT),
    "repayment_undo": own(REPAYMENT),
    "savings": Rule(EVERY),
    "saving_add": Rule(EVERY),
    "savings_member": own(PLACE),
    "saving_wish": own(PLACE),
    "saving_undo": own({"pk": "saving"}),
    "payout_accounts": Rule(EVERY),
    "payout_account": own(PLACE),
    "payout_account_change": own(PLACE),
    "payout_account_whole": own(PLACE),
    "royalties": Rule(EVERY),
    "royalty_add": own({"cooperative": "paying cooperative", "motif": "paid motif"}),
    "royalty_undo": own({"number": "royalty"}),
    "member_terms": Rule(EVERY),
    "member_terms_add": Rule(EVERY),
    "my_money": Rule({MEMBER, OTHER_MEMBER}),
    "my_account": Rule({MEMBER, OTHER_MEMBER}),
    "my_saving": Rule({MEMBER, OTHER_MEMBER}),
    "my_pay": Rule({MEMBER}, arguments={"pk": "settled row"}),
}


def build(cast, users):
    """A settlement that is locked and paid, one being prepared, and one of each other thing."""
    whose, treasurer = {"cooperative": cast.cooperative}, users[TREASURER]
    making, sari = making_build(cast, "BAUT-GAJI"), cast.sari
    motif = Motif.objects.create(name="Bunga Gaji", aspect="flora", holder="Kota (simulasi)", right_kind="copyright")
    Licence.objects.create(motif=motif, ikm=sari.ikm, number="L-9", valid_from=JOINED, royalty_rupiah_piece=100)
    making.part.motif = motif
    making.part.save()
    terms_set(
        **whose,
        valid_from=today().replace(day=1),
        decided_by="RAT 2025",
        by=cast.manager,
        principal_saving_rupiah=100_000,
        mandatory_saving_rupiah_month=10_000,
    )
    payout_account_set(ikm=sari.ikm, bank="BRI", holder="Bu Sari", number="1234567890", act=Act(by=treasurer))
    advance = advance_give(**whose, ikm=sari.ikm, kind="money", till="cash", rupiah=20_000, what="kawat", by=treasurer)
    saving = saving_pay_in(**whose, ikm=sari.ikm, kind="pokok", rupiah=50_000, till="cash", by=treasurer)
    rejected(making, sari)
    draft = settlement_prepare(**whose, until=today(), by=cast.manager)
    locked = settlement_lock(settlement=draft, by=treasurer)
    run = payout_make(settlement=locked, till="bank", by=treasurer)
    royalty = royalty_pay(**whose, motif=motif, rupiah=1_000, till="bank", by=treasurer)
    owed = advance_give(**whose, ikm=sari.ikm, kind="money", till="cash", rupiah=30_000, what="cat", by=treasurer)
    repaid = repayment_take(**whose, ikm=sari.ikm, rupiah=owed.rupiah - 5_000, till="cash", by=treasurer)
    making.accepted(cast.karim)
    draft = settlement_prepare(**whose, until=today(), by=cast.manager)
    row = locked.rows.get(ikm=sari.ikm)
    return {
        "draft settlement": draft.pk,
        "locked settlement": locked.pk,
        "settled maker": sari.ikm.pk,
        "settled row": row.pk,
        "payout": run.number,
        "payout row": run.rows.get().pk,
        "advance": advance.number,
        "owing maker": sari.ikm.pk,
        "repayment": repaid.number,
        "saving": saving.pk,
        "saving place": Membership.objects.get(ikm=sari.ikm, role="member").pk,
        "paying cooperative": cast.cooperative.pk,
        "paid motif": motif.pk,
        "royalty": royalty.number,
    }


def rejected(making, maker):
    """A lot of which some was accepted, some rejected, and some waits."""
    lot = making.lot(making.work_order(maker, 120), 120)
    making.moved(lot, "accept", 100)
    making.moved(lot, "reject", 15)
