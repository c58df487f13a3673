"""Alice makes seals and says who may use them; Bob uses those he was granted."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from chassis.ids import new_key, public_id
from tests.seal.desk import Desk, picture
from tests.service_kit import user

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def test_alice_makes_a_seal_and_sees_it(desk: Desk) -> None:
    answer = desk.post_seal(picture(), name=" 公司印章 ")
    assert answer.status_code == 201
    made = answer.json
    assert made["name"] == "公司印章"
    assert desk.get(f"/seals/{made['id']}").json == made
    assert desk.get("/seals").json == {"seals": [made], "total": 1, "next_cursor": None}


def test_the_image_is_kept_as_a_png_without_its_paper(desk: Desk) -> None:
    made = desk.post_seal(picture(kind="JPEG")).json
    answer = desk.get(f"/seals/{made['id']}/image")
    assert (answer.content_type, hashlib.sha256(answer.data).hexdigest()) == ("image/png", made["image_sha256"])
    known = {"If-None-Match": answer.headers["ETag"]}
    path = f"/api/v1/seals/{made['id']}/image"
    assert desk.kit.request("GET", path, desk.alice, headers=known).status_code == 304
    image = Image.open(io.BytesIO(answer.data))
    assert image.size[0] / image.size[1] == pytest.approx(292 / 192, abs=0.02)
    assert image.getpixel((0, 0))[3] > 0, "cropped to its ink"
    assert image.getpixel((image.width // 2, image.height // 2))[3] == 255


def test_without_a_size_the_longer_side_is_40_mm_in_proportion(desk: Desk) -> None:
    wide, tall = desk.post_seal(picture(400, 200)).json, desk.post_seal(picture(200, 400)).json
    assert (wide["width_mm"], tall["height_mm"]) == (40, 40)
    assert wide["height_mm"] == pytest.approx(20, abs=1)
    assert tall["width_mm"] == pytest.approx(20, abs=1)


def test_one_given_side_sets_the_other(desk: Desk) -> None:
    assert desk.post_seal(picture(400, 200), width_mm="60").json["height_mm"] == pytest.approx(30, abs=1)
    assert desk.post_seal(picture(400, 200), height_mm="30").json["width_mm"] == pytest.approx(61, abs=1)
    both = desk.post_seal(picture(400, 200), width_mm="60", height_mm="29.4").json
    assert (both["width_mm"], both["height_mm"]) == (60, pytest.approx(29.4, abs=0.1))


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ({"width_mm": "30", "height_mm": "31.5"}, "seal_proportion"),
        ({"height_mm": "60"}, "seal_size"),
        ({"width_mm": "8"}, "seal_size"),
    ],
)
def test_a_size_out_of_proportion_or_bounds_is_refused(desk: Desk, size: dict[str, str], code: str) -> None:
    answer = desk.post_seal(picture(400, 200), **size)
    assert (answer.status_code, answer.json["code"]) == (422, code)


@pytest.mark.parametrize("size", ["4.9", "100.1", "NaN", "-20", "wide"])
def test_a_size_out_of_5_to_100_mm_is_refused(desk: Desk, size: str) -> None:
    answer = desk.post_seal(picture(), width_mm=size)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "width_mm")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SVG, "image_active"), (b"", "image_not_supported"), (b"%PDF-1.7", "image_not_supported"),
        (picture()[:200], "image_damaged"), (picture(kind="GIF"), "image_not_supported"),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_png_or_jpeg_is_refused_with_its_reason(desk: Desk, data: bytes, code: str) -> None:
    answer = desk.post_seal(data)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert "seals" in desk.get("/seals").json
    assert desk.get("/seals").json["total"] == 0


@pytest.mark.parametrize("size", [(5 << 20) + 1, (6 << 20) + 1])
def test_more_than_5_mb_is_too_large(desk: Desk, size: int) -> None:
    answer = desk.post_seal(picture().ljust(size, b"\0"))
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_exactly_5_mb_is_taken(desk: Desk) -> None:
    assert desk.post_seal(picture().ljust(5 << 20, b"\0")).status_code == 201


def test_a_seal_needs_a_name_and_an_image(desk: Desk) -> None:
    answer = desk.post_form({"name": "x"})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "image")
    assert desk.post_seal(picture(), name="  ").status_code == 422
    assert desk.post_seal(picture(), name="a\r\nb").status_code == 422


def test_seals_are_found_by_part_of_their_name_or_by_id(desk: Desk) -> None:
    company, finance = desk.seal("ÉCOLE Company 100%"), desk.seal("财务专用章")
    for search, found in (("école", company), ("100%25", company), ("财务", finance), (finance, finance)):
        assert [seal["id"] for seal in desk.get(f"/seals?search={search}").json["seals"]] == [found]
    assert desk.get("/seals?search=_").json["total"] == 0


def test_seals_come_in_pages_newest_first(desk: Desk) -> None:
    made = [desk.seal(f"Seal {number}") for number in range(3)]
    first = desk.get("/seals?limit=2").json
    second = desk.get(f"/seals?limit=2&cursor={first['next_cursor']}").json
    assert [seal["id"] for seal in first["seals"] + second["seals"]] == made[::-1]
    assert (first["total"], second["total"], second["next_cursor"]) == (3, 3, None)


def test_name_and_size_can_be_changed_and_nothing_else(desk: Desk) -> None:
    seal = desk.seal()
    before = desk.get(f"/seals/{seal}").json
    path = f"/api/v1/seals/{seal}"
    changed = desk.kit.request("PATCH", path, desk.alice, json={"name": "New", "width_mm": 50}).json
    high = round(50 * before["height_mm"] / before["width_mm"], 2)
    assert changed == {**before, "name": "New", "width_mm": 50, "height_mm": pytest.approx(high, abs=0.01)}
    assert desk.get("/seals?search=new").json["total"] == 1
    assert desk.kit.request("PATCH", path, desk.alice, json={"image": "x"}).status_code == 422


def test_a_deleted_seal_is_gone_for_everybody_but_its_image_stays_in_the_store(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    desk.grant(seal, bob)
    key = desk.granted(bob)[0]["image_key"]
    assert desk.kit.request("DELETE", f"/api/v1/seals/{seal}", desk.alice).status_code == 204
    assert desk.get(f"/seals/{seal}").status_code == 404
    assert desk.kit.request("DELETE", f"/api/v1/seals/{seal}", desk.alice).status_code == 404
    assert desk.granted(bob) == []
    assert desk.use(seal, bob).status_code == 403
    with desk.kit.runtime.storage.open(key) as image:
        assert image.read(4) == b"\x89PNG"


def test_the_log_of_a_deleted_seal_stays_for_admins(desk: Desk) -> None:
    bob, seal, kept = desk.member(), desk.seal("Old seal"), desk.seal("New seal")
    desk.grant(seal, bob)
    desk.use(seal, bob)
    assert desk.get("/seals?deleted=true").json["seals"] == []
    desk.kit.request("DELETE", f"/api/v1/seals/{seal}", desk.alice)
    assert [one["id"] for one in desk.get("/seals").json["seals"]] == [kept]
    (gone,) = desk.get("/seals?deleted=true&search=old").json["seals"]
    assert gone["id"] == seal and gone["deleted_at"]
    assert desk.get("/seals?deleted=true&search=new").json["total"] == 0
    (use,) = desk.get(f"/seals/{seal}/uses").json["uses"]
    assert (use["name"], use["email"]) == ("Bob", "bob@example.com")
    assert desk.get(f"/seals/{seal}/image").status_code == 200
    for path in ("", "/grants"):
        assert desk.get(f"/seals/{seal}{path}").status_code == 404
    assert desk.get("/seals?deleted=true", bob).json["total"] == 0
    assert [desk.get(f"/seals/{seal}{path}", bob).status_code for path in ("/image", "/uses")] == [404, 403]
    stranger = user(workspace=new_key())
    assert [desk.get(f"/seals/{seal}{path}", stranger).status_code for path in ("/image", "/uses")] == [404, 404]
    assert desk.kit.request("PATCH", f"/api/v1/seals/{seal}", desk.alice, json={"name": "x"}).status_code == 404


def test_initiators_see_only_seals_granted_to_them_and_manage_none(desk: Desk) -> None:
    bob, mine, other = desk.member(), desk.seal("Mine"), desk.seal("Other")
    desk.grant(mine, bob)
    assert [seal["id"] for seal in desk.get("/seals", bob).json["seals"]] == [mine]
    assert desk.get(f"/seals/{mine}/image", bob).status_code == 200
    assert desk.get(f"/seals/{other}", bob).status_code == 404
    assert desk.post_seal(picture(), bob).status_code == 403
    assert desk.get(f"/seals/{mine}/grants", bob).status_code == 403


def test_another_workspaces_seal_is_like_a_missing_one(desk: Desk) -> None:
    seal, mallory = desk.seal(), user(workspace=new_key())
    body = {"account_ids": []}
    for key in (seal, public_id("sea", new_key()), "sea_x", "agr_" + seal[4:]):
        for method, path, options in (
            ("GET", "", {}), ("GET", "/image", {}), ("GET", "/grants", {}), ("DELETE", "", {}),
            ("PATCH", "", {"json": {"name": "Mine"}}), ("PUT", "/grants", {"json": body}),
        ):  # fmt: skip
            answer = desk.kit.request(method, f"/api/v1/seals/{key}{path}", mallory, **options)
            assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert desk.get(f"/seals/{seal}").json["name"] == "Company seal"


def test_one_idempotency_key_makes_one_seal(desk: Desk) -> None:
    def post() -> object:
        form = {"name": "Once", "image": FileStorage(io.BytesIO(picture()), "seal.png", "image")}
        return desk.post_form(form, **{"Idempotency-Key": "k1"}).json

    assert post() == post()
    assert desk.get("/seals").json["total"] == 1
