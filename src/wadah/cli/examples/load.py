"""Which loader an example has, and the problem that its rows stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.examples.batik import load_batik
from wadah.cli.examples.tables import BATIK, VEHICLE, assumed, start_of
from wadah.cli.examples.vehicle import load_vehicle
from wadah.plans.snapshot import problem_of

if TYPE_CHECKING:
    from wadah.planning.problem import Problem

LOADERS = {BATIK: load_batik, VEHICLE: load_vehicle}


def example_problem(name: str) -> Problem:
    """Loads an example's tables into the database and snapshots them, as the application does for a plan run."""
    return problem_of(LOADERS[name](), start_of(name), assumed(name, "weeks")).problem
