"""The chart by quarter: which place to follow, a line with its table beside it, and what may be read from it."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.evidence.run_charts import RunChart, RunCharts
from geo.evidence.trend_sentences import tell_chart, tell_left_out
from geo.review.workspace import Workspace
from pages.kit import evidence
from pages.kit.tables import show_table
from pages.kit.words import escape

_DISTRICT: Final = "The whole district"
_INK: Final = "#1b2a30"
_LINES: Final = {"Clients": "#0b5c6b", "By hubs, apart": "#a34c00"}


def choose_charts(workspace: Workspace) -> RunCharts:
    """Ask which place to follow quarter by quarter; gives the district's chart, and the place's if one is named."""
    resolution = evidence.usual_resolution(workspace)
    cells = evidence.grid(workspace, resolution=resolution).cells
    places = {str(place): tuple(of_place.tolist()) for place, of_place in cells.groupby("place")["cell"]}
    chosen = st.selectbox("Follow", [_DISTRICT, *places], help="A place is all hexagons of that name.")
    place = "" if chosen == _DISTRICT else chosen
    return evidence.run_charts(workspace, place, places.get(place, ()), resolution=resolution)


def show_quarters(charts: RunCharts) -> None:
    """Draw the chart that was asked for with its table beside it, and say what it shows."""
    chart = charts.charts[-1]
    about = _DISTRICT if len(charts.charts) == 1 else chart.name
    st.markdown(f"**{escape(about)}:** {escape(tell_chart(chart))}")
    if not chart.table.empty:
        picture, figures = st.columns([3, 2])
        with picture:
            st.altair_chart(_drawn(chart, hubs=bool(charts.hubs)), width="stretch", alt=_told(chart, about))
        with figures:
            show_table(quarter_table(charts), about=f"{about}, quarter by quarter")
    st.markdown("  \n".join(map(escape, _chart_sentences(charts))))


def quarter_table(charts: RunCharts) -> pd.DataFrame:
    """Say in a table what the chart says."""
    table = charts.charts[-1].table
    hubs = {"By hubs, apart": table["hubs"]} if charts.hubs else {}
    return pd.DataFrame({"Quarter": table["quarter"], "Begins": table["begins"], "Clients": table["count"], **hubs})


def _chart_sentences(charts: RunCharts) -> list[str]:
    counted = [f"Counted in every quarter: {', '.join(charts.feeds)}."] if charts.feeds else []
    hubs = [f"By hubs, and apart: {', '.join(charts.hubs)}."] if charts.hubs else []
    return [*counted, *map(tell_left_out, charts.set_aside), *hubs, *charts.notes]


def _told(chart: RunChart, about: str) -> str:
    counts = chart.table["count"]
    first, last = chart.table["quarter"].iloc[0], chart.table["quarter"].iloc[-1]
    return (
        f"{about}: clients by quarter from {first} to {last}, between {counts.min()} and {counts.max()}, half of the"
        f" quarters at {chart.median:g} or less. The table beside it holds every figure."
    )


def _drawn(chart: RunChart, *, hubs: bool) -> alt.LayerChart:
    """Draw the counts as a line with points, the median as a broken line, hubs with marks of their own."""
    table, order = chart.table, chart.table["quarter"].tolist()
    lines = [table.assign(what="Clients", number=table["count"])]
    lines += [table.assign(what="By hubs, apart", number=table["hubs"])] if hubs else []
    shown = list(_LINES)[: len(lines)]
    base = alt.Chart(pd.concat(lines)[["quarter", "what", "number", "median"]])
    quarter = alt.X("quarter:N", sort=order, title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=False))
    what = alt.Color(
        "what:N",
        scale=alt.Scale(domain=shown, range=list(_LINES.values())[: len(shown)]),
        legend=alt.Legend(orient="top", title=None) if hubs else None,
    )
    line = base.mark_line().encode(x=quarter, y=alt.Y("number:Q", title="Clients"), color=what)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=quarter, y="number:Q", color=what, shape=alt.Shape("what:N", scale=alt.Scale(domain=shown), legend=None)
    )
    middle = alt.Chart(table.head(1)).mark_rule(strokeDash=[6, 4], color=_INK).encode(y="median:Q")
    drawn: alt.LayerChart = (
        alt.layer(line, points, middle)
        .properties(height=330, title=alt.Title(f"Broken line: the middle, {chart.median:g}", anchor="start"))
        .configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=13)
        .configure_title(color=_INK, fontSize=13, fontWeight="normal")
        .configure_legend(labelColor=_INK, labelFontSize=13)
    )
    return drawn
