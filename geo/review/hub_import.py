"""Take a file of hubs held: the whole file or nothing of it, and each hub once.

A row of a day and a site that are on record is passed over; where its numbers differ, that is told, and the record is
put right by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.hub_checks import HeldHub, faults, tidy_hub
from geo.review.hub_file import HubRow, read_hubs
from geo.review.hub_sessions import HubSession, read_rows, same_hub, site_id, write_session
from geo.review.register_screen import Screen, screen_of
from geo.review.register_state import Known, read_known
from geo.review.workspace import Workspace

_SHOWN: Final = 5


@dataclass(frozen=True)
class HubPlan:
    """What would become of a file.

    Attributes
    ----------
    new
        Hubs that would be recorded, their sites by id.
    on_record
        Rows whose hub is on record already, with the same numbers.
    differing
        A sentence for each row whose hub is on record with other numbers.
    faults
        A sentence for each row that cannot be taken; one of them refuses the file.
    """

    new: tuple[HeldHub, ...]
    on_record: int
    differing: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Tell whether the file may be taken in, and holds anything new."""
        return bool(self.new) and not self.faults

    def sentences(self) -> list[str]:
        """Say what would not be recorded, and why."""
        again = f"On record already, and passed over: {self.on_record:,}." if self.on_record else ""
        return [*self.faults, *filter(None, [again]), *self.differing]


def plan_hubs(workspace: Workspace, content: bytes, *, today: date) -> HubPlan:
    """Say what would become of a file; nothing is written.

    Raises
    ------
    BadInputError, BadRowsError
        It is no table of hubs.
    MissingDataError
        The workspace's key is not on this machine.
    """
    rows, screen = read_hubs(content, today=today), screen_of(workspace)
    with workspace.store.reading() as connection:
        return _plan(rows, read_known(workspace, connection), read_rows(connection), screen, today)


def take_in_hubs(workspace: Workspace, content: bytes, *, today: date) -> HubPlan:
    """Record every new hub of a file in one step; it gives what became of it.

    Raises
    ------
    BadInputError, BadRowsError, MissingDataError
        As `plan_hubs`, and where a single row cannot be taken: nothing is kept then.
    """
    rows, screen = read_hubs(content, today=today), screen_of(workspace)
    with workspace.store.noting() as connection:
        known = read_known(workspace, connection)
        plan = _plan(rows, known, read_rows(connection), screen, today)
        if plan.faults:
            more = len(plan.faults) - _SHOWN
            rest = [f"And {more:,} more."] if more > 0 else []
            message = " ".join([*plan.faults[:_SHOWN], *rest, "Nothing was kept."])
            raise BadInputError(message)
        for hub in plan.new:
            write_session(connection, workspace, known, hub)
        if plan.new:
            append_line(connection, "hub held", f"file taken in: hubs {len(plan.new):,}", signer=workspace.signer)
    return plan


def _plan(rows: Sequence[HubRow], known: Known, recorded: Sequence[HubSession], screen: Screen, today: date) -> HubPlan:
    wrong, placed = [], []
    for row in rows:
        given = tidy_hub(row.hub) if row.hub else None
        found = [f"{row.fault}."] if given is None else faults(given, known, screen, today=today)
        if given is None or found:
            wrong.append(f"Row {row.number}: {' '.join(found)}")
        else:
            placed.append((row.number, replace(given, site=site_id(given.site, known))))
    wrong += _twice(placed)
    before = [same_hub(recorded, hub.day, hub.site) for _, hub in placed]
    known_rows = [(number, hub, was) for (number, hub), was in zip(placed, before, strict=True) if was is not None]
    return HubPlan(
        new=tuple(hub for (_, hub), was in zip(placed, before, strict=True) if was is None),
        on_record=sum(_same(was, hub) for _, hub, was in known_rows),
        differing=tuple(_told_differing(number, was) for number, hub, was in known_rows if not _same(was, hub)),
        faults=tuple(wrong),
    )


def _twice(placed: Sequence[tuple[int, HeldHub]]) -> list[str]:
    """Name the rows that hold a hub of an earlier row of the file."""
    first: dict[tuple[date, str], int] = {}
    told = []
    for number, hub in placed:
        earlier = first.setdefault((hub.day, hub.site), number)
        if earlier != number:
            told.append(f"Row {number}: the same day and site as row {earlier}; keep one of them.")
    return told


def _same(was: HubSession, hub: HeldHub) -> bool:
    return (was.people, dict(was.reasons), set(was.agencies)) == (hub.people, dict(hub.reasons), set(hub.agencies))


def _told_differing(number: int, was: HubSession) -> str:
    return (
        f"Row {number}: the hub of {was.day.isoformat()} at {was.place} is on record as number {was.number} with other "
        "numbers; it was passed over. Correct that record if the file is right."
    )
