"""The sentence of a site, word for word."""

import pytest

from geo.hubs.facts import Surroundings
from geo.hubs.need import clients_of
from geo.hubs.ranking import Choice, rank_sites
from geo.scenario import Scenario

QUICK = Choice(draws=20)


def _sentences(need, sites) -> dict[str, str]:
    table = rank_sites(clients_of(*need), Surroundings(sites), scenario=Scenario(), choice=QUICK).table
    return table.set_index("name")["sentence"].to_dict()


def test_a_site_is_explained_in_one_sentence(make_need, make_sites) -> None:
    sites = make_sites(
        [
            ("Mill Lane Surgery", "gp_surgery", 2000),
            ("Food bank", "food_bank", 2300),
            ("Library", "library", 2200),
            ("Office", "council_office", 0),
        ],
        private_room=[True, None, None, None],
    )
    assert _sentences(make_need([(800, 23), (2500, 18), (9000, 171)]), sites)["Mill Lane Surgery"] == (
        "Within a 30-minute walk (straight line x 1.3) of about 41 of 212 household episodes; "
        "18 of them are beyond the reach of the office; a food bank and a library stand within 400 m; "
        "private room; not recorded: step-free entrance, opening hours, capacity."
    )


def test_a_shared_roof_a_step_and_the_border_are_told(make_need, make_sites) -> None:
    sites = make_sites(
        [("Old Mill", "village_hall", 0), ("Old Mill", "library", 0), ("Hub", "hub", 9000), ("Hub 2", "hub", 9900)],
        step_free=[False, None, None, None],
        private_room=[False, None, None, None],
        opening_hours=["Mo 9-17", "", "", ""],
        capacity=[40, None, None, None],
        inside=[False, True, True, True],
    )
    table = rank_sites(clients_of(*make_need([(0, 6)])), Surroundings(sites), scenario=Scenario(), choice=QUICK).table
    assert table.set_index("category").loc["village_hall", "sentence"] == (
        "Within a 30-minute walk (straight line x 1.3) of about 6 of 6 household episodes; "
        "all of them are beyond the reach of the standing hubs; a library is under the same roof; "
        "room for 40, not step-free, no private room; it stands outside the district."
    )


def test_a_site_that_reaches_nobody_says_none_and_nothing_of_the_office(make_need, make_sites) -> None:
    sites = make_sites([("Hall", "village_hall", 9000), ("Office", "council_office", 0)])
    assert _sentences(make_need([(0, 6)]), sites)["Hall"] == (
        "Within a 30-minute walk (straight line x 1.3) of none of 6 household episodes; "
        "no other service is listed within 400 m; "
        "not recorded: step-free entrance, private room, opening hours, capacity. Too few to tell."
    )


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("household episodes", "about 6 of 6 household episodes;"),
        ("rows, not households", "about 6 of 6 rows (not households);"),
        ("household episodes, and rows where no household is given", "about 6 of 6 household episodes and rows;"),
    ],
)
def test_rows_are_never_called_households(make_need, make_sites, unit: str, words: str) -> None:
    sites = make_sites([("Hall", "village_hall", 0), ("Office", "council_office", 0)])
    sentence = _sentences(make_need([(0, 6)], unit=unit), sites)["Hall"]
    assert words in sentence
    assert "none of them is beyond the reach of the office" in sentence
