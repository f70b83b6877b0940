"""The one refusal of the rules of quality: a code for the room above to put into words, with the values to name."""

from __future__ import annotations


class QualityError(ValueError):
    """What was asked doesn't fit the tables, the plan, the state or the chart.

    code: each function names its own; value: what was given; limit: what it was held against (a least, a most, or the
    choices there are), None where there is nothing to say.
    """

    def __init__(self, code: str, value: object, limit: object = None) -> None:
        super().__init__(f"{code}: got {value!r}" + ("" if limit is None else f", against {limit!r}"))
        self.code = code
        self.value = value
        self.limit = limit
