"""Shares as bars with their ranges, for the eye; a table beside each says the same."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

_BAR: Final = "#5b9aa8"
_RANGE: Final = "#12395b"
_TEXT: Final = "#3b4a52"  # Streamlit's own grey is too light to read at this size (WCAG 2.2, 1.4.3)
_ROW_PX: Final = 26
_MARGIN_PX: Final = 60
_LONGEST_LABEL_PX: Final = 230


def show_shares(table: pd.DataFrame, *, title: str, alt_text: str) -> None:
    """Draw shares as bars, the largest first, each with a line for its 95 % range.

    Parameters
    ----------
    table
        Columns group, share, low and high, 0 to 1; rows with a blank share are left to the table.
    title
        What the shares are of, along the axis.
    alt_text
        What the chart says, for who cannot see it.
    """
    known = table.dropna(subset="share")
    if known.empty:
        return
    drawn = pd.DataFrame(
        {
            "group": known["group"].astype(object),
            "share": known["share"] * 100,
            "low": known["low"] * 100,
            "high": known["high"] * 100,
        }
    )
    names = alt.Y("group:N", title=None, sort="-x", axis=alt.Axis(labelLimit=_LONGEST_LABEL_PX, labelColor=_TEXT))
    base = alt.Chart(drawn).encode(y=names)
    scale = alt.Axis(labelColor=_TEXT, titleColor=_TEXT)
    bars = base.mark_bar(color=_BAR, height=14).encode(x=alt.X("share:Q", title=title, axis=scale))
    ranges = base.mark_rule(color=_RANGE, strokeWidth=2).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    chart = (bars + ranges).properties(height=_ROW_PX * len(drawn) + _MARGIN_PX)
    st.altair_chart(chart, width="stretch", alt=alt_text)
