"""Which papers a part asks of whoever makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.models import Part, PartCertificate
from wadah.register.models import Certificate

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.accounts.models import User


@transaction.atomic
def part_certificates_set(*, part: Part, kinds: Collection[str], by: User | None = None) -> None:
    """Makes the part ask for exactly these kinds of certificate; plans made from now on keep to it.

    Raises
    ------
    Refused: an unknown kind, "other" (it says nothing that could be asked for), or the part is bought.
    """
    part = Part.objects.select_for_update().get(pk=part.pk)
    if kinds and part.supply == "bought":
        raise Refused(_("%(part)s is bought: nobody here makes it.") % {"part": part.code}, field="kinds")
    for kind in kinds:
        if kind not in Certificate.Kind.values or kind == Certificate.Kind.OTHER:
            raise Refused(_("There is no certificate of kind %(kind)s to ask for.") % {"kind": kind}, field="kinds")
    held = set(PartCertificate.objects.filter(part=part).values_list("kind", flat=True))
    PartCertificate.objects.filter(part=part, kind__in=held - set(kinds)).delete()
    PartCertificate.objects.bulk_create(PartCertificate(part=part, kind=kind) for kind in sorted(set(kinds) - held))
    if by is not None and held != set(kinds):
        old, new = {"certificates": " ".join(sorted(held))}, {"certificates": " ".join(sorted(set(kinds)))}
        history_record(user=by, act="part_certificates_set", row=part, old=old, new=new)
