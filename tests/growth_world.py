"""An answer to the growth question as a worker keeps it, for pages; and the curve that questions are asked with."""

from __future__ import annotations

from wadah.base.clock import now
from wadah.programme.models import GrowthPoint, GrowthRun, RampCurve


def curve():
    """A year of nothing but learning, half a year at half, then all."""
    return RampCurve.objects.get_or_create(
        code="setahun",
        defaults={
            "name": "Setahun",
            "delay_weeks": 26,
            "step_weeks": 26,
            "shares": [0.5, 1],
            "source": "asumsi uji",
            "confidence": "assumed",
        },
    )[0]


def answer_kept(cooperative, *, start_on, target, by_month=12):
    """Two groups more are too few, three are enough, from month 6 to 8 on; the obligation takes none."""
    run = GrowthRun.objects.create(
        cooperative=cooperative,
        start_on=start_on,
        by_month=by_month,
        target=target,
        ramp=curve(),
        status="done",
        asked_at=now(),
        ended_at=now(),
        assumptions=ASSUMED,
        result={
            "scopes": {
                "obligation": {"fewest": 0, "enough": 0, "months": None},
                "all": {"fewest": 2, "enough": 3, "months": {"first": 6, "enough": 8}},
            }
        },
    )
    for scope, groups, month, skill, made, most in (
        ("obligation", 0, 12, "", 200, 200),
        ("all", 0, 12, "", 400, 420),
        ("all", 0, 12, "cap", 430, 452),
        ("all", 0, 12, "celup", 405, 425),
        ("all", 1, 12, "", 600, 640),
        ("all", 2, 12, "", 960, 1000),
        ("all", 3, 12, "", 1000, 1000),
        ("all", 3, 6, "", 950, 1000),
        ("all", 3, 8, "", 1000, 1000),
    ):
        GrowthPoint.objects.create(
            run=run,
            scope=scope,
            groups=groups,
            month=month,
            skill=skill,
            asked=200 if scope == "obligation" else 1000,
            made=made,
            most=most,
            seconds=1.5,
            hours={"cap": 60.0, "celup": 40.0, "": 5.0},
        )
    return run


ASSUMED = {
    "read_on": "2026-11-30",
    "weeks_from": "2026-11-30",
    "year_from": "2028-01-01",
    "makers": [{"code": "B-1", "name": "Kelompok 1", "artisans": 4, "hours": 1900, "simulated": True}],
    "newcomer": {"artisans": 4, "hours": 1900, "minutes": {"cap": 10.0}, "parts": 3},
    "weather": [{"skill": "celup", "sources": ["pers"], "factors": [1.0] * 3 + [2.0] * 8 + [1.0]}],
    "ramp": {
        "name": "Setahun",
        "delay_weeks": 26,
        "step_weeks": 26,
        "shares": [0.5, 1.0],
        "weeks": 52,
        "source": "asumsi uji",
        "source_on": "",
        "confidence": "assumed",
        "full_note": "",
    },
    "costs": {
        "training": {"value": 15000000, "source": "asumsi", "since": "2026-01-01", "confidence": "assumed"},
        "floor": {"value": 36, "source": "asumsi", "since": "2026-01-01", "confidence": "assumed"},
    },
    "asked": [
        {
            "code": "pegawai",
            "name": "Pegawai",
            "obligation": True,
            "part": "KAIN-A",
            "cloth": "Kain A",
            "cloth_en": "Cloth A",
            "pieces": 200,
            "source": "Bisnis.com, 31 Agustus 2014",
            "note": "",
            "phases": ["kepatuhan penuh (asumsi)"],
        },
        {
            "code": "siswa",
            "name": "Siswa",
            "obligation": False,
            "part": "KAIN-A",
            "cloth": "Kain A",
            "cloth_en": "Cloth A",
            "pieces": 800,
            "source": "Bisnis.com, 31 Agustus 2014",
            "note": "",
            "phases": [],
        },
    ],
    "areas": ["Bekasi Jaya", "Margahayu"],
    "skills": {
        "cap": {"name": "Mengecap malam", "name_en": "Waxing with a stamp"},
        "celup": {"name": "Mencelup dan melorod", "name_en": "Dyeing and boiling off"},
    },
}
