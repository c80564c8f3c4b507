import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from geo.errors import BadInputError, MissingDataError
from geo.evidence.cluster_tables import clusters_table
from geo.evidence.clusters import find_clusters, significant
from geo.places.grid import HexGrid
from geo.scenario import ScanOptions
from tests.geo.evidence.districts import counts_on, rural_district, windows_of
from tests.geo.evidence.scans import EVERYTHING, FOUR, HALF, QUICK, at_points, cells_of, placed, spread


def test_one_cluster_is_described_by_its_own_figures():
    grid = at_points(*FOUR)
    found = find_clusters(counts_on(grid, [6, 9, 3, 2], elsewhere=5), grid, options=EVERYTHING)
    first = found.table.iloc[0]
    assert (first["cells"], first["homes"], first["count"]) == (2, 25, 15)
    assert first["expected"] == pytest.approx(5)
    assert first["relative_risk"] == pytest.approx((15 / 5) / (5 / 15))
    assert first["llr"] == pytest.approx(15 * math.log(3) + 5 * math.log(1 / 3))
    assert first["radius_m"] == 700
    assert first["centre"] == grid.cells.cell[0]
    assert cells_of(found) == [set(grid.cells.cell[:2])]
    assert (found.tested, found.clients, found.untested) == (4, 20, 5)
    assert not found.why_none


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_whatever_the_counts_clusters_keep_apart_and_nobody_is_lost(data):
    astray_m = data.draw(st.sampled_from([0.0, 200]))
    grid = placed(rural_district(data.draw(st.integers(0, 5)), rings=3), astray_m=astray_m)
    counts = data.draw(st.lists(st.integers(0, 9), min_size=37, max_size=37))
    elsewhere = data.draw(st.integers(0, 3))
    options = EVERYTHING.model_copy(update={"population_share": data.draw(st.sampled_from([0.05, 0.25, 0.5]))})
    found = find_clusters(counts_on(grid, counts, elsewhere=elsewhere), grid, options=options)
    table = found.table
    assert not found.cells["cell"].duplicated().any()
    assert len(table) <= 10
    assert bool(found.why_none) == table.empty
    assert (table["count"] > table["expected"]).all()
    assert (table["homes"] <= options.population_share * grid.cells.homes.sum() + 1e-6).all()
    assert (table["p_uneven"] >= table["p"]).all()
    ranks = table[["p", "p_uneven"]].to_numpy() * 1_000
    np.testing.assert_allclose(ranks, ranks.round(), atol=1e-9)
    by_cluster = found.cells.merge(pd.DataFrame({"cell": grid.cells.cell, "count": counts})).groupby("cluster")["count"]
    assert by_cluster.sum().tolist() == table["count"].tolist()
    listed = clusters_table(found, grid)
    assert listed["count"].sum() == sum(counts) + elsewhere


def test_a_planted_cluster_is_found_where_it_was_planted():
    grid = placed(rural_district(7))
    rings, homes = windows_of(grid), grid.cells.homes.to_numpy()
    held = np.array([homes[ring].sum() for ring in rings]) / homes.sum()
    ring = rings[int(np.argmin(abs(held - 0.03)))]
    counts = spread(grid, 650, seed=4)
    counts[ring] += np.random.default_rng(1).multinomial(90, homes[ring] / homes[ring].sum())
    found = find_clusters(counts_on(grid, counts), grid, options=QUICK)
    first = cells_of(found)[0]
    planted = set(grid.cells.cell.to_numpy()[ring].tolist())
    assert len(first & planted) >= 5
    assert found.table["p"].iloc[0] == 0.001
    assert found.table["p_uneven"].iloc[0] <= 0.01
    assert cells_of(significant(found, 0.01))[0] == first


def test_progress_is_told_from_nothing_to_all():
    told = []
    grid = placed(rural_district(2, rings=4))
    counts = counts_on(grid, spread(grid, 200) + 30 * (np.arange(61) == 10))
    find_clusters(counts, grid, options=EVERYTHING, progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {step for step, _ in told} == {
        "Comparing with 999 simulated districts where only luck is at work",
        "Comparing with 999 simulated districts as uneven as this one",
    }


def test_who_stops_listening_stops_the_scan():
    def leave(_step, share):
        if share > 0.05:
            raise KeyboardInterrupt

    grid = placed(rural_district(2, rings=4))
    with pytest.raises(KeyboardInterrupt):
        find_clusters(counts_on(grid, spread(grid, 200)), grid, options=QUICK, progress=leave)


def finite(found):
    known = found.table.drop(columns="relative_risk").to_numpy(dtype=float)
    ratios = found.table["relative_risk"].dropna().to_numpy(dtype=float)
    return bool(np.isfinite(known).all() and np.isfinite(ratios).all())


@pytest.mark.parametrize("rings", [0, 1, 6])
@pytest.mark.parametrize("clients", ["nobody", "one", "all in one cell", "a million in one cell", "a million each"])
def test_any_counts_get_an_answer_in_plain_numbers(rings, clients):
    grid = placed(rural_district(6, rings=rings))
    counts = np.zeros(len(grid.cells), dtype=np.int64)
    counts[int(grid.cells.homes.argmin())] = {"nobody": 0, "one": 1, "all in one cell": 400}.get(clients, 1_000_000)
    if clients == "a million each":
        counts[:] = 1_000_000 + np.arange(len(counts))
    found = find_clusters(counts_on(grid, counts), grid, options=EVERYTHING)
    assert finite(found)
    assert found.clients == counts.sum()
    assert bool(found.why_none) == found.table.empty
    assert found.why_none == "" or found.why_none.endswith(".")
    if rings == 6 and clients == "all in one cell":
        assert found.table.iloc[0][["cells", "count", "p"]].tolist() == [1, 400, 0.001]
        assert found.table["relative_risk"].isna().tolist() == [True]


def test_a_district_of_three_cells_says_that_a_circle_would_hold_too_much():
    whole = placed(rural_district(6, rings=1)).cells.iloc[:3]
    grid = at_points(whole.easting, whole.northing, [150.0, 145, 130])
    found = find_clusters(counts_on(grid, [40, 0, 2]), grid, options=QUICK)
    assert "more than 25 % of the homes" in found.why_none
    assert (found.tested, found.too_large, found.circles) == (3, 3, 0)
    assert find_clusters(counts_on(grid, [40, 0, 2]), grid, options=HALF).table["count"].tolist() == [40]


def test_all_homes_on_one_point_make_no_circle():
    grid = rural_district(6, rings=2)
    found = find_clusters(counts_on(grid, [3] * 19), grid, options=QUICK)
    assert found.why_none
    assert found.too_large == 19


def test_nothing_unusual_is_told_with_its_best_circle():
    grid = placed(rural_district(7, rings=6))
    found = find_clusters(counts_on(grid, spread(grid, 300, seed=1)), grid, options=QUICK)
    assert found.table.empty
    assert found.cells.empty
    assert "of 300 clients where the homes explain" in found.why_none
    assert "about Somewhere" in found.why_none
    nobody_there = find_clusters(counts_on(grid, np.zeros(127), elsewhere=9), grid, options=QUICK)
    assert nobody_there.why_none == "There are no clients in the cells that have homes."
    assert nobody_there.untested == 9


def test_clients_only_where_no_circle_reaches_are_no_cluster():
    grid = at_points([0.0, 900, 2_000, 3_500], [0.0] * 4, [900.0, 10, 20, 30])
    found = find_clusters(counts_on(grid, [50, 0, 0, 0]), grid, options=QUICK)
    assert found.why_none == "No circle holds more clients than its homes explain."
    assert found.too_large == 1


def test_cells_without_homes_are_left_out_and_their_clients_told():
    full = placed(rural_district(1, rings=4))
    homes = full.cells.homes.to_numpy().copy()
    homes[[3, 10, 11]] = 0
    grid = replace(full, cells=full.cells.assign(homes=homes))
    counts = np.arange(len(homes)) % 5
    found = find_clusters(counts_on(grid, counts), grid, options=EVERYTHING)
    assert found.excluded_cells == {"no homes known": 3}
    assert found.untested == counts[[3, 10, 11]].sum()
    assert not found.cells["cell"].isin(full.cells.cell[[3, 10, 11]]).any()


def test_what_cannot_be_scanned_is_one_sentence():
    grid = placed(rural_district(6, rings=1))
    with pytest.raises(BadInputError, match="resolution 8"):
        find_clusters(counts_on(grid, [1] * 7), replace(grid, resolution=7), options=QUICK)
    homeless = replace(grid, cells=grid.cells.assign(homes=0.0))
    with pytest.raises(MissingDataError, match="add households"):
        find_clusters(counts_on(grid, [1] * 7), homeless, options=QUICK)
    nobody = HexGrid(8, grid.cells[:0], "none", np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    with pytest.raises(MissingDataError, match="no inhabited cell"):
        find_clusters(counts_on(grid, [1] * 7), nobody, options=QUICK)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("replicates", 1_000, "1,000 plus 1 is not a multiple of 100, so 5 % is no whole rank; choose 1,099"),
        ("replicates", 99, "greater than or equal to 999"),
        ("population_share", 0.6, "less than or equal to 0.5"),
        ("population_share", 0.0, "greater than 0"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_words(option, value, said):
    with pytest.raises(ValidationError, match=said):
        ScanOptions(**{option: value})


def test_a_level_that_nothing_reaches_says_so():
    grid = placed(rural_district(7, rings=4))
    found = find_clusters(counts_on(grid, spread(grid, 200)), grid, options=EVERYTHING)
    none = significant(found, 0.0)
    assert none.table.empty
    assert none.cells.empty
    assert none.why_none.startswith("No cluster stands out")
    assert significant(found, 1.0).table.equals(found.table)
