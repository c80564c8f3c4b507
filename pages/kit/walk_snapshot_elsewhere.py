"""Enter and show the result of a night of the count that was planned outside the planner: one row of numbers."""

from datetime import date
from typing import Final

import streamlit as st

from geo.review.walks.snapshot_kept import read_nights
from geo.review.walks.snapshot_results import KeptResult, keep_result, read_results
from geo.review.workspace import Workspace
from geo.walkabouts.snapshot.night import DEFINITION, NOT_COUNTED
from geo.walkabouts.snapshot.result import WHOLE, PatchResult, SnapshotResult
from layers.walks.snapshot_words import told_night
from pages.kit import frame
from pages.kit.words import escape

_KEPT: Final = "walk_snapshot_elsewhere_kept"
_MOST: Final = 10_000
_USUAL: Final = (11, 11)


def show(workspace: Workspace, *, today: date) -> None:
    """Show the results of nights planned elsewhere, and ask for one."""
    if st.session_state.pop(_KEPT, False):
        st.success("The result is kept.")
    with st.expander("The result of a night that was planned elsewhere"):
        for one in _results(workspace):
            st.markdown(_told(one))
        with frame.calm_errors():
            _ask_result(workspace, today=today)


def _results(workspace: Workspace) -> list[KeptResult]:
    planned = {kept.plan.night for kept in read_nights(workspace)}
    return [one for one in read_results(workspace) if not one.replaced_by and one.result.night not in planned]


def _told(one: KeptResult) -> str:
    result = one.result
    return (
        f"**{told_night(result.night)}: {result.total}.** {result.counted} counted, {result.estimated} estimated, less "
        f"{result.twice} counted twice and {result.not_fitting} who do not fit the definition. Verified by "
        f"{escape(result.verified_by)}, entered by {escape(one.who)}."
    )


def _ask_result(workspace: Workspace, *, today: date) -> None:
    st.caption(escape(f"{DEFINITION} {NOT_COUNTED}"))
    with st.form("walk_snapshot_elsewhere", border=False):
        night = st.date_input("Night of (its evening)", _usual(today), format="DD/MM/YYYY", key="walk_elsewhere_night")
        first, second, third = st.columns(3)
        whole = PatchResult(
            WHOLE,
            _ask(first, "Bedded down, whole district"),
            _ask(second, "About to bed down, whole district"),
            _ask(third, "Places without access, whole district"),
        )
        columns = st.columns(4)
        labels = ("Estimated, whole district", "Counted twice, whole district", "Not fitting, whole district")
        estimated, twice, not_fitting = (_ask(column, label) for column, label in zip(columns, labels, strict=False))
        total = _ask(columns[3], "The figure, whole district")
        verified_by = st.text_input("Verified by (organisation)", key="walk_elsewhere_by")
        verified_on = st.date_input("Verified on", today, format="DD/MM/YYYY", key="walk_elsewhere_on")
        shelter = st.checkbox("An emergency shelter was open for extreme weather", key="walk_elsewhere_shelter")
        again = st.checkbox("It is the night that counts, although another of the year has a result")
        who = st.text_input("Who enters it (initials)", key="walk_elsewhere_who")
        if not st.form_submit_button("Keep this result", key="walk_elsewhere_keep"):
            return
    result = SnapshotResult(
        night=night,
        patches=(whole,),
        estimated=estimated,
        twice=twice,
        not_fitting=not_fitting,
        shelter_open=bool(shelter),
        verified_by=verified_by,
        verified_on=verified_on,
        total=total,
    )
    keep_result(workspace, result, who=who, today=today, second_night=bool(again), elsewhere=True)
    st.session_state[_KEPT] = True
    st.rerun()


def _usual(today: date) -> date:
    """Propose the middle of the last window of nights."""
    this = date(today.year, *_USUAL)
    return this if this < today else date(today.year - 1, *_USUAL)


def _ask(column: st.delta_generator.DeltaGenerator, label: str) -> int:
    return int(column.number_input(label, 0, _MOST, 0))
