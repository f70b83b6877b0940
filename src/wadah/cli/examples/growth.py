"""The figures of the growth question as rows: how a new group comes to its full output, dye weather, what it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.cli.examples.tables import BATIK, table
from wadah.programme.growth.services import growth_figure_put
from wadah.programme.models import GrowthFigure, RampCurve
from wadah.register.models import Skill

if TYPE_CHECKING:
    from wadah.cli.examples.tables import Row


def load_growth() -> None:
    """Writes the figures and the curve that aren't there yet; what somebody changed stays as it is."""
    for row in table(BATIK, "ramps"):
        RampCurve.objects.get_or_create(code=row["code"], defaults=curve(row))
    if not GrowthFigure.objects.exists():
        skills = {skill.code: skill for skill in Skill.objects.all()}
        for row in table(BATIK, "growth"):
            growth_figure_put(
                kind=row["kind"],
                skill=skills[row["skill"]] if row["skill"] else None,
                month=int(row["month"]) if row["month"] else None,
                value=Decimal(row["value"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                confidence=row["confidence"],
                source=row["source"],
            )


def curve(row: Row) -> dict[str, object]:
    return {
        "name": row["name"],
        "delay_weeks": int(row["delay_weeks"]),
        "step_weeks": int(row["step_weeks"]),
        "shares": [float(share) for share in row["shares"].split()],
        "confidence": row["confidence"],
        "source": row["source"],
        "source_on": date.fromisoformat(row["source_on"]) if row["source_on"] else None,
        "full_note": row["full_note"],
    }
