"""Trends as they are drawn: a look for each class, every place once, no figure that is none."""

import re

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo.schema import TREND_KINDS, TRENDS
from layers.base import new_map
from layers.trends import TREND_LABELS, TREND_LOOKS, draw_trend_areas, draw_trend_cells, legend_entries
from tests.layers.drawn import NASTY, areas_of, cells_around
from tests.layers.test_style import _contrast, _on_paper

BLANK = float("nan")


def trends_of(units, *, cells=0):
    kinds = [TREND_KINDS[at % len(TREND_KINDS)] for at in range(len(units))]
    table = pd.DataFrame({"unit": pd.Series(units, dtype="str"), "cell": cells, "trend": pd.Series(kinds, dtype="str")})
    numbers = {"earlier": 0, "later": 6, "share_later": 0.5, "ratio": BLANK, "low": 1.18, "high": BLANK}
    numbers |= {"p": 0.03, "q": 0.04, "ratio_to_rest": BLANK, "p_rest": 0.5, "q_rest": 0.5}
    return TRENDS.validate(table.assign(**numbers)[list(TRENDS.columns)].astype({"cell": "int64"}))


def test_every_class_has_a_look_that_does_not_rest_on_colour_alone() -> None:
    assert tuple(TREND_LOOKS) == tuple(TREND_LABELS) == TREND_KINDS
    assert len({(look.hatch, look.line_px) for look in TREND_LOOKS.values()}) == len(TREND_LOOKS)
    assert {TREND_LOOKS["new"].hatch, TREND_LOOKS["fading"].hatch} == {"dots", "lines"}
    assert [entry.label for entry in legend_entries()] == list(TREND_LABELS.values())


@pytest.mark.parametrize("look", TREND_LOOKS.values(), ids=list(TREND_LOOKS))
def test_outlines_show_on_paper_and_figures_can_be_read(look) -> None:
    assert _contrast(look.line, _on_paper("#ffffff", 0)) >= 3
    assert _contrast(look.text, _on_paper(look.colour, look.opacity)) >= 4.5


def test_cells_are_drawn_by_class_with_blanks_where_there_is_no_figure(square) -> None:
    cells = cells_around(1)
    target = new_map(square, title="Map")
    table = trends_of([f"{cell:x}" for cell in cells], cells=cells)
    draw_trend_cells(target, table, places={int(cells[0]): NASTY})
    page = target.get_root().render()
    assert '"classes":[0,1,2,3,4,0,1]' in page
    assert f'"Times as many","values":{[None] * 7}'.replace("None", "null").replace(" ", "") in page.replace(" ", "")
    assert not re.search(r"NaN|Infinity", page.split("planner.fills(")[-1])
    assert "<img" not in page


def test_an_area_where_nobody_came_is_drawn_as_too_few_to_tell(square) -> None:
    target = new_map(square, title="Map")
    wards = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22), name="Ward")
    draw_trend_areas(target, wards, trends_of(["1-1"]))
    page = target.get_root().render()
    assert '"classes":[4,0]' in page
    assert '{"label":"Clientsinthelateryear","values":[0,6]}' in page.replace(" ", "")


def test_nothing_to_draw_breaks_nothing(square) -> None:
    target = new_map(square, title="Map")
    draw_trend_cells(target, trends_of([]).astype({"cell": np.int64}))
    assert "planner.fills" in target.get_root().render()
