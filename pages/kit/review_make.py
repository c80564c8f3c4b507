"""Make the review's pack in the background, one for each audience, and find it again in this browser tab."""

from typing import Final

import streamlit as st

from geo.review.pack.content import AUDIENCES, Audience
from geo.review.workspace import Workspace
from layers.pack.making import Made, make_pack
from pages.kit import evidence, frame, jobs, session

AUDIENCE: Final[dict[Audience, str]] = {
    "team": "The housing team: exact numbers",
    "partner": "Partners: what was given out to them",
    "public": "The public: what was given out to everybody",
}
_JOB: Final = "review_making"
_FOUND: Final = "review_made"
_Holder = dict[str, Made]


def choose_audience() -> Audience:
    """Ask for whom the pack is."""
    return st.radio("For whom", AUDIENCES, format_func=AUDIENCE.__getitem__, key="review_audience")


def ask_to_make(workspace: Workspace, audience: Audience) -> None:
    """Offer the one button."""
    sample = session.is_sample(workspace)
    who = st.text_input("Your name or initials", value="Sample" if sample else "", key="review_who")
    if st.button("Make the pack", type="primary"):
        _start(workspace, audience, who)
    st.caption("It takes about a minute. You may go to other pages meanwhile and come back.")
    with frame.calm_errors():
        jobs.follow(_JOB)


def made_for(workspace: Workspace, audience: Audience) -> Made | None:
    """Find the pack made last in this browser tab; None where none was, or for another workspace."""
    return _holder().get(_key(workspace, audience))


def _start(workspace: Workspace, audience: Audience, who: str) -> None:
    if not who.strip():
        st.warning("Say who makes the pack: a name or initials.")
        return
    holder, key, day = _holder(), _key(workspace, audience), session.review_day(workspace)
    nulls = evidence.simulated()

    def work(tell: jobs.Tell) -> str:
        holder[key] = make_pack(workspace, audience=audience, today=day, who=who, progress=tell, nulls=nulls)
        return "made"

    jobs.start(_JOB, work, first="Counting the clients of the year")


def _holder() -> _Holder:
    found: _Holder = st.session_state.setdefault(_FOUND, {})
    return found


def _key(workspace: Workspace, audience: Audience) -> str:
    return f"{audience} {workspace.root}"
