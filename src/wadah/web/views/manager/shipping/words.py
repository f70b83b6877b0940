"""Words of the histories of shipments and claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "shipment_open": _("Begun"),
    "shipment_send": _("Left the hub"),
    "shipment_cancel": _("Cancelled"),
    "shipment_receive": _("Signed for"),
    "claim_make": _("Complained of"),
    "claim_decide": _("Answered"),
    "claim_take_back": _("Pieces came back"),
    "claim_settle": _("Settled"),
}
FIELDS = {
    "order": _("Order"),
    "status": _("Status"),
    "receipt": _("Receipt"),
    "pieces": _("Pieces"),
    "kind": _("What is wrong"),
    "replaced": _("Made again"),
    "returned": _("Came back"),
}
