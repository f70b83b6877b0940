"""An object taken apart field by field; what nobody asked for is left over and told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.api.rules.drafts import Unread
from wadah.base.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNREAD_MAX, VALUE_MAX = 200, 200
PERSONAL = frozenset(
    {
        "bio",
        "birthdate",
        "contact",
        "contactperson",
        "contributors",
        "directions",
        "email",
        "facebook",
        "fax",
        "instagram",
        "landline",
        "licensor",
        "mailinglist",
        "mobile",
        "owner",
        "phone",
        "social",
        "socialmedia",
        "telephone",
        "twitter",
        "whatsapp",
    }
)


def name_key(name: str) -> str:
    """ "facility_status", "facilityStatus" and "Facility Status" are one field."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


class Fields:
    """One object of a document. Names compare without case, spaces and marks; path: where it lies, for messages."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self.path = path
        self.values = {name_key(name): (name, value) for name, value in list(values.items())[::-1]}
        self.doubles = [name for name in values if self.values[name_key(name)][0] != name]
        self.shown = dict(values)
        self.taken: set[str] = set()
        self.below: list[Fields] = []

    def where(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def take(self, *names: str, kind: type | tuple[type, ...]) -> tuple[str, Any] | None:
        """The first of these fields that is there with a value of this kind, with the name that it has there."""
        for name in names:
            key = name_key(name)
            if key in self.values:
                shown, value = self.values[key]
                if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
                    self.taken.add(key)
                    return shown, value
        return None

    def text(self, *names: str, most: int = 0) -> str:
        """One line of text; numbers count as text. "" where there is none. most: the longest, 0 for any.

        Raises
        ------
        Refused: it is longer.
        """
        found = self.take(*names, kind=(str, int, Decimal))
        text = " ".join(str(found[1]).split()) if found else ""
        if found and most and len(text) > most:
            words = {"path": self.where(found[0]), "most": most, "length": len(text)}
            raise Refused(_("“%(path)s” may have %(most)d signs; it has %(length)d.") % words)
        return text

    def texts(self, *names: str) -> tuple[str, ...]:
        """A list of texts, or one text by itself."""
        found = self.take(*names, kind=(str, list))
        values = found[1] if found else []
        if isinstance(values, str):
            values = [values]
        if found and not all(isinstance(value, str) for value in values):
            self.taken.discard(name_key(found[0]))
            return ()
        return tuple(" ".join(value.split()) for value in values if value.strip())

    def number(self, *names: str, least: Decimal = Decimal(0), most: Decimal = Decimal(10) ** 9) -> Decimal | None:
        """A number between `least` and `most`, given as a number or as text with a decimal point; None if not there.

        Raises
        ------
        Refused: it is no number, or out of range.
        """
        found = self.take(*names, kind=(int, Decimal, str))
        if found is None:
            return None
        try:
            value = Decimal(str(found[1]).strip())
        except ArithmeticError:
            value = Decimal("NaN")
        if not value.is_finite() or not least <= value <= most:
            words = {"path": self.where(found[0]), "value": str(found[1])[:40], "least": least, "most": most}
            raise Refused(
                _("“%(path)s” must be a number between %(least)s and %(most)s, got %(value)s.")
                % {**words, "least": f"{least:f}", "most": f"{most:f}"}
            )
        return value

    def whole(self, *names: str, least: int = 0, most: int = 10**9) -> int | None:
        """A whole number; raises as `number` does."""
        found = next((self.values[name_key(name)][0] for name in names if name_key(name) in self.values), "")
        value = self.number(*names, least=Decimal(least), most=Decimal(most))
        if value is not None and value != int(value):
            raise Refused(_("“%(path)s” must be whole, got %(value)s.") % {"path": self.where(found), "value": value})
        return None if value is None else int(value)

    def flag(self, *names: str) -> bool | None:
        found = self.take(*names, kind=bool)
        return None if found is None else bool(found[1])

    def one(self, *names: str) -> Fields:
        """The object in a field, an empty one where there is none."""
        found = self.take(*names, kind=dict)
        child = Fields(found[1] if found else {}, self.where(found[0] if found else names[0]))
        self.below.append(child)
        return child

    def many(self, *names: str) -> list[Fields]:
        """The objects in a list; a list that holds anything else stays unread."""
        found = self.take(*names, kind=list)
        if found is None:
            return []
        if not all(isinstance(value, dict) for value in found[1]):
            self.taken.discard(name_key(found[0]))
            return []
        children = [Fields(value, f"{self.where(found[0])}[{place}]") for place, value in enumerate(found[1], 1)]
        self.below.extend(children)
        return children

    def unread(self) -> tuple[Unread, ...]:
        """Every field that wasn't taken, here and then below; personal data without value.

        Beyond UNREAD_MAX fields the last line says how many more there are.
        """
        found = [Unread(path, told(path, value)) for path, value in self.leaves() if value not in ("", None)]
        if len(found) <= UNREAD_MAX:
            return tuple(found)
        rest = len(found) - UNREAD_MAX
        return (*found[:UNREAD_MAX], Unread("…", _("and %(count)d fields more") % {"count": rest}))

    def leaves(self) -> Iterator[tuple[str, Any]]:
        for name, value in self.shown.items():
            if name_key(name) not in self.taken or name in self.doubles:
                yield from flat(self.where(name), value)
        for child in self.below:
            yield from child.leaves()


def flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """ "a.b[2]" for each value below; a list of plain values stays one line."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from flat(f"{path}.{name}", below)
    elif isinstance(value, list) and any(isinstance(below, dict | list) for below in value):
        for place, below in enumerate(value, 1):
            yield from flat(f"{path}[{place}]", below)
    elif isinstance(value, list):
        yield path, ", ".join(str(below) for below in value)
    else:
        yield path, value


def told(path: str, value: Any) -> str:
    parts = {name_key(part.split("[")[0]) for part in path.split(".")}
    if parts & PERSONAL:
        return _("personal, not kept")
    text = " ".join(str(value).split())
    return text if len(text) <= VALUE_MAX else text[: VALUE_MAX - 1] + "…"
