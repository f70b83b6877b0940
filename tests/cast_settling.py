"""What settlement tests share: a cooperative whose members agreed on terms, with a treasurer beside the manager."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from cast import JOINED, person
from cast_ledger import Making, making_build
from wadah.accounts.models import User
from wadah.base.clock import today
from wadah.ledger.models import PayoutAccount, PostingLine, Settlement
from wadah.ledger.services.accounts import payout_account_set
from wadah.ledger.services.books import book_open
from wadah.ledger.services.settlement import settlement_lock, settlement_prepare
from wadah.ledger.services.terms import terms_set
from wadah.register.services import membership_open
from wadah.work.services.acting import Act

NUMBER = "1234567890123"
AGREED = {
    "principal_saving_rupiah": 100_000,
    "mandatory_saving_rupiah_month": 10_000,
    "voluntary_percent": Decimal(5),
    "recovery_percent_max": Decimal(50),
}


@dataclass(frozen=True)
class Settling:
    """The cast's cooperative with books opened this month, terms from its first day, and Pak Budi, the treasurer."""

    making: Making
    treasurer: User

    @property
    def cast(self):
        return self.making.cast

    @property
    def whose(self):
        return {"cooperative": self.cast.cooperative}

    def prepare(self, until=None, by=None) -> Settlement:
        return settlement_prepare(**self.whose, until=until or today(), by=by or self.cast.manager)

    def lock(self, settlement=None, by=None) -> Settlement:
        return settlement_lock(settlement=settlement or self.prepare(), by=by or self.treasurer)

    def account(self, member) -> PayoutAccount:
        return payout_account_set(
            ikm=member.ikm, bank="BRI", holder=member.user.name, number=NUMBER, act=Act(by=self.treasurer)
        )


def settling_build(cast, **agreed) -> Settling:
    treasurer = person("Pak Budi", 21)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="treasurer", user=treasurer)
    month = today().replace(day=1)
    book_open(cooperative=cast.cooperative, opened_on=month, by=None)
    terms_set(
        cooperative=cast.cooperative, valid_from=month, decided_by="RAT 2025", by=cast.manager, **(AGREED | agreed)
    )
    return Settling(making_build(cast, "BAUT-GAJI"), treasurer)


def balance(code, **of):
    """Credit less debit of an account."""
    lines = PostingLine.objects.filter(account__code=code, **of)
    return sum(line.credit - line.debit for line in lines)


def tomorrow():
    return today() + timedelta(days=1)
