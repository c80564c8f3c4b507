"""Set a district up: take in one data set after another, from files or publishers, whatever becomes of one of them.

What has arrived is in the workspace, so a set-up that was left half done goes on where it stopped.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from geo.editions import Dataset
from geo.errors import DoubtError, PlannerError
from geo.places.published import open_publication
from geo.review.edition_checks import Trust
from geo.review.workspace import Workspace
from layers.adding import Added, add_sites
from layers.additions import add_gazetteer, add_institutions, add_layer
from layers.fetchers import Request, Told, fetch_all
from layers.fetching.adopting import Fetched
from layers.set_up_tasks import Task
from layers.source_file import SourceFile, load

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # what Windows forbids in a file's name

Progress = Callable[[str, float], None]
Given = Path | SourceFile


@dataclass(frozen=True, slots=True)
class Terms:
    """What a set-up works with.

    Attributes
    ----------
    request
        How publishers are asked, with the day and the progress.
    """

    request: Request

    def telling(self, progress: Progress) -> "Terms":
        """Tell somebody else how far it is."""
        means = replace(self.request.means, progress=progress)
        return replace(self, request=replace(self.request, means=means))


def set_up(workspace: Workspace, tasks: Sequence[Task], terms: Terms) -> Iterator[Told]:
    """Take in one data set after another, and go on after one that failed; each is told as it arrives."""
    for number, task in enumerate(tasks):
        yield from _told(workspace, task, _within(terms, number, len(tasks)))


def _within(terms: Terms, number: int, count: int) -> Terms:
    """Let a task tell its own share as a part of the whole."""
    outer = terms.request.means.progress

    def tell(step: str, done: float) -> None:
        outer(step, (number + min(done, 1.0)) / count)

    return terms.telling(tell)


def _told(workspace: Workspace, task: Task, terms: Terms) -> Iterator[Told]:
    """Do a task; each of its files by itself, so that a damaged one keeps no other out."""
    terms.request.means.progress(task.what, 0.0)
    if not task.given and task.asked:
        yield from fetch_all(workspace, terms.request, [task.asked])
    for given in task.given:
        yield from _kept(task, lambda given=given: _from_file(workspace, task, given, terms))  # type: ignore[misc]  # mypy types no lambda with a default


def _kept(task: Task, arrive: Callable[[], Iterator[Told]]) -> Iterator[Told]:
    try:
        yield from arrive()
    except DoubtError as error:
        yield Told(task.step.title, "asks", str(error))
    except PlannerError as error:
        yield Told(task.step.title, "failed", str(error))


def _from_file(workspace: Workspace, task: Task, given: Given, terms: Terms) -> Iterator[Told]:
    today, tell = terms.request.means.today, terms.request.means.progress
    if task.kind == "gazetteer":
        yield _postcodes(workspace, task, given, terms)
    elif task.kind == "institutions":
        count = add_institutions(workspace, load(given))
        yield Told(task.step.title, "arrived", f"{task.step.title}: {count:,} postcodes listed.")
    elif task.kind == "streets":
        from layers.streets import add_streets  # noqa: PLC0415 - a network of streets is needed by few set-ups

        yield _arrived(task, add_streets(workspace, given, today=today, progress=tell))
    elif task.kind == "timetable":
        from layers.timetable import add_timetable  # noqa: PLC0415 - as above

        yield _arrived(task, add_timetable(workspace, given, today=today))
    elif task.kind == "osm_sites":
        yield _arrived(task, add_sites(workspace, given, kind="sites", today=today, trust=_trust(terms)))
    else:
        yield _arrived(task, add_layer(workspace, load(given), _dataset(task), today=today, trust=_trust(terms)))


def _trust(terms: Terms) -> Trust:
    return terms.request.answered().means.trust


def _dataset(task: Task) -> Dataset:
    """Name what a file is added as: practices and branch surgeries have one reader, which tells them apart."""
    return next(name for name in task.step.datasets if name == task.kind or task.step.topic == "gp")


def _postcodes(workspace: Workspace, task: Task, given: Given, terms: Terms) -> Told:
    before = {edition.sha256: edition for edition in workspace.editions()}
    means = terms.request.means
    with _on_disk(given) as path:
        known = before.get(open_publication(path).sha256)
        if known:  # reading the country again takes a minute
            return Told(task.step.title, "unchanged", Fetched(task.step.title, "unchanged", known).sentence)
        editions = add_gazetteer(workspace, [path], today=means.today, trust=_trust(terms), progress=means.progress)
    new = next(edition for edition in editions if edition.sha256 not in before)
    return Told(task.step.title, "arrived", Fetched(task.step.title, "arrived", new).sentence)


@contextmanager
def _on_disk(given: Given) -> Iterator[Path]:
    """Lay a postcode file that a screen was handed into a folder that is deleted at once; it is open data."""
    if isinstance(given, Path):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder) / _UNSAFE.sub("_", given.name)
        path.write_bytes(given.content)
        yield path


def _arrived(task: Task, added: Added) -> Told:
    """Tell of what was kept; of a step of several layers, which of them it is."""
    several = task.step.topic == "backdrop"
    what = f"{task.step.title} ({added.edition.file_name})" if several else task.step.title
    fetched = Fetched(what, "arrived", added.edition, added.warnings)
    return Told(fetched.what, fetched.outcome, fetched.sentence, fetched.warnings)
