"""Put together every file of a night's count: papers for the lead and the teams, result sheet, GIS file, calendar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shapely.geometry.base import BaseGeometry

from geo.review.programmes_kept import calendar_id
from geo.review.walks.snapshot import district_of
from geo.review.walks.snapshot_kept import read_nights
from geo.review.workspace import Workspace
from geo.walkabouts.snapshot.areas import patch_areas
from geo.walkabouts.snapshot.night import NightNote, Task
from geo.walkabouts.snapshot.result import SnapshotResult
from geo.walkabouts.snapshot.values import SnapshotPlan
from layers.pack.fixed_zip import fixed_zip
from layers.walks.card_ground import CardGround, ground_of
from layers.walks.snapshot_gpkg import night_gpkg
from layers.walks.snapshot_html import paper_html
from layers.walks.snapshot_ics import TaskIssue, tasks_ics
from layers.walks.snapshot_lead import lead_paper, overview
from layers.walks.snapshot_paper import Paper
from layers.walks.snapshot_pdf import NO_PDF, paper_pdf
from layers.walks.snapshot_return import return_paper
from layers.walks.snapshot_team import team_paper

_FILES: Final = (
    "plan: for the lead officer, with the checklist. team: one for each team; only these tell the night, so give them "
    "out on the night and take them back. result: the result sheet to sign. The .gpkg is for the GIS officer, the .ics "
    "puts the checklist's weeks into a calendar, but for those near the night. Plan and calendar tell the week of the "
    "night to whoever knows the checklist: keep both to those who may know it."
)


@dataclass(frozen=True)
class NightPapers:
    """What the files of a night are made from.

    Attributes
    ----------
    workspace
        Whose district and streets lie beneath the maps.
    plan, tasks, notes
        Of the night.
    made
        When the files are made, with its zone.
    show_night
        Whether the lead officer's paper and the result sheet tell the date.
    result
        The numbers, once there are any.
    """

    workspace: Workspace
    plan: SnapshotPlan
    tasks: tuple[Task, ...]
    made: datetime
    notes: tuple[NightNote, ...] = ()
    show_night: bool = False
    result: SnapshotResult | None = None

    @property
    def day(self) -> date:
        """The day on which they are made."""
        return self.made.date()


def night_files(papers: NightPapers) -> dict[str, bytes]:
    """Make every file.

    Returns
    -------
    dict of str to bytes
        Each by its name, which says the year and the team, never the night.

    Raises
    ------
    PlannerError
        A PDF cannot be set.
    """
    plan, ground = papers.plan, ground_of(papers.workspace)
    areas = patch_areas(plan, district_of(papers.workspace))
    found: dict[str, bytes] = {}
    for paper in papers_of(papers, areas, ground):
        found |= paper_files(paper, day=papers.day)
    stem = f"snapshot-{plan.night.year}"
    if plan.patches:
        found[f"{stem}-team-only.gpkg"] = night_gpkg(plan, areas, day=papers.day, sources=ground.credits)
    found[f"{stem}-tasks.ics"] = calendar_file(papers)
    note = "" if any(name.endswith(".pdf") for name in found) else NO_PDF
    return {f"{stem}-read-me.txt": "\r\n".join(filter(None, (_FILES, note, ""))).encode(), **found}


def papers_of(papers: NightPapers, areas: Sequence[BaseGeometry], ground: CardGround) -> tuple[Paper, ...]:
    """Write the papers: the lead officer's, each team's, the result sheet."""
    plan, show_night = papers.plan, papers.show_night
    least = papers.workspace.scenario.walkabouts.least_people
    picture = overview(plan, areas, ground)
    teams = (
        team_paper(plan, patch, area, ground, least_people=least)
        for patch, area in zip(plan.patches, areas, strict=True)
    )
    return (
        lead_paper(plan, papers.tasks, papers.notes, picture, ground, show_night=show_night),
        *teams,
        return_paper(plan, papers.result, show_night=show_night),
    )


def paper_files(paper: Paper, *, day: date) -> dict[str, bytes]:
    """Write a paper as PDF, where one can be made, and as HTML."""
    pdf = paper_pdf(paper, day=day)
    return ({f"{paper.stem}.pdf": pdf} if pdf else {}) | {f"{paper.stem}.html": paper_html(paper).encode()}


def result_files(papers: NightPapers) -> dict[str, bytes]:
    """Write the result sheet alone."""
    return paper_files(return_paper(papers.plan, papers.result, show_night=papers.show_night), day=papers.day)


def calendar_file(papers: NightPapers) -> bytes:
    """Write the calendar of the checklist; a later plan's takes the place of an earlier one's."""
    version = sum(kept.plan.night.year == papers.plan.night.year for kept in read_nights(papers.workspace))
    return tasks_ics(papers.plan, papers.tasks, TaskIssue(calendar_id(papers.workspace), version, papers.made))


def zipped(make: Callable[[NightPapers], dict[str, bytes]], papers: NightPapers) -> bytes:
    """Put the files that something makes into one zip."""
    return fixed_zip(make(papers))
