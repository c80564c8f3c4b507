"""A refuge of OpenStreetMap stays out by any of its tags, and so does the house that is drawn around it."""

import pytest

from geo.crs import to_wgs84
from geo.disclosure.safe_places import is_safe_place
from layers.osm_elements import OsmPlace
from layers.osm_refused import as_tagged

HALL = {"amenity": "community_centre", "name": "Hope House"}


def place(east=440_000, **tags) -> OsmPlace:
    lon, lat = to_wgs84([east], [145_000])
    return OsmPlace("n1", {key.replace("__", ":"): value for key, value in tags.items()}, (lon[0], lat[0]))


def refused(*places) -> list[bool]:
    return is_safe_place(as_tagged(places)).tolist()


@pytest.mark.parametrize(
    "tag",
    [
        {"alt_name": "Women's Refuge"},
        {"operator": "Refuge"},
        {"social_facility": "group_home;outreach"},
        {"was__social_facility": "shelter"},
        {"community_centre__for": "women;abused"},
        {"contact__website": "https://townwomensaid.org.uk"},
    ],
)
def test_any_tag_tells(tag) -> None:
    assert refused(place(**HALL, **tag)) == [True]
    assert refused(place(**HALL, community_centre__for="senior")) == [False]


def test_the_house_around_a_refuge_stays_out_though_it_says_nothing_and_its_neighbour_comes_in() -> None:
    refuge = place(**HALL, social_facility="shelter", access="private")
    house, unnamed = place(440_040, **HALL | {"name": "HOPE  house"}), place(440_040, amenity="community_centre")
    neighbour, far = place(440_040, amenity="library", name="Library"), place(440_060, **HALL)
    nowhere = OsmPlace("w1", HALL, None)
    assert refused(refuge, house, unnamed, neighbour, far, nowhere) == [True, True, True, False, False, False]
    assert refused(house, unnamed) == [False, False]
