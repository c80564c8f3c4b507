"""Squares of 100 m are named as Ordnance Survey names them, and lead back to where they lie."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.walkabouts.squares import corner_of, middle_of, near, outline_of, read_square, square_at, told_square

EASTINGS = st.floats(0, 699_999.99)
NORTHINGS = st.floats(0, 1_299_999.99)


@pytest.mark.parametrize(
    ("easting", "northing", "square"),
    [
        (438_700, 114_800, "SU387148"),  # the head office of Ordnance Survey, as its guide gives it: SU 387 148
        (216_600, 771_200, "NN166712"),  # Ben Nevis
        (0, 0, "SV000000"),
        (651_409, 313_177, "TG514131"),  # the guide's example of a point in Norfolk
        (446_500, 1_215_900, "HP465159"),
    ],
)
def test_known_places_have_their_known_references(easting, northing, square):
    assert square_at(easting, northing) == square
    east, north = corner_of(square)
    assert east <= easting < east + 100
    assert north <= northing < north + 100


@given(EASTINGS, NORTHINGS)
def test_every_point_lies_in_its_own_square(easting, northing):
    square = square_at(easting, northing)
    assert read_square(told_square(square)) == square
    east, north = corner_of(square)
    assert east <= easting < east + 100
    assert north <= northing < north + 100
    assert square_at(*middle_of(square)) == square


@pytest.mark.parametrize("point", [(-1, 5), (5, -0.1), (700_000, 5), (5, 1_300_000), (math.nan, 5), (math.inf, 5)])
def test_a_point_off_the_grid_has_no_square(point):
    with pytest.raises(BadInputError, match="no point of the National Grid"):
        square_at(*point)


@pytest.mark.parametrize("text", ["", "SU", "SU 45 37", "SU4513", "SI364455", "AA364455", "WW364455", "Bell Street"])
def test_what_is_no_reference_is_told(text):
    with pytest.raises(BadInputError, match=r"no grid reference|no square"):
        read_square(text)


def test_finer_references_lose_what_must_not_be_kept():
    assert read_square("SU 36412 45599") == read_square("su 3641 4559") == read_square("SU364455") == "SU364455"


def test_squares_side_by_side_and_corner_to_corner_are_near():
    assert near("SU364455", "SU365455", within_m=100)
    assert not near("SU364455", "SU365456", within_m=100)
    assert near("SU364455", "SU365456", within_m=142)
    assert near("SU364455", "SU364455", within_m=0)


def test_a_square_is_a_hectare():
    assert outline_of("SU364455").area == 10_000
