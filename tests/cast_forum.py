"""The forum for tests: a community that Bu Sari keeps, a city room, an idea, experiments that worked and failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from wadah.base.clock import JAKARTA, today
from wadah.forum.services.communities import community_found
from wadah.forum.services.experiments import experiment_begin, experiment_tell
from wadah.forum.services.ideas import idea_post
from wadah.forum.services.resources import resource_share

if TYPE_CHECKING:
    from cast import Cast
    from wadah.forum.models import Community, Experiment, Idea, Resource

EVERY_DAY = {day: (8 * 60, 20 * 60) for day in range(7)}
LESSON = "Karet silikon murah sobek di suhu lem panas."


@dataclass(frozen=True)
class Forum:
    community: Community
    room: Resource
    idea: Idea
    worked: Experiment
    failed: Experiment
    unknown: Experiment


def forum_build(cast: Cast) -> Forum:
    sari = cast.sari.user
    community = community_found(
        name="Robot Kecil", about="Kami merakit robot.", interests="robot, cetak 3D", area=cast.kelurahan, by=sari
    )
    room = resource_share(
        owner=None, opening=EVERY_DAY, by=cast.officer, kind="room", name="Ruang Kreatif", place="Gedung kota lt. 2"
    )
    idea = idea_post(
        title="Gantungan kunci dari sisa karet", text="Sisa karet masih bagus.", community=community, by=sari
    )
    return Forum(
        community,
        room,
        idea,
        worked=tried(cast, community, "Bisakah sisa karet jadi gantungan?", "worked", "Tekan 5 menit, jangan lebih."),
        failed=tried(cast, community, "Bisakah lem panas menyambung karet?", "failed", LESSON),
        unknown=tried(cast, community, "Bisakah cetakan dari tanah liat?"),
    )


def tried(cast: Cast, community: Community | None, question: str, result: str = "", lesson: str = "") -> Experiment:
    row = experiment_begin(
        question=question,
        method="Coba sepuluh kali, catat setiap kali.",
        begun_on=today() - timedelta(days=5),
        cost_rupiah=75_000,
        work_minutes=240,
        community=community,
        by=cast.sari.user,
    )
    return experiment_tell(experiment=row, result=result, lesson=lesson, by=cast.sari.user) if result else row


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Bekasi, so many days from today."""
    return datetime.combine(today() + timedelta(days=days), time(hour, minute), JAKARTA)
