"""Words that a field may hold, with what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferStatus(TextChoices):
    """part: some of it was taken, the rest was declined; withdrawn: by the cooperative, before an answer."""

    OPEN = "open", _("waiting for an answer")
    TAKEN = "taken", _("taken")
    PART = "part", _("taken in part")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("no answer in time")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DeclineReason(TextChoices):
    BUSY = "busy", _("no time")
    ILL = "ill", _("ill")
    MACHINE = "machine", _("machine broken")
    MATERIAL = "material", _("no material")
    PAY = "pay", _("pay too low")
    SKILL = "skill", _("can't make it")
    OTHER = "other", _("another reason")


class DisruptionKind(TextChoices):
    """What makes a plan in force need mending."""

    DECLINED = "declined", _("declined")
    PART_TAKEN = "part_taken", _("taken in part")
    LAPSED = "lapsed", _("no answer in time")
    AWAY = "away", _("away or ill")
    MACHINE = "machine", _("machine broken")
    REJECTED = "rejected", _("lot rejected")
    SHORT = "short", _("fewer made")
    ORDER = "order", _("order changed")


class DisruptionStatus(TextChoices):
    OPEN = "open", _("to be mended")
    MENDED = "mended", _("mended")
    DISMISSED = "dismissed", _("left as it is")


class WorkOrderKind(TextChoices):
    """trial: a trial lot for an approval, of no plan; service: hours in milestones, in place of pieces and lots."""

    PIECES = "pieces", _("pieces")
    TRIAL = "trial", _("trial lot")
    SERVICE = "service", _("service")


class WorkOrderStatus(TextChoices):
    """done: nothing is in work any more."""

    OPEN = "open", _("not begun")
    STARTED = "started", _("in work")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class LotOrigin(TextChoices):
    MADE = "made", _("made")
    BOUGHT = "bought", _("bought")
    OWNED = "owned", _("the buyer's own")
    SPLIT = "split", _("split off")
    MERGED = "merged", _("merged")
    COUNTED = "counted", _("counted at the hub")


class Bucket(TextChoices):
    """Where the pieces of a lot are; every piece is in one of them (docs/work.md).

    waiting: at the hub, to be inspected; accepted: at the hub, fit for use; rejected: at the hub, blocked; rework: back
    at the workshop; returned: to its maker, owner or supplier for good; issued: handed out into other work; shipped: on
    the way to a buyer or there; moved: in another lot, split or merged.
    """

    WAITING = "waiting", _("waiting for inspection")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    REWORK = "rework", _("in rework")
    SCRAPPED = "scrapped", _("scrapped")
    RETURNED = "returned", _("sent back")
    ISSUED = "issued", _("handed out")
    SHIPPED = "shipped", _("shipped")
    MOVED = "moved", _("in another lot")


class MoveKind(TextChoices):
    """What moved pieces of a lot from one bucket to another."""

    RECEIVE = "receive", _("received")
    ACCEPT = "accept", _("accepted")
    REJECT = "reject", _("rejected")
    SORT_ACCEPT = "sort_accept", _("sorted out as good")
    REWORK = "rework", _("sent to rework")
    REWORK_BACK = "rework_back", _("back from rework")
    SCRAP = "scrap", _("scrapped")
    RETURN = "return", _("sent back")
    ISSUE = "issue", _("handed out")
    ISSUE_BACK = "issue_back", _("brought back")
    SHIP = "ship", _("shipped")
    SHIP_BACK = "ship_back", _("came back from the buyer")
    SPLIT = "split", _("split off")
    MERGE = "merge", _("merged")


class DefectClass(TextChoices):
    CRITICAL = "critical", _("critical")
    MAJOR = "major", _("major")
    MINOR = "minor", _("minor")


class SamplingMethod(TextChoices):
    """aql: MIL-STD-105E / ANSI Z1.4; zero: no defect allowed, by LTPD and risk; user: as agreed; all: each piece."""

    AQL = "aql", _("by AQL")
    ZERO = "zero", _("no defect allowed (Ac = 0)")
    USER = "user", _("as agreed with the buyer")
    ALL = "all", _("every piece")


class CharacteristicKind(TextChoices):
    VISUAL = "visual", _("looked at")
    MEASURED = "measured", _("measured")


class InspectionStatus(TextChoices):
    OPEN = "open", _("being inspected")
    PASSED = "passed", _("passed")
    FAILED = "failed", _("rejected")
    CANCELLED = "cancelled", _("cancelled")


class DispositionKind(TextChoices):
    ACCEPT = "accept", _("accept as it is")
    SORT = "sort", _("sort piece by piece")
    REWORK = "rework", _("rework")
    SCRAP = "scrap", _("scrap")
    RETURN = "return", _("send back")


class TrialStatus(TextChoices):
    OPEN = "open", _("being tried")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ElementStatus(TextChoices):
    MISSING = "missing", _("missing")
    GIVEN = "given", _("handed in")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    NOT_NEEDED = "not_needed", _("not needed")


class ShipmentStatus(TextChoices):
    DRAFT = "draft", _("being picked")
    SENT = "sent", _("on the way")
    RECEIVED = "received", _("received")
    CANCELLED = "cancelled", _("cancelled")


class ClaimKind(TextChoices):
    DEFECT = "defect", _("defective")
    SHORT = "short", _("too few")
    WRONG = "wrong", _("wrong part")
    DAMAGED = "damaged", _("damaged on the way")
    OTHER = "other", _("something else")


class ClaimStatus(TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    SETTLED = "settled", _("settled")


class MilestoneStatus(TextChoices):
    OPEN = "open", _("in work")
    HANDED_IN = "handed_in", _("handed in")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("sent back to work")
    CANCELLED = "cancelled", _("cancelled")
