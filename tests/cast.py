"""One small world for all tests, made through the services: build it with `cast_build()` inside a database test.

Bu Sari turns bolts, Pak Karim moulds rubber, Bu Tini presses plates: three members of Maju Bersama, which Bu Ratna
manages. Mr Tanaka buys for the car maker (his orders are other builders' work), Pak Hadi is the city's officer, and
Rudi, a member of another cooperative, must see nothing of all this. Every password is PASSWORD.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wadah.accounts.services import user_create
from wadah.register.services import (
    appointment_make,
    area_put,
    cooperative_found,
    ikm_register,
    membership_open,
    skill_claim,
    skill_put,
    subsector_put,
    week_pattern_set,
    workshop_open,
)

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.register.models import Area, Cooperative, Ikm, Skill, Subsector, Workshop

PASSWORD = "bengkel kecil"
MONDAY = date(2026, 11, 30)
JOINED = date(2024, 1, 1)
WEEK_MINUTES = (480, 480, 480, 480, 420, 300, 0)
"""44 hours: Friday is shorter for the noon prayer, Saturday a half day."""


@dataclass(frozen=True)
class Member:
    user: User
    ikm: Ikm
    workshop: Workshop


@dataclass(frozen=True)
class Cast:
    city: Area
    kecamatan: Area
    kelurahan: Area
    subsector: Subsector
    skills: dict[str, Skill]
    cooperative: Cooperative
    sari: Member
    karim: Member
    tini: Member
    manager: User
    buyer: User
    officer: User
    other_cooperative: Cooperative
    rudi: Member


def cast_build() -> Cast:
    city = area_put(code="32.75", bps_code="3275", name="Kota Bekasi", kind="city")
    kecamatan = area_put(code="32.75.01", bps_code="3275040", name="Bekasi Timur", kind="kecamatan", parent=city)
    kelurahan = area_put(
        code="32.75.01.1001",
        bps_code="3275040006",
        name="Bekasijaya",
        name_spaced="Bekasi Jaya",
        kind="kelurahan",
        parent=kecamatan,
    )
    subsector = subsector_put(code="komponen-otomotif", name="Komponen otomotif", name_en="Auto parts")
    skills = {
        code: skill_put(code=code, name=name, name_en=name_en, kbli=kbli)
        for code, name, name_en, kbli in (
            ("turning", "Bubut", "Turning", "25910"),
            ("rubber_compression", "Cetak karet", "Rubber moulding", "22192"),
            ("stamping_hand", "Press manual", "Hand press", "25910"),
        )
    }
    cooperative = cooperative_found(code="maju-bersama", name="Koperasi Maju Bersama", area=city, simulated=True)
    other = cooperative_found(code="sumber-rejeki", name="Koperasi Sumber Rejeki", area=city, simulated=True)

    def member(name: str, number: int, firm: str, skill: str, into: Cooperative = cooperative) -> Member:
        user = person(name, number)
        ikm = ikm_register(
            name=firm, owner_name=name, area=kelurahan, phone=user.phone, subsectors=[subsector], simulated=True
        )
        workshop = workshop_open(ikm=ikm, code=f"W-{number:03d}", name=f"Bengkel {name}", simulated=True)
        skill_claim(workshop=workshop, skill=skills[skill])
        week_pattern_set(
            workshop=workshop,
            valid_from=JOINED,
            minutes=WEEK_MINUTES,
            overtime_minutes_week=440,
            overtime_cost_rupiah_hour=15_000,
        )
        membership_open(cooperative=into, joined_on=JOINED, ikm=ikm, user=user)
        return Member(user, ikm, workshop)

    manager, officer = person("Bu Ratna", 11), person("Pak Hadi", 13)
    membership_open(cooperative=cooperative, joined_on=JOINED, role="manager", user=manager)
    appointment_make(user=officer, role="officer", valid_from=JOINED)
    return Cast(
        city=city,
        kecamatan=kecamatan,
        kelurahan=kelurahan,
        subsector=subsector,
        skills=skills,
        cooperative=cooperative,
        sari=member("Bu Sari", 1, "Sari Baut", "turning"),
        karim=member("Pak Karim", 2, "Karim Karet", "rubber_compression"),
        tini=member("Bu Tini", 3, "Tini Pelat", "stamping_hand"),
        manager=manager,
        buyer=person("Mr Tanaka", 12, language="en"),
        officer=officer,
        other_cooperative=other,
        rudi=member("Rudi", 9, "Rudi Logam", "turning", other),
    )


def person(name: str, number: int, language: str = "id") -> User:
    return user_create(phone=f"0812-0000-{number:04d}", name=name, password=PASSWORD, adult=True, language=language)
