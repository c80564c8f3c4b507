"""What officers said of pairs of sites: the same place, two places, or two services under one roof; and what follows.

An answer is written once and never changed; the last one on a pair counts, and taking one back is an answer too. It is
kept by the sites' ids, which a newer edition of a file leaves as they are.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

Answer = Literal["same place", "two places", "one roof", "undone"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
_JOINS: Final = frozenset({"same place", "one roof"})
_COLUMNS: Final = "first, second, answer, who, at"
Pair = tuple[str, str]


@dataclass(frozen=True)
class PairAnswer:
    """What somebody said of two sites.

    Attributes
    ----------
    first, second
        Their ids, the lesser one first.
    answer
        One of `ANSWERS`.
    who
        Name or initials.
    when
        ISO, UTC; empty where a script gave no clock.
    """

    first: str
    second: str
    answer: Answer
    who: str = ""
    when: str = ""

    @property
    def pair(self) -> Pair:
        """Both ids."""
        return self.first, self.second


def pair_of(one: str, other: str) -> Pair:
    """Put two ids in their order.

    Examples
    --------
    >>> pair_of("sites:b", "libraries:a")
    ('libraries:a', 'sites:b')
    """
    return (one, other) if one < other else (other, one)


def read_answers(connection: sqlite3.Connection) -> tuple[PairAnswer, ...]:
    """Read every answer, in the order of answering."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM same_places ORDER BY number").fetchall()  # noqa: S608 - our own column names
    return tuple(PairAnswer(first, second, cast("Answer", answer), *signed) for first, second, answer, *signed in rows)


def standing_answers(answers: Iterable[PairAnswer]) -> dict[Pair, PairAnswer]:
    """Give the answer that counts on each pair; pairs whose answer was taken back are left out."""
    last = {one.pair: one for one in answers}
    return {pair: one for pair, one in last.items() if one.answer != "undone"}


def places_of(answers: Mapping[Pair, PairAnswer]) -> tuple[frozenset[str], ...]:
    """Give the sites that are one place, whether they are the same service or several under one roof.

    Examples
    --------
    >>> said = [PairAnswer("a", "b", "same place"), PairAnswer("b", "c", "one roof")]
    >>> [sorted(place) for place in places_of(standing_answers(said))]
    [['a', 'b', 'c']]
    """
    return _joined(pair for pair, one in answers.items() if one.answer in _JOINS)


def services_of(answers: Mapping[Pair, PairAnswer]) -> tuple[frozenset[str], ...]:
    """Give the sites that are the same service, listed twice or more."""
    return _joined(pair for pair, one in answers.items() if one.answer == "same place")


def told_apart(answers: Mapping[Pair, PairAnswer]) -> tuple[Pair, ...]:
    """Give the pairs that were said to be two places."""
    return tuple(sorted(pair for pair, one in answers.items() if one.answer == "two places"))


def by_site(groups: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Give each site the group that it is in."""
    return {site: group for group in groups for site in group}


def _joined(pairs: Iterable[Pair]) -> tuple[frozenset[str], ...]:
    """Join pairs that have a site in common, in whatever order they come."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        group = group_of.setdefault(one, {one}) | group_of.setdefault(other, {other})
        group_of.update(dict.fromkeys(group, group))
    return tuple(sorted({frozenset(group) for group in group_of.values()}, key=sorted))
