"""Tell in plain English how two periods set side by side differ, and in how many places that is sure."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from geo.evidence.as_recorded import AsRecorded
from geo.evidence.like_for_like import HubCounts, LikeForLike
from geo.evidence.periods import told_period
from geo.evidence.trend_sentences import VERDICT, tell_change, tell_ratio

AS_RECORDED: Final = (
    "Compared is everything that is recorded, new sources and hubs with it: a partner who began to send a file looks"
    " like growth here. To tell a change of need, compare like for like."
)
_CHANGED: Final = ("new", "growing", "fading")


def tell_as_recorded(found: AsRecorded, alike: LikeForLike) -> list[str]:
    """Say what two periods as recorded hold that no fair comparison would, one sentence each.

    Parameters
    ----------
    alike
        The same two periods like for like: it knows who began or stopped, and who is a hub.
    """
    aside = [
        f"{one.name} {one.why}, and its {_rows(one.rows)} counted here: part of a change may be that."
        for one in alike.set_aside
    ]
    return [AS_RECORDED, *aside, *_hubs(alike.hubs), *_left_out(found)]


def _hubs(hubs: HubCounts) -> list[str]:
    names = ", ".join(hubs.names)
    return [f"Counted in are hubs, which raise referrals by design: {names}."] if names else []


def _left_out(found: AsRecorded) -> list[str]:
    before, after = found.left_out
    both = f"{before:,} of {told_period(found.earlier)} and {after:,} of {told_period(found.later)}"
    return [f"Left out because of a flag: {both}."] if before or after else []


def tell_lengths(periods: tuple[str, str], months: tuple[int, int]) -> str:
    """Say that two periods are of different length, and what is done about it; empty where they are not.

    Examples
    --------
    >>> tell_lengths(("2021-22..2022-23", "2023-24"), (24, 12))
    '2021-22 to 2022-23 has 24 months on record and 2023-24 has 12, so counts are compared a year.'
    >>> tell_lengths(("2022-23", "2023-24"), (12, 12))
    ''
    """
    if months[0] == months[1]:
        return ""
    first, second = map(told_period, periods)
    part = " Where a year is not whole its seasons are missing too: like for like compares the same months."
    uneven = part if any(month % 12 for month in months) else ""
    return (
        f"{first} has {months[0]} months on record and {second} has {months[1]}, so counts are compared a year.{uneven}"
    )


def tell_pair(row: Mapping[Hashable, Any] | pd.Series, *, per_year: bool) -> str:
    """Say what changed at one place.

    Parameters
    ----------
    row
        A row of a COMPARED table.
    per_year
        Whether the periods are of different length.

    Examples
    --------
    >>> row = {"earlier": 20, "later": 25, "ratio": 2.5, "low": 1.33, "high": 4.75, "trend": "growing"}
    >>> tell_pair(row | {"earlier_a_year": 10.0, "later_a_year": 25.0}, per_year=True)
    'from 10 to 25 a year: 2.5 times as many (could be 1.33 to 4.8). Growing.'
    >>> tell_pair(row, per_year=False)
    'from 20 to 25: 2.5 times as many (could be 1.33 to 4.8). Growing.'
    """
    if not per_year or not row["earlier"] or not row["later"]:
        return tell_change(row)
    said = f"from {a_year(row['earlier_a_year'])} to {a_year(row['later_a_year'])} a year"
    range_95 = f"{tell_ratio(row['low'])} to {tell_ratio(row['high'])}"
    return f"{said}: {tell_ratio(row['ratio'])} times as many (could be {range_95}). {VERDICT[str(row['trend'])]}."


def a_year(count: float) -> str:
    """Write a count of a year: whole, or with one figure after the point.

    Examples
    --------
    >>> a_year(10.0), a_year(7.53), a_year(1234.0)
    ('10', '7.5', '1,234')
    """
    return f"{count:,.1f}".removesuffix(".0")


def tell_places(kinds: Mapping[str, int], *, places: int, tested: int) -> list[str]:
    """Say in how many places a change is sure, in how many none, and in how many nobody can tell.

    Parameters
    ----------
    kinds
        Places by trend.
    places
        All of them, those included where nobody came.
    tested
        Those with anybody in either period.

    Examples
    --------
    >>> tell_places({"growing": 2, "steady": 3, "too few to tell": 53}, places=58, tested=50)[0]
    'In 2 of 50 places with anybody a change is sure: growing 2. In 3 it is steady; in 45 there are too few to tell.'
    """
    if not tested:
        return ["Nobody is in any of these places in either period, so there is nothing to compare."]
    changed = {kind: kinds.get(kind, 0) for kind in _CHANGED if kinds.get(kind)}
    steady = kinds.get("steady", 0)
    rest = tested - sum(changed.values()) - steady
    told = ", ".join(f"{VERDICT[kind].lower()} {count}" for kind, count in changed.items())
    sure = f"{sum(changed.values())} of" if changed else "none of"
    first = f"In {sure} {_places(tested)} with anybody a change is sure{f': {told}' if told else ''}."
    also = ([f"in {steady} it is steady"] if steady else []) + (
        [f"in {rest} there are too few to tell"] if rest else []
    )
    second = "; ".join(also)
    said = [f"{first} {second[0].upper()}{second[1:]}." if second else first]
    return said + ([f"In {_places(places - tested)} nobody came in either period."] if places > tested else [])


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"
