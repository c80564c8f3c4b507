"""Compare: any two periods side by side in the same classes, the change between them, and how sure it is."""

from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.evidence.compare_words import tell_lengths, tell_pair, tell_places
from geo.evidence.periods import told_period
from geo.evidence.trend_sentences import tell_range, tell_ratio
from geo.review.compare import Compared, compare_periods
from geo.review.compare_frozen import FrozenCount, frozen_counts, then_and_now
from geo.review.workspace import Workspace
from layers.base import PlannerMap
from layers.change import change_table
from layers.compare_maps import compare_maps, compare_page, told_comparison
from pages.kit import evidence, filters, looking, maps, pictures, results, tables
from pages.kit.compare_choices import CompareChoice, choose_comparison
from pages.kit.pictures import Extras
from pages.kit.tables import Download
from pages.kit.words import escape, number

_KEPT: Final = 32
_CHANGED: Final = ("new", "growing", "fading")
_NAMED: Final = 6
HOW_SURE: Final = (
    "The 95 % range says how far luck alone could have moved the change. Many places are looked at together, so luck is"
    " discounted before one is called new, growing or fading. Steady means: surely more than half and surely less than"
    " twice as many. Too few to tell is an answer too."
)


def show(workspace: Workspace) -> None:
    """Show the comparison, from its choices to its files."""
    choice = choose_comparison(workspace)
    found = _compared(workspace.fingerprint(), choice, workspace)
    looking.note(workspace, *found.look, resolution=found.resolution)
    frozen = _then_and_now(workspace.fingerprint(), frozen_counts(workspace), (found.earlier, found.later), workspace)
    _say(workspace, found, frozen)
    areas = None if found.level == "cell" else evidence.areas(workspace, found.level)
    drawn = _draw(workspace, found, areas)
    _show_maps(workspace, found, drawn)
    table = change_table(found)
    tables.show_table(table, about=f"{told_period(found.earlier)} and {told_period(found.later)} by place")
    st.caption(HOW_SURE)
    tables.show_downloads(_downloads(workspace, found, areas, drawn, frozen))
    with st.expander("What is compared?"):
        st.markdown("  \n".join(map(escape, found.notes)))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={CompareChoice: repr})
def _compared(fingerprint: str, choice: CompareChoice, _workspace: Workspace) -> Compared:  # noqa: ARG001 - the cache's key
    return compare_periods(
        _workspace,
        earlier=choice.earlier,
        later=choice.later,
        by=choice.by,
        resolution=choice.resolution,
        mode=choice.mode,
    )


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={FrozenCount: repr})
def _then_and_now(
    fingerprint: str,  # noqa: ARG001 - the cache's key
    counts: tuple[FrozenCount, ...],
    periods: tuple[str, str],
    _workspace: Workspace,
) -> list[str]:
    return then_and_now(_workspace, counts, periods=periods)


def _say(workspace: Workspace, found: Compared, frozen: list[str]) -> None:
    change = tell_pair(found.district.iloc[0], per_year=found.per_year)
    st.markdown(f"**The district, {told_period(found.later)} against {told_period(found.earlier)}:** {escape(change)}")
    places = tell_places(found.kinds(), places=len(found.table), tested=found.tested)
    lengths = tell_lengths((found.earlier, found.later), found.months)
    st.markdown("  \n".join([*places, *_changed(found), *filter(None, [lengths])]))
    for sentence in frozen:
        st.info(escape(sentence))
    st.caption(f"Counted are {results.counted_as(found.unit)}. {looking.exploratory(workspace)}")


def _changed(found: Compared) -> list[str]:
    rows = found.table[found.table["trend"].isin(_CHANGED)]
    told = [
        f"**{escape(row['place'] or results.BEYOND)}:** {escape(tell_pair(row, per_year=found.per_year))}"
        for row in rows.head(_NAMED).to_dict("records")
    ]
    return [*told, *([f"And {len(rows) - _NAMED} more, in the table below."] if len(rows) > _NAMED else [])]


def _draw(workspace: Workspace, found: Compared, areas: gpd.GeoDataFrame | None) -> tuple[PlannerMap, ...]:
    lines = filters.bearings(workspace)
    return compare_maps(
        found, areas, lambda title, layer, notes: pictures.assemble(workspace, title, layer, Extras(lines, notes))
    )


def _show_maps(workspace: Workspace, found: Compared, drawn: tuple[PlannerMap, ...]) -> None:
    """Show the two periods side by side, which move together, and the change below them."""
    district, (before, after, change) = str(workspace.root), drawn
    sides = zip(st.columns(2), (found.earlier, found.later), (before, after), (0, 1), strict=True)
    for column, period, picture, side in sides:
        with column:
            st.subheader(escape(told_period(period)), anchor=False)
            maps.show_map(picture, district=district, height=maps.HEIGHT_PX - 100)
            lost = number(found.lost[side])
            st.markdown(f"{number(found.totals[side] - found.lost[side])} are on this map; {lost} have no place on it.")
    st.subheader("The change", anchor=False)
    maps.show_map(change, district=district)


def _downloads(
    workspace: Workspace,
    found: Compared,
    areas: gpd.GeoDataFrame | None,
    drawn: tuple[PlannerMap, ...],
    frozen: list[str],
) -> list[Download]:
    name = f"compare-{found.earlier}-{found.later}"
    notes = [*told_comparison(found), *frozen]
    page = partial(compare_page, workspace.scenario.name, found, drawn, notes)
    return [
        tables.csv_download(change_table(found), name=name, label="Places (CSV)"),
        results.geojson_download(_for_gis(found), name=name, areas=areas),
        tables.team_download("The three maps (HTML)", f"{name}.html", lambda: page().encode()),
    ]


def _for_gis(found: Compared) -> pd.DataFrame:
    """Name each place by cell or code; ratios as text, for some have no end."""
    table, rows = found.table, found.table.to_dict("records")
    told = pd.DataFrame(
        {
            "place": table["place"],
            "earlier": table["earlier"],
            "later": table["later"],
            "earlier_a_year": table["earlier_a_year"].round(2),
            "later_a_year": table["later_a_year"].round(2),
            "trend": table["trend"],
            "times_as_many": [tell_ratio(row["ratio"]) for row in rows],
            "range_95": [tell_range(row) for row in rows],
            "q": [f"{chance:.2g}" for chance in table["q"]],
        }
    )
    return told.assign(cell=table["cell"]) if found.level == "cell" else told.assign(code=table["unit"])
