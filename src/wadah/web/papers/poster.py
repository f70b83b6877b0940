"""The poster of an experiment, A4, to hang up in the room: failed ones as proudly as those that worked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from PIL import Image

from wadah.base.attachments import jpeg
from wadah.forum.words import Result
from wadah.units import date_text, minutes_text, rupiah_text
from wadah.web.papers.sheet import compiled, qr_svg
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.forum.models import Experiment

POSTER = Path(__file__).with_name("poster.typ")
PHOTO_STEPS = ((720, 62), (600, 55), (480, 45), (320, 40))
PHOTO_BYTES_MAX = 50 * 1024
"""So that two photos and the page stay below 150 KB."""
ROOM, ROOM_WITH_PHOTOS = (900, 1000), (280, 360)
"""Letters of method and lesson that fit on one page; the rest is on the page behind the QR code."""
LONG_QUESTION, SHORT_LESSON, SHORT_STORY = 90, 240, 500
CAPTION_MAX = 80


def poster_pdf(row: Experiment, photos: Sequence[tuple[bytes, str]], url: str) -> bytes:
    """photos: content and caption, two at most; url: of the experiment's page."""
    took = [
        (_("Cost"), rupiah_text(row.cost_rupiah) if row.cost_rupiah is not None else ""),
        (_("Work"), minutes_text(row.work_minutes, language()) if row.work_minutes else ""),
        (_("First day"), date_text(row.begun_on, language())),
        (_("Result on"), date_text(row.result_on, language()) if row.result_on else ""),
    ]
    method, lesson = ROOM_WITH_PHOTOS if photos else ROOM
    data: dict[str, object] = {
        "language": language(),
        "number": row.number,
        "question": row.question,
        "question_points": 20 if len(row.question) > LONG_QUESTION else 27,
        "who": row.community.name if row.community else "",
        "result": result_words(row.result),
        "kind": row.result,
        "mark": _("simulated") if row.simulated else "",
        "method_head": _("How it was tried"),
        "method": cut(row.method, method),
        "lesson_head": _("What one can learn from it"),
        "lesson": cut(row.lesson, lesson) or _("Not known yet. Ask us, or try it too."),
        "lesson_points": 22 if len(row.lesson) < SHORT_LESSON and not photos else 15,
        "took": [list(pair) for pair in took if pair[1]],
        "follows": _("Builds on %(number)s: %(question)s") % vars_of(row) if row.follows else "",
        "photo_mm": 55 if len(row.question + row.method + row.lesson) < SHORT_STORY else 32,
        "photos": [
            {"bytes": list(small(content)), "caption": cut(caption, CAPTION_MAX)} for content, caption in photos
        ],
        "qr": qr_svg(url),
        "check": _("The whole story: %(address)s") % {"address": url},
        "motto": _("Whoever tries, learns. Whoever tells it, teaches."),
    }
    return compiled(POSTER, data)


def result_words(result: str) -> str:
    return {
        Result.WORKED: _("It worked"),
        Result.FAILED: _("It failed, and we know more"),
        Result.UNKNOWN: _("Still trying"),
    }[Result(result)]


def vars_of(row: Experiment) -> dict[str, str]:
    return {"number": row.follows.number, "question": row.follows.question} if row.follows else {}


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def small(content: bytes) -> bytes:
    """A photo as small as a poster needs it."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    made = b""
    for side, quality in PHOTO_STEPS:
        picture.thumbnail((side, side))
        made = jpeg(picture, quality)
        if len(made) <= PHOTO_BYTES_MAX:
            break
    return made
