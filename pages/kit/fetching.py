"""Buttons that fetch open data from its publishers, and what came of each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.review.workspace import Workspace
from layers.catalogue import Standing, standings
from layers.due import due_names
from layers.fetchers import Name, Told, fetch_all, fetched_names
from pages.kit import access, jobs, session
from pages.kit.set_up_terms import terms
from pages.kit.words import escape, plural

_JOB, _CAME = "fetch_job", "fetch_came"
_SENT: Final = (
    "Publishers are asked for their files only when you press a button here. Nothing of the workspace is sent: ONS is"
    " told the district's code or the rectangle around it, OpenStreetMap's server rectangles around it, the others"
    " nothing."
)
_PRESSED: Final = {
    "give the same again with --anyway": "press the button below",
    "Add --older-too if": "Add it as a file if",
}
"""What a command asks to be typed, and what is done on a screen instead."""
_SHOWN: Final[dict[str, Callable[[str], object]]] = {
    "arrived": st.success,
    "unchanged": st.info,
    "asks": st.warning,
    "failed": st.error,
}


def show(workspace: Workspace) -> None:
    """Show the buttons, the step under way, and what came of the last one."""
    st.caption(_SENT)
    jobs.follow(_JOB)
    due = due_names(workspace, today=session.today())
    label = f"Fetch everything that is due ({len(due)})" if due else "Nothing is due to be fetched"
    if st.button(label, type="primary", disabled=not due, key="fetch_due"):
        _start(workspace, due)
    _ask_single(workspace)
    _show_came(workspace)


def _ask_single(workspace: Workspace) -> None:
    """Give each data set that can be fetched a button of its own."""
    found = standings(workspace.editions(), today=session.today())
    with st.expander("Fetch one data set"), st.container(horizontal=True):
        for name in fetched_names():
            of_name = [one for one in found if one.entry.access.fetch == name]
            if st.button(_named(of_name), key=f"fetch_{name}", help=_state(of_name)):
                _start(workspace, (name,))


def _named(found: list[Standing]) -> str:
    words = [_BUTTON.get(one.entry.access.fetch, one.entry.title) for one in found]
    return words[0]


_BUTTON: Final = {
    "gp": "GP surgeries and branches",
    "boundary": "District boundary",
    "wards": "Wards",
    "lsoa": "Small census areas (LSOA)",
    "food-banks": "Food banks",
    "libraries": "Libraries",
    "homes": "Homes (Census 2021)",
    "deprivation": "Indices of deprivation",
    "sites": "Community sites",
    "streets": "Streets",
}


def _state(found: list[Standing]) -> str:
    return "; ".join(f"{escape(one.entry.title)}: {escape(one.state)}" for one in found)


def _start(workspace: Workspace, names: tuple[Name, ...], *, anyway: bool = False) -> None:
    """Start to fetch, beside the page; on a server only the team may."""
    if not access.may("team"):
        st.rerun()
    came: list[Told] = []
    st.session_state[_CAME] = came
    request = replace(terms().request, anyway=anyway)

    def work(tell: jobs.Tell) -> str:
        asked = replace(request, means=replace(request.means, progress=tell))
        came.extend(fetch_all(workspace, asked, names))
        return ""

    jobs.start(_JOB, work, first="Asking for open data")
    st.rerun()


def _show_came(workspace: Workspace) -> None:
    """Say what came of each list; where one looks wrong beside what is in use, ask."""
    came: list[Told] = st.session_state.get(_CAME, [])
    for at, one in enumerate(came):
        said = one.sentence if one.sentence.startswith(one.what) else f"{one.what}: {one.sentence}"
        for typed, pressed in _PRESSED.items():
            said = said.replace(typed, pressed)
        _SHOWN[one.outcome](escape(said))
        for warning in one.warnings:
            st.warning(escape(warning))
        if one.outcome == "asks" and st.button(f"I have looked: take {one.what} all the same", key=f"anyway_{at}"):
            _start(workspace, tuple(name for name in fetched_names() if name == one.name), anyway=True)
    if came:
        new = sum(one.outcome == "arrived" for one in came)
        below = " What changed stands below." if new else ""
        st.caption(f"{plural(new, 'new edition')} of {plural(len(came), 'list')} asked for.{below}")
