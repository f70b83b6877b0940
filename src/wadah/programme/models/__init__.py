"""The rows of the programme; what they mean stands in docs/city.md, section G."""

from wadah.programme.models.ramps import RampCurve

__all__ = ["RampCurve"]
