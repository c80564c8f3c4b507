"""Whether the hubs worked, on a screen: the answers first, a picture of their ranges, and tables that say the same."""

from datetime import date
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.evidence.counts import Selection
from geo.hubs.programme import year_at
from geo.review.checklist import last_full_year
from geo.review.hub_sessions import hubs_held
from geo.review.monitor import MonitorReport, monitor_report
from geo.review.priorities import StandingOut, standing_out
from geo.review.review_plan import ReviewPlan
from geo.review.workspace import Workspace
from pages.kit import evidence, looking, tables
from pages.kit.words import escape

_INK: Final = "#1b2a30"
_DOT: Final = "#0b5c6b"
_ROW_PX: Final = 34
_MARGIN_PX: Final = 40
_LABEL_PX: Final = 240
_KEPT: Final = 16
_BEYOND: Final = 1.25  # a range without an end is drawn so far past the furthest
_SCALES: Final = {
    "times": "Clients near hubs, times as many as expected without one",
    "seen": "People seen for every 100 clients within reach",
    "share": "Share, in percent",
}


def choose_year(workspace: Workspace, *, today: date) -> str:
    """Ask for the review year: the last whole one, or the newest in which a hub was held, unless another is wanted."""
    first_month = workspace.scenario.review_first_month
    last, _ = last_full_year(today, first_month=first_month)
    found = {year_at(one.day, first_month=first_month) for one in hubs_held(workspace)}
    usual = last if last in found or not found else max(found)
    years = sorted({*found, last, year_at(today, first_month=first_month)}, reverse=True)
    return str(st.selectbox("Review year", years, index=years.index(usual)))


def show(workspace: Workspace, year: str, *, today: date) -> None:
    """Show the answers of a year, their ranges, and what is missing to tell more."""
    found = _report(workspace, year, today)
    if found.answers:
        resolution = evidence.usual_resolution(workspace)
        looking.note(workspace, f"whether the hubs of {year} worked", Selection(year), resolution=resolution)
    for question, sentence in zip(found.asked, found.answers, strict=True):
        st.markdown(f"**{escape(question)}** {escape(sentence)}")
    for sentence in found.missing:
        st.info(escape(sentence))
    _show_ranges(found)
    for title, table in found.tables.items():
        st.subheader(title, anchor=False)
        tables.show_short_table(table, about=title)
    if found.notes:
        with st.expander("What this rests on"):
            st.markdown("\n".join(f"- {escape(note)}" for note in found.notes))
    if len(found.figures):
        figures = tables.csv_download(found.figures, name=f"monitor-{year}", label="Figures with ranges (CSV)")
        tables.show_downloads([figures])


def _show_ranges(found: MonitorReport) -> None:
    """Draw each figure as a dot with a line for its range, a panel a scale."""
    for scale, title in _SCALES.items():
        rows = found.figures[found.figures["scale"] == scale]
        if rows.empty:
            continue
        st.markdown(f"**{title}**")
        st.altair_chart(_drawn(rows, scale), width="stretch", alt=_told(rows, title))
    if len(found.figures):
        st.caption(
            "A dot is what was found, the line how far luck alone could have moved it (95 % range); at the broken line"
            " there is no difference. The tables below hold every figure."
        )


def _drawn(rows: pd.DataFrame, scale: str) -> alt.LayerChart:
    factor = 100.0 if scale == "share" else 1.0
    endless = rows["high"].replace(float("inf"), float("nan"))
    high = endless.fillna(_BEYOND * max(float(endless.max()), float(rows["value"].max())))
    drawn = rows.assign(value=rows["value"] * factor, low=rows["low"] * factor, high=high * factor)
    kind = alt.Scale(domain=[0, 100]) if scale == "share" else alt.Scale(zero=True)
    names = alt.Y(
        "what:N", sort=drawn["what"].tolist(), title=None, axis=alt.Axis(labelLimit=_LABEL_PX, labelOverlap=False)
    )
    base = alt.Chart(drawn).encode(y=names)
    lines = base.mark_rule(color=_DOT, strokeWidth=3).encode(x=alt.X("low:Q", title=None, scale=kind), x2="high:Q")
    dots = base.mark_point(color=_INK, filled=True, size=110, opacity=1).encode(x=alt.X("value:Q", title=None))
    marks = [lines, dots]
    if drawn["reference"].notna().any():
        none = alt.Chart(drawn.dropna(subset="reference").head(1))
        marks.append(none.mark_rule(strokeDash=[6, 4], color=_INK).encode(x="reference:Q"))
    chart: alt.LayerChart = (
        alt.layer(*marks)
        .properties(height=_ROW_PX * len(drawn) + _MARGIN_PX)
        .configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=13)
    )
    return chart


def _told(rows: pd.DataFrame, title: str) -> str:
    said = "; ".join(
        f"{row['what']}: {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})" for row in rows.to_dict("records")
    )
    return f"{title}. {said}."


def _report(workspace: Workspace, year: str, today: date) -> MonitorReport:
    state = f"{workspace.fingerprint()} {workspace.store.meta('audit_digest')} {today.isoformat()}"
    return _kept(state, year, workspace, today)


@st.cache_resource(max_entries=_KEPT, show_spinner="Comparing places with a hub and without")
def _kept(state: str, year: str, _workspace: Workspace, _today: date) -> MonitorReport:
    del state  # the cache's key

    def found(plan: ReviewPlan) -> StandingOut:
        return standing_out(_workspace, plan, nulls=evidence.simulated())

    return monitor_report(_workspace, year, today=_today, priorities=found)
