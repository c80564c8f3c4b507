"""Merging hexagons by homes along the tree, and drawing them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from h3.api.basic_int import cell_to_children, cell_to_parent, grid_disk, latlng_to_cell
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.disclosure.gate import clear_table
from geo.disclosure.merge import choose_merge, draw_merged, merge_cells, merge_counts
from geo.disclosure.topics import Topic
from geo.places.grid import cell_polygons
from geo.scenario import DisclosureOptions
from tests.geo.disclosure.tables import PUBLIC, year

CENTRE = latlng_to_cell(55.5, 3.0, 8)


def district(homes, cells=None):
    cells = sorted(grid_disk(CENTRE, 5))[: len(homes)] if cells is None else cells
    return pd.DataFrame({"cell": np.array(cells, dtype=np.int64), "homes": np.array(homes, dtype=float)})


def test_small_siblings_merge_and_large_ones_stay():
    children = cell_to_children(cell_to_parent(CENTRE, 7), 8)
    merged = dict(merge_cells(district([90, 10, 10, 10, 10, 10, 70], children), enough_homes=50).members)
    assert merged[children[0]] == f"{children[0]:x}"
    assert merged[children[6]] == f"{children[6]:x}"
    assert {merged[cell] for cell in children[1:6]} == {f"{cell_to_parent(CENTRE, 7):x}"}


def test_what_is_too_few_even_at_the_top_joins_what_is_near():
    children = cell_to_children(cell_to_parent(CENTRE, 7), 8)
    merged = dict(merge_cells(district([90, 80, 1], children[:3]), enough_homes=50).members)
    assert merged[children[2]] == f"{children[1]:x}", "of equally near ones the one with fewer homes"


@pytest.mark.parametrize("homes", [[], [0.0], [5.0, 5.0], [0.0] * 91])
def test_no_homes_or_hardly_any_make_one_hexagon(homes):
    merged = merge_cells(district(homes), enough_homes=1000)
    assert len({code for _, code in merged.members}) == min(len(homes), 1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 300), min_size=1, max_size=91), st.floats(1, 3000), st.randoms(use_true_random=False))
def test_every_cell_is_in_one_hexagon_and_each_holds_enough(homes, enough, random):
    cells = district(homes).assign(count=3)
    merged = merge_cells(cells, enough_homes=enough)
    assert [cell for cell, _ in merged.members] == sorted(cells["cell"])
    added = merge_counts(cells, merged)
    assert added["count"].sum() == cells["count"].sum()
    assert added["homes"].sum() == pytest.approx(cells["homes"].sum())
    assert (added["homes"] >= enough).all() or len(added) == 1
    order = random.sample(range(len(cells)), len(cells))
    assert merge_cells(cells.iloc[order], enough_homes=enough) == merged


def test_the_shape_does_not_depend_on_where_clients_are():
    rng = np.random.default_rng(3)
    cells = district(rng.gamma(0.5, 80, 91))
    spread = [cells.assign(count=rng.multinomial(700, np.ones(91) / 91)) for _ in range(2)]
    chosen = [choose_merge(one, rule=PUBLIC) for one in spread]
    assert all(
        one in {merge_cells(cells, enough_homes=e * cells["homes"].sum() / 700) for e in (8, 12, 16, 24, 32)}
        for one in chosen
    )


def test_the_drawn_shapes_cover_the_cells_and_nothing_else():
    cells = district(np.full(30, 20.0))
    merged = merge_cells(cells, enough_homes=100)
    drawn = draw_merged(merged)
    assert sorted(drawn["code"]) == sorted({code for _, code in merged.members})
    plain = gpd.GeoSeries(cell_polygons(cells["cell"].to_numpy()), crs=4326)
    assert drawn.union_all().symmetric_difference(plain.union_all()).area < 1e-12
    assert shapely.area(drawn.geometry.to_numpy()).sum() == pytest.approx(shapely.area(plain.to_numpy()).sum())


def test_merged_hexagons_pass_the_gate_where_single_ones_are_refused():
    rng = np.random.default_rng(4)
    cells = district(rng.gamma(1.0, 80, 91))
    share = cells["homes"] / cells["homes"].sum()
    cells = cells.assign(count=rng.multinomial(600, share))
    merged = choose_merge(cells, rule=PUBLIC)
    table = merge_counts(cells, merged).assign(name="").astype({"name": "str"})[["code", "name", "count", "homes"]]
    topic = Topic(merged, year(2024))
    cleared = clear_table(table, topic, audience="public", options=DisclosureOptions())
    assert cleared.share_shown >= 0.8
