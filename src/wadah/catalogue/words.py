"""Words that a field may hold, with what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    PIECE = "piece", _("piece")
    HOUR = "hour", _("hour")
    METRE = "metre", _("metre")
    KG = "kg", _("kg")


class Supply(TextChoices):
    MADE = "made", _("made by members")
    BOUGHT = "bought", _("bought")


class Aspect(TextChoices):
    FLORA = "flora", _("plants")
    FAUNA = "fauna", _("animals")
    COLOUR = "colour", _("colours")
    HISTORY = "history", _("history")
    CULTURE = "culture", _("culture")


class RightKind(TextChoices):
    COPYRIGHT = "copyright", _("copyright")
    TRADITIONAL = "traditional", _("traditional cultural expression")
    DESIGN = "design", _("industrial design")


class ApprovalStatus(TextChoices):
    TRIAL = "trial", _("trial lot")
    APPROVED = "approved", _("approved")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")


class MaterialBy(TextChoices):
    COOPERATIVE = "cooperative", _("the cooperative")
    MEMBER = "member", _("the member")
    BUYER = "buyer", _("the buyer")
