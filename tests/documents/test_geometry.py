import pytest

from documents.geometry import PageBox, Place, apply, matrix, rect

CORNERS = {
    0: (100, 660, 200, 700),
    90: (100, 100, 140, 200),
    180: (400, 100, 500, 140),
    270: (460, 600, 500, 700),
}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_place_at_the_top_left_as_displayed_lands_in_the_right_corner_of_user_space(rotate: int) -> None:
    box = PageBox(100, 100, 500, 700, rotate)
    across, up = box.units
    expected = CORNERS[rotate]
    assert rect(box, Place(0, 0, 100 / across, 40 / up)) == pytest.approx(expected)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_whole_page_as_displayed_is_the_whole_box(rotate: int) -> None:
    box = PageBox(-20, 30, 380, 630, rotate, 2.0)
    assert rect(box, Place(0, 0, 1, 1)) == pytest.approx((-20, 30, 380, 630))


@pytest.mark.parametrize("rotate", [90, 270])
def test_a_page_lying_on_its_side_is_as_wide_as_it_was_high(rotate: int) -> None:
    assert PageBox(0, 0, 400, 600, rotate, 2.0).size == (1200, 800)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_matrix_keeps_displayed_points_inside_the_box(rotate: int) -> None:
    box = PageBox(10, 20, 410, 620, rotate)
    across, up = box.units
    x, y = apply(matrix(box), across / 2, up / 2)
    assert (x, y) == pytest.approx((210, 320))


@pytest.mark.parametrize(
    "place", [Place(0.9, 0, 0.2, 0.1), Place(-0.1, 0, 0.2, 0.1), Place(0, 0.95, 0.1, 0.1), Place(0.1, 0.1, 0, 0.1)]
)
def test_a_place_that_leaves_the_page_or_has_no_area_is_not_on_it(place: Place) -> None:
    assert not place.on_page()
