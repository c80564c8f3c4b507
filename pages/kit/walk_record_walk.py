"""The form that records a walk with its stops, or puts one right; it keeps what was entered until it is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.cards import CardStop, WalkCard, read_cards
from geo.review.walks.clock import walk_end, walk_moment
from geo.review.walks.company import agency_names
from geo.review.walks.made import HeldWalk, MadeVisit, typed_place
from geo.review.walks.reading import visits_standing, walks_standing
from geo.review.walks.visits import ready_walk, record_walk
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import PURPOSES, Visit, WalkHeld
from geo.walkabouts.squares import told_square
from pages.kit import session
from pages.kit.walk_record_stop import GivenVisit, ask_visit, made_visit
from pages.kit.words import day, escape

_NEW, _NO_CARD = "A new walk", "No card"
_MOST_OTHERS: Final = 30
_MINUTE: Final = 60
_WHERE: Final = "Grid reference, postcode or street"
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class _Head:
    """What is asked of the walk itself."""

    when: date
    begins: time | None
    ends: time | None
    agencies: Sequence[str]
    people: int


@dataclass(frozen=True)
class _Other:
    """A place that is no stop of the card, as it was typed."""

    where: str
    given: GivenVisit
    was: Visit | None


def ask_walk(workspace: Workspace, turn: int) -> list[str]:
    """Ask for a walk; gives the sentences to say once it was recorded, none before.

    Parameters
    ----------
    turn
        A new one begins with empty fields.
    """
    walks = walks_standing(workspace)
    numbers = {_NEW: 0} | {f"In place of {named(one)}": one.number for one in walks[::-1]}
    replaced = numbers[st.selectbox("Record", list(numbers), key=f"walk_record_which_{turn}")]
    was = next((one for one in walks if one.number == replaced), None)
    key = f"walk_record_{turn}_{replaced}"
    card = _ask_card(read_cards(workspace), was, key)
    head = _ask_head(workspace, card, was, key)
    before = [one for one in visits_standing(workspace) if one.walk == replaced] if replaced else []
    matched = _matched(card, before)
    stops = _ask_stops(card, matched, key)
    others = _ask_others([one for one in before if one not in matched.values()], key)
    who = st.text_input("Who records it (name or initials)", key=f"{key}_who")
    st.caption("Numbers only: no names, nothing about anybody. A stop left at 'Not visited' is not recorded.")
    if not st.button("Record this walk", type="primary", key=f"{key}_record"):
        return []
    held = _held(head, card, stops, others, who)
    now = session.now(workspace)
    notes = ready_walk(workspace, held, now=now).notes
    made = record_walk(workspace, held, now=now, supersedes=replaced)
    return [f"Recorded as number {made.number}, with {len(held.visits)} visits.", *notes]


def named(one: WalkHeld) -> str:
    """Name a walk in a list to choose from."""
    return f"number {one.number}: {day(one.begins.date())} {one.begins:%H:%M}, {', '.join(one.agencies)}"


def _ask_card(cards: Sequence[WalkCard], was: WalkHeld | None, key: str) -> WalkCard | None:
    known = {f"Card {one.number}: {day(one.day)}, {one.recipient}": one for one in cards[::-1]}
    names = [_NO_CARD, *known]
    before = next((at for at, name in enumerate(names) if was and name.startswith(f"Card {was.card}: ")), 0)
    chosen = st.selectbox("Walk card", names, index=before, key=f"{key}_card")
    if chosen == _NO_CARD:
        none = "" if cards else "There is no walk card yet; the tab Walk makes one, and its stops stand here. "
        st.caption(f"{none}Without a card, say under 'Other places visited' how many there were, and enter each.")
    return known.get(chosen)


def _ask_head(workspace: Workspace, card: WalkCard | None, was: WalkHeld | None, key: str) -> _Head:
    key = f"{key}_{card.number if card else 0}"
    today = session.now(workspace).date()
    usual = was.begins.date() if was else min(card.walkabout.begins.date(), today) if card else today
    first, second, third = st.columns([2, 1, 1])
    when = first.date_input("Date", usual, max_value=today, format="DD/MM/YYYY", key=f"{key}_day")
    begins = second.time_input("Began", was.begins.time() if was else None, step=_MINUTE, key=f"{key}_begins")
    ends = third.time_input("Ended", was.ends.time() if was else None, step=_MINUTE, key=f"{key}_ends")
    first, second = st.columns([1, 2])
    people = first.number_input("How many walked", 0, 100, was.people if was else 0, key=f"{key}_people")
    known = list(dict.fromkeys([*(was.agencies if was else ()), *agency_names(workspace)]))
    agencies = second.multiselect(
        "Who walked along",
        known,
        default=list(was.agencies) if was else [],
        accept_new_options=True,
        help="Names of agencies; no person's.",
        key=f"{key}_agencies",
    )
    return _Head(when, begins, ends, agencies, int(people))


def _ask_stops(card: WalkCard | None, matched: Mapping[int, Visit], key: str) -> dict[int, GivenVisit]:
    if card is None:
        return {}
    st.markdown(f"**Stops of card {card.number}**")
    return {stop.number: _ask_stop(stop, matched.get(stop.number), f"{key}_{card.number}") for stop in card.stops}


def _ask_stop(stop: CardStop, was: Visit | None, key: str) -> GivenVisit:
    with st.container(border=True):
        place = escape(stop.street or told_square(stop.square))
        st.markdown(f"**{stop.number}. {place}**, planned {stop.arrive:%H:%M}, {stop.stay_minutes:.0f} minutes")
        return ask_visit(f"stop {stop.number}", f"{key}_stop_{stop.number}", was=was)


def _ask_others(before: Sequence[Visit], key: str) -> list[_Other]:
    """Ask for places that are no stop; a correction begins with those on record."""
    count = int(st.number_input("Other places visited", 0, _MOST_OTHERS, len(before), key=f"{key}_others"))
    return [_ask_other(at, before[at] if at < len(before) else None, f"{key}_other_{at}") for at in range(count)]


def _ask_other(at: int, was: Visit | None, key: str) -> _Other:
    with st.container(border=True):
        name = f"other place {at + 1}"
        where = st.text_input(f"{_WHERE}, {name}", was.square if was else "", key=f"{key}_where")
        return _Other(where, ask_visit(name, key, was=was, needed=True), was)


def _matched(card: WalkCard | None, before: Sequence[Visit]) -> dict[int, Visit]:
    """Find the visits on record that were at stops of the card."""
    left, found = list(before), {}
    for stop in card.stops if card else ():
        one = next((one for one in left if (one.square, one.purpose) == (stop.square, stop.purpose)), None)
        if one is not None:
            left.remove(one)
            found[stop.number] = one
    return found


def _held(
    head: _Head,
    card: WalkCard | None,
    stops: Mapping[int, GivenVisit],
    others: Sequence[_Other],
    who: str,
) -> HeldWalk:
    begins, ends = _hours(head)
    visits = [replace(made_visit(one, head.when, begins), stop=number) for number, one in stops.items() if one.outcome]
    visits += [_made_other(one, head.when, begins) for one in others]
    return HeldWalk(begins, ends, tuple(head.agencies), head.people, card.number if card else 0, who, tuple(visits))


def _hours(head: _Head) -> tuple[datetime, datetime]:
    if head.begins is None or head.ends is None:
        message = f"It does not say when the walk began or ended. {_NOTHING}"
        raise BadInputError(message)
    begins = walk_moment(head.when, head.begins)
    ends = walk_end(begins, head.ends) if begins else None
    if begins is None or ends is None:
        message = f"A time of the walk never was: that night the clocks went forward over it. {_NOTHING}"
        raise BadInputError(message)
    return begins, ends


def _made_other(other: _Other, when: date, begins: datetime) -> MadeVisit:
    purpose = other.was.purpose if other.was else PURPOSES[-1]
    return replace(made_visit(other.given, when, begins), place=typed_place(other.where), purpose=purpose)
