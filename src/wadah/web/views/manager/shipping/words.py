"""Words of the histories of shipments and claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "shipment_open": _("Begun"),
    "shipment_send": _("Left the hub"),
    "shipment_cancel": _("Cancelled"),
    "shipment_receive": _("Signed for"),
    "claim_make": _("Complained of"),
    "claim_accept": _("The buyer is right"),
    "claim_refuse": _("Refused"),
    "claim_take_back": _("Pieces came back"),
    "claim_settle": _("Settled"),
}
FIELDS = {
    "order": _("Order"),
    "receipt": _("Receipt"),
    "pieces": _("Pieces"),
    "returned": _("Came back"),
}
