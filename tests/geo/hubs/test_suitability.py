"""A building's fitness: what is recorded counts, what is not is neither for nor against."""

from geo.hubs.suitability import suitability


def test_a_building_of_which_nothing_is_recorded_is_in_the_middle(make_sites) -> None:
    assert suitability(make_sites([("Hall", "village_hall", 0)])).tolist() == [0.5]


def test_yes_is_better_than_unknown_is_better_than_no(make_sites) -> None:
    sites = make_sites([(name, "village_hall", 0) for name in "ABC"], step_free=[True, None, False])
    yes, unknown, no = suitability(sites)
    assert yes > unknown > no


def test_all_that_could_be_wished_for_is_one(make_sites) -> None:
    sites = make_sites(
        [("Hall", "village_hall", 0)], step_free=[True], private_room=[True], opening_hours=["Mo 9-17"], capacity=[60]
    )
    assert suitability(sites).tolist() == [1.0]


def test_a_cupboard_is_worth_less_than_an_unknown_room(make_sites) -> None:
    cupboard, unknown = suitability(make_sites([(name, "village_hall", 0) for name in "AB"], capacity=[2, None]))
    assert cupboard < unknown
