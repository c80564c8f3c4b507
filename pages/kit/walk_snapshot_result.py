"""List the settled nights of the count, ask for the result of one that is over, offer its result sheet."""

from datetime import date
from typing import Final

import streamlit as st

from geo.review.walks.snapshot_kept import KeptNight, read_nights
from geo.review.walks.snapshot_results import QUARTERS, KeptResult, keep_result, result_of
from geo.review.workspace import Workspace
from geo.walkabouts.snapshot.night import DEFINITION, NOT_COUNTED, checklist
from geo.walkabouts.snapshot.result import SHELTER_NOTE, PatchResult, SnapshotResult
from geo.walkabouts.snapshot.values import SnapshotPatch
from layers.walks.card import street_of
from layers.walks.snapshot_handout import NightPapers, result_files, zipped
from layers.walks.snapshot_words import METHODS, told_night
from pages.kit import access, frame, session
from pages.kit.tables import Download, show_downloads
from pages.kit.walk_snapshot_plan import show_settled
from pages.kit.words import escape, plural

_KEPT: Final = "walk_snapshot_result"
_MOST: Final = 10_000


def show_kept(workspace: Workspace, *, today: date) -> None:
    """Show the plans that stand, each year one, the latest first."""
    standing = [kept for kept in read_nights(workspace) if not kept.replaced_by]
    if not standing:
        return
    st.subheader("Settled", anchor=False)
    if st.session_state.pop(_KEPT, False):
        st.success("The result is kept.")
    for kept in reversed(standing):
        with st.expander(_told(kept), expanded=kept is standing[-1]):
            _show_one(workspace, kept, today=today)


def _told(kept: KeptNight) -> str:
    return f"{kept.plan.night.year}: plan {kept.number}, settled by {escape(kept.who)}"


def _show_one(workspace: Workspace, kept: KeptNight, *, today: date) -> None:
    plan = kept.plan
    st.markdown(
        f"{METHODS[plan.method]}: {plural(len(plan.patches), 'patch', 'patches')}, "
        f"{plural(len(plan.squares), 'place')}. Independent partner: {escape(plan.partner)}."
    )
    if access.may("freeze"):
        _show_night(workspace, kept, today=today)
    else:
        st.caption("Only a lead officer may see which night it is, and hand out its papers.")
    if today <= plan.night:
        st.caption("Its result can be entered from the day after the night on.")
        return
    result = result_of(workspace, plan.night)
    if result is not None:
        _show_result(workspace, kept, result, today=today)
    with frame.calm_errors():
        _ask_result(workspace, kept, result, today=today)


def _show_night(workspace: Workspace, kept: KeptNight, *, today: date) -> None:
    plan = kept.plan
    if plan.reason:
        st.markdown(f"Why this night all the same: {escape(plan.reason)}")
    if st.toggle("Show the night", key=f"walk_snapshot_night_{kept.number}"):
        st.markdown(f"**{told_night(plan.night)}**")
    show_settled(workspace, kept, checklist(plan.night, today=today), made=session.now(workspace))


def _show_result(workspace: Workspace, kept: KeptNight, found: KeptResult, *, today: date) -> None:
    result = found.result
    st.markdown(
        f"**The figure: {result.total}.** {result.counted} counted, {result.estimated} estimated, less "
        f"{result.twice} counted twice and {result.not_fitting} who do not fit the definition; "
        f"{plural(result.not_accessible, 'place')} without access. Verified by {escape(result.verified_by)}."
    )
    if result.shelter_open:
        st.warning(SHELTER_NOTE)
    st.caption(QUARTERS)
    tasks = checklist(kept.plan.night, today=today)
    papers = NightPapers(workspace, kept.plan, tasks, session.now(workspace), show_night=True, result=result)
    name = f"snapshot-{result.night.year}-result-{found.number}-team-only.zip"
    show_downloads([Download("Result sheet (ZIP)", name, "application/zip", lambda: zipped(result_files, papers))])


def _ask_result(workspace: Workspace, kept: KeptNight, before: KeptResult | None, *, today: date) -> None:
    st.markdown("**Put the result right**" if before else "**Enter the result**")
    st.caption(escape(f"{DEFINITION} {NOT_COUNTED}"))
    said = before.result if before else None
    with st.form(f"walk_snapshot_result_{kept.number}", border=False):
        patches = tuple(_ask_patch(patch, said) for patch in kept.plan.patches)
        numbers = _ask_numbers(kept, said)
        verified_by = st.text_input("Verified by (organisation)", said.verified_by if said else kept.plan.partner)
        verified_on = st.date_input("On", said.verified_on if said else today, format="DD/MM/YYYY")
        shelter = st.checkbox("An emergency shelter was open for extreme weather", said.shelter_open if said else False)
        second = st.checkbox("This is the night that counts, although another night of the year has a result")
        who = st.text_input("Who enters it (initials)", key=f"walk_snapshot_who_{kept.number}")
        if not st.form_submit_button("Keep this result", type="primary"):
            return
    estimated, twice, not_fitting, total = numbers
    result = SnapshotResult(
        night=kept.plan.night,
        patches=patches,
        estimated=estimated,
        twice=twice,
        not_fitting=not_fitting,
        shelter_open=bool(shelter),
        verified_by=verified_by,
        verified_on=verified_on,
        total=total,
    )
    keep_result(workspace, result, who=who, today=today, second_night=bool(second))
    st.session_state[_KEPT] = True
    st.rerun()


def _ask_patch(patch: SnapshotPatch, said: SnapshotResult | None) -> PatchResult:
    """Ask for the numbers of a patch."""
    before = next((one for one in said.patches if one.patch == patch.number), None) if said else None
    st.markdown(f"Patch {patch.number}, from {escape(street_of(patch.meeting))}, {plural(len(patch.stops), 'place')}:")
    first, second, third = st.columns(3)
    bedded = _ask(first, f"Bedded down, patch {patch.number}", before.bedded_down if before else 0)
    about = _ask(second, f"About to bed down, patch {patch.number}", before.about_to if before else 0)
    closed = _ask(third, f"Places without access, patch {patch.number}", before.not_accessible if before else 0)
    return PatchResult(patch.number, bedded, about, closed)


def _ask_numbers(kept: KeptNight, said: SnapshotResult | None) -> tuple[int, int, int, int]:
    """Ask for what was estimated and taken out, and for the figure."""
    columns = st.columns(4)
    estimated = 0
    if kept.plan.method != "count":
        estimated = _ask(columns[0], "Estimated elsewhere", said.estimated if said else 0)
    twice = _ask(columns[1], "Counted twice: taken out", said.twice if said else 0)
    not_fitting = _ask(columns[2], "Not fitting: taken out", said.not_fitting if said else 0)
    return estimated, twice, not_fitting, _ask(columns[3], "The figure", said.total if said else 0)


def _ask(column: st.delta_generator.DeltaGenerator, label: str, value: int) -> int:
    return int(column.number_input(label, 0, _MOST, value))
