"""How good each feed's rows are over time: a line a feed, and the same as tables."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.review.feed_quality import quality_by_file, quality_by_quarter
from geo.review.workspace import Workspace
from pages.kit.tables import csv_download, show_downloads, show_table
from pages.kit.words import share

_MEASURES: Final = {
    "With a usable postcode": "placed",
    "With a household reference": "household",
    "Reason not stated": "no_reason",
    'Reason "other"': "other_reason",
}
_INK: Final = "#1b2a30"
# Six steps that stay apart without colour vision; each line has a mark of its own besides.
_COLOURS: Final = ("#0b5c6b", "#a34c00", "#5b2a86", "#3f6b1c", "#8c1d40", "#4a5a61")
_SHOWN: Final = len(_COLOURS)


def show_quality(workspace: Workspace) -> None:
    """Draw one measure of every feed by quarter, with the tables by quarter and by file."""
    table = quality_by_quarter(workspace)
    if table.empty:
        st.markdown("There are no records yet, so there is nothing to judge.")
        return
    asked = st.segmented_control("Share of the rows", list(_MEASURES), default=next(iter(_MEASURES)), required=True)
    words = asked or next(iter(_MEASURES))
    largest = table.groupby("feed")["rows"].sum().sort_values(ascending=False).index[:_SHOWN].tolist()
    st.altair_chart(_drawn(table, _MEASURES[words], largest), width="stretch", alt=_told(table, words, largest))
    if table["feed"].nunique() > _SHOWN:
        st.caption(f"Drawn are the {_SHOWN} largest feeds; the table has all of them.")
    with st.expander("The same as a table, by quarter and by file"):
        show_table(quarter_table(table), about="Quality of each feed by quarter")
        show_table(file_table(quality_by_file(workspace)), about="Quality of each file when it was added")
        show_downloads([csv_download(table, name="feed-quality")])


def quarter_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay the shares out in words, the newest quarter first."""
    ordered = table.sort_values(["quarter", "feed"], ascending=[False, True])
    shares = {words: [share(value, 1) for value in ordered[name]] for words, name in _MEASURES.items()}
    return pd.DataFrame({"Quarter": ordered["quarter"], "Feed": ordered["feed"], "Rows": ordered["rows"], **shares})


def file_table(files: pd.DataFrame) -> pd.DataFrame:
    """Lay every file out, the newest first."""
    ordered = files.iloc[::-1]
    return pd.DataFrame(
        {
            "Added": ordered["day"],
            "Feed": ordered["feed"],
            "Rows": ordered["rows"],
            "New": ordered["new"],
            "With a usable postcode": [share(value, 1) for value in ordered["placed"]],
            "Reason was no category": ordered["folded"],
        }
    )


def _told(table: pd.DataFrame, words: str, feeds: list[str]) -> str:
    last = table[table["feed"].isin(feeds)].drop_duplicates("feed", keep="last")
    said = ", ".join(f"{row.feed} {share(getattr(row, _MEASURES[words]), 1)}" for row in last.itertuples(index=False))
    return f"{words}, by feed and quarter. In the last quarter of each: {said}."


def _drawn(table: pd.DataFrame, measure: str, feeds: list[str]) -> alt.Chart:
    shown = table[table["feed"].isin(feeds)].assign(percent=lambda rows: 100 * rows[measure])
    drawn = pd.DataFrame({name: shown[name].astype(object) for name in ("feed", "quarter", "percent", "rows")})
    scale = alt.Scale(domain=feeds, range=list(_COLOURS[: len(feeds)]))
    quarters = sorted(drawn["quarter"].unique())
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_line(point=alt.OverlayMarkDef(size=60, filled=True, opacity=1))
        .encode(
            x=alt.X("quarter:N", sort=quarters, title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=False)),
            y=alt.Y("percent:Q", title="Share of rows, %", scale=alt.Scale(domain=[0, 100])),
            color=alt.Color("feed:N", scale=scale, legend=alt.Legend(orient="top", title=None, columns=2)),
            shape=alt.Shape("feed:N", scale=alt.Scale(domain=feeds), legend=None),
            tooltip=["feed:N", "quarter:N", alt.Tooltip("percent:Q", format=".0f"), "rows:Q"],
        )
        .properties(height=340)
        .configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=13)
        .configure_legend(labelColor=_INK, labelFontSize=13, labelLimit=260)
    )
    return chart
