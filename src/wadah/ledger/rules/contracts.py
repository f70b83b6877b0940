"""Which form of contract a public buyer needs for so much money (Perpres 16/2018 Art. 28, as amended). Pure.

A limit is a dated row: when the regulation changes, its rows get a `valid_until` and the new ones are added below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wadah.demand.words import BuyerKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MILLION = 1_000_000
PERPRES = "Perpres 16/2018 Art. 28 jo. Perpres 12/2021, Perpres 46/2025"
PUBLIC_BUYERS = frozenset({BuyerKind.GOVERNMENT, BuyerKind.SCHOOL})


@dataclass(frozen=True, slots=True)
class ContractForm:
    """code: "proof", "kuitansi", "spk", "contract" or "order_letter"; up_to_rupiah: the largest value that this form is
    enough for, None without a limit; source: the regulation."""

    code: str
    name: _StrPromise
    up_to_rupiah: int | None
    valid_from: date
    valid_until: date | None = None
    source: str = PERPRES


SINCE = date(2018, 3, 22)
PROOF, KUITANSI, SPK, CONTRACT, ORDER_LETTER = (
    _("proof of purchase (bukti pembelian)"),
    _("receipt (kuitansi)"),
    _("work order (SPK)"),
    _("contract (surat perjanjian)"),
    _("letter of order (surat pesanan)"),
)
FORMS: tuple[ContractForm, ...] = (
    ContractForm("proof", PROOF, 10 * MILLION, SINCE),
    ContractForm("kuitansi", KUITANSI, 50 * MILLION, SINCE),
    ContractForm("spk", SPK, 200 * MILLION, SINCE),
    ContractForm("contract", CONTRACT, None, SINCE),
)
E_PURCHASING = ContractForm("order_letter", ORDER_LETTER, None, SINCE)
"""Where the order comes through e-purchasing, whatever its value."""


def contract_form(rupiah: int, on: date) -> ContractForm | None:
    """The form that an order of this value needs on a day; None where no regulation is known for the day."""
    held = [form for form in FORMS if form.valid_from <= on and (form.valid_until is None or on <= form.valid_until)]
    enough = [form for form in held if form.up_to_rupiah is None or rupiah <= form.up_to_rupiah]
    return min(enough, key=lambda form: (form.up_to_rupiah is None, form.up_to_rupiah or 0), default=None)


def is_public(buyer_kind: str) -> bool:
    return buyer_kind in PUBLIC_BUYERS
