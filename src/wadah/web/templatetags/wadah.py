"""Numbers, money, dates and icons in templates, written by the language of the page. Loaded in every template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from wadah import units
from wadah.base.clock import JAKARTA
from wadah.base.idempotency import key_new
from wadah.web.access import KEY_FIELD
from wadah.web.words import amount_text, share_text
from wadah.web.words import part_name as words_part_name

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from django.utils.safestring import SafeString

    from wadah.catalogue.models import Part

register = template.Library()

MISSING = "–"


def language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


@register.filter
def rupiah(amount: int | None) -> str:
    """{{ 1250000|rupiah }} → Rp1.250.000; a dash where there is none."""
    return MISSING if amount is None else units.rupiah_text(int(amount))


@register.filter
def rupiah_short(amount: float | None) -> str:
    """{{ 1250000|rupiah_short }} → Rp1,25 jt."""
    return MISSING if amount is None else units.rupiah_short_text(units.rupiah_of(amount), language())


@register.filter
def number(value: int | None) -> str:
    return MISSING if value is None else units.number_text(int(value), language())


@register.filter
def decimal(value: Decimal | float | None, places: int = 1) -> str:
    return MISSING if value is None else units.decimal_text(value, places, language())


@register.filter
def amount(quantity: Decimal | float, part: Part) -> str:
    """{{ lot.quantity|amount:lot.part }} → 10 buah."""
    return amount_text(quantity, part.unit)


@register.filter
def percent(ratio: Decimal | float | None, places: int = 1) -> str:
    """{{ 0.053|percent }} → 5,3%."""
    return MISSING if ratio is None else units.percent_text(ratio, places, language())


@register.filter
def share(part: float | None) -> str:
    """{{ 0.9999|share }} → 99,9%: what is not everything is never rounded up to it."""
    return MISSING if part is None else share_text(part)


@register.filter
def part_name(part: Part) -> str:
    """A part in the language of the page."""
    return words_part_name(part)


@register.filter
def minutes(value: int | None) -> str:
    return MISSING if value is None else units.minutes_text(int(value), language())


@register.filter
def hours(value: Decimal | float | None) -> str:
    """{{ 2.5|hours }} → 2,5 jam."""
    if value is None:
        return MISSING
    return f"{units.decimal_text(value, 1, language())} {'jam' if language() == 'id' else 'h'}"


@register.filter
def date_long(value: dt.date | None) -> str:
    """Jumat, 4 Desember 2026."""
    return MISSING if value is None else units.date_long_text(value, language())


@register.filter
def date_plain(value: dt.date | None) -> str:
    """4 Desember 2026."""
    return MISSING if value is None else units.date_text(value, language())


@register.filter
def date_short(value: dt.date | None) -> str:
    """4 Des."""
    return MISSING if value is None else units.date_short_text(value, language())


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Jumat, 4 Desember 2026 pukul 14.00 WIB, whatever zone the moment came in."""
    return MISSING if value is None else units.moment_text(value.astimezone(JAKARTA), language())


@register.simple_tag
def idempotency() -> SafeString:
    """The hidden key of a writing form: {% idempotency %} beside {% csrf_token %}."""
    return format_html('<input type="hidden" name="{}" value="{}">', KEY_FIELD, key_new())


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "home" %}: a symbol of wadah/icons.svg, hidden from screen readers; words stand beside it."""
    from django.templatetags.static import static

    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("wadah/icons.svg"),
        name,
    )
