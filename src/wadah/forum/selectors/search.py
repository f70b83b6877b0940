"""Finding text whatever its spaces, line ends and case (docs/city.md F6): "medansatria" finds "Medan Satria".

All words must be there, in any of the columns; a word may stand across spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Lower, Replace

from wadah.register.rules import fold_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

SPACES = (" ", "\n", "\r", "\t")


def text_search(rows: QuerySet[Any], text: str, *columns: str) -> QuerySet[Any]:
    """Rows in which every word of `text`, or all of it written together, is found."""
    for number, column in enumerate(columns):
        rows = rows.alias(**{f"searched_{number}": folded(column)})
    names = [f"searched_{number}" for number in range(len(columns))]
    wanted = holds(names, fold_key(text))
    each = Q()
    for word in text.split():
        each &= holds(names, fold_key(word))
    return rows.filter(wanted | each).distinct()


def holds(names: list[str], key: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__contains": key})
    return found


def folded(column: str) -> Combinable:
    """The column without spaces and line ends and in small letters, as fold_key has the text."""
    found: Any = Coalesce(Cast(F(column), TextField()), Value("", TextField()), output_field=TextField())
    for sign in SPACES:
        found = Replace(found, Value(sign), Value(""), output_field=TextField())
    return Lower(found)
