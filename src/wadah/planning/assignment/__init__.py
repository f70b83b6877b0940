"""One-period assignment and location: jobs done whole by one workshop each (shape.py says exactly what that is).

recognise() says whether a problem is of this kind; improve() looks for plans and bounds; plan_of() makes the rows.
"""

from wadah.planning.assignment.improve import improve
from wadah.planning.assignment.plan_rows import plan_of
from wadah.planning.assignment.shape import Jobs, recognise

__all__ = ["Jobs", "improve", "plan_of", "recognise"]
