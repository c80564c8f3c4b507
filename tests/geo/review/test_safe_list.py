"""The list recognises a place by its postcode, by a text that holds it and by its point, and nothing shows it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import NATIONAL_GRID
from geo.review.keys import Key
from geo.review.safe_list import NEAR_M, SafeList, listed_postcodes, place_digest, point_digest, safe_list

KEY = Key(b"k" * 32)
EAST, NORTH = 643_503.0, 422_998.0


def listing(*postcodes, points=(), centres=()):
    hashed = [frozenset(point_digest(KEY, *point) for point in given) for given in (points, centres)]
    return SafeList(KEY, frozenset(place_digest(KEY, text) for text in postcodes), *hashed)


def sites(*points, postcode="", name="Hall"):
    made = {"name": name, "postcode": postcode, "geometry": [shapely.Point(point) for point in points]}
    return gpd.GeoDataFrame(made, geometry="geometry", crs=NATIONAL_GRID)


def test_a_postcode_is_on_the_list_or_not():
    assert listing("ZZ12AB").holds(pd.Series(["ZZ12AB", "ZZ12AA", "", "ZZ12AB"])).tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "ZZI 2AB",
        "ZZ\u200b1 2AB",
        "\uff3a\uff3a\uff11 \uff12\uff21\uff22",
        "ZZ1 2AB",
        "zz12ab",
        "at ZZ1  2AB, back door",
        "ZZ1-2AB",
        "(zz1\u00a02ab)",
        "x, ZZ1 2AB",
    ],
)
def test_a_text_that_holds_a_listed_postcode_is_recognised(text):
    assert listing("ZZ12AB").mentioned(pd.DataFrame({"name": ["Hall"], "notes": [text]})).tolist() == [True]


@pytest.mark.parametrize("text", ["ZZ1 2AA", "AZZ1 2ABX", "", None, 12])
def test_another_text_is_not(text):
    assert listing("ZZ12AB").mentioned(pd.DataFrame({"notes": pd.Series([text], dtype="object")})).tolist() == [False]


@settings(deadline=None)
@given(
    east=st.floats(0, 100), north=st.floats(0, 100), angle=st.floats(0, 2 * np.pi), away=st.floats(0, 200)
)  # fmt: skip
def test_a_point_is_recognised_within_fifty_metres_and_never_beyond_65(east, north, angle, away):
    place = (640_000 + east, 420_000 + north)
    spot = (place[0] + away * np.cos(angle), place[1] + away * np.sin(angle))
    found = bool(listing(points=[place]).lists(sites(spot, postcode="ZZ1 1AA")).iloc[0])
    if away < NEAR_M - 1e-6:
        assert found
    if away > NEAR_M + 15:
        assert not found


def test_the_surgery_next_door_stays_unless_an_officer_gave_the_very_point():
    next_door = (EAST + 30, NORTH)
    by_postcode = listing("ZZ12AB", centres=[(EAST, NORTH)])
    assert by_postcode.lists(sites(next_door, postcode="ZZ1 2AD")).tolist() == [False]
    assert by_postcode.lists(sites(next_door)).tolist() == [True]  # it has no postcode of its own
    assert listing(points=[(EAST, NORTH)]).lists(sites(next_door, postcode="ZZ1 2AD")).tolist() == [True]


def test_a_site_whose_postcode_is_a_slip_is_recognised_by_it_and_by_its_point():
    """A slip of the pen must not let a place through: not as its own postcode, and not as one of its own."""
    slipped = sites((EAST + 400, NORTH), postcode="ZZI 2AB")
    assert listing("ZZ12AB").lists(slipped).tolist() == [True]
    broken = sites((EAST + 30, NORTH), postcode="ZZ1 2A")
    assert listing("ZZ12AB", centres=[(EAST, NORTH)]).lists(broken).tolist() == [True]


def test_the_list_never_shows_itself():
    shown = repr(listing("ZZ12AB", points=[(EAST, NORTH)]))
    assert shown.count("=") == 1
    assert "key=Key()" in shown


def test_two_lists_of_one_workspace_cannot_be_matched():
    assert place_digest(KEY, "ZZ12AB") != KEY.digest("place", "ZZ12AB")


def test_a_new_workspace_has_an_empty_list_that_finds_nothing(council):
    empty = safe_list(council)
    assert not empty.holds(pd.Series(["ZZ12AB"])).any()
    assert not empty.lists(sites((EAST, NORTH))).any()
    assert listed_postcodes(council, council.gazetteer()) == frozenset()


@settings(deadline=None, max_examples=40)
@given(
    spots=st.lists(st.tuples(st.integers(-150, 150), st.integers(-150, 150)), min_size=1, max_size=30),
    given_spots=st.lists(st.tuples(st.integers(-150, 150), st.integers(-150, 150)), max_size=3),
    centres=st.lists(st.tuples(st.integers(-150, 150), st.integers(-150, 150)), max_size=3),
)
def test_many_points_together_are_told_as_each_by_itself(spots, given_spots, centres):
    def placed(those):
        return [(EAST + east, NORTH + north) for east, north in those]

    safe = listing(points=placed(given_spots), centres=placed(centres))
    for code in ("", "ZZ1 1AA"):
        together = safe.lists(sites(*placed(spots), postcode=code)).tolist()
        assert together == [bool(safe.lists(sites(one, postcode=code)).iloc[0]) for one in placed(spots)]


def test_points_that_lie_close_together_share_the_work(monkeypatch):
    """Ten thousand reports lie in one town: what is around one of them is mostly around another as well."""
    hashed = []
    digest = Key.digest

    def counted(key, kind, *parts):
        hashed.append(parts)
        return digest(key, kind, *parts)

    safe = listing(points=[(EAST + 400, NORTH)], centres=[(EAST, NORTH + 400)])
    monkeypatch.setattr(Key, "digest", counted)
    safe.lists(sites(*((EAST + step % 20, NORTH + step // 20) for step in range(400))))
    assert len(hashed) == len(set(hashed))
    assert len(hashed) < 400
