"""The first-order bound: prices and quantities of the relaxation of a whole city, in seconds (docs/model.md §12)."""

from __future__ import annotations

from wadah.planning.gradient.certificate import certificate
from wadah.planning.gradient.polish import polish
from wadah.planning.gradient.program import Program, program_of
from wadah.planning.gradient.relaxed import Relaxed, relax

__all__ = ["Program", "Relaxed", "certificate", "polish", "program_of", "relax"]
