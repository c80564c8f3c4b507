"""Sort visits outside any walkabout that a file tells of, such as answers to reports: new, on record, at odds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from geo.review.walks.history_file import HistoryRow
from geo.review.walks.made import MadeVisit, tidy_visit
from geo.review.walks.visit_checks import Checks, name_faults, visit_faults
from geo.review.walks.visit_places import Placed
from geo.walkabouts.sightings import Visit

_SAME: Final = "are the same place at the same moment."


@dataclass(frozen=True)
class ReadyVisit:
    """A visit outside any walkabout, tidied, with its place."""

    visit: MadeVisit
    where: Placed


@dataclass(frozen=True)
class AlonePlan:
    """What would become of a file's visits outside any walkabout.

    Attributes
    ----------
    new
        Those that would be recorded.
    on_record
        How many are on record already and say the same.
    differing
        A sentence for each that is on record and says otherwise.
    """

    new: tuple[ReadyVisit, ...]
    on_record: int
    differing: tuple[str, ...]


def ready_alone(
    rows: Sequence[HistoryRow], where: Mapping[int, Placed], who: str, checks: Checks
) -> tuple[list[ReadyVisit], list[str]]:
    """Tidy the visits of rows, and say what cannot be right.

    Parameters
    ----------
    rows
        Those that tell of no walk.
    where
        The place of each, by the number of its row.
    who
        Who takes the file in.
    checks
        What they are held against; its places are not looked at.
    """
    ready, faults = [], name_faults((), who, checks.screen) if rows else []
    first: dict[tuple[str, datetime], int] = {}
    for row in rows:
        if row.visit is None:
            continue
        one = ReadyVisit(tidy_visit(row.visit), where[row.number])
        ready.append(one)
        faults += visit_faults(f"Row {row.number}", one.visit, one.where, checks.now)
        earlier = first.setdefault(_key(one.where.square, one.visit.arrived), row.number)
        if one.where.square and earlier != row.number:
            faults.append(f"Row {row.number} and row {earlier} {_SAME}")
    return ready, faults


def plan_alone(ready: Sequence[ReadyVisit], recorded: Sequence[Visit]) -> AlonePlan:
    """Sort visits by what is on record.

    Parameters
    ----------
    recorded
        Every visit of the workspace.
    """
    before: dict[tuple[str, datetime], list[Visit]] = {}
    for one in recorded:
        if one.stands and not one.walk:
            before.setdefault(_key(one.square, one.arrived), []).append(one)
    new, same, differing = [], 0, []
    for made in ready:
        was = before.get(_key(made.where.square, made.visit.arrived), [])
        if not was:
            new.append(made)
        elif any(_alike(made.visit, one) for one in was):
            same += 1
        else:
            differing.append(_told(was[0]))
    return AlonePlan(tuple(new), same, tuple(differing))


def _key(square: str, arrived: datetime) -> tuple[str, datetime]:
    return square, arrived.astimezone(UTC)


def _alike(made: MadeVisit, was: Visit) -> bool:
    counts = (was.bedded_down, was.about_to, was.offered, was.accepted, was.refused)
    left = made.left.astimezone(UTC) == was.left.astimezone(UTC)
    return left and (made.outcome, made.counts) == (was.outcome, counts)


def _told(was: Visit) -> str:
    return (
        f"The visit of {was.arrived:%Y-%m-%d} at {was.arrived:%H:%M}, outside any walk, is on record as visit "
        f"{was.number} and says otherwise; it was passed over. Put that record right if the file is."
    )
