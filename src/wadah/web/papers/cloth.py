"""The certificate of motif and origin: which motif a cloth bears, whose it is, who made it with what leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.units import date_text
from wadah.web.papers.sheet import SheetTable, sheet_pdf
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from wadah.work.selectors.cloth import Cloth


def certificate_pdf(cloth: Cloth, check_url: str) -> bytes:
    """check_url: the public page of the cloth, where the QR leads."""
    motif, lot = cloth.motif, cloth.lot
    on = date_text(motif.right_date, language()) if motif.right_date else ""
    right = ", ".join(filter(None, [str(motif.get_right_kind_display()), motif.right_number, on]))
    steps = SheetTable(
        head=[_("Step"), _("Group"), _("Kelurahan"), _("Licence")],
        align="wlll",
        rows=[
            [
                part_name(step.part),
                step.group,
                step.area.name_spaced if step.area else "–",
                step.licence.number if step.licence else "–",
            ]
            for step in cloth.steps
        ],
        title=_("Who made it"),
    )
    sources = SheetTable(
        head=[_("Source"), _("It says")],
        align="lw",
        rows=[[source.title, source.says] for source in motif.sources.all()],
        title=_("What the sources say"),
    )
    return sheet_pdf(
        title=_("Certificate of motif and origin"),
        number=lot.number,
        date=today(),
        cooperative=lot.cooperative,
        intro=_("The cloth with this number bears the motif named here. Who made it had leave to do so on that day."),
        facts=[
            (_("Motif"), motif.name),
            (_("Holder"), motif.holder),
            (_("Right"), right),
            (_("Cloth"), part_name(lot.part)),
            (_("Dye lot"), lot.batch),
            (_("Day"), date_text(lot.received_on, language())),
        ],
        tables=[steps, *([sources] if sources.rows else [])],
        notes=[_("It isn't the Batikmark, and says nothing of colour fastness or shrinkage.")],
        signatures=[(_("For the cooperative"), "")],
        check_url=check_url,
        simulated=lot.simulated or any(step.simulated for step in cloth.steps),
    )
