"""What a file would hold, and what one that came in would change; each a constant number of queries."""

from wadah.api.selectors.parts import (
    ComponentMatch,
    PartPreview,
    exchange_parts,
    part_file,
    part_preview,
    parts_search,
    skills_known,
    subsectors_known,
)
from wadah.api.selectors.workshops import (
    WorkshopPreview,
    exchange_workshops,
    kelurahan_known,
    workshop_file,
    workshop_preview,
    workshops_search,
)

__all__ = [
    "ComponentMatch",
    "PartPreview",
    "WorkshopPreview",
    "exchange_parts",
    "exchange_workshops",
    "kelurahan_known",
    "part_file",
    "part_preview",
    "parts_search",
    "skills_known",
    "subsectors_known",
    "workshop_file",
    "workshop_preview",
    "workshops_search",
]
