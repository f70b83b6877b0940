"""Taking documents in: one act and one transaction each. Giving out personal data leaves a line in the history."""

from wadah.api.services.parts import part_import
from wadah.api.services.taking import part_take_in, workshop_take_in
from wadah.api.services.workshops import personal_exported, workshop_import

__all__ = ["part_import", "part_take_in", "personal_exported", "workshop_import", "workshop_take_in"]
