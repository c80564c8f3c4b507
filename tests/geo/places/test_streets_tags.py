"""Who may use a street: told by hand, one rule at a time."""

import pytest

from geo.places.streets_tags import AGAINST, ALONG, BOTH, lighting, name_of, shuts, stated_limit, use_of


@pytest.mark.parametrize(
    ("tags", "walk", "drive"),
    [
        ({"highway": "residential"}, BOTH, BOTH),
        ({"highway": "residential", "oneway": "yes"}, BOTH, ALONG),
        ({"highway": "residential", "oneway": "-1"}, BOTH, AGAINST),
        ({"highway": "residential", "oneway": "reversible"}, BOTH, 0),
        ({"highway": "residential", "oneway": "yes", "oneway:motor_vehicle": "no"}, BOTH, BOTH),
        ({"highway": "residential", "oneway:foot": "yes"}, ALONG, BOTH),
        ({"highway": "residential", "foot": "no"}, 0, BOTH),
        ({"highway": "residential", "motor_vehicle": "no"}, BOTH, 0),
        ({"highway": "residential", "access": "private"}, None, None),
        ({"highway": "residential", "access": "private", "foot": "yes"}, BOTH, 0),
        ({"highway": "residential", "access": "no", "motorcar": "yes"}, 0, BOTH),
        ({"highway": "residential", "access": "destination"}, BOTH, BOTH),
        ({"highway": "primary", "junction": "roundabout"}, BOTH, ALONG),
        ({"highway": "tertiary", "junction": "circular", "oneway": "no"}, BOTH, BOTH),
        ({"highway": "motorway"}, 0, ALONG),
        ({"highway": "motorway_link"}, 0, ALONG),
        ({"highway": "trunk", "motorroad": "yes"}, 0, BOTH),
        ({"highway": "trunk"}, BOTH, BOTH),
        ({"highway": "steps"}, BOTH, 0),
        ({"highway": "steps", "conveying": "forward"}, ALONG, 0),
        ({"highway": "steps", "motor_vehicle": "yes"}, BOTH, 0),
        ({"highway": "footway", "oneway": "yes"}, BOTH, 0),
        ({"highway": "cycleway"}, BOTH, 0),
        ({"highway": "track"}, BOTH, 0),
        ({"highway": "track", "motor_vehicle": "yes"}, BOTH, BOTH),
        ({"highway": "pedestrian", "area": "yes"}, BOTH, 0),
        ({"highway": "service", "service": "emergency_access"}, BOTH, 0),
        ({"highway": "construction"}, None, None),
        ({"highway": "proposed"}, None, None),
        ({"route": "ferry"}, None, None),
        ({"railway": "rail"}, None, None),
    ],
)
def test_who_may_use_a_street_and_which_way(tags, walk, drive) -> None:
    use = use_of(tags)
    assert (use.walk, use.drive) == (walk, drive) if walk is not None else use is None


@pytest.mark.parametrize(
    ("tags", "on_foot", "by_car"),
    [
        ({}, False, False),
        ({"highway": "crossing"}, False, False),
        ({"barrier": "gate"}, False, False),
        ({"barrier": "gate", "access": "private"}, True, True),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, False, True),
        ({"barrier": "bollard"}, False, True),
        ({"barrier": "bollard", "access": "no"}, False, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False, False),
        ({"barrier": "kissing_gate"}, False, True),
        ({"barrier": "lift_gate", "motor_vehicle": "no"}, False, True),
        ({"barrier": "turnstile", "foot": "no"}, True, True),
    ],
)
def test_whom_a_barrier_stops(tags, on_foot, by_car) -> None:
    assert shuts(tags) == (on_foot, by_car)


@pytest.mark.parametrize("text", ["", "none", "signals", "walk", "0", "0 mph", "999", "30 furlongs", "variable"])
def test_a_limit_that_says_no_speed_counts_as_not_stated(text) -> None:
    assert stated_limit(text) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", "lit"),
        (" YES ", "lit"),
        ("24/7", "lit"),
        ("automatic", "lit"),
        ("dusk-dawn", "lit"),
        ("no", "unlit"),
        ("disused", "unlit"),
        ("", "not known"),
        ("limited", "not known"),
        ("interval", "not known"),
        ("Mo-Su 05:00-00:30", "not known"),  # dark when a walkabout comes by
    ],
)
def test_only_lamps_that_burn_all_night_count_as_light(text, said) -> None:
    assert lighting(text) == said
    assert use_of({"highway": "residential", "lit": text}).lit == said


def test_a_street_is_called_by_its_name_then_by_its_number_and_never_by_blanks() -> None:
    assert name_of({"name": " Bell\n Street ", "ref": "B1"}) == "Bell Street"
    assert name_of({"name": "  ", "ref": "B1"}) == "B1"
    assert name_of({"name": ""}) == ""
    assert len(name_of({"name": "x" * 255})) == 100


def test_a_limit_without_a_unit_is_in_kilometres() -> None:
    assert (stated_limit("50"), stated_limit("30mph")) == (50, pytest.approx(48.28, abs=0.01))
