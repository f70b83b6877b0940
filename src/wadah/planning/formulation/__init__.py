"""The mixed-integer program of docs/model.md: each paragraph adds its columns and rows to one small builder.

In: a Problem. Out: a Formulation: the model, the capability and period behind every column, and where each decision
lies. Columns that could only be 0 are never built. Exactness is the law here: the optimum of this program is the
optimum of the problem, and its relaxation is a relaxation of the problem.
"""

from __future__ import annotations

from wadah.planning.formulation.build import Formulation, formulate
from wadah.planning.formulation.model import Model

__all__ = ["Formulation", "Model", "formulate"]
