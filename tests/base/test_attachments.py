"""Photos are kept small and without what the phone wrote into them; what is no photo is refused in words."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wadah.base.attachments import PHOTO_BYTES_MAX, attachment_keep
from wadah.base.errors import Refused

pytestmark = pytest.mark.django_db


def picture(width=1400, height=1000, kind="JPEG", exif=None):
    """Noise, which packs worst of all."""
    noise = Image.frombytes("RGB", (width // 8, height // 8), random.Random(1).randbytes(width * height * 3 // 64))
    content = io.BytesIO()
    noise.resize((width, height)).save(content, kind, **({"exif": exif} if exif else {}))
    return content.getvalue()


def sent(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_is_kept_in_100_kilobytes(kind):
    row = attachment_keep(file=sent(picture(kind=kind)))
    assert len(row.content) <= PHOTO_BYTES_MAX
    assert row.media_type == "image/jpeg"
    with Image.open(io.BytesIO(row.content)) as kept:
        assert max(kept.size) >= 480


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "a phone"
    row = attachment_keep(file=sent(picture(400, 200, exif=exif)))
    with Image.open(io.BytesIO(row.content)) as kept:
        assert kept.size == (200, 400)
        assert not dict(kept.getexif())


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"hello", picture(400, 200)[:500], b"<svg onload='x()'/>"])
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(Refused, match="foto"):
        attachment_keep(file=sent(content))


def test_a_pdf_is_kept_as_it_is_unless_it_is_too_large():
    assert bytes(attachment_keep(file=sent(b"%PDF-1.7 x", "p.pdf")).content) == b"%PDF-1.7 x"
    with pytest.raises(Refused, match="2 MB"):
        attachment_keep(file=sent(b"%PDF-" + b"0" * 3_000_000, "p.pdf"))


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked():
    content = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(content, "PNG")
    with pytest.raises(Refused, match="Foto"):
        attachment_keep(file=sent(content.getvalue()))
