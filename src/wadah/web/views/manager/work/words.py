"""Words of the histories of work orders, lots and milestones, and of what moves at the hub."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "work_order_make": _("Given out"),
    "work_order_start": _("Begun"),
    "work_order_give_up": _("Given up in part"),
    "work_order_allow_over": _("More allowed"),
    "work_order_move": _("Moved to another week"),
    "hand_over_receive": _("Received at the hub"),
    "hand_over_cancel": _("Taken back"),
    "material_receive": _("Received"),
    "material_counted": _("Counted before it had lots"),
    "lot_relabel": _("Label changed"),
    "milestones_lay_out": _("Milestone laid out"),
    "milestone_hand_in": _("Handed in"),
    "milestone_accept": _("Accepted"),
    "milestone_send_back": _("Sent back to work"),
    "milestone_cancel": _("Cancelled"),
}
FIELDS = {
    "number": _("Number"),
    "pieces": _("Pieces"),
    "due_on": _("Due"),
    "given_up": _("Given up"),
    "over": _("Allowed beyond"),
    "handed_over": _("Handed over"),
    "status": _("Status"),
    "bring_at": _("Announced for"),
    "received_on": _("Received on"),
    "quantity": _("Quantity"),
    "supplier": _("Bought from"),
    "batch": _("Batch"),
    "expires_on": _("Use by"),
    "note": _("Note"),
    "title": _("Title"),
    "link": _("Link"),
    "decision_note": _("Answer"),
    "week_start": _("Week"),
}
COLUMNS = {
    "late": _("Late"),
    "todo": _("Not begun"),
    "doing": _("In work"),
    "done": _("Handed over"),
}
PLACES = {
    "coming": _("announced, not here yet"),
    "hub": _("at the hub"),
    "workshop": _("handed out to a workshop"),
    "rework": _("back at its maker's"),
    "picked": _("packed for the buyer"),
    "buyer": _("at the buyer's"),
}
DID = {"reported": _("reported"), "inspected": _("inspected")}
EDGES = {"split": _("split off"), "merged": _("merged"), "material": _("as material")}
