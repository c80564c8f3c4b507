"""Plan the night of the count, show its patches, settle it, and enter what it came to."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import streamlit as st

from geo.review.walks.snapshot import NightWish, PlannedNight, plan_night
from geo.review.walks.snapshot_kept import LONGEST_REASON, keep_night
from geo.review.workspace import Workspace
from geo.walkabouts.routing.route import RouteProgress
from geo.walkabouts.snapshot.night import WEEKS_AHEAD, NightNote
from layers.walks.snapshot_words import CONFIDENTIAL
from pages.kit import access, frame, jobs, session, walk_snapshot_elsewhere, walk_snapshot_plan, walk_snapshot_result
from pages.kit.walk_snapshot_form import ask_night
from pages.kit.words import escape

_JOB, _FOUND, _DONE = "walk_snapshot_job", "walk_snapshot_found", "walk_snapshot_done"
_SECONDS: Final = 60.0


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Plan the night of the count, show its patches, settle it, and enter what it came to."""
    st.markdown(
        "Once a year, on one night between 1 October and 30 November, people sleeping rough are counted or estimated. "
        "Every known and likely place belongs to one team, and to no other."
    )
    st.caption(CONFIDENTIAL)
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
    wish = None
    with frame.calm_errors():
        wish = ask_night(workspace, today=today)
    if wish is not None:
        _start(workspace, wish)
    with frame.calm_errors():
        jobs.follow(_JOB)
    root, found = st.session_state.get(_FOUND, ("", []))
    if root == str(workspace.root) and found:
        lead = access.may("freeze")
        walk_snapshot_plan.show_plan(workspace, found[0], made=session.now(workspace), papers=lead)
        _ask_settle(workspace, found[0], today=today, fixed=fixed)
    if not fixed:
        with frame.calm_errors():
            walk_snapshot_result.show_kept(workspace, today=today)
            walk_snapshot_elsewhere.show(workspace, today=today)


def _start(workspace: Workspace, wish: NightWish) -> None:
    """Begin to plan; what is found is laid down where the next run of the page finds it."""
    found: list[PlannedNight] = []
    st.session_state[_FOUND] = (str(workspace.root), found)
    now = session.now(workspace)
    jobs.start(_JOB, lambda tell: _plan(workspace, wish, now, found, tell), first="Finding the ways along streets")


def _plan(
    workspace: Workspace, wish: NightWish, now: datetime, found: list[PlannedNight], tell: Callable[[str, float], None]
) -> str:
    def progress(told: RouteProgress) -> None:
        tell("Searching for the shortest way over all places", told.seconds / _SECONDS)

    found.append(plan_night(workspace, wish, now=now, progress=progress))
    return ""


def _ask_settle(workspace: Workspace, found: PlannedNight, *, today: date, fixed: bool) -> None:
    st.subheader("Settle this plan", anchor=False)
    if fixed:
        st.markdown("The sample district keeps nothing, so no plan can be settled here.")
        return
    if not access.may("freeze"):
        st.caption("Only a lead officer may settle a night, and hand out its papers.")
        return
    st.markdown("A settled plan is kept. A later one of the same year takes its place, and both stay on record.")
    with st.form("walk_snapshot_settle", border=False):
        partner = escape(found.plan.partner or "The independent partner")
        independent = st.checkbox(f"{partner} is neither the council nor commissioned by the council")
        reason = st.text_input(_why_label(found.notes), max_chars=LONGEST_REASON) if found.notes else ""
        who = st.text_input("Who settles it (initials)")
        pressed = st.form_submit_button("Settle this plan", type="primary")
    if not pressed:
        return
    with frame.calm_errors():
        kept = keep_night(workspace, found.plan, independent=bool(independent), who=who, today=today, reason=reason)
        st.session_state[_DONE] = [f"Plan {kept.number} of {kept.plan.night.year} is settled by {kept.who}."]
        st.session_state.pop(_FOUND)
        st.rerun()


def _why_label(notes: tuple[NightNote, ...]) -> str:
    """Ask for what the note asks for."""
    if len(notes) == 1 and notes[0].sentence.endswith("Say why it is sooner."):
        return f"Why sooner than {WEEKS_AHEAD} weeks"
    return "Why this night all the same"
