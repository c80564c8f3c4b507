"""Show the plan of the snapshot night: notes, map, a list and a table a team, checklist, files."""

from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.walks.snapshot import PlannedNight, district_of, night_areas
from geo.review.walks.snapshot_kept import KeptNight
from geo.review.workspace import Workspace
from geo.walkabouts.plan import LeftOut
from geo.walkabouts.snapshot.night import NightNote, Task, numbered
from geo.walkabouts.snapshot.plan import told_kinds
from geo.walkabouts.snapshot.values import SnapshotPatch, SnapshotPlan
from geo.walkabouts.squares import told_square
from layers.walks.card import clock, street_of
from layers.walks.card_ground import ground_of
from layers.walks.snapshot_gpkg import night_gpkg
from layers.walks.snapshot_handout import NightPapers, calendar_file, night_files, zipped
from layers.walks.snapshot_map import night_map
from layers.walks.snapshot_words import METHODS, told_left_out, told_night, told_way
from pages.kit import maps
from pages.kit.tables import Download, show_downloads, show_table
from pages.kit.words import day, escape, plural

_RIGHT: Final = "freeze"  # whoever settles a night may have its papers
_FILES: Final = (
    "The zip holds the lead officer's plan with the checklist, a sheet for each team and the result sheet, as PDF and "
    "HTML. Only the teams' sheets tell the night. The calendar file puts the checklist's weeks into a calendar, but "
    "for those near the night: whoever sees it and knows the checklist can tell the week of the night."
)


def show_plan(workspace: Workspace, found: PlannedNight, *, made: datetime, papers: bool = True) -> None:
    """Show a planned night.

    Parameters
    ----------
    made
        The moment that its files say they were made at.
    papers
        Whether its files are offered.
    """
    plan = found.plan
    st.subheader(f"Night of {told_night(plan.night)}", anchor=False)
    st.markdown(f"**{escape(_headline(plan))}**")
    _show_notes(found.notes)
    for sentence in found.sentences:
        st.warning(escape(sentence))
    if plan.patches:
        _show_map(workspace, plan)
    for patch in plan.patches:
        _show_patch(patch)
    _show_rest(plan)
    _show_tasks(found.tasks, plan)
    if papers:
        show_files(workspace, NightPapers(workspace, plan, found.tasks, made, found.notes), name="proposal")


def show_settled(workspace: Workspace, kept: KeptNight, tasks: tuple[Task, ...], *, made: datetime) -> None:
    """Offer the files of a settled plan; parameters as `show_plan`."""
    show = st.toggle("Tell the night on the lead officer's paper too", key=f"walk_snapshot_show_{kept.number}")
    show_files(workspace, NightPapers(workspace, kept.plan, tasks, made, show_night=show), name=f"plan-{kept.number}")


def show_files(workspace: Workspace, papers: NightPapers, *, name: str) -> None:
    """Offer the files of a night, by names that do not tell it."""
    plan = papers.plan
    stem = f"snapshot-{plan.night.year}-{name}"
    offered = [
        Download(
            "All papers (ZIP)", f"{stem}-team-only.zip", "application/zip", lambda: zipped(night_files, papers), _RIGHT
        ),
        Download("Checklist weeks (ICS)", f"{stem}-tasks.ics", "text/calendar", lambda: calendar_file(papers), _RIGHT),
    ]
    if plan.patches:
        kind = "application/geopackage+sqlite3"
        offered.append(Download("GeoPackage", f"{stem}-team-only.gpkg", kind, lambda: _gpkg(workspace, papers), _RIGHT))
    show_downloads(offered)
    st.caption(_FILES)


def _gpkg(workspace: Workspace, papers: NightPapers) -> bytes:
    ground = ground_of(workspace)
    return night_gpkg(papers.plan, night_areas(workspace, papers.plan), day=papers.day, sources=ground.credits)


def _headline(plan: SnapshotPlan) -> str:
    if not plan.patches:
        return f"{METHODS[plan.method]}: {plural(len(plan.estimated), 'place')} to estimate, and nobody goes out."
    last = max(patch.ends for patch in plan.patches)
    counted = plural(len(plan.stops), "place")
    more = f", {plural(len(plan.estimated), 'place')} estimated" if plan.estimated else ""
    teams = plural(len(plan.patches), "team")
    return f"{teams} count {counted}{more}, from {clock(plan.begins)} until about {clock(last)}."


def _show_notes(notes: tuple[NightNote, ...]) -> None:
    if not notes:
        st.markdown("Nothing speaks against this night.")
    for note in notes:
        st.warning(escape(note.sentence))


def _show_map(workspace: Workspace, plan: SnapshotPlan) -> None:
    ground, district = ground_of(workspace), district_of(workspace)
    drawn = night_map(plan, night_areas(workspace, plan), district, ground, urls=maps.URLS)
    maps.show_map(drawn, district=f"{workspace.root} snapshot {len(plan.stops)}")


def _show_patch(patch: SnapshotPatch) -> None:
    meeting = escape(street_of(patch.meeting))
    st.markdown(
        f"**Team {patch.number}** meets at {clock(patch.begins)}, {meeting}; {plural(len(patch.stops), 'stop')}, "
        f"{patch.minutes:.0f} minutes, ends about {clock(patch.ends)}."
    )
    with st.expander(f"Stops of team {patch.number}"):
        show_table(_stop_table(patch), about=f"The stops of team {patch.number} in the order visited")


def _stop_table(patch: SnapshotPatch) -> pd.DataFrame:
    ways = ["", *map(told_way, patch.ways)]
    return pd.DataFrame(
        {
            "Stop": [stop.number for stop in patch.stops],
            "Arrive": [clock(stop.arrive) for stop in patch.stops],
            "Street": [street_of(stop.street) for stop in patch.stops],
            "Square": [told_square(stop.square) for stop in patch.stops],
            "Why": [told_kinds(stop.kinds) for stop in patch.stops],
            "Way there": ways,
        }
    )


def _show_rest(plan: SnapshotPlan) -> None:
    if plan.estimated:
        with st.expander(f"Estimated, not counted ({len(plan.estimated)})"):
            show_table(_estimated_table(plan), about="Places that are estimated from what partners know")
    if plan.left_out:
        with st.expander(f"Left out, and why ({len(plan.left_out)})"):
            st.markdown("\n".join(f"- {escape(line)}" for line in told_left_out(plan.left_out)))
            show_table(_left_table(plan.left_out), about="Places that are neither counted nor estimated")
    with st.expander("What the plan rests on"):
        st.markdown("\n".join(f"- {escape(sentence)}" for sentence in plan.sentences))


def _estimated_table(plan: SnapshotPlan) -> pd.DataFrame:
    rows = plan.estimated
    return pd.DataFrame(
        {
            "Square": [told_square(one.square) for one in rows],
            "Street": [one.street for one in rows],
            "Why": [told_kinds(one.kinds) for one in rows],
        }
    )


def _left_table(left_out: tuple[LeftOut, ...]) -> pd.DataFrame:
    rows = [one for one in left_out if one.square]
    return pd.DataFrame(
        {
            "Square": [told_square(one.square) for one in rows],
            "Street": [one.street for one in rows],
            "Why not": [one.why for one in rows],
        }
    )


def _show_tasks(tasks: tuple[Task, ...], plan: SnapshotPlan) -> None:
    """List the tasks, numbered as on the paper and in the calendar."""
    late = sum(task.late for task in tasks)
    with st.expander(
        f"Checklist ({plural(len(tasks), 'task')}{f', {late} late' if late else ''})", expanded=bool(late)
    ):
        st.markdown(
            "\n".join(
                f"- {'**Late:** ' if one.late else ''}{day(one.due)}: {f'{number}. ' if number else ''}"
                f"{escape(one.what)}"
                for number, one in numbered(tasks, plan.night)
            )
        )
