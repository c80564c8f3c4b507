"""The ranking: by hand on one road, against plain loops, and what it says where there is nothing to say."""

from dataclasses import replace

import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.hubs.facts import Surroundings
from geo.hubs.need import clients_of
from geo.hubs.points import office_point
from geo.hubs.ranking import CRITERIA, Choice, Criterion, Ranking, rank_sites
from geo.hubs.table import POINTS
from geo.scenario import RankingWeights, ReachOptions, Scenario, ValueFunction

SCENARIO = Scenario()
ONLY_NEED = Scenario(weights=RankingWeights(need_reached=1, new_reach=0, co_location=0, suitability=0))
TWO_TOWNS = [(0, 30), (10_000, 20)]
HALLS = [("West hall", "village_hall", 0), ("East hall", "village_hall", 10_000), ("Far hall", "village_hall", 50_000)]
QUICK = Choice(draws=50)


def _rank(need, grid, sites, *, scenario: Scenario, office=None, choice: Choice | None = None) -> Ranking:
    return rank_sites(clients_of(need, grid), Surroundings(sites, office), scenario=scenario, choice=choice)


def _random_district(make_need, make_sites, seed: int):
    rng = np.random.default_rng(seed)
    kinds = ["gp_surgery", "food_bank", "library", "village_hall", "council_office", "hub"]
    need = make_need([(float(rng.uniform(0, 8000)), int(rng.integers(0, 9))) for _ in range(25)])
    places = [(f"S{n % 7}", str(rng.choice(kinds)), float(rng.uniform(0, 8000))) for n in range(20)]
    return (*need, make_sites(places, step_free=[[True, False, None][n % 3] for n in range(20)]))


def test_the_site_among_most_clients_comes_first_and_one_that_reaches_nobody_last(make_need, make_sites) -> None:
    table = _rank(*make_need(TWO_TOWNS), make_sites(HALLS), scenario=ONLY_NEED, choice=QUICK).table
    assert table["name"].tolist() == ["West hall", "East hall", "Far hall"]
    assert table["score"].tolist() == [100.0, 66.67, 0.0]
    assert table["households_reached"].tolist() == [30, 20, 0]


def test_clients_half_way_to_the_cutoff_count_half(make_need, make_sites) -> None:
    """20 minutes at 80 m a minute x 1.3, less what the spread of the cell adds, is the middle of 10 to 30."""
    need, grid = make_need([(0, 10), (0, 1)])
    spread_m = 0.4003 * np.sqrt(0.7e6)  # a cell of about 0.7 km2
    metres = np.sqrt((20 * 80 / 1.3) ** 2 - spread_m**2)
    table = _rank(need, grid, make_sites([("H", "village_hall", metres)]), scenario=ONLY_NEED, choice=QUICK).table
    assert table["amount_need_reached"].iloc[0] == pytest.approx(5.5, abs=0.2)


def test_a_town_that_the_office_reaches_already_is_nothing_new(make_need, make_sites) -> None:
    sites = make_sites([*HALLS, ("Office", "council_office", 100)])
    weights = RankingWeights(need_reached=0, new_reach=1, co_location=0, suitability=0)
    table = _rank(*make_need(TWO_TOWNS), sites, scenario=Scenario(weights=weights), choice=QUICK).table
    assert table["name"].iloc[0] == "East hall"
    assert table.set_index("name")["newly_reached"].to_dict() == {"West hall": 0, "East hall": 20, "Far hall": 0}


def test_the_offices_postcode_stands_in_where_no_office_is_listed(make_need, make_sites) -> None:
    listed = make_sites([*HALLS, ("Office", "council_office", 0)])
    by_site = _rank(*make_need(TWO_TOWNS), listed, scenario=SCENARIO, choice=QUICK)
    by_postcode = _rank(
        *make_need(TWO_TOWNS), make_sites(HALLS), scenario=SCENARIO, office=(600_000, 500_000), choice=QUICK
    )
    pd.testing.assert_frame_equal(by_site.table, by_postcode.table)
    assert by_site.notes == by_postcode.notes


def test_an_office_without_a_location_is_no_point() -> None:
    places = pd.DataFrame({"easting": [0, 600_000], "northing": [0, 500_000]})
    assert office_point(places.iloc[:0]) is None
    assert office_point(places.iloc[:1]) is None
    assert office_point(places.iloc[1:]) == (600_000.0, 500_000.0)


@pytest.mark.parametrize("seed", range(6))
def test_the_contributions_of_a_row_sum_to_its_score(make_need, make_sites, seed: int) -> None:
    ranking = _rank(*_random_district(make_need, make_sites, seed), scenario=SCENARIO, choice=QUICK)
    columns = [POINTS + criterion.name for criterion in CRITERIA]
    assert ranking.table[columns].sum(axis=1).to_numpy() == pytest.approx(ranking.table["score"].to_numpy(), abs=1e-9)
    assert sum(ranking.weights.values()) == pytest.approx(100)
    assert (ranking.table[columns].max() <= pd.Series(ranking.weights).add_prefix(POINTS) + 0.005).all()


@pytest.mark.parametrize("seed", range(6))
def test_need_agrees_with_walking_every_pair_one_by_one(make_need, make_sites, seed: int) -> None:
    need, grid, sites = _random_district(make_need, make_sites, seed)
    table = _rank(need, grid, sites, scenario=SCENARIO, choice=QUICK).table.set_index("site_id")
    east = grid.cells.set_index("cell")["easting"]
    standing = sites[sites["category"].isin(["council_office", "hub"])]
    for site in sites[~sites.index.isin(standing.index)].itertuples():
        reached = newly = 0
        for cell in need.cells.itertuples():
            area_m2 = h3.cell_area(int(cell.cell), unit="m^2")
            places = (site.geometry.x, *standing.geometry.x)
            near = [_walk(east[cell.cell], place, area_m2) <= 30 for place in places]
            reached += cell.count if near[0] else 0
            newly += cell.count if near[0] and not any(near[1:]) else 0
        assert table.loc[site.site_id, ["households_reached", "newly_reached"]].tolist() == [reached, newly]


def _walk(start_m: float, end_m: float, area_m2: float) -> float:
    """Minutes from people spread over a hexagon of that area, the mean squared spread being 5/12 side squared."""
    side_squared = area_m2 / (1.5 * np.sqrt(3))
    return float(np.sqrt((start_m - end_m) ** 2 + 5 / 12 * side_squared)) * 1.3 / 80


def test_the_order_of_the_files_changes_nothing(make_need, make_sites) -> None:
    need, grid, sites = _random_district(make_need, make_sites, 1)
    shuffled = sites.sample(frac=1, random_state=3)
    first = _rank(need, grid, sites, scenario=SCENARIO, choice=QUICK).table
    pd.testing.assert_frame_equal(first, _rank(need, grid, shuffled, scenario=SCENARIO, choice=QUICK).table)


def test_sites_of_equal_score_stand_by_name(make_need, make_sites) -> None:
    sites = make_sites([("Zion chapel", "place_of_worship", 0), ("Abbey", "place_of_worship", 0)])
    table = _rank(*make_need([(0, 5)]), sites, scenario=SCENARIO, choice=QUICK).table
    assert table["name"].tolist() == ["Abbey", "Zion chapel"]
    assert table["score"].iloc[0] == table["score"].iloc[1]


def test_the_office_and_standing_hubs_are_never_candidates(make_need, make_sites) -> None:
    sites = make_sites([("Office", "council_office", 0), ("Hub", "hub", 10), ("Surgery", "gp_surgery", 20)])
    assert _rank(*make_need([(0, 5)]), sites, scenario=SCENARIO, choice=QUICK).table["name"].tolist() == ["Surgery"]


def test_one_more_standing_hub_never_leaves_more_that_is_new(make_need, make_sites) -> None:
    need, grid, sites = _random_district(make_need, make_sites, 2)
    free = sites[~sites["category"].isin(["council_office", "hub"])]
    before = _rank(need, grid, free, scenario=SCENARIO, office=None, choice=QUICK).table.set_index("site_id")
    after = _rank(need, grid, sites, scenario=SCENARIO, choice=QUICK).table.set_index("site_id")
    assert (after["newly_reached"] <= before["newly_reached"].loc[after.index]).all()
    assert (after["households_reached"] == before["households_reached"].loc[after.index]).all()


def test_a_new_criterion_is_one_more_object(make_need, make_sites) -> None:
    by_day = Criterion(
        name="open_sundays",
        question="Is it open on Sundays?",
        unit="0 or 1",
        amount=lambda facts, _: np.arange(len(facts.suitability), dtype=float),
        weight=lambda _: 0.1,
        rule=lambda _: ValueFunction(),
    )
    choice = replace(QUICK, criteria=(*CRITERIA, by_day))
    ranking = _rank(*make_need(TWO_TOWNS), make_sites(HALLS[:2]), scenario=SCENARIO, choice=choice)
    assert ranking.criteria["open_sundays"] == "Is it open on Sundays?"
    points = ranking.table.set_index("name")["points_open_sundays"].to_dict()
    assert points == pytest.approx({"West hall": 0.0, "East hall": 9.09})


def test_clients_in_cells_without_homes_are_placed_and_told(make_need, make_sites) -> None:
    need, grid = make_need([(0, 4), (0, 6)])
    bare = replace(grid, cells=grid.cells.iloc[:1])
    ranking = _rank(need, bare, make_sites([("H", "village_hall", 0)]), scenario=SCENARIO, choice=QUICK)
    assert ranking.clients == 10
    assert any(note.startswith("6 clients are in cells without homes on record") for note in ranking.notes)


def test_what_could_not_be_mapped_stands_beside_the_ranking(make_need, make_sites) -> None:
    ranking = _rank(*make_need([(0, 30)], unmapped=10), make_sites(HALLS), scenario=SCENARIO, choice=QUICK)
    assert ranking.unmapped == {"no_fixed_abode": 10}
    assert ranking.unmapped_share == 0.25
    assert ranking.travel_label.endswith("straight line x 1.3 (no streets loaded)")


def test_fewer_than_five_clients_are_too_few_to_tell(make_need, make_sites) -> None:
    table = _rank(*make_need([(0, 4), (10_000, 5)]), make_sites(HALLS), scenario=SCENARIO, choice=QUICK).table
    assert table.set_index("name")["too_few"].to_dict() == {"West hall": True, "East hall": False, "Far hall": True}
    assert table.set_index("name").loc["West hall", "sentence"].endswith("Too few to tell.")


def test_the_interval_of_the_households_reached_is_exact(make_need, make_sites) -> None:
    row = _rank(*make_need([(0, 20)]), make_sites(HALLS), scenario=SCENARIO, choice=QUICK).table.iloc[0]
    assert (row["reached_low"], row["reached_high"]) == (12.2, 30.9)


def test_a_site_far_ahead_is_firm_and_twins_are_not(make_need, make_sites) -> None:
    table = _rank(*make_need([(0, 50), (10_000, 5)]), make_sites(HALLS), scenario=ONLY_NEED).table
    assert table["firm_word"].tolist() == ["firm", "outside", "outside"]
    twins = _rank(*make_need([(0, 11), (10_000, 10)]), make_sites(HALLS), scenario=ONLY_NEED).table
    assert twins["firm_word"].tolist() == ["fair", "near miss", "outside"]


def test_without_any_office_all_reach_is_new_and_the_ranking_says_so(make_need, make_sites) -> None:
    ranking = _rank(*make_need(TWO_TOWNS), make_sites(HALLS), scenario=SCENARIO, choice=QUICK)
    assert ranking.notes == ("No office or hub is known to the planner, so all need reached counts as new.",)
    assert (ranking.table["newly_reached"] == ranking.table["households_reached"]).all()


def test_sites_side_by_side_are_told_to_be_alternatives(make_need, make_sites) -> None:
    sites = make_sites([(name, "village_hall", 0) for name in "ABCD"])
    ranking = _rank(*make_need(TWO_TOWNS), sites, scenario=SCENARIO, choice=QUICK)
    assert ranking.notes[0].startswith("The first 2 sites reach 30 clients together, the best of them 30 alone")


def test_clients_at_doubtful_places_are_told(make_need, make_sites) -> None:
    need, grid = make_need(TWO_TOWNS)
    doubtful = replace(need, cells=need.cells.assign(institution=[3, 0], shared_point=[0, 2]))
    ranking = _rank(doubtful, grid, make_sites(HALLS), scenario=SCENARIO, choice=QUICK)
    assert any(note.startswith("3 clients are at an institution's postcode and 2 at a point") for note in ranking.notes)


def test_nobody_on_the_map_is_a_sentence(make_need, make_sites) -> None:
    with pytest.raises(MissingDataError, match="No client of this choice has a place on the map \\(7 could not"):
        _rank(*make_need([], unmapped=7), make_sites(HALLS), scenario=SCENARIO)


def test_no_site_is_a_sentence(make_need, make_sites) -> None:
    with pytest.raises(MissingDataError, match="no site to rank; add some with `planner add gp`"):
        _rank(*make_need(TWO_TOWNS), make_sites([]), scenario=SCENARIO)
    with pytest.raises(MissingDataError, match="no site to rank"):
        _rank(*make_need(TWO_TOWNS), make_sites([("Office", "council_office", 0)]), scenario=SCENARIO)


def test_a_category_that_nobody_has_is_a_sentence_that_lists_those_there_are(make_need, make_sites) -> None:
    with pytest.raises(BadInputError, match="No site is of category library; there is: village_hall"):
        _rank(*make_need(TWO_TOWNS), make_sites(HALLS), scenario=SCENARIO, choice=Choice(("library",)))


def test_all_weights_zero_is_a_sentence(make_need, make_sites) -> None:
    weights = RankingWeights(need_reached=0, new_reach=0, co_location=0, suitability=0)
    with pytest.raises(BadInputError, match="All weights of the ranking are 0"):
        _rank(*make_need(TWO_TOWNS), make_sites(HALLS), scenario=Scenario(weights=weights))


def test_counts_and_grid_of_different_resolutions_are_refused(make_need, make_sites) -> None:
    need, grid = make_need(TWO_TOWNS)
    with pytest.raises(BadInputError, match="counts are at resolution 8, the grid at 7"):
        _rank(need, replace(grid, resolution=7), make_sites(HALLS), scenario=SCENARIO)


def test_sites_in_degrees_are_refused(make_need, make_sites) -> None:
    with pytest.raises(BadInputError, match="expected EPSG:27700"):
        _rank(*make_need(TWO_TOWNS), make_sites(HALLS).to_crs("EPSG:4326"), scenario=SCENARIO)


def test_a_longer_walk_reaches_no_fewer(make_need, make_sites) -> None:
    need, grid, sites = _random_district(make_need, make_sites, 4)
    reached = [
        _rank(
            need, grid, sites, scenario=Scenario(reach=ReachOptions(cutoff_minutes=minutes)), choice=QUICK
        ).table.set_index("site_id")["households_reached"]
        for minutes in (15, 30, 60)
    ]
    assert (reached[1] >= reached[0].loc[reached[1].index]).all()
    assert (reached[2] >= reached[1].loc[reached[2].index]).all()
