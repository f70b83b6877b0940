"""Photos and papers that people add: photos are made small, everything is known by its content and never changed."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.models import Attachment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

UPLOAD_BYTES_MAX = 8 * 1024 * 1024
PHOTO_BYTES_MAX = 100 * 1024
PAPER_BYTES_MAX = 2 * 1024 * 1024
PIXELS_MAX = 50_000_000  # of a picture as it comes; more is no photo but a bomb
SIDES = (1600, 1280, 1024, 800, 640, 480)
QUALITIES = (80, 65, 50)
PDF = b"%PDF-"
NAME_LENGTH_MAX = 120


def attachment_keep(*, file: UploadedFile[Any], by: Any = None) -> Attachment:
    """Keeps a photo as JPEG of at most 100 KB, turned upright and without what the phone wrote into it (place, device);
    a PDF of at most 2 MB as it is.

    Raises
    ------
    Refused: larger than 8 MB, or neither a photo nor a PDF that can be read.
    """
    if (file.size or 0) > UPLOAD_BYTES_MAX:
        raise Refused(_("The file is larger than 8 MB. Take a smaller photo."), field="photo")
    content = file.read()
    if content.startswith(PDF):
        if len(content) > PAPER_BYTES_MAX:
            raise Refused(_("The PDF is larger than 2 MB. Send a smaller one."), field="photo")
        media_type = "application/pdf"
    else:
        content, media_type = photo_small(content), "image/jpeg"
    return Attachment.objects.create(
        content=content,
        media_type=media_type,
        name=(file.name or "")[:NAME_LENGTH_MAX],
        digest=hashlib.sha256(content).hexdigest(),
        user_id=getattr(by, "pk", None),
        user_name=getattr(by, "name", ""),
        at=now(),
    )


def photo_small(content: bytes) -> bytes:
    """A picture as JPEG of at most 100 KB, upright. Raises Refused where it can't be read."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise Refused(_("This picture has too many points. Take a smaller photo."), field="photo")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(_("This file can't be read as a photo. Send a JPEG, PNG or WebP."), field="photo") from None
    small = b""
    for side in SIDES:
        picture.thumbnail((side, side))  # only ever smaller, so each step starts from the one before
        for quality in QUALITIES:
            small = jpeg(picture, quality)
            if len(small) <= PHOTO_BYTES_MAX:
                return small
    return small


def jpeg(picture: Image.Image, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality, optimize=True)
    return kept.getvalue()
