"""The card of files that were sent in and are neither written nor thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.imports.selectors import batches_listed
from wadah.web.views.manager.today.registry import Card, card

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=60)
def imports(person: Person) -> Card | None:
    rows = batches_listed(person.roles.cooperatives_managed).filter(status="open")
    count, newest = rows.count(), rows.first()
    if newest is None:
        return None
    return Card(
        count,
        _("Imports left open"),
        ngettext(
            "“%(file)s” was looked at and not written: write it, or throw it away.",
            "%(count)s files were looked at and not written, “%(file)s” last: write them, or throw them away.",
            count,
        )
        % {"count": count, "file": newest.file_name},
        reverse("import_batch", args=[newest.pk]) if count == 1 else reverse("imports"),
        _("Go on"),
        "upload",
    )
