"""Second and third step of a set-up: the data sets arrive one by one, and the district stands on the map."""

from typing import Final

import streamlit as st

from geo.review.workspace import Workspace
from layers.fetchers import Told
from layers.set_up import set_up
from layers.set_up_steps import StepState, set_up_states
from layers.set_up_tasks import Task
from pages.kit import access, frame, jobs
from pages.kit.set_up_choices import ask_tasks
from pages.kit.set_up_map import show_district_map
from pages.kit.set_up_terms import terms
from pages.kit.words import escape, plural

_JOB, _ARRIVED = "set_up_job", "set_up_arrived"
BADGE: Final = {
    "arrived": ":green-badge[✓ Arrived]",
    "unchanged": ":green-badge[✓ Nothing new]",
    "failed": ":red-badge[Did not arrive]",
}


def show_set_up(workspace: Workspace) -> None:
    """Go on with the set-up of a workspace; once it holds records, all of it hides behind one line."""
    if access.on_server() and not access.may("freeze"):
        return  # on a server a lead officer sets up, and nobody else
    states = set_up_states(workspace)
    here = sum(one.here for one in states)
    begun = jobs.under_way(_JOB) or _ARRIVED in st.session_state
    if len(workspace.records()) and not begun:
        with st.expander(f"Data sets of your district: {here} of {len(states)} are here"):
            _show_data_step(workspace, states)
        return
    _show_data_step(workspace, states)
    if any(one.here for one in states if one.step.need == "needed") and not jobs.under_way(_JOB):
        show_district_map(workspace)


def _show_data_step(workspace: Workspace, states: list[StepState]) -> None:
    here = sum(one.here for one in states)
    st.subheader("Step 2 of 3: bring in the data sets", anchor=False)
    with frame.calm_errors():
        if jobs.under_way(_JOB):
            _watch()
            st.rerun()
    arrived: list[Told] = st.session_state.get(_ARRIVED, [])
    if arrived:
        _show_arrived(arrived)
    st.markdown(
        f"{here} of {plural(len(states), 'data set')} are here. Choose how the others come, then press *Bring them in*."
        " What you leave out can come another day: the planner remembers what is here."
    )
    with frame.calm_errors():
        tasks, district = ask_tasks(workspace, states)
        if st.button("Bring them in", type="primary"):
            _start(workspace, tasks, district)


def _start(workspace: Workspace, tasks: list[Task], district: str) -> None:
    if not tasks:
        st.warning("Choose at least one data set to bring in.")
        return
    arrived: list[Told] = []
    made = terms(district=district)

    def work(tell: jobs.Tell) -> str:
        for one in set_up(workspace, tasks, made.telling(tell)):
            arrived.append(one)  # noqa: PERF402 - the screen shows each as it arrives
        return ""

    st.session_state[_ARRIVED] = arrived
    jobs.start(_JOB, work, first="Starting")
    st.rerun()


def _watch() -> None:
    """Show each data set as it arrives; the work goes on if the officer looks at another page meanwhile."""
    st.caption("You may look at other pages meanwhile, but keep the planner and this tab open.")
    arrived: list[Told] = st.session_state.get(_ARRIVED, [])
    place = st.empty()
    shown = [-1]

    def draw() -> None:
        if len(arrived) != shown[0]:
            shown[0] = len(arrived)
            with place.container():
                _show_arrived(arrived)

    jobs.follow(_JOB, meanwhile=draw)


def _show_arrived(arrived: list[Told]) -> None:
    with st.container(border=True):
        for one in arrived:
            said = one.sentence.removeprefix(f"{one.what}: ")
            st.markdown(f"{BADGE[one.outcome]} **{escape(one.what)}**: {escape(said)}")
            for warning in one.warnings:
                st.caption(escape(warning))
