"""Maps of rates: coloured where enough is behind a rate, hatched where not, marked where homes are new."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError
from geo.evidence.rates import find_rates
from layers import rates
from layers.base import new_map
from layers.style import NO_RATE, UNRELIABLE, newer_look
from tests.geo.evidence.districts import counts_on, grid_from
from tests.geo.evidence.test_rates import area_counts, areas_with, district
from tests.layers.drawn import URLS, areas_of, cells_around

PLAIN = 7  # looks before the same again, marked as newer


def drawn(target):
    """Read what the map was told to fill."""
    found = re.search(r"planner\.fills\(map_\w+, (.*)\);", target.get_root().render())
    assert found is not None
    return json.loads(found[1])


def cell_map(square, found, measure):
    target = new_map(square, title="Rates", urls=URLS)
    rates.draw_cells(target, found, measure=measure, classes=rates.classes_for(found))
    return drawn(target)


def facts(data):
    return {
        fact["label"]: [fact["words"][row] for row in fact["values"]] if "words" in fact else fact["values"]
        for fact in data["facts"]
    }


@pytest.fixture
def found():
    """A firm rate, one of too few, one without homes, and a firm one whose postcodes are newer."""
    grid = district(1000, 500, 0, 2000, newer=(0, 0, 0, 9), live=(60, 30, 1, 90))
    return find_rates(counts_on(grid, [20, 15, 3, 90]), grid, months=12)


def test_a_firm_rate_is_coloured_and_one_of_too_few_is_hatched(square, found) -> None:
    data = cell_map(square, found, "rate")
    by_place = dict(zip(found.table.index, data["classes"], strict=True))
    assert rates.classes_for(found).lows == (0, 18, 36, 71, 140)  # 125 clients by 3,500 homes: a mean of 35.7
    assert by_place[0] == 1  # 20 by 1,000 homes
    assert data["styles"][by_place[1]]["hatch"] == "lines"
    assert data["styles"][by_place[2]]["hatch"] == "dots"
    assert data["styles"][by_place[3]] == newer_look(rates.classes_for(found).looks[by_place[3] - PLAIN]).options()
    assert data["styles"][by_place[3]]["dashArray"]


def test_a_hatched_place_has_no_figure_printed_on_it(square, found) -> None:
    data = cell_map(square, found, "rate")
    printed = [bool(data["styles"][index]["textColor"]) for index in data["classes"]]
    assert printed == [True, False, False, True]
    assert data["facts"][data["printed"]]["label"] == "Clients per 1,000 homes a year"


def test_the_card_says_count_homes_rate_range_and_smoothed_rate_with_its_weight(square, found) -> None:
    said = facts(cell_map(square, found, "rate"))
    assert said["Clients"] == [20, 15, 3, 90]
    assert said["Homes"] == [1000, 500, 0, 2000]
    assert said["Clients per 1,000 homes a year"] == [20, 30, None, 45]
    assert (said["95 % range, from"][0], said["95 % range, to"][0]) == (12.2, 30.9)
    assert said["Smoothed"][2] is None
    assert all(0 <= share <= 100 for share in said["Its own share in that (%)"] if share is not None)
    assert said["Read with care"] == [
        "",
        "fewer than 16 clients",
        "no home on record",
        "postcodes newer than the homes",
    ]


def test_clients_at_an_institution_are_said_on_the_card() -> None:
    table = pd.DataFrame({"homes": [10.0], "unreliable": [True], "newer": [True], "institution": [7]})
    assert rates.care_words(table) == ["fewer than 16 clients; postcodes newer than the homes; 7 at an institution"]


def test_a_smoothed_rate_is_coloured_where_half_of_it_is_the_places_own(square) -> None:
    grid = district(4000, 30, 900, 900)
    found = find_rates(counts_on(grid, [40, 1, 60, 5]), grid, months=12)
    data = cell_map(square, found, "smoothed")
    own = found.table["smoothed_weight"].to_numpy() >= 0.5
    assert set(own) == {True, False}
    assert [index < 5 for index in data["classes"]] == own.tolist()


def test_places_that_do_not_differ_are_all_hatched_and_none_is_blank(square) -> None:
    grid = district(500, 500, 500)
    found = find_rates(counts_on(grid, [20, 20, 20]), grid, months=12)
    data = cell_map(square, found, "smoothed")
    assert [data["styles"][index]["hatch"] for index in data["classes"]] == ["lines"] * 3


def test_areas_are_drawn_each_once_and_one_where_nobody_lives_has_no_rate(square) -> None:
    shapes = [box(-1.5 + at / 100, 51.18, -1.49 + at / 100, 51.2) for at in range(3)]
    areas = areas_of(*shapes, name="Ward")
    ground = areas_with(400, 900)
    ground = type(ground)(
        ground.areas.assign(code=["0-0", "1-1"]), ground.homes_source, 0.0, ground.indptr, ground.indices
    )
    found = find_rates(area_counts({"0-0": 30, "1-1": 5}), ground, months=12)
    target = new_map(square, title="Rates", urls=URLS)
    classes = rates.classes_for(found)
    rates.draw_areas(target, found, areas, measure="rate", classes=classes)
    data = drawn(target)
    assert len(data["shapes"]) == len(data["classes"]) == 3
    assert [data["styles"][index]["hatch"] for index in data["classes"]] == ["", "lines", "dots"]
    labels = [entry.label for entry in rates.legend_entries(found, measure="rate", classes=classes, areas=areas)]
    assert "No home on record" in labels


def test_areas_in_another_coordinate_system_are_refused(square, found) -> None:
    areas = areas_of(box(-1.5, 51.18, -1.49, 51.2)).set_crs(NATIONAL_GRID, allow_override=True)
    with pytest.raises(BadInputError, match="expected EPSG:4326"):
        rates.draw_areas(new_map(square, title="Map"), found, areas, measure="rate", classes=rates.classes_for(found))


def test_the_legend_explains_every_look_that_occurs(found) -> None:
    classes = rates.classes_for(found)
    entries = rates.legend_entries(found, measure="rate", classes=classes)
    assert [entry.label for entry in entries[:5]] == classes.labels()
    assert [entry.label for entry in entries[5:]] == [
        "Fewer than 16 clients: no firm rate",
        "No home on record",
        "Postcodes newer than the homes",
    ]
    assert [entry.look for entry in entries[5:7]] == [UNRELIABLE, NO_RATE]
    smoothed = rates.legend_entries(found, measure="smoothed", classes=classes)
    assert smoothed[5].label == "Mostly the district's mean"


def test_maps_side_by_side_share_their_classes(found) -> None:
    grid = district(1000, 500)
    other = find_rates(counts_on(grid, [90, 70]), grid, months=12)
    assert rates.classes_for(found, other) == rates.classes_for(other, found)


def test_five_thousand_cells_take_less_than_the_bar(square) -> None:
    rng = np.random.default_rng(1)
    cells = cells_around(41)[:5000]
    grid = grid_from(cells, np.ceil(rng.lognormal(3.5, 1.2, 5000)))
    found = find_rates(counts_on(grid, rng.poisson(0.03 * grid.cells["homes"])), grid, months=12)
    target = new_map(square, title="Map", urls=URLS)
    places = {int(cell): f"Village {at % 60}" for at, cell in enumerate(cells)}
    rates.draw_cells(target, found, measure="rate", classes=rates.classes_for(found), places=places)
    assert len(target.get_root().render()) < 400_000
