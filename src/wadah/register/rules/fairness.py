"""From a cooperative's sharing policy to a target of hours for each workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def target_hours(fairness_key: str, percent: int, free_hours: Mapping[int, float]) -> dict[int, float]:
    """Target hours of each workshop over the horizon, never above its own free hours.

    Parameters
    ----------
    fairness_key: "none" (all zero), "free_hours" (`percent` of the workshop's own free hours) or "equal" (`percent`
        of the mean free hours, the same for all).
    percent: 0 … 100.
    free_hours: hours ≥ 0 over the horizon by workshop id.

    Raises
    ------
    ValueError: an unknown key, or a percent outside 0 … 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"Expected 0 <= percent <= 100, got {percent}")
    if fairness_key == "none" or not free_hours:
        return dict.fromkeys(free_hours, 0.0)
    if fairness_key == "free_hours":
        return {workshop: hours * percent / 100 for workshop, hours in free_hours.items()}
    if fairness_key == "equal":
        mean = sum(free_hours.values()) / len(free_hours)
        return {workshop: min(hours, mean * percent / 100) for workshop, hours in free_hours.items()}
    raise ValueError(f"Expected fairness_key none, equal or free_hours, got {fairness_key!r}")
