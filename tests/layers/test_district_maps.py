"""Maps of homes and of deprivation: every shape can be read, and what is not known is hatched, never coloured."""

import itertools
import json
import re

import pandas as pd
import pytest
from shapely.geometry import box

from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError
from layers import deprivation_map, homes_map
from layers.base import new_map
from layers.style import PAPER, count_classes, rate_classes
from tests.layers.drawn import NASTY, URLS, areas_of, cells_around
from tests.layers.test_style import _contrast, _luminance, _on_paper

HOME_LOOKS = homes_map.home_classes(pd.Series([900.0])).looks


def drawn(square, draw):
    """Read what a map was told to fill."""
    target = new_map(square, title="District", urls=URLS)
    draw(target)
    found = re.search(r"planner\.fills\(map_\w+, (.*)\);", target.get_root().render())
    assert found is not None
    return json.loads(found[1])


def facts(data):
    return {
        fact["label"]: [fact["words"][row] for row in fact["values"]] if "words" in fact else fact["values"]
        for fact in data["facts"]
    }


@pytest.fixture
def deprived() -> pd.DataFrame:
    """A cell of the third tenth, one of the tenth, and one with too few covered."""
    return pd.DataFrame(
        {
            "cell": cells_around(1)[:3],
            "people": [1234.4, 10.0, 50.0],
            "covered": [1.0, 0.9, 0.5],
            "score": [30.04, 1.0, 9.0],
            "decile": pd.array([3, 10, None], dtype="Int64"),
            "least": pd.array([2, 10, 9], dtype="Int64"),
            "most": pd.array([5, 10, 9], dtype="Int64"),
        }
    )


@pytest.mark.parametrize("look", [*deprivation_map.LOOKS, *HOME_LOOKS], ids=lambda look: f"{look.colour}{look.hatch}")
def test_figures_and_outlines_can_be_read(look) -> None:
    assert _contrast(look.line, PAPER) >= 3
    assert not look.text or _contrast(look.text, _on_paper(look.colour, look.opacity)) >= 4.5


def test_tenths_grow_darker_in_even_steps_and_are_no_other_layers_colours() -> None:
    shades = [_luminance(look.colour) for look in deprivation_map.LOOKS[:10]]
    assert all(lighter > 1.3 * darker for darker, lighter in itertools.pairwise(shades))
    assert all(look.hatch == "" for look in deprivation_map.LOOKS[:10])
    assert deprivation_map.LOOKS[10].hatch == "lines"
    mine = {look.colour for look in (*deprivation_map.LOOKS[:10], *HOME_LOOKS[1:])}
    others = {look.colour for look in (*count_classes(10).looks[1:], *rate_classes(9).looks[:5])}
    assert len(mine) == 15
    assert not mine & others


def test_a_cell_is_coloured_by_its_tenth_and_hatched_without_one(square, deprived) -> None:
    places = {int(deprived["cell"][0]): NASTY}
    data = drawn(square, lambda target: deprivation_map.draw_deprived_cells(target, deprived, places=places))
    assert sorted(data["classes"]) == [2, 9, 10]
    told = facts(data)
    row = data["classes"].index(2)
    assert told["Place"][row] == NASTY
    assert told["Tenths of its census areas"][row] == "2 to 5"
    assert (told["People"][row], told["Of these with a score (%)"][row]) == (1234, 100)
    assert told["Tenth of England (1 is the most deprived)"][data["classes"].index(10)] is None
    assert data["facts"][data["printed"]]["label"].startswith("Tenth of England")


def test_an_lsoa_without_a_value_is_hatched(square) -> None:
    areas = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22)).assign(
        score=[40.0, None],
        rank=pd.array([5_304, None], dtype="Int64"),
        decile=pd.array([2, None], dtype="Int64"),
    )
    data = drawn(square, lambda target: deprivation_map.draw_deprived_areas(target, areas))
    assert data["classes"] == [1, 10]
    assert facts(data)["Rank in England"] == ["5,304", ""]
    with pytest.raises(BadInputError):
        deprivation_map.draw_deprived_areas(new_map(square, title="x", urls=URLS), areas.to_crs(NATIONAL_GRID))


def test_the_legend_names_every_tenth_and_says_what_the_hatch_means() -> None:
    cells = deprivation_map.legend_entries(counted="homes")
    assert [entry.label for entry in cells[1:9]] == [str(tenth) for tenth in range(2, 10)]
    assert cells[0].label == "1: most deprived tenth of England"
    assert cells[-1].label == "Score known for fewer than 80 % of its homes"
    assert deprivation_map.legend_entries()[-1].label == "No value, and none is guessed"


def test_homes_are_classed_by_number_and_people_stay_blank_where_unknown(square) -> None:
    cells = pd.DataFrame({"cell": cells_around(1)[:3], "homes": [0.0, 249.6, 3_000.0], "newer_postcodes": [0, 2, 0]})
    cells = cells.assign(people=[None, 500.2, None]).astype({"people": "float64"})
    classes = homes_map.home_classes(cells["homes"])
    data = drawn(square, lambda target: homes_map.draw_home_cells(target, cells, classes=classes, places={}))
    told = facts(data)
    assert sorted(zip(told["Homes"], told["People"], data["classes"], strict=True), key=lambda row: row[0]) == [
        (0, None, 0),
        (250, 500, 3),
        (3_000, None, 5),
    ]
    assert len(homes_map.legend_entries(classes)) == 6


def test_homes_by_area(square) -> None:
    areas = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22))
    homes = pd.DataFrame(
        {"code": areas["code"], "homes": [12.0, 0.0], "people": [30.0, 0.0], "newer_postcodes": [0, 0]}
    )
    classes = homes_map.home_classes(homes["homes"])
    data = drawn(square, lambda target: homes_map.draw_home_areas(target, areas, homes, classes=classes))
    assert facts(data)["Homes"] == [12, 0]
    assert data["classes"][1] == 0
    assert homes_map.home_classes(pd.Series(dtype="float64")).labels()[0] == "0"
