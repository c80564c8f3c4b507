"""The delivery plan on a screen: the quiet scorecard of a year, and the quarter's figures to write in."""

from datetime import date
from typing import Final

import streamlit as st

from geo.review.quarter_figures import FIGURES, MOST, figure_table, figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter, quarters_of
from geo.review.scorecard import MARKS, ScoreRow, scorecard_of
from geo.review.walks.quarter import figures_from_records, told_figures
from geo.review.workspace import Workspace
from pages.kit import session, tables
from pages.kit.words import escape

_ROUND: Final = "figures_round"
_HOW: Final = (
    "✓ met: done as promised. ✗ not met: the quarter is over and it was not. ○ nothing to judge: nobody"
    " was reported, so nobody could be visited. ? not known yet: nobody has given the"
    " figure. … quarter not over: there is still time."
)


def show(workspace: Workspace, year: str, *, today: date) -> None:
    """Show the scorecard of a year and the figures it rests on."""
    found = scorecard_of(workspace, year, today=today)
    st.markdown(escape(found.sentence))
    tables.show_short_table(found.table(), about=f"Targets of the delivery plan in {year}")
    st.caption(_HOW)
    st.subheader("The district's figures", anchor=False)
    quarters = quarters_of(year, first_month=workspace.scenario.review_first_month)
    figures = figure_table(workspace, quarters)
    told = figures.astype(object).where(figures.notna(), "not known")
    tables.show_short_table(told.astype(str), about=f"Rough sleeping and walkabouts by quarter of {year}")
    tables.show_downloads(
        [
            tables.csv_download(found.table(), name=f"scorecard-{year}", label="Scorecard (CSV)"),
            tables.csv_download(figures, name=f"quarter-figures-{year}", label="Figures (CSV)"),
        ]
    )


def ask(workspace: Workspace, *, today: date) -> None:
    """Ask for the figures of a quarter; what is left blank stays not known."""
    turn = st.session_state.get(_ROUND, 0)
    now = ReviewQuarter.at(today, first_month=workspace.scenario.review_first_month)
    choices = [now.before, now, now.before.before, now.before.before.before, now.a_year_before]
    with st.expander("Write a quarter's figures"):
        chosen = st.selectbox("Quarter", choices, format_func=lambda one: f"{one.name}, {one.months}")
        before = figures_of(workspace, chosen)
        st.caption(escape(told_figures(figures_from_records(workspace, chosen, now=session.now(workspace)))))
        with st.form(f"figures_{turn}_{chosen.name}", border=False):
            given = _figures(before)
            who = st.text_input("Who gives them (name or initials)")
            st.caption("Leave blank what is not known: it is never taken for nought. What is written last counts.")
            if st.form_submit_button("Keep these figures"):
                set_figures(workspace, chosen, given, who=who, today=today)
                st.session_state[_ROUND] = turn + 1
                st.rerun()


def _figures(before: dict[str, int | None]) -> dict[str, int | None]:
    """Ask for the figures, two in a row, so that they keep their order on a narrow screen too."""
    given: dict[str, int | None] = {}
    names = list(FIGURES)
    for first in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[first : first + 2], strict=False):
            given[name] = column.number_input(FIGURES[name], 0, MOST, value=before[name], placeholder="not known")
    return given


def told_row(row: ScoreRow) -> str:
    """Tell one target of one quarter in a line."""
    return f"**{escape(MARKS[row.verdict])}**: {escape(row.target)} ({escape(row.found)})"
