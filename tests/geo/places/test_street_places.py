"""Streets by name: however it is typed, and told apart where two towns have the same."""

import numpy as np
import pytest
import shapely

from geo.errors import BadInputError
from geo.places.street_places import StreetNames
from tests.geo.places.street_towns import CORNER, streets

HOME = {"highway": "residential"}


def named(name: str) -> dict[str, str]:
    return HOME | {"name": name}


@pytest.fixture(scope="module")
def two_towns():
    """Bell Street stands in two towns 5 km apart; in the first a square of another name interrupts it."""
    spots = {
        "A": (0, 0), "B": (300, 0), "C": (400, 0), "D": (600, 0), "E": (3000, 0), "F": (5000, 0), "G": (5000, 250),
        "H": (5000, 900), "I": (0, 400),
    }  # fmt: skip
    ways = [
        ("AB", named("Bell Street")),
        ("BC", named("Market Square")),
        ("CD", named("Bell Street")),
        ("DEF", HOME | {"ref": "B4237"}),
        ("FG", named("Bell Street")),
        ("GH", named("St. Mary\u2019s Road")),
        ("AI", named("Heol y M\u00f4r")),
    ]
    return streets(spots, ways)


@pytest.mark.parametrize("typed", ["Bell Street", "bell st", " BELL  ST. ", "12a Bell Street", "Bell Street, Andover"])
def test_two_streets_of_one_name_are_both_given_however_it_is_typed(two_towns, typed) -> None:
    places = StreetNames(two_towns).places(typed)
    found = [(place.name, round(place.length_m)) for place in places.found]
    assert found == [("Bell Street", 500), ("Bell Street", 250)]
    assert places.sentence == "2 streets are called Bell Street; say which is meant, or click on the map."
    assert places.close == ()


def test_pieces_with_a_gap_are_one_street_and_its_place_is_on_it(two_towns) -> None:
    first, second = StreetNames(two_towns).places("Bell Street").found
    own = two_towns.table[two_towns.table["name"] == "Bell Street"].geometry
    for place in (first, second):
        assert own.distance(shapely.Point(place.easting, place.northing)).min() < 1e-6
    assert (second.easting, second.northing) == (
        pytest.approx(CORNER + 5000, abs=0.1),
        pytest.approx(CORNER + 125, abs=0.1),
    )
    assert first.easting < CORNER + 700


def test_places_along_a_street_are_no_further_apart_than_asked(two_towns) -> None:
    second = StreetNames(two_towns).places("Bell Street", spacing_m=100).found[1]
    north = np.sort(second.points[:, 1] - CORNER)
    assert north == pytest.approx([250 / 6, 125, 250 * 5 / 6], abs=0.1)
    assert len(StreetNames(two_towns).places("Bell Street", spacing_m=1000).found[1].points) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("saint marys rd", "St. Mary\u2019s Road"),
        ("St Mary's Road", "St. Mary\u2019s Road"),
        ("HEOL Y MOR", "Heol y M\u00f4r"),
        ("b 4237", "B4237"),
        ("the Market  Sq", "Market Square"),
    ],
)
def test_saints_accents_numbers_and_articles_are_forgiven(two_towns, typed, name) -> None:
    places = StreetNames(two_towns).places(typed)
    assert [place.name for place in places.found] == [name]
    assert places.sentence == f"{name} is on the map once."


def test_a_name_that_nobody_bears_brings_those_spelt_nearly_so(two_towns) -> None:
    places = StreetNames(two_towns).places("Bel Stret")
    assert (places.found, places.close) == ((), ("Bell Street",))
    assert places.sentence == "No street is called Bel Stret; did you mean Bell Street?"


@pytest.mark.parametrize("typed", ["Qqq", "the", "!", "x" * 500])
def test_a_name_like_no_other_is_said_to_be_unknown(two_towns, typed) -> None:
    places = StreetNames(two_towns).places(typed)
    assert (places.found, places.close) == ((), ())
    assert "check how it is spelt" in places.sentence
    assert len(places.sentence) < 150


def test_nothing_typed_asks_for_a_name_and_never_finds_the_streets_without_one(two_towns) -> None:
    places = StreetNames(two_towns).places("  ")
    assert (places.found, places.sentence) == ((), "No street was named; type its name, or click on the map.")


def test_where_there_are_no_streets_there_is_none_of_that_name(two_towns) -> None:
    assert StreetNames(type(two_towns)(two_towns.table.iloc[:0])).places("Bell Street").found == ()


@pytest.mark.parametrize("spacing", [0, -5, float("nan")])
def test_a_spacing_of_nothing_is_refused(two_towns, spacing) -> None:
    with pytest.raises(BadInputError, match="metres above 0"):
        StreetNames(two_towns).places("Bell Street", spacing_m=spacing)
