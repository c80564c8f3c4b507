"""Second and third step of a set-up: the data sets arrive one by one, and the district stands on the map."""

from typing import Final

import streamlit as st

from geo.review.workspace import Workspace
from layers.fetchers import Told
from layers.set_up import set_up
from layers.set_up_steps import StepState, set_up_states
from layers.set_up_tasks import Task
from pages.kit import access, frame, jobs
from pages.kit.set_up_choices import ask_tasks, forget_uploads
from pages.kit.set_up_map import show_district_map
from pages.kit.set_up_terms import terms
from pages.kit.words import escape, plural

_JOB, _ARRIVED, _BROKEN = "set_up_job", "set_up_arrived", "set_up_broken"
_STEP: Final = "Step 2 of 3: bring in the data sets"
_PAUSE_SECONDS: Final = 0.5
_ANYWAY: Final = "give the same again with --anyway"
BADGE: Final = {
    "arrived": ":green-badge[✓ Arrived]",
    "unchanged": ":green-badge[✓ Nothing new]",
    "asks": ":orange-badge[Look at this]",
    "failed": ":red-badge[Did not arrive]",
}


def show_set_up(workspace: Workspace) -> None:
    """Go on with the set-up of a workspace; once it holds records, all of it hides behind one line."""
    if access.on_server() and not access.may("freeze"):
        return  # on a server a lead officer sets up, and nobody else
    if jobs.current(_JOB):
        st.subheader(_STEP, anchor=False)
        st.caption("You may look at other pages meanwhile; keep the planner and this tab open.")
        _watch()
        return
    states = set_up_states(workspace)
    placed = any(one.here for one in states if one.step.need == "needed")
    if len(workspace.records()) and _ARRIVED not in st.session_state:
        with st.expander(_count(states)):
            _ask(workspace, states)
        return
    st.subheader(_STEP, anchor=False)
    with frame.calm_errors():
        _show_arrived(st.session_state.get(_ARRIVED, []), st.session_state.pop(_BROKEN, None))
    with st.expander(_count(states), expanded=not placed):
        _ask(workspace, states)
    if placed:
        show_district_map(workspace)


def _count(states: list[StepState]) -> str:
    here = sum(one.here for one in states)
    return f"{here} of {plural(len(states), 'data set')} are here. Bring in the others"


def _ask(workspace: Workspace, states: list[StepState]) -> None:
    st.markdown(
        "Choose how each data set comes, then press *Bring them in*. What you leave out can come another day: the"
        " planner remembers what is here."
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
    forget_uploads()
    jobs.start(_JOB, work, first="Starting")
    st.rerun()


@st.fragment(run_every=_PAUSE_SECONDS)
def _watch() -> None:
    """Show each data set as it arrives; the work goes on if the officer looks at another page meanwhile."""
    job = jobs.current(_JOB)
    if job is None:
        st.rerun()
    elif job.outcome.done():
        try:
            jobs.end(_JOB)
        except Exception as error:  # noqa: BLE001 - told once the page is whole again
            st.session_state[_BROKEN] = error
        st.rerun()
    else:
        st.progress(job.done, job.step)
        _show_arrived(st.session_state.get(_ARRIVED, []))


def _show_arrived(arrived: list[Told], broken: Exception | None = None) -> None:
    for one in arrived:
        said = one.sentence.removeprefix(f"{one.what}: ").replace(_ANYWAY, "answer on the Data page")
        st.markdown(f"{BADGE[one.outcome]} **{escape(one.what)}**: {escape(said)}")
        for warning in one.warnings:
            st.caption(escape(warning))
    if broken:
        raise broken
