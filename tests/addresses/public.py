"""Pages that anybody may open, everybody's own way in, and a manager's list of who can sign in."""

from addresses import ADMIN, EVERYBODY, MANAGER, MEMBER, OTHER_MANAGER, SIGNED_IN, Rule
from wadah.accounts.services import device_remember, link_make
from wadah.register.models import Membership
from wadah.register.services import ikm_register, membership_open

OWN = Rule(SIGNED_IN)
ABOUT_SARI = {"pk": "sari"}

RULES = {
    "home": Rule(EVERYBODY),
    "login": Rule(EVERYBODY),
    "logout": Rule(EVERYBODY, method="post"),
    "link_ask": Rule(EVERYBODY),
    "link_asked": Rule(EVERYBODY),
    "link_open": Rule(EVERYBODY),
    "link_show": Rule(EVERYBODY, arguments={"token": "token"}),
    "language": Rule(EVERYBODY, method="post", form={"language": "en"}),
    "health": Rule(EVERYBODY),
    "coverage": Rule(EVERYBODY),
    "secret_choose": OWN,
    "secret_change": OWN,
    "second_step": OWN,
    "second_step_setup": OWN,
    "second_step_off": OWN,
    "recovery_codes": OWN,
    "devices": OWN,
    "devices_end_others": Rule(SIGNED_IN, method="post"),
    "device_end": Rule({MEMBER}, arguments={"pk": "sari_device"}, method="post"),
    "sign_in_links": Rule({MANAGER, OTHER_MANAGER}),
    "account_open": Rule({MANAGER}, arguments={"pk": "unmanned_place"}),
    "accounts": Rule({ADMIN}),
    "account": Rule({MANAGER, ADMIN}, arguments=ABOUT_SARI),
    "link_hand_over": Rule({MANAGER, ADMIN}, arguments=ABOUT_SARI, method="post"),
    "second_step_take": Rule({MANAGER, ADMIN}, arguments=ABOUT_SARI),
}


def build(cast, users):
    """A device and a link of Bu Sari's, and a member firm that nobody signs in for."""
    device, _secret = device_remember(user=cast.sari.user, how="pin", agent="")
    _link, token = link_make(user=cast.manager, by=None)
    firm = ikm_register(name="Dedi Kayu", owner_name="Dedi", area=cast.kelurahan, simulated=True)
    joined = Membership.objects.get(ikm=cast.sari.ikm).joined_on
    place = membership_open(cooperative=cast.cooperative, joined_on=joined, ikm=firm)
    return {
        "token": token,
        "sari": cast.sari.user.pk,
        "sari_device": device.pk,
        "unmanned_place": place.pk,
    }
