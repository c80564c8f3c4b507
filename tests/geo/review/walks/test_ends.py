"""Where a walk begins: typed as a postcode, a site, a grid reference or two numbers, and refused in a sentence."""

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.review.walks.ends import find_end
from tests.tinytown.council import LIVE, OFFICE
from tests.tinytown.walk_plans import add_streets, corner


def test_nothing_typed_is_the_council_office(council) -> None:
    found = find_end(council, " ")
    assert found.name == "the council office"
    assert found.point == LIVE[OFFICE]


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("zz1 1aa", (640_500, 420_500)),
        ("TG 405 204", (640_550, 320_450)),
        ("640550, 420550", (640_550, 420_550)),
    ],
)
def test_a_place_is_found_however_it_is_typed(council, typed, point) -> None:
    assert find_end(council, typed).point == pytest.approx(point)


def test_longitude_and_latitude_are_read_in_either_order(council) -> None:
    first, second = find_end(council, "-3.0025, 51.5885"), find_end(council, "51.5885 -3.0025")
    assert first == second
    assert first.point == pytest.approx((330_644, 188_215), abs=1)


@pytest.mark.parametrize("typed", ["The Moon", "1, 2", "ZZ9 9ZZ", "ZZ1 8AA"])
def test_a_place_that_is_not_known_is_refused_with_what_to_type(council, typed) -> None:
    with pytest.raises(BadInputError, match="expected a postcode, the name of a site"):
        find_end(council, typed)


def test_without_an_office_somebody_has_to_say_where_the_walk_starts(council) -> None:
    council.save_scenario(council.scenario.model_copy(update={"office_postcode": ""}))
    with pytest.raises(MissingDataError, match="say where the walk starts"):
        find_end(council, "")


@pytest.mark.parametrize("typed", ["640610, 420420", "TB 406 204"])
def test_a_point_is_called_by_the_nearest_street_that_may_be_printed(council, typed) -> None:
    before = find_end(council, typed)
    assert not before.name.startswith("near")
    add_streets(council)
    found = find_end(council, typed)
    assert (found.name, found.point) == ("near Bell Street", before.point)


def test_a_street_called_after_a_refuge_names_no_start(council) -> None:
    add_streets(council)
    east, north = corner(2, 0)
    assert find_end(council, f"{east + 1:.0f}, {north + 99:.0f}").name == "near Bell Street"
    assert find_end(council, "646000, 426000").name == "the point 646000, 426000"
