"""Who does it, and for whom: a member for themselves, or a manager for a member without a phone (*atas nama*)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.errors import Refused

if TYPE_CHECKING:
    from wadah.accounts.models import User

REASON_LENGTH_MAX = 400


@dataclass(frozen=True, slots=True)
class Act:
    """by: whose hand it is, None for a table that is loaded; on_behalf_of: the member's name where a manager acts for
    one, then with a reason; reason: why, in the words of whoever acts."""

    by: User | None = None
    on_behalf_of: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.on_behalf_of and not self.reason.strip():
            raise Refused(_("Say why you do this for the member, for example: no phone."), field="reason")
        if len(self.reason) > REASON_LENGTH_MAX:
            raise Refused(_("The reason is too long: 400 letters at most."), field="reason")

    @property
    def told(self) -> dict[str, str]:
        """As the columns of Progress, LotMove and the history call it."""
        return {"on_behalf_of": self.on_behalf_of, "reason": self.reason.strip()}


def reason_needed(act: Act, words: str) -> None:
    """Raises Refused with `words` where no reason is given."""
    if not act.reason.strip():
        raise Refused(words, field="reason")
