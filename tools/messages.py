"""The words on screens: `extract` gathers them into the catalogue and keeps translations, `compile` makes it ready.

    .venv/bin/python tools/messages.py extract | compile | missing

English is the message id; Indonesian is the translation (src/wadah/locale/id). GNU gettext is not needed.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "wadah"
CATALOG = SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
STAMP = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)  # fixed, so that the file changes only with its words


def template_as_python(text: str) -> str:
    """A Django template with all but its messages blanked out, as text that a Python reader accepts."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(text).splitlines())


def gather() -> Catalog:
    """Every message of the code and the templates, with the files that hold it."""
    found = new_catalog()
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]):
        text = path.read_text(encoding="utf-8")
        text = template_as_python(text) if path.suffix == ".html" else text
        name = path.relative_to(SOURCE.parent).as_posix()
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            found.add(message, locations=[(name, 0)], context=context)
    return found


def new_catalog() -> Catalog:
    catalog = Catalog(
        locale="id",
        project="Wadah",
        version="0.1",
        copyright_holder="Wadah",
        creation_date=STAMP,
        revision_date=STAMP,
        last_translator="Wadah",
        language_team="Wadah",
        fuzzy=False,
    )
    catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # Indonesian has no plural; Babel says two
    return catalog


def stored() -> Catalog:
    if not CATALOG.exists():
        return new_catalog()
    with CATALOG.open("rb") as file:
        return read_po(file, locale="id")


def merged() -> Catalog:
    """What is in the source now, with the translations that are kept."""
    found, old = gather(), stored()
    for message in found:
        kept = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if message.id and kept is not None and kept.string:
            text = kept.string if isinstance(kept.string, str) else kept.string[0]
            message.string = (text,) if message.pluralizable else text  # a sentence may gain or lose its plural
    return found


def missing() -> list[str]:
    """Messages of the source without a translation."""
    return sorted(str(m.id) for m in merged() if m.id and not (all(m.string) if m.pluralizable else m.string))


def write(catalog: Catalog) -> None:
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    part = CATALOG.with_suffix(".part")
    with part.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False, omit_header=False)
    part.replace(CATALOG)


def main(act: str) -> int:
    if act == "extract":
        write(merged())
        print(f"{len(stored())} messages, {len(missing())} without translation")
    elif act == "compile":
        from wadah.base.messages import messages_compile

        messages_compile()
    elif act == "missing":
        print("\n".join(missing()))
        return 1 if missing() else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
