"""One bit turned, anywhere: it is told."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from documents.verification import sections, verify
from tests.documents.archive import World
from tests.documents.verification.files import Genuine
from tests.documents.verification.forgeries import flipped, gap

pytestmark = pytest.mark.slow
STRIDES = 40


def places(data: bytes) -> Iterator[int]:
    """The head and the middle of every object and section, and of what lies between the last and the end."""
    held = sections.read(data)
    offsets = {place.offset for item in held.items for place in item.places.values() if place.offset}
    offsets |= {item.offset for item in held.items}
    starts = [*sorted(offsets), len(data)]
    for start, end in pairwise(starts):
        yield from (start, (start + end) // 2)


def demand_told(data: bytes, world: World, file: Path, at: int, bit: int) -> None:
    file.write_bytes(flipped(data, at, bit))
    report = verify(file, world.roots)
    assert report.verdict == "not_authentic", (at, bit, report)


def test_a_bit_turned_in_any_object_is_told(case: Genuine, tmp_path: Path) -> None:
    data = case.data
    for number, at in enumerate(places(data)):
        demand_told(data, case.world, tmp_path / "flipped.pdf", at, number % 8)


def test_a_bit_turned_in_header_or_trailer_is_told(case: Genuine, tmp_path: Path) -> None:
    data = case.data
    for number, at in enumerate([*range(12), *range(len(data) - 60, len(data))]):
        demand_told(data, case.world, tmp_path / "flipped.pdf", at, number % 8)


@pytest.mark.parametrize("start", range(3))
def test_a_bit_turned_in_the_value_of_the_last_signature_is_told(start: int, case: Genuine, tmp_path: Path) -> None:
    data, (opened, closed) = case.data, gap(case)
    used = opened + len(data[opened:closed].rstrip(b"0>"))
    for number, at in enumerate([*range(opened + start, used, 211), used + 40, closed - 1]):
        demand_told(data, case.world, tmp_path / "flipped.pdf", at, number % 8)


def test_a_bit_turned_in_the_value_of_a_time_stamped_signature_is_told(case: Genuine, tmp_path: Path) -> None:
    data = case.second.read_bytes()
    opened = data.rindex(b"/Contents <") + len(b"/Contents ")
    for number, at in enumerate(range(opened, opened + 2 * 3000, 397)):
        demand_told(data, case.world, tmp_path / "flipped.pdf", at, number % 8)


def test_a_file_cut_anywhere_is_told(case: Genuine, tmp_path: Path) -> None:
    data, file = case.data, tmp_path / "cut.pdf"
    for end in range(len(data) - 1, len(case.certified.read_bytes()), -len(data) // STRIDES):
        file.write_bytes(data[:end])
        assert verify(file, case.world.roots).verdict == "not_authentic", end
