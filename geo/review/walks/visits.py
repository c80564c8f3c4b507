"""Record walkabouts with their visits, and visits outside any; finds and zero finds alike.

Rows are only added. A walk that was wrong is put right by a later one that takes its place with all its visits, or is
withdrawn with them; all of it stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_screen import screen_of
from geo.review.walks.cards import WalkCard, card_numbered, expired
from geo.review.walks.fields import require_fields
from geo.review.walks.made import HeldWalk, MadeVisit, tidy_visit, tidy_walk
from geo.review.walks.reading import read_visits, read_walks, visits_in, walks_in
from geo.review.walks.visit_checks import Checks, lone_faults, walk_faults
from geo.review.walks.visit_places import Placed, visit_places
from geo.review.walks.visit_rows import (
    NOTHING,
    ref_of,
    require_visit,
    require_walk,
    withdraw_visits,
    write_visit,
    write_walk,
    write_withdrawal,
)
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import Visit, WalkHeld

_MOST_TOLD: Final = 12


@dataclass(frozen=True)
class ReadyWalk:
    """A walkabout that was checked, with the places of its visits.

    Attributes
    ----------
    held
        Tidied; each visit at a stop with the purpose that the card gave it.
    places
        Where each visit was, in their order.
    notes
        Sentences that are no fault: the card had expired, stops without a record.
    """

    held: HeldWalk
    places: tuple[Placed, ...]
    notes: tuple[str, ...] = ()


def record_walk(workspace: Workspace, held: HeldWalk, *, now: datetime, supersedes: int = 0, ref: str = "") -> WalkHeld:
    """Record a walkabout with its visits, or put an earlier one right: all of it or nothing.

    Parameters
    ----------
    now
        With its zone: what is later is in the future.
    supersedes
        The number of the walk that this one puts right, with all its visits; 0 for a new one.
    ref
        The number that the phone's form gave the walk; empty for any other. A walk that is put right keeps its own.

    Raises
    ------
    BadInputError
        Something in it cannot be right, or the walk is on record already; every fault is told.
    MissingDataError
        The workspace's key is not on this machine.
    """
    ready = ready_walk(workspace, held, now=now)
    signer = workspace.signer
    with workspace.store.noting() as connection:
        walks, visits = walks_in(connection), visits_in(connection)
        if supersedes:
            require_walk(walks, supersedes)
            ref = ref or ref_of(connection, supersedes)
            withdraw_visits(connection, visits_of(visits, supersedes), ready.held.who, signer)
        _require_new(ready, [one for one in walks if one.number != supersedes], visits)
        number = write_walk(connection, ready.held, signer, ref=ref, supersedes=supersedes)
        for visit, where in zip(ready.held.visits, ready.places, strict=True):
            write_visit(connection, visit, where, (ready.held.who, signer), walk=number)
        instead = f", in place of {supersedes}" if supersedes else ""
        detail = f"recorded: number {number}, visits {len(ready.places)}{instead}"
        append_line(connection, "walk", detail, signer=signer)
    return next(one for one in read_walks(workspace) if one.number == number)


def ready_walk(workspace: Workspace, held: HeldWalk, *, now: datetime) -> ReadyWalk:
    """Check a walkabout, and find the places of its visits; nothing is written.

    Raises
    ------
    BadInputError
        Something in it cannot be right; every fault is told.
    MissingDataError
        The workspace's key is not on this machine.
    """
    given = tidy_walk(held)
    card = card_numbered(workspace, given.card) if given.card else None
    places = visit_places(workspace, given.visits, stops_of(card))
    refuse_faults(walk_faults(given, _checks(workspace, places, now)))
    purposes = {stop.number: stop.purpose for stop in card.stops} if card else {}
    visits = tuple(replace(one, purpose=purposes.get(one.stop, one.purpose)) for one in given.visits)
    ready = replace(given, visits=visits)
    return ReadyWalk(ready, places, notes_on(card, ready))


def record_visit(workspace: Workspace, visit: MadeVisit, *, who: str, now: datetime, supersedes: int = 0) -> Visit:
    """Record a visit outside any walkabout, such as the answer to a report, or put such a visit right.

    Raises
    ------
    BadInputError
        Something in it cannot be right, or it is on record already; every fault is told.
    MissingDataError
        The workspace's key is not on this machine.
    """
    given, name = tidy_visit(visit), " ".join(who.split())
    (where,) = places = visit_places(workspace, [given], {})
    refuse_faults(lone_faults(given, name, _checks(workspace, places, now)))
    with workspace.store.noting() as connection:
        before = visits_in(connection)
        if supersedes:
            require_visit(before, supersedes)
        same = [one for one in before if one.stands and one.number != supersedes and not one.walk]
        if any((one.square, _utc(one.arrived)) == (where.square, _utc(given.arrived)) for one in same):
            message = f"A visit to that place at that moment is on record already. {NOTHING}"
            raise BadInputError(message)
        signed = (name, workspace.signer)
        number = write_visit(connection, given, where, signed, supersedes=supersedes)
        detail = f"visit recorded: number {number}" + (f", in place of {supersedes}" if supersedes else "")
        append_line(connection, "walk", detail, signer=workspace.signer)
    return next(one for one in read_visits(workspace) if one.number == number)


def withdraw_walk(workspace: Workspace, number: int, *, who: str) -> WalkHeld:
    """Say that a walkabout does not count, nor any of its visits; all of it stays, marked.

    Raises
    ------
    BadInputError
        There is no such walk, it was put right or withdrawn before, or nobody is named.
    """
    with workspace.store.reading() as connection:  # the number first: nothing is asked of a name before
        require_walk(walks_in(connection), number)
    name, signer = _named(workspace, who), workspace.signer
    with workspace.store.noting() as connection:
        was = require_walk(walks_in(connection), number)
        visits = visits_of(visits_in(connection), number)
        withdraw_visits(connection, visits, name, signer)
        made = write_withdrawal(connection, was, name, signer)
        append_line(connection, "walk", f"withdrawn: number {number}, visits {len(visits)}", signer=signer)
    return next(one for one in read_walks(workspace) if one.number == made)


def withdraw_visit(workspace: Workspace, number: int, *, who: str) -> Visit:
    """Say that a visit outside any walkabout does not count; it stays, marked.

    Raises
    ------
    BadInputError
        There is no such visit, it belongs to a walk, it does not stand any more, or nobody is named.
    """
    with workspace.store.reading() as connection:
        require_visit(visits_in(connection), number)
    name, signer = _named(workspace, who), workspace.signer
    with workspace.store.noting() as connection:
        was = require_visit(visits_in(connection), number)
        made = withdraw_visits(connection, [was], name, signer)
        append_line(connection, "walk", f"visit withdrawn: number {number}", signer=signer)
    return next(one for one in read_visits(workspace) if one.number == made)


def stops_of(card: WalkCard | None) -> Mapping[int, Placed]:
    """Say where each stop of a card is, by its number."""
    return {stop.number: Placed(stop.square, stop.street) for stop in card.stops} if card else {}


def same_walk(ready: ReadyWalk, walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> WalkHeld | None:
    """Find the walk that stands, began at the same moment, and went to one of the same places; no other card is meant.

    Two teams of one card are two records: they went to different places.
    """
    given = {_place_of(where.square, one) for one, where in zip(ready.held.visits, ready.places, strict=True)}
    for one in walks:
        began = _utc(one.begins) == _utc(ready.held.begins) and _same_card(one.card, ready.held.card)
        if one.stands and began and given & {_place_of(visit.square, visit) for visit in visits_of(visits, one.number)}:
            return one
    return None


def says_the_same(ready: ReadyWalk, walk: WalkHeld, visits: Sequence[Visit]) -> bool:
    """Tell whether a walk on record says what one that was given says, whoever recorded it."""
    held = ready.held
    head = (_utc(walk.begins), _utc(walk.ends), walk.people, set(walk.agencies))
    if head != (_utc(held.begins), _utc(held.ends), held.people, set(held.agencies)):
        return False
    if not _same_card(walk.card, held.card):
        return False
    given = sorted(
        (where.square, _utc(one.arrived), _utc(one.left), one.outcome, one.counts)
        for one, where in zip(held.visits, ready.places, strict=True)
    )
    return given == sorted(
        (
            one.square,
            _utc(one.arrived),
            _utc(one.left),
            one.outcome,
            (one.bedded_down, one.about_to, one.offered, one.accepted, one.refused),
        )
        for one in visits_of(visits, walk.number)
    )


def visits_of(visits: Sequence[Visit], walk: int) -> list[Visit]:
    """Take the visits of a walk that stand."""
    return [one for one in visits if one.walk == walk and one.stands]


def notes_on(card: WalkCard | None, held: HeldWalk) -> tuple[str, ...]:
    """Say what is no fault of a walk, and worth knowing: an expired card, stops of it without a record."""
    if card is None:
        return ()
    found = []
    if expired(card, held.begins.date()):
        found.append(f"Walk card {card.number} had expired before this walk, on {card.expires.isoformat()}.")
    missed = sorted(set(stops_of(card)) - {one.stop for one in held.visits})
    if missed:
        more = len(missed) - _MOST_TOLD
        rest = f" and {more} more" if more > 0 else ""
        told = ", ".join(map(str, missed[:_MOST_TOLD]))
        found.append(f"Stops of the card without a record: {told}{rest}. They count as not visited.")
    return tuple(found)


def _require_new(ready: ReadyWalk, walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> None:
    found = same_walk(ready, walks, visits)
    if found is not None:
        message = (
            "A walk that began at that moment and went to one of these places is on record already, as number "
            f"{found.number}; put that one right. {NOTHING}"
        )
        raise BadInputError(message)


def _checks(workspace: Workspace, places: Sequence[Placed], now: datetime) -> Checks:
    return Checks(places, screen_of(workspace), workspace.scenario.walkabouts, now)


def _named(workspace: Workspace, who: str) -> str:
    name = " ".join(who.split())
    require_fields(workspace, {"who": name})
    if not name:
        message = "Say who withdraws it (a name or initials). Nothing was changed."
        raise BadInputError(message)
    return name


def refuse_faults(faults: Sequence[str]) -> None:
    """Refuse what has faults, telling all of them, or the first dozen.

    Raises
    ------
    BadInputError
        There is one.
    """
    if faults:
        more = len(faults) - _MOST_TOLD
        rest = [f"And {more:,} more faults."] if more > 0 else []
        message = " ".join([*faults[:_MOST_TOLD], *rest, NOTHING])
        raise BadInputError(message)


def _same_card(one: int, other: int) -> bool:
    """Tell whether two cards may be the same: a file of visits does not say which card a walk followed."""
    return one == other or 0 in {one, other}


def _place_of(square: str, visit: Visit | MadeVisit) -> str | datetime:
    """Tell visits apart by their squares; those that have none by the moment."""
    return square or _utc(visit.arrived)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
