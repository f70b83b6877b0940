"""Words that a field may hold, with what people read."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class InstitutionKind(TextChoices):
    SCHOOL = "school", _("school")
    OFFICE = "office", _("office")
    AGGREGATE = "aggregate", _("total of several")


class Group(TextChoices):
    PUPILS = "pupils", _("pupils")
    TEACHERS = "teachers", _("teachers")
    STAFF = "staff", _("school staff")
    EMPLOYEES = "employees", _("city employees")


class RuleKind(TextChoices):
    SCHOOL = "school", _("schools")
    OFFICE = "office", _("offices")


class Weekday(IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Market(TextChoices):
    LOCAL = "local", _("in the city")
    NATIONAL = "national", _("elsewhere in Indonesia")
    EXPORT = "export", _("abroad")


class BuyerKind(TextChoices):
    FACTORY = "factory", _("factory")
    GOVERNMENT = "government", _("government")
    SCHOOL = "school", _("school")
    TRADER = "trader", _("trader")
    OTHER = "other", _("other")


class OrderStatus(TextChoices):
    """reserved: offered, not yet accepted, but its hours are kept free in plans."""

    DRAFT = "draft", _("draft")
    RESERVED = "reserved", _("reserved")
    CONFIRMED = "confirmed", _("confirmed")
    PLANNED = "planned", _("planned")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Level(TextChoices):
    """A level of school, or a city office."""

    SD = "sd", _("primary school (SD)")
    SMP = "smp", _("junior secondary school (SMP)")
    SMA = "sma", _("senior secondary school (SMA)")
    SMK = "smk", _("vocational school (SMK)")
    OFFICE = "office", _("city office")


class Channel(TextChoices):
    """How a request came in."""

    FORM = "form", _("by form")
    EXCEL = "excel", _("from Excel")
    TEXT = "text", _("by message")
    PHONE = "phone", _("by phone")
    LETTER = "letter", _("by letter")


class RequestStatus(TextChoices):
    OPEN = "open", _("open")
    QUOTED = "quoted", _("quoted")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class QuotationStatus(TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AnsweredHow(TextChoices):
    PAGE = "page", _("on the page")
    LETTER = "letter", _("by letter")
    PHONE = "phone", _("by phone")


class Sure(TextChoices):
    """How sure a promise is: no better date or quantity exists, or none was found."""

    PROVEN = "proven", _("proven")
    FOUND = "found", _("found")
