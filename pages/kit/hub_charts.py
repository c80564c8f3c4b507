"""Charts of a ranking and of reach; a table or a sentence beside each says the same."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.hubs.ranking import Ranking
from geo.hubs.reached import Reach
from geo.hubs.table import POINTS
from pages.kit.hub_choices import CRITERION

# Four lightness steps that stay apart without colour vision; all at least 3:1 against white or edged in the chart.
_COLOURS: Final = ("#0b5c6b", "#c26a1b", "#6f9f3c", "#7d6aa8")
_FIRST, _AMONG = "#12395b", "#8db9c4"
_INK: Final = "#1b2a30"
SHOWN: Final = 15
_ROW_PX: Final = 26


def show_contributions(ranked: Ranking) -> None:
    """Draw what each score is made of: one bar a place, one colour a criterion."""
    best, labels = _best(ranked)
    parts = [
        pd.DataFrame({"Place": labels, "What": CRITERION.get(name, name), "Points": best[POINTS + name]})
        for name in ranked.weights
    ]
    order = [CRITERION.get(name, name) for name in ranked.weights]
    colours = dict(zip(order, _COLOURS, strict=False))
    chart = _bars(pd.concat(parts), labels, colours=colours, value="Points", title="Points out of 100")
    st.altair_chart(chart, width="stretch", alt=f"What the scores of the first {len(best)} places are made of")


def show_chances(ranked: Ranking) -> None:
    """Draw the chance of each place to be first, and to be among the first."""
    best, labels = _best(ranked)
    colours = {"First": _FIRST, f"Among the first {ranked.top}, not first": _AMONG}
    first, among = 100 * best["chance_first"], 100 * (best["chance_top"] - best["chance_first"]).clip(lower=0)
    parts = [
        pd.DataFrame({"Place": labels, "What": what, "Chance": chance})
        for what, chance in zip(colours, (first, among), strict=True)
    ]
    shown = colours if ranked.top > 1 else {"First": _FIRST}
    table = pd.concat(parts[: len(shown)])
    chart = _bars(table, labels, colours=shown, value="Chance", title="Share of the draws, %")
    st.altair_chart(
        chart, width="stretch", alt=f"The chance of the first {len(best)} places to be first, and among the first"
    )


def show_curve(found: Reach) -> None:
    """Draw how many clients are within so many minutes of help."""
    names = {"now": "Now", "with_first": f"With {found.table['name'].iloc[0]}"}
    parts = [
        pd.DataFrame({"Minutes": found.curve["minutes"], "Clients": found.curve[column], "What": name})
        for column, name in names.items()
    ]
    base = alt.Chart(pd.concat(parts)).encode(
        x=alt.X("Minutes:Q", title="Minutes to help"),
        y=alt.Y("Clients:Q", title="Clients within that time"),
        color=_colour(dict(zip(names.values(), _COLOURS, strict=False))),
        strokeDash=alt.StrokeDash("What:N", legend=None),
        tooltip=["What:N", "Minutes:Q", alt.Tooltip("Clients:Q", format=",.0f")],
    )
    chart = _styled(base.mark_line(point=True, strokeWidth=2.5).properties(height=340))
    st.altair_chart(chart, width="stretch", alt="Clients within so many minutes of help, now and with one more place")


def _best(ranked: Ranking) -> tuple[pd.DataFrame, pd.Series]:
    best = ranked.table.head(SHOWN)
    return best, best["rank"].astype(str) + ". " + best["name"]


def _bars(table: pd.DataFrame, labels: pd.Series, *, colours: dict[str, str], value: str, title: str) -> alt.Chart:
    rows = alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False)
    ranked = table.assign(rank=table["What"].map({name: at for at, name in enumerate(colours)}))
    bars = (
        alt.Chart(ranked)
        .mark_bar(stroke="#ffffff")
        .encode(
            x=alt.X(f"{value}:Q", title=title),
            y=alt.Y("Place:N", sort=labels.tolist(), title=None, axis=rows),
            color=_colour(colours),
            order=alt.Order("rank:Q"),
            tooltip=["Place:N", "What:N", alt.Tooltip(f"{value}:Q", format=".1f")],
        )
        .properties(height=_ROW_PX * len(labels) + 90 + 22 * len(colours))
    )
    return _styled(bars)


def _colour(colours: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    legend = alt.Legend(orient="top", columns=1, title=None, labelLimit=320)
    return alt.Color("What:N", sort=list(colours), scale=scale, legend=legend)


def _styled(chart: alt.Chart) -> alt.Chart:
    styled: alt.Chart = chart.configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=13, titleFontSize=13)
    legible: alt.Chart = styled.configure_legend(labelColor=_INK, labelFontSize=13, symbolType="square")
    return legible
