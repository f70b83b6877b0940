"""Words of the histories of buyers, orders, requests and quotations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "buyer_add": _("Added"),
    "buyer_put": _("Recorded"),
    "buyer_correct": _("Corrected"),
    "buyer_archive": _("Archived"),
    "buyer_bring_back": _("Brought back"),
    "buyer_contact_add": _("Contact added"),
    "buyer_contact_remove": _("Contact removed"),
    "order_draft": _("Drafted"),
    "order_correct": _("Corrected"),
    "order_move": _("Moved on"),
    "order_cancel": _("Cancelled"),
    "order_line_hand_over": _("Handed over to the buyer"),
    "order_from_quotation": _("Made from a quotation"),
    "quotation_accept": _("Accepted"),
    "reserved_cancel": _("Hours set free"),
    "mandate_order_create": _("Made from the mandate"),
    "institution_put": _("Recorded"),
    "headcount_record": _("Heads counted"),
}
FIELDS = {
    "name": _("Name"),
    "market": _("Market"),
    "kind": _("Kind"),
    "source": _("Source"),
    "address": _("Address"),
    "archived_at": _("Archived"),
    "contact": _("Contact"),
    "number": _("Number"),
    "buyer": _("Buyer"),
    "cooperative": _("Cooperative"),
    "status": _("Status"),
    "ordered_on": _("Ordered on"),
    "note": _("Note"),
    "simulated": _("Simulated"),
    "quotation": _("Quotation"),
    "code": _("Code"),
    "level": _("Level"),
    "state": _("Run by the state"),
    "count": _("How many it stands for"),
    "area": _("Area"),
}
