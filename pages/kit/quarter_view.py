"""The quarterly review on a screen: which quarter, and its parts one after the other."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.hub_sessions import HubSession
from geo.review.quarter import QuarterReview, last_quarter, quarterly_review, quarters_to_choose
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace
from pages.kit import monitor_hubs, monitor_score, quarter_chart, tables
from pages.kit.words import day, escape

_FEEDS: Final = {
    "feed": "Source",
    "rows": "Rows",
    "households": "Clients",
    "rows_before": "Rows a year before",
    "households_before": "Clients a year before",
}
_SPLIT: Final = {
    "reason": "Reason",
    "ages": "By age, last four quarters",
    "households": "By household, last four quarters",
}


def choose(workspace: Workspace, *, today: date) -> ReviewQuarter:
    """Ask for the quarter: the last one that is over, unless another is wanted."""
    quarters = quarters_to_choose(workspace, today=today)
    usual = last_quarter(workspace, today=today)
    place = quarters.index(usual) if usual in quarters else 0
    return st.selectbox("Quarter", quarters, index=place, format_func=lambda one: f"{one.name}, {one.months}")


def show(found: QuarterReview) -> None:
    """Show a quarter's review."""
    st.markdown(f"**{escape(found.headline)}**")
    _show_feeds(found)
    _show_reasons(found)
    _show_hubs(found.hubs, found.quarter)
    _show_figures(found)
    _show_due(found)
    _show_files(found)


def feed_table(found: QuarterReview) -> pd.DataFrame:
    """Lay out what came in by source."""
    return found.feeds.table.rename(columns=_FEEDS)


def reason_table(found: QuarterReview) -> pd.DataFrame:
    """Lay out why people came; a blank count is of one to four households."""
    table = found.reasons.table
    names = {
        "reason": "Reason",
        "quarter": found.quarter.name,
        "year_before": found.quarter.a_year_before.name,
        "four_quarters": "Last four quarters",
    }
    told = table[list(names)].rename(columns=names)
    counts = told.columns[1:]
    return told.assign(**{name: told[name].map(_count) for name in counts})


def _count(value: object) -> str:
    return "under 5" if value is pd.NA else f"{value:,}"


def _show_feeds(found: QuarterReview) -> None:
    st.subheader("What came in", anchor=False)
    tables.show_short_table(feed_table(found), about=f"Rows and clients by source, {found.quarter.name}")
    st.markdown(escape(found.feeds.change))
    if found.feeds.chart is not None and len(found.feeds.chart.table):
        quarter_chart.show(found.feeds.chart, found.quarter)
    st.markdown("  \n".join(map(escape, found.feeds.notes)))


def _show_reasons(found: QuarterReview) -> None:
    st.subheader("Why people came", anchor=False)
    tables.show_short_table(reason_table(found), about=f"Clients by reason, {found.quarter.name}")
    st.markdown(f"**By age:** {escape(found.reasons.ages)}.  \n**By household:** {escape(found.reasons.households)}.")
    with st.expander("Each reason by age and household"):
        split = found.reasons.table.iloc[:-1][list(_SPLIT)].rename(columns=_SPLIT)
        tables.show_short_table(split, about="Reasons by age and household over the last four quarters")
    st.caption("  \n".join(map(escape, found.reasons.notes)))


def _show_hubs(hubs: tuple[HubSession, ...], quarter: ReviewQuarter) -> None:
    st.subheader("Hubs held", anchor=False)
    if not hubs:
        st.markdown("No hub of this quarter has been recorded.")
        return
    table = monitor_hubs.held_table(hubs, first_month=quarter.first_month)
    tables.show_short_table(table, about=f"Hubs held in {quarter.name}")


def _show_figures(found: QuarterReview) -> None:
    st.subheader("Rough sleeping, and the delivery plan", anchor=False)
    told = found.figures.astype(object).where(found.figures.notna(), "not known").astype(str)
    tables.show_short_table(told, about="Rough sleeping: this quarter and the same one a year before")
    st.markdown("\n".join(f"- {monitor_score.told_row(row)}" for row in found.score))


def _show_due(found: QuarterReview) -> None:
    st.subheader("What is due", anchor=False)
    due, later = found.due, found.quarter.next
    sites = [f"{row['name']}, {row['town']} ({_checked(row['checked'])})" for row in due.sites.to_dict("records")]
    late = [f"{row['what']}: {row['owner']}, since {_told(row['due'])}" for row in due.actions.to_dict("records")]
    hubs = [
        f"{_told(row['day'])}, {row['begin']} to {row['end']}: {row['name']}, {row['town']}"
        for row in due.hubs.to_dict("records")
    ]
    _listed("Sites due for their annual check", sites, "None.")
    _listed("Actions overdue", late, "None.")
    _listed(f"Hubs planned for {later.name} ({later.months})", hubs, due.no_programme or "None in the programme.")


def _listed(title: str, lines: list[str], none: str) -> None:
    shown = "\n".join(f"- {escape(line)}" for line in lines) or escape(none)
    st.markdown(f"**{escape(title)}**\n\n{shown}")


def _show_files(found: QuarterReview) -> None:
    name = found.quarter.name.replace(" ", "-").lower()
    tables.show_downloads(
        [
            tables.csv_download(feed_table(found), name=f"came-in-{name}", label="What came in (CSV)"),
            tables.csv_download(found.reasons.table, name=f"reasons-{name}", label="Reasons (CSV)"),
        ]
    )


def _checked(iso: str) -> str:
    return f"last checked {_told(iso)}" if iso else "never checked"


def _told(iso: str) -> str:
    return day(date.fromisoformat(iso))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={ReviewQuarter: repr})
def _review(state: str, quarter: ReviewQuarter, _workspace: Workspace, _today: date) -> QuarterReview:
    del state  # the cache's key
    return quarterly_review(_workspace, quarter, today=_today)


def review(workspace: Workspace, quarter: ReviewQuarter, *, today: date) -> QuarterReview:
    """Gather a quarter's review, or fetch it where nothing has changed since."""
    state = f"{workspace.fingerprint()} {workspace.store.meta('audit_digest')} {today.isoformat()} {quarter.name}"
    return _review(state, quarter, workspace, today)
