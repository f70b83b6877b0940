"""What the history of a part keeps in a short form of its own, in words: its steps, its materials, its certificates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.register.selectors import CERTIFICATE_KINDS, skills_all
from wadah.web.history import name_text, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JOINED = ", with the step before"
"""How catalogue.services.parts ends a step that is done where the one before it is."""


def kept_values() -> Mapping[str, Callable[[str], str]]:
    """By column, how its values are told. Processes are read once, and only if there is a step."""

    @cache
    def skills() -> dict[str, str]:
        return {skill.code: name_text(skill) for skill in skills_all()}

    return {
        "bom %s": number_words,
        "step %s": lambda kept: step_text(kept, skills()),
        "certificates": certificates_text,
    }


def step_text(kept: str, skills: Mapping[str, str]) -> str:
    """kept: "headed, heading, 0.2 + 20", the minutes of a piece and of setting up; a name may hold commas."""
    joined = kept.endswith(JOINED)
    name, skill, minutes = kept.removesuffix(JOINED).rsplit(", ", 2)
    each, setup = minutes.split(" + ")
    words = {
        "name": name,
        "skill": skills.get(skill, skill),
        "minutes": number_words(each),
        "setup": number_words(setup),
    }
    if joined:
        told = _("%(name)s (%(skill)s, with the step before), %(minutes)s minutes a piece and %(setup)s to set up")
    else:
        told = _("%(name)s (%(skill)s), %(minutes)s minutes a piece and %(setup)s to set up")
    return told % words


def certificates_text(kept: str) -> str:
    """kept: "halal iso9001"."""
    labels = dict(CERTIFICATE_KINDS)
    return ", ".join(str(labels.get(kind, kind)) for kind in kept.split())
