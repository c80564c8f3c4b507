"""Co-location: what shares the building, what stands near by, and what is worth nothing extra."""

import numpy as np
import pytest

from geo.hubs.services import co_location_points, services_near


def _points(candidates, sites) -> list[float]:
    return co_location_points(services_near(candidates, sites), len(candidates)).tolist()


def test_a_service_within_five_minutes_is_worth_half_of_one_under_the_same_roof(make_sites) -> None:
    sites = make_sites([("Hall", "village_hall", 0), ("Library", "library", 20), ("Food bank", "food_bank", 399)])
    assert _points(sites.iloc[:1], sites) == [1.5]


def test_a_service_beyond_four_hundred_metres_is_not_near(make_sites) -> None:
    sites = make_sites([("Hall", "village_hall", 0), ("Library", "library", 401)])
    assert _points(sites.iloc[:1], sites) == [0.0]


def test_a_hall_next_to_halls_gains_nothing(make_sites) -> None:
    sites = make_sites(
        [("Hall", "village_hall", 0), ("Church", "place_of_worship", 50), ("Office", "council_office", 60)]
    )
    assert _points(sites.iloc[:1], sites) == [0.0]


def test_a_service_brings_its_own_visitors(make_sites) -> None:
    sites = make_sites([("Advice", "citizens_advice", 0), ("Hall", "village_hall", 5000)])
    assert _points(sites, sites) == [1.0, 0.0]


def test_three_surgeries_in_one_building_are_one_service(make_sites) -> None:
    sites = make_sites([(f"Surgery {letter}", "gp_surgery", 0) for letter in "ABC"])
    assert _points(sites, sites) == [1.0, 1.0, 1.0]


def test_the_same_building_under_the_same_name_is_found_although_its_points_differ(make_sites) -> None:
    sites = make_sites([("The Rainbow Centre", "community_centre", 0), ("the  rainbow-centre", "food_bank", 120)])
    near = services_near(sites.iloc[:1], sites)
    assert near["same_roof"].tolist() == [True]


def test_where_no_service_is_known_at_all_everybody_has_nothing(make_sites) -> None:
    sites = make_sites([("Hall", "village_hall", 0), ("Church", "place_of_worship", 10)])
    assert _points(sites, sites) == [0.0, 0.0]


@pytest.mark.parametrize("seed", range(5))
def test_services_near_agree_with_looking_at_every_pair(make_sites, seed: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = ["gp_surgery", "food_bank", "library", "village_hall"]
    sites = make_sites([(f"S{n}", str(rng.choice(kinds)), float(rng.uniform(0, 3000))) for n in range(30)])
    metres = sites.geometry.x.to_numpy()
    expected = []
    for here in range(30):
        best: dict[str, float] = {}
        for there in range(30):
            gap = abs(metres[here] - metres[there])
            if gap <= 400 and sites["category"].iloc[there] != "village_hall":
                worth = 1.0 if gap <= 30 else 0.5
                best[sites["category"].iloc[there]] = max(worth, best.get(sites["category"].iloc[there], 0))
        expected.append(sum(best.values()))
    assert _points(sites, sites) == expected
