"""Documents: read with limits, taken apart field by field, written as JSON or TOML. No database here."""

from wadah.api.rules.documents import BYTES_MAX, Document, document_kind, document_read
from wadah.api.rules.drafts import (
    ComponentDraft,
    MachineDraft,
    PartDraft,
    Unread,
    WorkshopDraft,
    code_proposal,
    filled_codes,
)
from wadah.api.rules.fields import Fields
from wadah.api.rules.okh import LICENCES, OKH_VERSION, file_stem, part_draft, part_manifest
from wadah.api.rules.okw import OKW_VERSION, workshop_draft, workshop_record
from wadah.api.rules.writing import FORMS, document_write

__all__ = [
    "BYTES_MAX",
    "FORMS",
    "LICENCES",
    "OKH_VERSION",
    "OKW_VERSION",
    "ComponentDraft",
    "Document",
    "Fields",
    "MachineDraft",
    "PartDraft",
    "Unread",
    "WorkshopDraft",
    "code_proposal",
    "document_kind",
    "document_read",
    "document_write",
    "file_stem",
    "filled_codes",
    "part_draft",
    "part_manifest",
    "workshop_draft",
    "workshop_record",
]
