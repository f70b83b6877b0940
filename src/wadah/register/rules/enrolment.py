"""What is asked when a home workshop joins, step by step, and the usual weeks that fit most of them."""

from __future__ import annotations

from typing import Any

WHO, WHAT, HOURS, PAPERS = "who", "what", "hours", "papers"
STEPS = (WHO, WHAT, HOURS, PAPERS)

PRESETS: dict[str, tuple[int, ...]] = {
    "half": (240, 240, 240, 240, 240, 240, 0),
    "full": (480, 480, 480, 480, 480, 0, 0),
    "weekend": (0, 0, 0, 0, 0, 480, 480),
}
"""Minutes from Monday to Sunday: half days but for Sunday, five full days, Saturday and Sunday."""


def step_next(told: dict[str, Any]) -> str:
    """The first step that hasn't been answered; the last one when all before it have been."""
    return next((step for step in STEPS if step not in told), PAPERS)


def steps_left(told: dict[str, Any]) -> list[str]:
    """The steps without which nothing can be registered and that haven't been answered."""
    return [step for step in (WHO, WHAT, HOURS) if step not in told]
