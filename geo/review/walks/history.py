"""Take in a history of walkabouts from a file, with visits outside any: all of it or nothing, and each once.

What is on record is passed over; where the file says otherwise, that is told, and the record is put right by hand.
Visits outside any walk are mostly answers to reports: without them a year's reports would stay open. Visits that found
nobody are kept as those that found somebody: without them no rate can be told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_screen import Screen, screen_of
from geo.review.walks.alone import AlonePlan, ReadyVisit, plan_alone, ready_alone
from geo.review.walks.history_file import HistoryRow, read_history
from geo.review.walks.made import HeldWalk, MadeVisit, tidy_walk
from geo.review.walks.reading import visits_in, walks_in
from geo.review.walks.visit_checks import Checks, walk_faults
from geo.review.walks.visit_places import Placed, visit_places
from geo.review.walks.visit_rows import NOTHING, write_visit, write_walk
from geo.review.walks.visit_table import visits_by_walk
from geo.review.walks.visits import ReadyWalk, same_walk, says_the_same
from geo.review.workspace import Workspace
from geo.walkabouts.bands import local
from geo.walkabouts.sightings import Visit, WalkHeld

_SHOWN: Final = 8


@dataclass(frozen=True)
class HistoryPlan:
    """What would become of a file.

    Attributes
    ----------
    new
        Walks that would be recorded, by when they began.
    alone
        Visits outside any walk.
    on_record
        How many walks of the file are on record already and say the same.
    differing
        A sentence for each walk that is on record and says otherwise.
    faults
        A sentence for each thing that cannot be right; one of them refuses the file.
    dropped
        How many columns that are not ours were let go unread.
    """

    new: tuple[ReadyWalk, ...]
    alone: AlonePlan
    on_record: int
    differing: tuple[str, ...]
    faults: tuple[str, ...]
    dropped: int

    @property
    def usable(self) -> bool:
        """Tell whether the file may be taken in, and holds anything new."""
        return bool(self.new or self.alone.new) and not self.faults

    @property
    def visits(self) -> int:
        """Count the visits of walks that would be recorded."""
        return sum(len(one.held.visits) for one in self.new)

    @property
    def nobody(self) -> int:
        """Count the visits that would be recorded and found nobody, those outside any walk too."""
        made = [visit for one in self.new for visit in one.held.visits] + [one.visit for one in self.alone.new]
        return sum(one.outcome == "nobody" for one in made)

    @property
    def what(self) -> str:
        """Say what would be recorded, such as "2 walks with 20 visits and 3 visits outside any walk"."""
        alone = f"{_many(len(self.alone.new), 'visit')} outside any walk"
        if self.alone.new and not self.new:
            return alone
        walks = f"{_many(len(self.new), 'walk')} with {_many(self.visits, 'visit')}"
        return f"{walks} and {alone}" if self.alone.new else walks

    def sentences(self) -> list[str]:
        """Say what would not be recorded, and why."""
        passed = {"Walks": self.on_record, "Visits outside any walk": self.alone.on_record}
        again = [f"{what} on record already, and passed over: {many:,}." for what, many in passed.items() if many]
        gone = f"Columns that are not read, and not kept: {self.dropped:,}." if self.dropped else ""
        return [*self.faults, *again, *self.differing, *self.alone.differing, *filter(None, [gone])]


def plan_history(workspace: Workspace, content: bytes, *, who: str, now: datetime) -> HistoryPlan:
    """Say what would become of a file; nothing is written.

    Parameters
    ----------
    who
        Who takes it in: initials.
    now
        With its zone: what is later is in the future.

    Raises
    ------
    BadInputError, BadRowsError
        It is no table of visits.
    MissingDataError
        The workspace's key is not on this machine.
    """
    file = _checked(workspace, content, who, now)
    with workspace.store.reading() as connection:
        return _plan(file, walks_in(connection), visits_in(connection))


def take_in_history(workspace: Workspace, content: bytes, *, who: str, now: datetime) -> HistoryPlan:
    """Record every new walk of a file, and every new visit outside any, in one step; it gives what became of it.

    Raises
    ------
    BadInputError, BadRowsError, MissingDataError
        As `plan_history`, and where anything in the file cannot be right: nothing is kept then.
    """
    file, signer, name = _checked(workspace, content, who, now), workspace.signer, " ".join(who.split())
    with workspace.store.noting() as connection:
        plan = _plan(file, walks_in(connection), visits_in(connection))
        if plan.faults:
            more = len(plan.faults) - _SHOWN
            rest = [f"And {more:,} more."] if more > 0 else []
            raise BadInputError(" ".join([*plan.faults[:_SHOWN], *rest, NOTHING]))
        for walk in plan.new:
            number = write_walk(connection, walk.held, signer)
            for visit, where in zip(walk.held.visits, walk.places, strict=True):
                write_visit(connection, visit, where, (walk.held.who, signer), walk=number)
        for one in plan.alone.new:
            write_visit(connection, one.visit, one.where, (name, signer))
        if plan.new or plan.alone.new:
            alone = f", visits outside any {len(plan.alone.new):,}" if plan.alone.new else ""
            detail = f"file taken in: walks {len(plan.new):,}, visits {plan.visits:,}{alone}"
            append_line(connection, "walk", detail, signer=signer)
    return plan


@dataclass(frozen=True)
class _Checked:
    """A file that was read: its walks, its visits outside any, what cannot be right."""

    walks: list[ReadyWalk]
    alone: list[ReadyVisit]
    faults: list[str]
    dropped: int


def _checked(workspace: Workspace, content: bytes, who: str, now: datetime) -> _Checked:
    """Read a file, put its rows together to walks, and say what cannot be right."""
    file, screen = read_history(content, today=local(now).date()), screen_of(workspace)
    faults = [f"Row {row.number}: {row.fault}." for row in file.rows if row.fault]
    read = [row for row in file.rows if row.visit is not None]
    places = visit_places(workspace, [row.visit for row in read if row.visit], {})
    where = {row.number: place for row, place in zip(read, places, strict=True)}
    walks = []
    for rows in _walks(read):
        faults += _unlike(rows)
        held = _held(rows, who)
        found = _walk_faults(rows, held, where, (screen, workspace, now))
        faults += found
        walks.append(ReadyWalk(held, tuple(where[row.number] for row in rows)))
    checks = Checks((), screen, workspace.scenario.walkabouts, now)
    alone, wrong = ready_alone([row for row in read if row.begins is None], where, " ".join(who.split()), checks)
    return _Checked(walks, alone, [*faults, *wrong], file.dropped)


def _walks(rows: Sequence[HistoryRow]) -> list[list[HistoryRow]]:
    """Put rows of one day and start together, in the order of time."""
    found: dict[datetime, list[HistoryRow]] = {}
    for row in rows:
        if row.begins is not None:
            found.setdefault(row.begins.astimezone(UTC), []).append(row)
    return [found[begins] for begins in sorted(found)]


def _held(rows: Sequence[HistoryRow], who: str) -> HeldWalk:
    visits: list[MadeVisit] = [row.visit for row in rows if row.visit is not None]
    said = next((row.ends for row in rows if row.ends is not None), None)
    begins = rows[0].begins or visits[0].arrived
    ends = said or max((one.left for one in visits), key=lambda moment: moment.astimezone(UTC))
    return tidy_walk(HeldWalk(begins, ends, rows[0].agencies, rows[0].walkers, 0, who, tuple(visits)))


def _walk_faults(
    rows: Sequence[HistoryRow],
    held: HeldWalk,
    where: dict[int, Placed],
    by: tuple[Screen, Workspace, datetime],
) -> list[str]:
    screen, workspace, now = by
    names = [f"Row {row.number}" for row in rows]
    checks = Checks([where[row.number] for row in rows], screen, workspace.scenario.walkabouts, now, names)
    found = walk_faults(held, checks)
    head = f"The walk of row {rows[0].number}"
    return [fault if fault.startswith("Row ") else f"{head}: {fault[0].lower()}{fault[1:]}" for fault in found]


def _unlike(rows: Sequence[HistoryRow]) -> list[str]:
    """Name the rows that say otherwise of their walk than its first row."""
    first, last = rows[0], next((row.ends for row in rows if row.ends is not None), None)
    return [
        f"Row {row.number}: agencies, walkers or end differ from row {first.number}, which is of the same walk."
        for row in rows[1:]
        if (set(row.agencies), row.walkers) != (set(first.agencies), first.walkers) or row.ends not in {None, last}
    ]


def _plan(file: _Checked, held: Sequence[WalkHeld], visits: Sequence[Visit]) -> HistoryPlan:
    began: dict[datetime, list[WalkHeld]] = {}
    for one in held:
        began.setdefault(one.begins.astimezone(UTC), []).append(one)
    own = visits_by_walk(visits)
    before = [(walk, _on_record(walk, began.get(walk.held.begins.astimezone(UTC), ()), own)) for walk in file.walks]
    known = [(walk, was) for walk, was in before if was is not None]
    same = [says_the_same(walk, was, own.get(was.number, ())) for walk, was in known]
    return HistoryPlan(
        new=tuple(walk for walk, was in before if was is None),
        alone=plan_alone(file.alone, visits),
        on_record=sum(same),
        differing=tuple(_told(was) for (_, was), alike in zip(known, same, strict=True) if not alike),
        faults=tuple(file.faults),
        dropped=file.dropped,
    )


def _on_record(walk: ReadyWalk, began: Sequence[WalkHeld], own: Mapping[int, Sequence[Visit]]) -> WalkHeld | None:
    """Find a walk on record, among those that began at the same moment."""
    return same_walk(walk, began, [visit for one in began for visit in own.get(one.number, ())])


def _many(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _told(was: WalkHeld) -> str:
    return (
        f"The walk of {was.begins:%Y-%m-%d} at {was.begins:%H:%M} is on record as number {was.number} and says "
        "otherwise; it was passed over. Put that record right if the file is."
    )
