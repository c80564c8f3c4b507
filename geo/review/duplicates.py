"""Sites that look like one place: which pairs are still to be answered, and an officer's answers on them.

Nothing is joined until somebody says so, and what was said can be taken back: the sites then stand apart as before.
"""

import sqlite3
from dataclasses import dataclass
from itertools import product
from typing import Final

import shapely

from geo.errors import BadInputError
from geo.places.same_place import Likeness, likely_pairs
from geo.review.audit import append_line
from geo.review.register_screen import screen_of
from geo.review.register_state import Known, overlaid, read_known
from geo.review.same_answers import (
    ANSWERS,
    Answer,
    Pair,
    PairAnswer,
    by_site,
    pair_of,
    places_of,
    told_apart,
)
from geo.review.workspace import Workspace

LONGEST_WHO: Final = 100
FARTHEST_M: Final = 2_000.0  # a wrong postcode puts a place so far off; what is farther off is another place
_METRES_A_KM: Final = 1_000


@dataclass(frozen=True)
class Answered:
    """An answer that counts, with the names of the sites.

    Attributes
    ----------
    answer
        What was said.
    names
        Of the first and the second site; the id where a site is no longer known.
    """

    answer: PairAnswer
    names: tuple[str, str]


def pairs_to_confirm(known: Known) -> tuple[Likeness, ...]:
    """Give the pairs that look like one place and on which nobody has answered, the likeliest first.

    Sites that are one place already count as one: of all their pairs with another site, the likeliest is given.
    """
    sites = overlaid(known)
    groups = by_site(places_of(known.answers))
    apart = {_between(groups, pair) for pair in told_apart(known.answers)}
    found: dict[frozenset[frozenset[str]], Likeness] = {}
    for pair in likely_pairs(sites[~sites["site_id"].isin(set(known.gone))]):
        between = _between(groups, (pair.first, pair.second))
        if len(between) > 1 and between not in apart:
            found.setdefault(between, pair)
    return tuple(found.values())


def answers_given(known: Known) -> tuple[Answered, ...]:
    """Give the answers that count, the latest first."""
    return tuple(
        Answered(one, (known.name_of(one.first), known.name_of(one.second)))
        for one in sorted(known.answers.values(), key=lambda one: (one.when, one.pair), reverse=True)
    )


def answer_pair(workspace: Workspace, one: str, other: str, answer: Answer, *, who: str = "") -> PairAnswer:
    """Say what two sites are to each other.

    Parameters
    ----------
    one, other
        Ids, or names that no other site has.
    answer
        "same place": one of them is the other. "one roof": two services in one building. "two places".
    who
        Name or initials; empty for whoever works on the workspace.

    Raises
    ------
    BadInputError
        There is no such site, nobody is named, the sites are too far apart, or what others said says otherwise.
    """
    name = _named(workspace, who)
    with workspace.store.writing() as connection:
        known = read_known(workspace, connection)
        pair = pair_of(known.find(one), known.find(other))
        _require_possible(known, pair, answer)
        return _write(connection, workspace, PairAnswer(*pair, answer, name))


def undo_answer(workspace: Workspace, one: str, other: str, *, who: str = "") -> PairAnswer:
    """Take an answer back; it gives the answer that counts no more.

    Raises
    ------
    BadInputError
        Nobody answered on these two sites, or nobody is named.
    """
    name = _named(workspace, who)
    with workspace.store.writing() as connection:
        known = read_known(workspace, connection)
        pair = _given_on(known, one, other)
        _write(connection, workspace, PairAnswer(*pair, "undone", name))
        return known.answers[pair]


def _given_on(known: Known, one: str, other: str) -> Pair:
    """Find the pair that was answered on: by ids, also of sites that have left their files, or by names."""
    direct = pair_of(one, other)
    pair = direct if direct in known.answers else pair_of(known.find(one), known.find(other))
    if pair not in known.answers:
        message = (
            "Nobody has answered on these two sites, so there is nothing to take back. See planner sites same list."
        )
        raise BadInputError(message)
    return pair


def _named(workspace: Workspace, who: str) -> str:
    name = " ".join((who or workspace.signer.who).split())
    if not name or len(name) > LONGEST_WHO:
        message = f"Say who answers, a name or initials in 1 to {LONGEST_WHO} letters. Nothing was kept."
        raise BadInputError(message)
    screen_of(workspace).require_fit({"who": name})
    return name


def _require_possible(known: Known, pair: Pair, answer: Answer) -> None:
    """Refuse an answer that cannot be, or that contradicts what was said of these sites before."""
    if answer not in ANSWERS or answer == "undone":
        message = f"Expected one of: {', '.join(ANSWERS[:-1])}. Nothing was kept."
        raise BadInputError(message)
    if pair[0] == pair[1]:
        message = "That is one and the same site of one list. Nothing was kept."
        raise BadInputError(message)
    if answer == "two places":
        _require_not_joined(known, pair)
    else:
        _require_near(known, pair)
        _require_not_apart(known, pair)


def _require_near(known: Known, pair: Pair) -> None:
    points = known.sites.set_index("site_id").geometry
    distance_m = float(shapely.distance(points[pair[0]], points[pair[1]]))
    if distance_m > FARTHEST_M:
        message = (
            f"{known.name_of(pair[0])} and {known.name_of(pair[1])} are {distance_m / _METRES_A_KM:.1f} km apart, too "
            "far for one place. Mend the postcode of the wrong one first. Nothing was kept."
        )
        raise BadInputError(message)


def _require_not_apart(known: Known, pair: Pair) -> None:
    groups = by_site(places_of(known.answers))
    sides = (groups.get(site, frozenset({site})) for site in pair)
    crossing = {pair_of(one, other) for one, other in product(*sides)}
    against = [apart for apart in told_apart(known.answers) if apart in crossing and apart != pair]
    if against:
        one, other = (known.name_of(site) for site in against[0])
        message = f"{one} and {other} were said to be two places, and these would join them. Take that back first."
        raise BadInputError(message)


def _require_not_joined(known: Known, pair: Pair) -> None:
    rest = {key: one for key, one in known.answers.items() if key != pair}
    if any(set(pair) <= place for place in places_of(rest)):
        message = (
            f"{known.name_of(pair[0])} and {known.name_of(pair[1])} are one place by what was said of other pairs. "
            "Take one of those answers back first."
        )
        raise BadInputError(message)


def _write(connection: sqlite3.Connection, workspace: Workspace, said: PairAnswer) -> PairAnswer:
    number = int(connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM same_places").fetchone()[0])
    signed = (workspace.signer.who, workspace.signer.moment())
    row = (number, said.first, said.second, said.answer, said.who, *signed)
    connection.execute("INSERT INTO same_places VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    append_line(connection, "site register", f"two sites compared: {said.answer}", signer=workspace.signer)
    return said


def _between(groups: dict[str, frozenset[str]], pair: Pair) -> frozenset[frozenset[str]]:
    """Name the places that a pair lies between: one alone where its sites are one place already."""
    return frozenset(groups.get(site, frozenset({site})) for site in pair)
