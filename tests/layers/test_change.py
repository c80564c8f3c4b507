"""Two periods as they are drawn: one set of classes, a look for each word, both counts on every place."""

import re

import pandas as pd
import pytest
from shapely.geometry import box

from geo.review.compare import Compared
from geo.schema import COMPARED, TREND_KINDS
from layers.base import add_legend, new_map
from layers.change import change_layer, change_legend, change_table, side_classes, side_layer
from layers.compare_maps import compare_maps, told_comparison
from layers.standalone import standalone_maps_html
from layers.trends import TREND_LABELS
from tests.layers.drawn import NASTY, URLS, areas_of, cells_around

BLANK = float("nan")
CELLS = cells_around(1).tolist()


def compared(earlier, later, *, units=None, months=(12, 12), level="cell", places=None):
    """Two counts of each place; the words go round."""
    cells = CELLS[: len(earlier)] if units is None else [0] * len(units)
    table = pd.DataFrame({"earlier": earlier, "later": later, "cell": cells})
    table = table.assign(
        unit=pd.Series([f"{cell:x}" for cell in cells] if units is None else units, dtype="str"),
        place=pd.Series(places or [""] * len(table), dtype="str"),
        trend=pd.Series([TREND_KINDS[at % len(TREND_KINDS)] for at in range(len(table))], dtype="str"),
        earlier_a_year=table["earlier"] * 12.0 / months[0],
        later_a_year=table["later"] * 12.0 / months[1],
    )
    chances = {"ratio": BLANK, "low": 1.18, "high": BLANK, "p": 0.03, "q": 0.04}
    table = table.assign(change_a_year=table["later_a_year"] - table["earlier_a_year"], **chances)
    table = COMPARED.validate(
        table[list(COMPARED.columns)].astype({"earlier": "int64", "later": "int64", "cell": "int64"})
    )
    whole = table.iloc[:1].assign(
        unit="district", earlier=sum(earlier) + 3, later=sum(later), trend="steady", ratio=1.0
    )
    return Compared(
        table=table,
        district=whole.assign(high=2.0),
        level=level,
        resolution=8 if level == "cell" else 0,
        earlier="2021-22..2022-23" if months[0] > 12 else "2022-23",
        later="2023-24",
        mode="like for like",
        unit="household episodes",
        months=months,
        unmapped={"missing": (3, 0)},
        left_out=(0, 0),
        tested=len(table),
        homes_used=False,
        without_homes=0,
        notes=(NASTY,),
    )


def drawn(square, layer):
    target = new_map(square, title="Map", urls=URLS)
    section = layer(target)
    add_legend(target, [section])
    return target.get_root().render()


def test_a_small_change_is_drawn_as_it_was_looked_at(square, snapshot) -> None:
    target = new_map(square, title="Change", urls=URLS)
    found = compared([0, 5, 20], [6, 9, 21], places=["Andover", "", "Quay"])
    sections = [
        layer(target) for layer in (side_layer(found, "earlier"), side_layer(found, "later"), change_layer(found))
    ]
    add_legend(target, sections)
    calls = re.findall(r"planner\.\w+\(map_\w+, .*\);", target.get_root().render())
    assert [re.sub(r"map_\w+", "map", call) for call in calls] == snapshot


def test_both_periods_wear_the_classes_of_the_larger_one(square) -> None:
    found = compared([3, 30], [60, 4])
    assert side_classes(found).lows == (1, 5, 10, 20, 40)
    assert '"classes":[1,4]' in drawn(square, side_layer(found, "earlier"))
    assert '"classes":[5,1]' in drawn(square, side_layer(found, "later"))


def test_a_cell_is_drawn_where_somebody_came_and_both_counts_stand_on_the_change(square) -> None:
    found = compared([0, 5], [6, 0])
    assert '"classes":[3]' in drawn(square, side_layer(found, "later"))
    page = drawn(square, change_layer(found))
    assert '"words":["0\\u21926","5\\u21920"]' in page
    assert '"printed":2' in page
    assert not re.search(r"NaN|Infinity", page.split("planner.fills(")[-1])


def test_periods_of_different_length_are_drawn_a_year_and_the_legend_says_so(square) -> None:
    found = compared([1, 15, 48], [0, 9, 40], months=(24, 12))
    page = drawn(square, side_layer(found, "earlier"))
    assert '"classes":[1,2,4]' in page  # 0.5, 7.5 and 24 a year
    assert "Household episodes a year, 2021-22 to 2022-23" in page
    assert "Under 5" in page
    assert '"values":[0.5,7.5,24.0]' in page
    assert "7.5\\u21929" in drawn(square, change_layer(found))


def test_areas_are_drawn_in_their_own_order_with_their_noughts(square) -> None:
    wards = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22), name="Ward")
    found = compared([7, 0], [0, 0], units=["1-1", "0-0"], level="ward", places=["East", "West"])
    assert '"classes":[0,3]' in drawn(square, side_layer(found, "earlier", wards))
    assert '{"label":"Place","values":[0,1],"words":["West","East"]}' in drawn(square, change_layer(found, wards))
    assert '"label":"0"' in drawn(square, side_layer(found, "earlier", wards)).split("planner.legend(")[1]


def test_the_legend_names_every_word() -> None:
    assert [entry.label for entry in change_legend()] == list(TREND_LABELS.values())


def test_the_table_says_what_the_maps_say() -> None:
    table = change_table(compared([0, 5], [6, 9], places=["Quay", ""]))
    assert list(table) == [
        "Place",
        "Change",
        "2022-23",
        "2023-24",
        "More or fewer",
        "Times as many",
        "95 % range of that",
    ]
    assert table.iloc[0].tolist() == ["Quay", "New", 0, 6, 6, "", "1.18 or more"]
    assert table["Place"][1] == "Nobody on record lives here"
    pooled = change_table(compared([1], [9], months=(24, 12)))
    assert pooled["2021-22 to 2022-23 a year"].tolist() == [0.5]
    assert pooled["More or fewer a year"].tolist() == [8.5]


@pytest.mark.parametrize("months", [(12, 12), (24, 12)])
def test_nothing_to_draw_breaks_nothing(square, months) -> None:
    found = compared([], [], months=months)
    for layer in (side_layer(found, "earlier"), side_layer(found, "later"), change_layer(found)):
        assert "planner.fills" in drawn(square, layer)
    assert change_table(found).empty


def test_one_page_holds_the_three_maps_and_no_name_leaves_its_quotes(square) -> None:
    found = compared([0, 5], [6, 9], places=[NASTY, "Quay"])

    def assemble(title, layer, notes):
        target = new_map(square, title=title)
        add_legend(target, [layer(target)], notes=notes)
        return target

    maps = compare_maps(found, None, assemble)
    page = standalone_maps_html(maps, title=NASTY, table=change_table(found), notes=told_comparison(found))
    assert [target.title for target in maps] == re.findall(r"<h2>(.*?)</h2>", page)
    assert page.count("<script>") == page.count("</script>") == 5
    assert page.count("'sha256-") == 5
    assert "<img" not in page
    assert 'onerror="window' not in page
    assert "The district, 2023-24 against 2022-23: from 8 to 15" in page
    assert "For the housing team only" in page
