import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from geo.errors import BadInputError, MissingDataError
from geo.evidence.excess import binomial_p
from geo.evidence.gi_star import gi_star
from geo.evidence.hotspots import find_hotspots
from geo.evidence.tables import UNTESTED, cell_numbers, hotspots_table
from geo.places.grid import HexGrid
from tests.geo.evidence.districts import counts_on, grid_from, rural_district

QUESTIONS = ["counts", "excess"]


def spread(grid, clients, seed=0):
    homes = grid.cells.homes.to_numpy()
    return np.random.default_rng(seed).multinomial(clients, homes / homes.sum())


def finite(found):
    blank = ["expected", "p_uneven", "q_uneven"] if found.test == "counts" else []
    return np.isfinite(found.table.drop(columns=["kind", *blank]).to_numpy(dtype=float)).all()


@pytest.mark.parametrize("question", QUESTIONS)
def test_everybody_is_tested_or_counted_as_untested(question):
    grid = rural_district(1)
    counts = counts_on(grid, spread(grid, 700), elsewhere=23)
    found = find_hotspots(counts, grid, test=question)
    assert (found.tested, found.clients, found.untested) == (547, 700, 23)
    assert found.table["count"].sum() + found.untested == counts.episodes
    assert sum(found.kinds().values()) == found.tested


def test_cells_without_homes_are_left_out_of_the_excess_test_with_their_neighbours_windows_mended():
    full = rural_district(1, rings=4)
    homes = full.cells.homes.to_numpy().copy()
    homes[[3, 10, 11]] = 0
    grid = grid_from(full.cells.cell.to_numpy(), homes)
    counts = np.arange(len(homes)) % 5
    found = find_hotspots(counts_on(grid, counts), grid, test="excess")
    assert found.excluded_cells == {"no homes known": 3}
    assert found.untested == counts[[3, 10, 11]].sum()
    alone = grid_from(grid.cells.cell[homes > 0].to_numpy(), homes[homes > 0])
    expected = find_hotspots(counts_on(alone, counts[homes > 0]), alone, test="excess")
    pd.testing.assert_frame_equal(found.table, expected.table)


def test_counts_follow_gi_star_and_q_and_excess_follows_the_homes():
    grid = rural_district(2)
    counts = spread(grid, 700)
    star = gi_star(counts, grid.indptr, grid.indices)
    by_counts = find_hotspots(counts_on(grid, counts), grid, test="counts")
    assert by_counts.table["p"].tolist() == star.p.tolist()
    assert {"hot99"} <= set(by_counts.table["kind"])
    excess = find_hotspots(counts_on(grid, counts), grid, test="excess").table
    share = excess["expected"].to_numpy() / 700
    np.testing.assert_allclose(excess["p"], binomial_p(excess["window_count"].to_numpy(), share, 700))
    assert set(excess["kind"]) == {"none"}
    assert (excess["p_uneven"] >= excess["p"]).all()


def test_kinds_follow_the_levels_and_the_side():
    grid = rural_district(5)
    counts = spread(grid, 5_000, seed=5)
    busy = np.argsort(grid.cells.homes.to_numpy())[[-60, -90]]
    counts[busy] += 400
    for question, column in (("counts", "q"), ("excess", "q_uneven")):
        table = find_hotspots(counts_on(grid, counts), grid, test=question).table
        level = pd.cut(table[column], [-1, 0.01, 0.05, 0.1, 1], labels=["99", "95", "90", "none"]).astype(str)
        assert (table["kind"].str[-2:] == level.str[-2:]).all()
        assert (table.loc[table["kind"].str.startswith("hot"), "z"] > 0).all()
        assert (table.loc[table["kind"].str.startswith("cold"), "z"] < 0).all()
    assert (table["kind"].to_numpy()[busy] == "hot99").all()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("rings", [0, 1, 13])
@pytest.mark.parametrize("clients", ["nobody", "one", "all in one cell", "a million in one cell", "a million each"])
def test_any_counts_get_an_answer_in_plain_numbers(question, rings, clients):
    grid = rural_district(6, rings=rings)
    counts = np.zeros(len(grid.cells), dtype=np.int64)
    counts[0] = {"nobody": 0, "one": 1, "all in one cell": 400}.get(clients, 1_000_000)
    if clients == "a million each":
        counts[:] = 1_000_000 + np.arange(len(counts))
    found = find_hotspots(counts_on(grid, counts), grid, test=question)
    assert finite(found)
    assert found.clients == counts.sum()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_district_of_three_cells_gets_an_answer(question):
    whole = rural_district(6, rings=1)
    grid = grid_from(whole.cells.cell.to_numpy()[:3], [150.0, 15.0, 30.0])
    assert finite(find_hotspots(counts_on(grid, [40, 0, 2]), grid, test=question))


def test_without_homes_or_cells_a_sentence_says_what_to_add():
    grid = grid_from(rural_district(6, rings=1).cells.cell.to_numpy(), np.zeros(7))
    with pytest.raises(MissingDataError, match="add households"):
        find_hotspots(counts_on(grid, [1] * 7), grid, test="excess")
    nobody = HexGrid(8, grid.cells[:0], "none", np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    with pytest.raises(MissingDataError, match="no inhabited cell"):
        find_hotspots(counts_on(nobody, []), nobody, test="counts")


def test_counts_of_another_resolution_are_refused():
    grid = rural_district(6, rings=1)
    coarse = HexGrid(7, grid.cells, grid.homes_source, grid.indptr, grid.indices)
    with pytest.raises(BadInputError, match="resolution 8"):
        find_hotspots(counts_on(grid, [1] * 7), coarse, test="counts")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_table_people_open_ends_with_the_untested(question):
    grid = rural_district(1, rings=3)
    found = find_hotspots(counts_on(grid, spread(grid, 90), elsewhere=4), grid, test=question)
    table = hotspots_table(found, grid)
    assert table["count"].sum() == 94
    assert table.iloc[-1]["cell"] == UNTESTED
    assert table.iloc[-1].drop(["cell", "count", "kind", "place"]).isna().all()
    assert set(cell_numbers(table["cell"][:-1])) == set(grid.cells["cell"])
    assert ("q_uneven" in table) == (question == "excess")
    without = find_hotspots(counts_on(grid, spread(grid, 90)), grid, test=question)
    assert UNTESTED not in set(hotspots_table(without, grid)["cell"])


def test_shuffled_counts_raise_no_more_false_alarms_than_stated():
    grid = rural_district(7)
    rng = np.random.default_rng(12)
    wrong = 0
    for _ in range(100):
        table = find_hotspots(counts_on(grid, rng.permutation(spread(grid, 700, seed=1))), grid, test="counts").table
        wrong += bool(table["kind"].isin(["hot99", "hot95"]).any())
    low, high = binomtest(wrong, 100).proportion_ci()
    print(f"{wrong} of 100 districts with a false alarm ({low:.1%} to {high:.1%})")
    assert low <= 0.05
