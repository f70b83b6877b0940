"""What of the register can come from a file: members, and workshops with their machines."""

from wadah.register.imports.members import MEMBERS
from wadah.register.imports.workshops import WORKSHOPS

__all__ = ["MEMBERS", "WORKSHOPS"]
