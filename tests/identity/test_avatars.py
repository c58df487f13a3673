"""Alice's picture: square, safe, hers."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.storage import Missing
from chassis.tokens import Principal
from services.identity.accounts import by_key
from tests.identity.people import join
from tests.service_kit import Kit

PATH = "/api/v1/account/avatar"


def picture(width: int, height: int, kind: str = "PNG", **options: Any) -> bytes:
    held = io.BytesIO()
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (width // 4, 0, 3 * width // 4, height))
    image.save(held, kind, **options)
    return held.getvalue()


def upload(kit: Kit, who: Principal, data: bytes) -> TestResponse:
    return kit.request("PUT", PATH, who, data={"image": (io.BytesIO(data), "me.png")})


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_middle_of_a_picture_becomes_a_square(kit: Kit, kind: str) -> None:
    alice = join(kit)
    told = upload(kit, alice, picture(1200, 600, kind)).json
    shown = kit.request("GET", told["avatar"], alice)
    image = Image.open(io.BytesIO(shown.data))
    assert (image.format, image.size) == ("WEBP", (256, 256))
    red, green, _ = image.convert("RGB").getpixel((128, 128))  # type: ignore[misc]
    assert red > 200 and green < 60
    assert shown.headers["Cache-Control"] == "private, max-age=86400"


def test_where_and_by_what_a_photograph_was_taken_is_not_kept(kit: Kit) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Secret Camera", 6
    alice = join(kit)
    upload(kit, alice, picture(400, 300, "JPEG", exif=exif))
    data = kit.request("GET", PATH, alice).data
    assert b"Secret Camera" not in data and b"EXIF" not in data


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture(50, 50)[:60]])
def test_what_is_no_picture_is_refused(kit: Kit, data: bytes) -> None:
    answer = upload(kit, join(kit), data)
    assert answer.status_code == 422 and answer.json["code"].startswith("image_")


def test_a_picture_of_too_many_pixels_or_bytes_is_refused(kit: Kit) -> None:
    alice = join(kit)
    assert upload(kit, alice, picture(6000, 6000)).json["code"] == "image_too_large"
    told = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(6 << 20)}
    assert kit.request("PUT", PATH, alice, data=b"--x", environ_overrides=told).status_code == 413
    assert kit.request("PUT", PATH, alice, data={}).json["code"] == "image_missing"


def test_another_picture_has_another_address_and_the_old_one_is_removed(kit: Kit) -> None:
    alice = join(kit)
    first = upload(kit, alice, picture(300, 300)).json["avatar"]
    with kit.runtime.db.read(EVERYONE) as session:
        key = by_key(session, alice.account).avatar_key
    second = upload(kit, alice, picture(400, 300)).json["avatar"]
    assert first != second
    kit.turn("forget")
    with pytest.raises(Missing):
        kit.runtime.storage.open(str(key))
    assert kit.request("GET", second, alice).status_code == 200


def test_who_has_none_or_took_it_away_has_none(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    upload(kit, alice, picture(300, 300))
    assert kit.request("GET", PATH, bob).status_code == 404
    assert kit.request("DELETE", PATH, alice).json["avatar"] is None
    assert kit.request("GET", PATH, alice).status_code == 404
