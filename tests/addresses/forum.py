"""The forum: read by everybody, written by anybody with an account; support is decided by officers, graduation by a
cooperative's manager."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from addresses import EVERYBODY, MANAGER, MEMBER, OFFICER, SIGNED_IN, Rule
from cast_forum import at, forum_build
from wadah.base.attachments import attachment_keep
from wadah.forum.services.bookings import booking_make
from wadah.forum.services.experiments import experiment_photo_add
from wadah.forum.services.graduation import graduation_ask
from wadah.forum.services.support import support_ask

SLUG, ROOM, IDEA, BOOKING = (
    {"slug": "forum community"},
    {"pk": "forum room"},
    {"pk": "forum idea"},
    {"pk": "forum booking"},
)
WORKED, FAILED, PHOTO = (
    {"number": "forum worked"},
    {"number": "forum failed"},
    {"number": "forum failed", "photo": "forum photo"},
)
SUPPORT, WAY = {"number": "forum support"}, {"number": "forum way"}
KEEPER, DESK = {MEMBER}, {MEMBER, OFFICER}
RULES = {
    "forum": Rule(EVERYBODY),
    "forum_figures": Rule(EVERYBODY),
    "communities": Rule(EVERYBODY),
    "community_add": Rule(SIGNED_IN),
    "community": Rule(EVERYBODY, arguments=SLUG),
    "community_edit": Rule(KEEPER, arguments=SLUG),
    "community_join": Rule(SIGNED_IN, arguments=SLUG, method="post"),
    "community_leave": Rule(SIGNED_IN, arguments=SLUG, method="post"),
    "community_keeper": Rule(KEEPER, arguments=SLUG | {"pk": "forum place", "act": "=jadi"}, method="post"),
    "community_state": Rule(DESK, arguments=SLUG | {"act": "=buka"}, method="post"),
    "resources": Rule(EVERYBODY),
    "resource_add": Rule(DESK),
    "resource": Rule(EVERYBODY, arguments=ROOM),
    "resource_edit": Rule({OFFICER}, arguments=ROOM),
    "resource_state": Rule({OFFICER}, arguments=ROOM | {"act": "=buka"}, method="post"),
    "booking_add": Rule(SIGNED_IN, arguments=ROOM),
    "bookings": Rule(SIGNED_IN),
    "booking": Rule(DESK, arguments=BOOKING),
    "booking_undo": Rule(DESK, arguments=BOOKING, method="post"),
    "ideas": Rule(EVERYBODY),
    "idea_add": Rule(SIGNED_IN),
    "idea": Rule(EVERYBODY, arguments=IDEA),
    "idea_voice": Rule(SIGNED_IN, arguments=IDEA | {"act": "=ikut"}, method="post"),
    "idea_withdraw": Rule(DESK, arguments=IDEA),
    "idea_undo": Rule(SIGNED_IN, arguments=IDEA, method="post"),
    "experiments": Rule(EVERYBODY),
    "experiment_add": Rule(SIGNED_IN),
    "experiment": Rule(EVERYBODY, arguments=WORKED),
    "experiment_edit": Rule(KEEPER, arguments=WORKED),
    "experiment_result": Rule(KEEPER, arguments=WORKED),
    "experiment_photo_add": Rule(KEEPER, arguments=FAILED),
    "experiment_photo": Rule(EVERYBODY, arguments=PHOTO),
    "experiment_photo_drop": Rule(KEEPER, arguments=PHOTO, method="post"),
    "experiment_poster": Rule(EVERYBODY, arguments=FAILED),
    "experiment_withdraw": Rule(DESK, arguments=FAILED),
    "experiment_undo": Rule(SIGNED_IN, arguments=FAILED, method="post"),
    "graduation_add": Rule(KEEPER, arguments=WORKED),
    "graduations": Rule(SIGNED_IN),
    "graduation": Rule({MEMBER, MANAGER, OFFICER}, arguments=WAY),
    "graduation_take": Rule({MANAGER}, arguments=WAY),
    "graduation_trial": Rule({MANAGER}, arguments=WAY),
    "graduation_stop": Rule({MANAGER}, arguments=WAY),
    "supports": Rule(SIGNED_IN),
    "support_add": Rule(SIGNED_IN),
    "support_desk": Rule({OFFICER}),
    "support": Rule(DESK, arguments=SUPPORT),
    "support_decide": Rule({OFFICER}, arguments=SUPPORT),
    "support_undo": Rule({OFFICER}, arguments=SUPPORT, method="post"),
    "support_deliver": Rule({OFFICER}, arguments=SUPPORT),
    "support_outcome": Rule(DESK, arguments=SUPPORT),
    "support_state": Rule(KEEPER, arguments=SUPPORT | {"act": "=tarik"}, method="post"),
}


def build(cast, users):
    sari = cast.sari.user
    forum = forum_build(cast)
    booking = booking_make(
        resource=forum.room, starts_at=at(1, 9), ends_at=at(1, 11), purpose="Rapat", community=forum.community, by=sari
    )
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "brown").save(picture, "PNG")
    kept = attachment_keep(file=SimpleUploadedFile("f.png", picture.getvalue()), by=sari)
    photo = experiment_photo_add(experiment=forum.failed, photo=kept, caption="Sambungan yang sobek", by=sari)
    way = graduation_ask(experiment=forum.worked, product="Gantungan", cooperative=cast.cooperative, by=sari)
    support = support_ask(kind="grant", what="Cetakan", asked_rupiah=2_000_000, community=forum.community, by=sari)
    return {
        "forum community": forum.community.slug,
        "forum place": forum.community.members.get().pk,
        "forum room": forum.room.pk,
        "forum booking": booking.pk,
        "forum idea": forum.idea.pk,
        "forum worked": forum.worked.number,
        "forum failed": forum.failed.number,
        "forum photo": photo.number,
        "forum way": way.number,
        "forum support": support.number,
    }
