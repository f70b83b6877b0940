"""Words that a field may hold, with what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommunityRole(TextChoices):
    """lead: keeps the community's page, its tools and who else keeps them."""

    LEAD = "lead", _("keeper of the page")
    MEMBER = "member", _("joined in")


class ResourceKind(TextChoices):
    ROOM = "room", _("room")
    TOOL = "tool", _("tool")


class Result(TextChoices):
    """Failed is an honourable result, told with what was learned; nothing outside the forum ever looks at it."""

    UNKNOWN = "unknown", _("not known yet")
    WORKED = "worked", _("worked")
    FAILED = "failed", _("failed, lesson won")


class SupportKind(TextChoices):
    TRAINING = "training", _("training")
    MENTORING = "mentoring", _("mentoring")
    TOOL = "tool", _("a tool")
    GRANT = "grant", _("a small grant")


class SupportStatus(TextChoices):
    """asked → granted or refused; granted → delivered → told (what came of it). withdrawn: by who asked."""

    ASKED = "asked", _("waiting for a decision")
    GRANTED = "granted", _("granted, on its way")
    REFUSED = "refused", _("refused")
    DELIVERED = "delivered", _("delivered")
    TOLD = "told", _("delivered, and told what came of it")
    WITHDRAWN = "withdrawn", _("taken back")


class GraduationStatus(TextChoices):
    """asked: of a cooperative; product: a workshop makes it on trial; trial: a trial lot is on its way; stopped: ended
    on the way. That a trial was approved is read from the trial itself (work.Trial), never copied."""

    ASKED = "asked", _("offered to a cooperative")
    PRODUCT = "product", _("trial product")
    TRIAL = "trial", _("trial lot")
    STOPPED = "stopped", _("ended on the way")
