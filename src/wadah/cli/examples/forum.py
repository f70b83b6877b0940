"""A small forum to look at: two communities, rooms with bookings, ideas, experiments that worked and failed, support.

All of it is made up and marked so. Days are counted back from the day on which it is loaded, so that the week of a room
is never empty; loading again adds nothing.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from wadah.accounts.models import User
from wadah.accounts.rules import phone_e164
from wadah.base.clock import JAKARTA, today
from wadah.cli.examples.accounts import PEOPLE
from wadah.forum.models import Community, Experiment
from wadah.forum.services.bookings import booking_make
from wadah.forum.services.communities import community_found, community_join
from wadah.forum.services.experiments import experiment_begin, experiment_tell
from wadah.forum.services.graduation import graduation_ask
from wadah.forum.services.ideas import idea_post, idea_support
from wadah.forum.services.resources import resource_share
from wadah.forum.services.support import support_ask, support_decide, support_deliver, support_tell
from wadah.register.selectors import kelurahan_found

if TYPE_CHECKING:
    from wadah.forum.models import Resource
    from wadah.register.models import Cooperative

WORKDAYS = {day: (8 * 60, 17 * 60) for day in range(5)}
EVENINGS = {day: (9 * 60, 21 * 60) for day in range(7)}
ROBOTS, INDIGO = "Robot Garasi (simulasi)", "Celup Alami (simulasi)"

TRIED = (
    # community, question, method, days ago, days it took, rupiah, minutes, result, lesson, builds on
    (ROBOTS, "Bisakah sisa karet jadi bantalan kaki robot?",
     "Potong sisa karet 3 × 3 cm, lem dengan lem panas, jalankan robot 1 jam.",
     70, 4, 45_000, 300, "failed", "Lem panas lepas setelah 20 menit: karetnya berminyak. Cuci dulu.", None),
    (ROBOTS, "Apakah karet yang dicuci tetap menempel?",
     "Cuci dengan sabun cuci piring, jemur sehari, lem seperti sebelumnya.",
     60, 6, 20_000, 240, "worked", "Menempel lebih dari 8 jam. Jemur sampai benar-benar kering, jangan dilap kain.", 0),
    (INDIGO, "Bisakah daun ketapang memberi warna cokelat pada katun?",
     "Rebus 1 kg daun kering dalam 5 liter air selama 1 jam, celup tiga kali, kunci dengan tawas.",
     50, 9, 80_000, 600, "worked", "Cokelat muda, tahan tiga kali cuci. Celup keempat tidak menambah warna.", None),
    (INDIGO, "Apakah air sumur sama hasilnya dengan air PAM?",
     "Dua ember dengan resep yang sama, satu air sumur, satu air PAM.",
     35, 7, 60_000, 420, "failed", "Air sumur di sini sadah: warnanya belang. Saring dulu, atau tampung air hujan.", 2),
    (INDIGO, "Bisakah air hujan dipakai untuk celup ketapang?",
     "Tampung air hujan dua hari, celup seperti percobaan pertama.",
     12, None, 15_000, 120, "", "", 3),
)  # fmt: skip


@transaction.atomic
def load_forum(cooperative: Cooperative) -> None:
    """Writes the forum unless there is a community already."""
    if Community.objects.exists():
        return
    people = {person.role: user_of(person.phone) for person in PEOPLE}
    sari, tini = (user_of(person.phone) for person in PEOPLE if person.role == "member")
    hadi, dewi = people["school"], people["officer"]
    keepers = {ROBOTS: sari, INDIGO: tini}
    groups = {name: community_of(name, keeper) for name, keeper in keepers.items()}
    community_join(community=groups[ROBOTS], by=hadi)
    community_join(community=groups[INDIGO], by=sari)
    rooms = rooms_of(groups, dewi, tini)
    bookings_of(rooms, groups, keepers, hadi)
    tried = experiments_of(groups, keepers)
    ideas_of(groups, keepers, hadi)
    support_of(groups, keepers, tried, dewi)
    graduation_ask(experiment=tried[2], product="Kain cokelat ketapang", cooperative=cooperative, by=tini)


def user_of(phone: str) -> User:
    return User.objects.get(phone=phone_e164(phone))


def community_of(name: str, keeper: User) -> Community:
    about, interests, where = {
        ROBOTS: ("Kami merakit robot dari barang sisa, tiap Sabtu sore.", "robot, cetak 3D, karet", "Margahayu"),
        INDIGO: ("Kami mencari warna dari daun dan kulit kayu sekitar rumah.", "batik, warna alam", "Jatiasih"),
    }[name]
    return community_found(
        name=name,
        about=about,
        interests=interests,
        area=next(iter(kelurahan_found(where)), None),
        contact="Datang saja di pertemuan",
        by=keeper,
        simulated=True,
    )


def rooms_of(groups: dict[str, Community], officer: User, tini: User) -> list[Resource]:
    hall = resource_share(
        owner=None,
        opening=WORKDAYS,
        by=officer,
        simulated=True,
        kind="room",
        name="Ruang kreatif kota (simulasi)",
        about="Meja besar, papan tulis, stopkontak.",
        place="Gedung contoh, lantai 2",
        capacity=20,
        house_rules="Sapu setelah selesai. Tidak menginap.",
    )
    pan = resource_share(
        owner=groups[INDIGO],
        opening=EVENINGS,
        by=tini,
        simulated=True,
        kind="tool",
        name="Kompor dan panci celup (simulasi)",
        place="Rumah Tini (simulasi)",
        house_rules="Bawa gas sendiri.",
    )
    return [hall, pan]


def bookings_of(rooms: list[Resource], groups: dict[str, Community], keepers: dict[str, User], hadi: User) -> None:
    hall, pan = rooms
    workday = next(
        today() + timedelta(days=ahead) for ahead in range(1, 8) if (today() + timedelta(days=ahead)).weekday() < 5
    )
    wanted = (
        (hall, workday, 9, 12, "Merakit kaki robot", keepers[ROBOTS], groups[ROBOTS]),
        (hall, workday, 13, 15, "Rapat guru prakarya", hadi, None),
        (pan, workday, 16, 19, "Celup ketapang", keepers[INDIGO], groups[INDIGO]),
    )
    for resource, day, start, end, purpose, by, community in wanted:
        span = {
            "starts_at": datetime.combine(day, time(start), JAKARTA),
            "ends_at": datetime.combine(day, time(end), JAKARTA),
        }
        booking_make(resource=resource, purpose=purpose, by=by, community=community, **span)


def experiments_of(groups: dict[str, Community], keepers: dict[str, User]) -> list[Experiment]:
    rows: list[Experiment] = []
    for name, question, method, ago, took, rupiah, minutes, result, lesson, before in TRIED:
        begun, by = today() - timedelta(days=ago), keepers[name]
        row = experiment_begin(
            question=question,
            method=method,
            begun_on=begun,
            cost_rupiah=rupiah,
            work_minutes=minutes,
            community=groups[name],
            follows=None if before is None else rows[before],
            by=by,
            simulated=True,
        )
        if took is not None:
            row = experiment_tell(experiment=row, result=result, lesson=lesson, on=begun + timedelta(days=took), by=by)
        rows.append(row)
    return rows


def ideas_of(groups: dict[str, Community], keepers: dict[str, User], hadi: User) -> None:
    shared = idea_post(
        title="Satu mesin cetak 3D untuk tiga komunitas",
        text="Beli bersama, taruh di ruang kota, jadwalnya dipesan di sini.",
        community=groups[ROBOTS],
        by=keepers[ROBOTS],
        simulated=True,
    )
    idea_support(idea=shared, by=hadi)
    idea_support(idea=shared, by=keepers[INDIGO])
    idea_post(
        title="Peta pohon ketapang di kelurahan",
        text="Daun yang gugur disapu petugas. Kalau tahu di mana, bisa kami ambil.",
        community=groups[INDIGO],
        by=keepers[INDIGO],
        simulated=True,
    )


def support_of(groups: dict[str, Community], keepers: dict[str, User], tried: list[Experiment], officer: User) -> None:
    given = support_ask(
        kind="training",
        what="Pelatihan mengukur pH air celup, dua kali pertemuan.",
        community=groups[INDIGO],
        experiment=tried[3],
        people=8,
        by=keepers[INDIGO],
        simulated=True,
    )
    given = support_decide(
        support=given, granted=True, reason="Air sadah menghambat banyak kelompok, bukan satu saja.", by=officer
    )
    given = support_deliver(support=given, on=today(), note="Dua pertemuan di ruang kota.", trained=8, by=officer)
    support_tell(support=given, outcome="Semua kini menguji air dulu. Belang berkurang.", by=keepers[INDIGO])
    support_ask(
        kind="grant",
        what="Satu mesin cetak 3D bekas untuk dipakai bersama.",
        community=groups[ROBOTS],
        asked_rupiah=3_500_000,
        by=keepers[ROBOTS],
        simulated=True,
    )
