"""Record a walk and its visits, by form or from a file; show the log with its zero finds."""

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from geo.review.workspace import Workspace
from pages.kit import frame, walk_record_files, walk_record_log, walk_record_more, walk_record_quarter, walk_record_walk
from pages.kit.words import escape

_ROUND, _DONE = "walk_record_round", "walk_record_done"
_WAYS: Final[dict[str, Callable[[Workspace, int], list[str]]]] = {
    "A walk": walk_record_walk.ask_walk,
    "A phone's file": walk_record_files.ask_form,
    "A visit alone": walk_record_more.ask_visit_alone,
    "Past visits": walk_record_files.ask_history,
    "A quarter's figures": walk_record_quarter.ask_fill,
    "Withdraw": walk_record_more.ask_withdrawal,
}


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Show the ways to record, then what is on record."""
    del today  # times are asked to the minute
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
    if fixed:
        st.markdown("The sample district keeps nothing, so no walk can be recorded here.")
    else:
        _ask(workspace)
    st.subheader("What is on record", anchor=False)
    walk_record_log.show(workspace)


def _ask(workspace: Workspace) -> None:
    """Ask by one of the ways; a new turn begins with empty fields once something was recorded."""
    turn = int(st.session_state.get(_ROUND, 0))
    chosen = st.segmented_control("What to record", list(_WAYS), default="A walk", label_visibility="collapsed")
    said: list[str] = []
    with st.container(border=True), frame.calm_errors():
        said = _WAYS[chosen or "A walk"](workspace, turn)
    if said:
        st.session_state[_ROUND] = turn + 1
        st.session_state[_DONE] = said
        st.rerun()
