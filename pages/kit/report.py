"""The check report: what became of every row, in plain words."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.report import Report
from geo.review.workspace import Workspace
from pages.kit.tables import show_short_table, show_table
from pages.kit.words import FIELD, FLAG, STATUS, day, escape, number, plural, share

_DOUBTS: Final = {
    "outside": "Most rows lie outside the district. Is this the right file, and is the district boundary on the Data"
    " page yours?",
    "not_in_gazetteer": "Most postcodes are in no loaded postcode file. Does the one on the Data page cover your part"
    " of the country?",
}


def show_report(report: Report) -> None:
    """Show what the check of one file found."""
    located = report.status["located"]
    st.markdown(
        f"**{plural(report.rows, 'row')}**: {number(located)} inside the district ({share(located, report.rows)})."
        f" Keeping the file adds {number(report.added)}, updates {number(report.updated)} and leaves"
        f" {number(report.unchanged)} as they are."
    )
    for note in (*doubts(report.status), *report.notes):
        st.warning(escape(note))
    show_short_table(status_table(report.status), about="What became of the rows of this file")
    if any(report.flags.values()):
        show_short_table(flag_table(report.flags), about="Rows worth a second look")
    if report.dropped:
        st.markdown(f"**Not kept:** {', '.join(escape(name) for name in report.dropped)}.")
    if report.changes:
        changed = ", ".join(
            f"{FIELD.get(field, field).lower()} in {number(rows)}" for field, rows in report.changes.items()
        )
        st.markdown(f"**What changed in updated records:** {escape(changed)}.")
    if report.kept_from_before:
        st.markdown(
            f"{plural(report.kept_from_before, 'earlier record')} of this source are not in the file; they stay."
        )
    with st.expander("By review year"):
        show_table(period_table(report.periods), about="Rows by review year and what became of them")


def doubts(counts: dict[str, int]) -> list[str]:
    """Ask whether the boundary and the postcode file are the right ones, where most rows say that they are not.

    Examples
    --------
    >>> doubts({"located": 5, "outside": 95, "not_in_gazetteer": 0})
    ['Most rows lie outside the district. Is this the right file, and is the district boundary on the Data page yours?']
    >>> doubts({"located": 90, "outside": 10, "not_in_gazetteer": 0})
    []
    """
    most = sum(counts.values()) / 2
    return [question for status, question in _DOUBTS.items() if counts.get(status, 0) > most]


def show_kept(workspace: Workspace) -> None:
    """Show what is kept by now: by source, and what became of every row."""
    feeds = workspace.feeds()
    if not feeds:
        st.markdown("No records yet.")
        return
    show_short_table(
        pd.DataFrame(
            {
                "Source": [feed.name for feed in feeds],
                "Rows kept": [feed.rows for feed in feeds],
                "Last file added": [day(date.fromisoformat(feed.last_import)) for feed in feeds],
                "Files added": [feed.imports for feed in feeds],
            }
        ),
        about="Sources and how much is kept of each",
    )
    show_short_table(status_table(workspace.status_counts()), about="What became of every row kept")
    flags = workspace.flag_counts()
    if any(flags.values()):
        show_short_table(flag_table(flags), about="Rows worth a second look")


def status_table(counts: dict[str, int]) -> pd.DataFrame:
    """Lay out rows by status; only those that occur."""
    total = sum(counts.values())
    return _worded({name: count for name, count in counts.items() if count}, STATUS, total, "What became of the rows")


def flag_table(counts: dict[str, int]) -> pd.DataFrame:
    """Lay out rows by flag; a row may carry several."""
    found = {name: count for name, count in counts.items() if count}
    return _worded(found, FLAG, 0, "Rows worth a second look")


def period_table(periods: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Lay out rows by review year and status."""
    used = [name for name in STATUS if any(counts.get(name) for counts in periods.values())]
    return pd.DataFrame(
        [
            {"Review year": period, "Rows": sum(counts.values())} | {STATUS[name][0]: counts[name] for name in used}
            for period, counts in periods.items()
        ]
    )


def _worded(counts: dict[str, int], words: dict[str, tuple[str, str]], total: int, heading: str) -> pd.DataFrame:
    table = pd.DataFrame({heading: [words[name][0] for name in counts], "Rows": list(counts.values())})
    if total:
        table["Share"] = [share(count, total) for count in counts.values()]
    return table.assign(Meaning=[words[name][1] for name in counts])
