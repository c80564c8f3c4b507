"""The run chart of the district with the quarter under review marked; the table beside it says the same."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.evidence.run_charts import RunChart
from geo.review.review_quarters import ReviewQuarter
from pages.kit.tables import show_table

_INK: Final = "#1b2a30"
_LINE: Final = "#0b5c6b"
_MARKED: Final = {"this quarter": "#0b5c6b", "a year before": "#a34c00", "other quarters": "#8fa7ad"}


def show(chart: RunChart, quarter: ReviewQuarter) -> None:
    """Draw the counts by quarter, those compared marked by shape and colour, with the figures beside."""
    named = {quarter.name: "this quarter", quarter.a_year_before.name: "a year before"}
    table = chart.table.assign(which=[named.get(name, "other quarters") for name in chart.table["quarter"]])
    told = pd.DataFrame({"Quarter": table["quarter"], "Clients": table["count"]})
    if (table["hubs"] > 0).any():
        told["By hubs, apart"] = table["hubs"]
    picture, figures = st.columns([3, 2])
    with picture:
        st.altair_chart(_drawn(table, chart.median), width="stretch", alt=_told(chart))
    with figures:
        show_table(told, about="Clients by quarter, by the sources that report throughout")


def _told(chart: RunChart) -> str:
    counts = chart.table["count"]
    return (
        f"Clients by quarter from {chart.table['quarter'].iloc[0]} to {chart.table['quarter'].iloc[-1]}, between "
        f"{counts.min()} and {counts.max()}, half of the quarters at {chart.median:g} or less. The table beside it "
        "holds every figure."
    )


def _drawn(table: pd.DataFrame, median: float) -> alt.LayerChart:
    base = alt.Chart(table[["quarter", "count", "which", "median"]])
    quarter = alt.X("quarter:N", sort=table["quarter"].tolist(), title=None, axis=alt.Axis(labelAngle=-60))
    kinds = list(_MARKED)
    line = base.mark_line(color=_LINE, opacity=0.6).encode(x=quarter, y=alt.Y("count:Q", title="Clients"))
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=quarter,
        y="count:Q",
        color=alt.Color("which:N", scale=alt.Scale(domain=kinds, range=list(_MARKED.values())), title=None),
        shape=alt.Shape("which:N", scale=alt.Scale(domain=kinds), title=None),
    )
    middle = base.mark_rule(strokeDash=[6, 4], color=_INK).encode(y="mean(median):Q")
    drawn: alt.LayerChart = (
        alt.layer(line, points, middle)
        .properties(height=400, title=alt.Title(f"Broken line: the middle, {median:g}", anchor="start"))
        .configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=13)
        .configure_title(color=_INK, fontSize=13, fontWeight="normal")
        .configure_legend(labelColor=_INK, labelFontSize=12, orient="top")
    )
    return drawn
