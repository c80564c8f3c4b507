"""Sites of several lists that look like one place are found, with the reasons, and the others are left alone."""

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import NATIONAL_GRID
from geo.places.same_place import likely_pairs
from geo.places.site_names import names_alike, read_name, word_weights


def sites(*rows):
    """A table of sites: id, name, category, postcode, easting, northing."""
    names = ("site_id", "name", "category", "postcode", "east", "north")
    table = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    points = gpd.points_from_xy(table.pop("east"), table.pop("north"))
    return gpd.GeoDataFrame(table, geometry=points, crs=NATIONAL_GRID)


def only(*rows):
    """The one pair that is found."""
    pairs = likely_pairs(sites(*rows))
    assert len(pairs) == 1
    return pairs[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's C of E Church", "St Mary\u2019s Parish Church"),
        ("Adelaide Medical Centre", "The Adelaide Surgery"),
        ("Weyhill Rd Surgery", "Weyhill Road Medical Practice"),
        ("Andover Food Bank", "Andover Foodbank"),
        ("Whitchurch Libary", "Whitchurch Library"),
        ("Overton & Laverstoke Hall", "Overton and Laverstoke Community Hall"),
        ("Jamia Masjid", "Jamia Mosque"),
        ("Andover Foodbank, King\u2019s Church", "Andover Foodbank"),
        ("Hatherdon Avenue Clinic", "Hatherden Avenue Clinic"),
        ("Caf\u00e9 St Ann", "CAFE SAINT ANNS"),
    ],
)
def test_a_name_reads_the_same_however_it_is_written(one, other) -> None:
    names = [read_name(one), read_name(other)]
    assert names_alike(*names, word_weights(names)) >= 0.6


def test_a_street_is_no_saint() -> None:
    assert "street" in read_name("Surgery, 12 High St").telling
    assert "saint" in read_name("St John Surgery").telling


def test_the_name_of_the_town_which_many_bear_tells_little() -> None:
    names = [read_name(f"Andover {kind} Church") for kind in ("Baptist", "Methodist", "Evangelical", "Pentecostal")]
    assert names_alike(names[0], names[1], word_weights(names)) < 0.6


def test_the_library_of_two_lists_is_probably_one_place() -> None:
    pair = only(
        ("libraries:1", "Andover Library", "library", "SP10 1DP", 437_000, 145_000),
        ("osm_sites:w1", "Andover Public Library", "library", "SP10 1DP", 437_030, 145_034),
    )
    assert (pair.looks, pair.likely) == ("same place", True)
    assert pair.words() == "similar name, 45 m apart, same postcode"


def test_two_services_in_one_building_perhaps_share_a_roof() -> None:
    pair = only(
        ("food_banks:1", "Andover Foodbank", "food_bank", "", 437_000, 145_000),
        ("osm_sites:w1", "Bridge Church", "place_of_worship", "", 437_008, 145_000),
    )
    assert (pair.looks, pair.likely, pair.words()) == ("one roof", False, "different names, 8 m apart, different kinds")


def test_two_practices_of_one_health_centre_share_a_roof_and_are_not_one() -> None:
    pair = only(
        ("gp_surgeries:J82020", "Archers Practice", "gp_surgery", "SO50 9AG", 445_000, 119_000),
        ("gp_surgeries:J82063", "Parkside Practice", "gp_surgery", "SO50 9AG", 445_000, 119_000),
    )
    assert (pair.looks, pair.likely) == ("one roof", False)


def test_a_branch_is_known_by_the_code_of_its_practice() -> None:
    pair = only(
        ("gp_branches:J82059001", "Mansfield Park Surgery", "gp_surgery", "GU34 5EW", 466_000, 134_000),
        ("gp_surgeries:J82059", "The Watercress Medical Group", "gp_surgery", "GU34 5EW", 466_000, 134_000),
    )
    assert (pair.looks, pair.likely, pair.reasons[0]) == ("same place", True, "a branch of the other")


def test_a_library_and_a_surgery_that_share_the_town_s_name_alone_are_two_places() -> None:
    found = likely_pairs(
        sites(
            ("gp_surgeries:J82146", "Lyndhurst Surgery", "gp_surgery", "SO43 7EW", 429_900, 108_080),
            ("libraries:1", "Lyndhurst Library", "library", "SO43 7NY", 429_931, 108_130),
        )
    )
    assert found == ()


def test_a_church_and_its_hall_of_the_same_name_perhaps_share_a_roof() -> None:
    pair = only(
        ("osm_sites:n1", "St Mary's Church", "place_of_worship", "", 429_900, 108_080),
        ("sites:1", "Saint Mary Church Hall", "village_hall", "", 429_960, 108_080),
    )
    assert (pair.looks, pair.reasons[0]) == ("one roof", "same name but for the kind")


def test_the_same_name_farther_than_400_metres_off_is_another_place() -> None:
    hall = ("Memorial Hall Enham", "village_hall", "")
    assert likely_pairs(sites(("a:1", *hall, 437_000, 145_000), ("b:1", *hall, 437_401, 145_000))) == ()
    assert len(likely_pairs(sites(("a:1", *hall, 437_000, 145_000), ("b:1", *hall, 437_399, 145_000)))) == 1


def test_one_site_or_none_has_no_twin() -> None:
    assert likely_pairs(sites()) == ()
    assert likely_pairs(sites(("a:1", "Hall", "village_hall", "", 437_000, 145_000))) == ()


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Andover Library", "Andover Libary", "St Mary", "St. Mary's Church", "Village Hall", "Bridge"]
        ),
        st.sampled_from(["library", "village_hall", "place_of_worship", "food_bank"]),
        st.sampled_from(["", "SP10 1DP"]),
        st.integers(0, 500),
        st.integers(0, 200),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(rows=_ROWS, data=st.data())
def test_the_order_of_the_lists_changes_nothing(rows, data) -> None:
    table = [(f"x:{at}", *row[:3], 437_000 + row[3], 145_000 + row[4]) for at, row in enumerate(rows)]
    shuffled = data.draw(st.permutations(table))
    found = likely_pairs(sites(*table))
    assert found == likely_pairs(sites(*shuffled))
    assert all(0 <= pair.score <= 1 and pair.first < pair.second for pair in found)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
