"""Write what the records tell into the figures of a quarter, once it was looked at."""

import streamlit as st

from geo.review.quarter_figures import FIGURES, figures_of
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.quarter import figures_from_records, fill_figures, record_notes, told_figures
from geo.review.workspace import Workspace
from pages.kit import session
from pages.kit.words import escape


def ask_fill(workspace: Workspace, turn: int) -> list[str]:
    """Show a quarter's figures from the records beside those that stand; gives the sentences to say once filled."""
    now = session.now(workspace)
    here = ReviewQuarter.at(now.date(), first_month=workspace.scenario.review_first_month)
    choices = [here.before, here, here.before.before, here.before.before.before, here.a_year_before]
    chosen = st.selectbox(
        "Quarter", choices, format_func=lambda one: f"{one.name}, {one.months}", key=f"walk_quarter_{turn}"
    )
    told = figures_from_records(workspace, chosen, now=now)
    st.markdown(escape(told_figures(told)))
    if not told:
        return []
    for note in record_notes(workspace, chosen, now=now):
        st.caption(escape(note))
    standing = figures_of(workspace, chosen)
    differing = [name for name, value in told.items() if standing[name] not in {None, value}]
    lines = [
        f"- {FIGURES[name]}: {standing[name]:,} was given, the records tell of {told[name]:,}" for name in differing
    ]
    if lines:
        st.warning("Given before, and not the same:")
        st.markdown("\n".join(lines))
    over = bool(lines) and st.checkbox("Write over those that were given before", key=f"walk_quarter_over_{turn}")
    who = st.text_input("Who fills them in (name or initials)", key=f"walk_quarter_who_{turn}")
    if not st.button("Fill the quarter's figures", type="primary", key=f"walk_quarter_fill_{turn}"):
        return []
    done = fill_figures(workspace, chosen, who=who, now=now, over=over)
    return [*(done.changed or ("No figure was changed.",)), *done.kept]
