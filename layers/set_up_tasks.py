"""What is to be taken in for a set-up: which of the files found, and what is fetched beside them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import shapely

from geo.crs import frame_to_national_grid
from geo.errors import BadInputError
from geo.review.workspace import Workspace
from layers.boundaries import read_area_file
from layers.peeking import FoundFile
from layers.recognised import Kind
from layers.set_up_steps import BY_TOPIC, STEPS, Asked, Step, Topic, step_of
from layers.source_file import SourceFile

_AREAS: Final = frozenset({"wards", "lsoa"})
_NOT_USED: Final = "nothing that the planner knows"


@dataclass(frozen=True, slots=True)
class Task:
    """One data set that is to arrive.

    Attributes
    ----------
    step
        Of the checklist.
    given
        Files or folders of it; none where it is fetched.
    kind
        What the files are, where there are some.
    asked
        What is fetched.
    """

    step: Step
    given: tuple[Path | SourceFile, ...] = ()
    kind: Kind = ""
    asked: Asked = ""

    @property
    def what(self) -> str:
        """Name it for people."""
        if not self.given:
            return self.step.title
        return f"{self.step.title} ({', '.join(one.name for one in self.given)})"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed of the files found.

    Attributes
    ----------
    tasks
        To be taken in, in the order in which one needs the other.
    left
        Every other file, and why it is left.
    """

    tasks: tuple[Task, ...]
    left: tuple[tuple[str, str], ...]


def propose(workspace: Workspace, found: Sequence[FoundFile], *, unsure_too: bool = False) -> Proposal:
    """Choose among the files found: every postcode file, and one of each other kind.

    Of several maps of wards or LSOAs the one that covers most of the district is chosen, of other lists the newest by
    its name, then the largest.

    Parameters
    ----------
    unsure_too
        Take files that were told by their name alone; for a screen, where a person sees what is proposed.
    """
    by_kind: dict[Kind, list[FoundFile]] = {}
    left: list[tuple[str, str]] = []
    for one in found:
        reason = _unfit(one, unsure_too=unsure_too)
        if reason:
            left.append((one.name, reason))
        elif one.is_what:
            by_kind.setdefault(one.is_what.kind, []).append(one)
    tasks = []
    for kind, files in by_kind.items():
        chosen, others = _chosen(workspace, kind, files)
        left += others
        tasks += _tasks(kind, chosen)
    return Proposal(tuple(sorted(tasks, key=lambda task: STEPS.index(task.step))), tuple(left))


def fetched(topics: Collection[Topic]) -> list[Task]:
    """Say what is fetched for some steps, in the checklist's order; those that only a file can fill are left out."""
    return [Task(step, asked=step.asked) for step in STEPS if step.topic in topics and step.asked]


def _unfit(one: FoundFile, *, unsure_too: bool) -> str:
    if one.is_what is None:
        return _NOT_USED
    if not one.is_what.kind:
        return one.is_what.what
    if one.is_what.kind == "boundary":
        return "the district's boundary, chosen in the first step"
    if step_of(one.is_what.kind) is None:
        return f"{one.is_what.what}: not part of the set-up; add it on the Data page if you want it"
    if not one.is_what.sure and not unsure_too:
        return f"perhaps {one.is_what.what}, by its name alone: add it by hand if it is"
    return ""


def _tasks(kind: Kind, chosen: list[FoundFile]) -> list[Task]:
    """Make a task of what was chosen; a file of OpenStreetMap fills two data sets."""
    given = tuple(one.given for one in chosen)
    if kind != "osm":
        step = step_of(kind)
        return [Task(step, given, kind)] if step and given else []
    return [Task(BY_TOPIC["sites"], given, "osm_sites"), Task(BY_TOPIC["streets"], given, "streets")] if given else []


def _chosen(workspace: Workspace, kind: Kind, files: list[FoundFile]) -> tuple[list[FoundFile], list[tuple[str, str]]]:
    if kind == "gazetteer" or len(files) == 1:
        return files, []
    best = _covering(workspace, files) if kind in _AREAS else max(files, key=_newest)
    others = [(one.name, "another file of the same kind was chosen") for one in files if one is not best]
    return [best], others


def _newest(one: FoundFile) -> tuple[str, int]:
    return SourceFile(one.name, b"").month, one.size


def _covering(workspace: Workspace, files: list[FoundFile]) -> FoundFile:
    """Choose the map that covers most of the district; the first where none can be read."""
    ground = shapely.union_all(frame_to_national_grid(workspace.boundary()).geometry.to_numpy())

    def covered(one: FoundFile) -> float:
        try:
            shapes = frame_to_national_grid(read_area_file(one.given).areas).geometry.to_numpy()
        except BadInputError:
            return -1.0
        return float(shapely.area(shapely.intersection(shapes, ground)).sum())

    return max(files, key=covered)
