"""What can be asked to be forgotten, and how its rows are found: a person, a source, a period, an age."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.periods import review_year, years_of
from geo.review.audit import What
from geo.review.identity import record_digests, references
from geo.review.keys import Key
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.card_reasons import cards_ended
from geo.review.walks.forgetting import WalkRows, reports_from, reports_referred_to, walks_before, walks_between
from geo.review.walks.linked import with_their_stops


@dataclass(frozen=True)
class Found:
    """The rows that something asks to be forgotten.

    Attributes
    ----------
    records
        Their identities.
    feeds
        The feeds they are of.
    parts
        What they were found by, in words, to how many; adds up to the rows.
    counts
        Numbers of the tables of counts that partners sent; they hold no row.
    plans
        Feeds whose plan goes too, since the whole source is forgotten.
    walks
        Reports of people sleeping rough, visits, walk cards, plans of a count and rotas: their numbers by the name of
        the table.
    ended
        Numbers of walk cards that nobody may use any more: they stay, without why each stop is on them.
    """

    records: tuple[str, ...]
    feeds: tuple[str, ...]
    parts: dict[str, int]
    counts: tuple[int, ...] = ()
    plans: tuple[str, ...] = ()
    walks: WalkRows = field(default_factory=dict)
    ended: tuple[int, ...] = ()


class Asked(Protocol):
    """Something that is asked to be forgotten."""

    @property
    def what(self) -> What:
        """The kind of line it makes in the audit log."""

    @property
    def label(self) -> str:
        """What it is, without a value of a row."""

    def find(self, connection: sqlite3.Connection) -> Found:
        """Find its rows."""


@dataclass(frozen=True)
class ByReference:
    """A person: the household's reference, a case number of any feed, or the reference of a rough-sleeping report.

    Attributes
    ----------
    key
        The workspace's: references are kept as keyed hashes only.
    feed
        The only feed to look in, since two systems may use one number for two people; "" looks in all.
    """

    reference: str
    key: Key
    feed: str = ""
    what: What = "forgetting"
    label: str = "one reference"

    def find(self, connection: sqlite3.Connection) -> Found:
        """Find its rows.

        Raises
        ------
        BadInputError
            There is nothing to look for, or no such feed.
        """
        tidy = str(references(pd.Series([self.reference], dtype="str")).iloc[0])
        if not tidy:
            message = "No reference was given, or one that says there is none; give a household or case reference."
            raise BadInputError(message)
        parts = {}
        for feed in _feeds(connection, self.feed):
            kept = connection.execute("SELECT record, household FROM records WHERE feed = ?", (feed,)).fetchall()
            household, cases = self.key.digest("household", tidy), set(record_digests(self.key, tidy, feed=feed))
            parts[f"by household reference in {feed}"] = [(one, feed) for one, who in kept if who == household]
            parts[f"by case number in {feed}"] = [(one, feed) for one, who in kept if one in cases and who != household]
        reports = {} if self.feed else reports_referred_to(connection, self.key, self.reference)
        return replace(_found(parts), walks=with_their_stops(connection, reports))


@dataclass(frozen=True)
class BySource:
    """A feed, or a referring agency in any feed."""

    name: str
    what: What = "forgetting"

    @property
    def label(self) -> str:
        """The source's name."""
        return self.name

    def find(self, connection: sqlite3.Connection) -> Found:
        """Find its rows.

        Raises
        ------
        BadInputError
            No feed and no agency has this name.
        """
        rows = connection.execute("SELECT record, feed, source FROM records").fetchall()
        wanted = " ".join(self.name.split()).casefold()
        own = [(record, feed) for record, feed, _ in rows if feed.casefold() == wanted]
        other = [(record, feed) for record, feed, source in rows if source.casefold() == wanted != feed.casefold()]
        named = [feed for feed in _known(connection) if feed.casefold() == wanted]
        reports = reports_from(connection, self.name)
        if not own and not other and not named and not reports:
            raise BadInputError(_nothing_from(connection))
        found = _found({"as a source of files": own, "as a referring agency": other}, named)
        counts = [number for feed in named for number in _counts(connection, "feed = ?", feed)]
        walks = with_their_stops(connection, reports)
        return replace(found, counts=tuple(counts), plans=tuple(named), walks=walks)


@dataclass(frozen=True)
class ByPeriod:
    """Review years, such as "2019-20" or "2018-19..2019-20"."""

    period: str
    first_month: int
    what: What = "forgetting"

    @property
    def label(self) -> str:
        """The period."""
        return self.period

    def find(self, connection: sqlite3.Connection) -> Found:
        """Find its rows.

        Raises
        ------
        BadInputError
            It is not written like a period.
        """
        wanted = years_of(self.period)
        rows = connection.execute("SELECT record, feed, month FROM records").fetchall()
        years = review_year(pd.Series([row[2] for row in rows], dtype="str"), first_month=self.first_month)
        chosen = [row[:2] for row, year in zip(rows, years, strict=True) if year in wanted]
        counts = [number for year in wanted for number in _counts(connection, "substr(period, 1, 7) = ?", year)]
        return replace(
            _found({f"of {self.period}": chosen}), counts=tuple(counts), walks=self._walks(connection, wanted)
        )

    def _walks(self, connection: sqlite3.Connection, years: Sequence[str]) -> WalkRows:
        starts = [ReviewQuarter(year, 1, self.first_month).first_day for year in years]
        ends = [ReviewQuarter(year, 4, self.first_month).last_day for year in years]
        found: WalkRows = {}
        for first, last in zip(starts, ends, strict=True):
            for table, numbers in walks_between(connection, first, last).items():
                found[table] = found.get(table, ()) + numbers
        return found


@dataclass(frozen=True)
class ByAge:
    """What is older than a month, such as "2020-05"; with an empty month nothing is.

    Attributes
    ----------
    walks_before
        Reports, visits, cards and rotas of rough sleeping older than this day go too; with an empty day none do.
    cards_before
        Walk cards that ended before this day let go of why each stop is on them; with an empty day none do.
    """

    before: str
    walks_before: str = ""
    cards_before: str = ""
    what: What = "retention"

    @property
    def label(self) -> str:
        """The limit."""
        limits = [f"older than {self.before}"] if self.before else []
        limits += [f"walkabouts before {self.walks_before}"] if self.walks_before else []
        return ", ".join(limits) or "no limit"

    def find(self, connection: sqlite3.Connection) -> Found:
        """Find its rows."""
        rows = connection.execute("SELECT record, feed FROM records WHERE month < ?", (self.before,)).fetchall()
        found = _found({f"older than {self.before}": rows})
        old = walks_before(connection, self.walks_before)
        erased = set(old.get("walk_cards", ()))
        ended = tuple(number for number in cards_ended(connection, self.cards_before) if number not in erased)
        return replace(found, counts=_counts(connection, "last < ?", self.before), walks=old, ended=ended)


def _found(parts: dict[str, list[tuple[str, str]]], named: list[str] | None = None) -> Found:
    rows = [row for part in parts.values() for row in part]
    feeds = {feed for _, feed in rows} | set(named or [])
    counted = {words: len(part) for words, part in parts.items() if part}
    return Found(tuple(record for record, _ in rows), tuple(sorted(feeds)), counted)


def _feeds(connection: sqlite3.Connection, name: str) -> list[str]:
    """List the feeds to look in: the one that was named, or all."""
    wanted = " ".join(name.split()).casefold()
    feeds = [feed for feed in _known(connection) if wanted in ("", feed.casefold())]
    if wanted and not feeds:
        raise BadInputError(_nothing_from(connection))
    return feeds


def _known(connection: sqlite3.Connection) -> list[str]:
    query = (
        "SELECT feed FROM feeds UNION SELECT feed FROM records UNION SELECT feed FROM count_tables "
        "UNION SELECT feed FROM feed_plans ORDER BY feed"
    )
    return [str(feed) for (feed,) in connection.execute(query)]


def _counts(connection: sqlite3.Connection, where: str, value: str) -> tuple[int, ...]:
    """Find the tables of counts that partners sent."""
    query = f"SELECT number FROM count_tables WHERE {where} ORDER BY number"  # noqa: S608 - conditions of ours
    return tuple(int(number) for (number,) in connection.execute(query, (value,)))


def _nothing_from(connection: sqlite3.Connection) -> str:
    listed = ", ".join(_known(connection)) or "none"
    return f"No source of files and no referring agency has that name; nothing was removed. Sources: {listed}."
