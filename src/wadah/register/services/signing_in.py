"""An account for a member firm that nobody signs in for yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.services import user_create
from wadah.base.errors import Refused
from wadah.register.services.cooperatives import membership_user_set

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.register.models import Membership


@transaction.atomic
def member_account_open(*, membership: Membership, phone: str, name: str, adult: bool, by: User) -> User:
    """Opens an account and lets it sign in for a member firm; its owner chooses a PIN with the first one-time link.

    A phone that has an account already is refused, so that nobody gets hold of another's account by typing its number.

    Raises
    ------
    Refused: somebody signs in for the firm already, or what accounts.services.user_create refuses.
    """
    if membership.user_id is not None:
        raise Refused(_("Somebody signs in for this member already."))
    user = user_create(phone=phone, name=name, password=None, adult=adult)
    membership_user_set(membership=membership, user=user, by=by)
    return user
