"""Bring together what is known of each place where somebody may sleep rough, with the rates of finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.review.streets import streets_of
from geo.review.walks.pool import exploration_pool, pool_basis
from geo.review.walks.reading import reports_standing, visits_placed
from geo.review.walks.square_streets import square_streets
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.schema.walkabouts import WALK_BANDS, WALK_PLACES
from geo.walkabouts.bands import utc
from geo.walkabouts.finds.rates import FindRates, find_rates
from geo.walkabouts.response import open_reports
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.squares import middle_of

__all__ = ["KNOWN_WEEKS", "Where", "exploration_pool", "known_squares", "where"]

KNOWN_WEEKS: Final = 52
"""A place is known for so many weeks after somebody was reported or found there; for intelligence the options say."""
_KINDS: Final = {"square": str, "street": str, "last_seen": str, "known": bool}  # a table of no row has none of its own


@dataclass(frozen=True)
class Where:
    """What is known, place by place.

    Attributes
    ----------
    places
        WALK_PLACES table: what was reported, told and found, each in columns of its own. Every square with any of them;
        those with open reports first, then by the rate.
    rates
        Of the same squares.
    known
        The squares that are no exploration.
    beside
        By band, and "all": the squares that no visit could see, next to one that was seen. A report lies now and then
        just over the edge of the square that the team goes to: such a square is not out of sight.
    district_only
        Reports and intelligence within the year whose place may not be kept, or was not given.
    now
        The moment it is true for.
    sentences
        What it rests on, in plain words.
    """

    places: pd.DataFrame
    rates: FindRates
    known: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    district_only: int
    now: datetime
    sentences: tuple[str, ...]


def where(workspace: Workspace, *, now: datetime) -> Where:
    """Say what is known of each place.

    Parameters
    ----------
    now
        With its zone; nothing later counts.
    """
    options = workspace.scenario.walkabouts
    reports = [one for one in reports_standing(workspace) if utc(one.received) <= utc(now)]
    visits = [one for one in visits_placed(workspace) if utc(one.arrived) <= utc(now)]
    placed = [one for one in reports if one.square]
    squares = sorted({one.square for one in placed} | {one.square for one in visits})
    rates = find_rates(visits, squares, options, now=now)
    known = known_squares(placed, visits, options, now=now)
    streets = square_streets(squares, (*placed, *visits), streets_of(workspace))
    table = _columns(placed, visits, options, now=now).reindex(squares, fill_value=0)
    every = rates.table[(rates.table["band"] == "all") & (rates.table["square"] != "")].set_index("square")
    table = table.assign(
        street=[streets.get(square, "") for square in squares],
        visits=every["visits"],
        found=every["found"],
        last_seen=every["last_visit"],
        known=[square in known for square in squares],
        rate=every["rate"],
    ).rename_axis("square")
    table = table.reset_index().sort_values(
        ["open_reports", "rate", "square"], ascending=[False, False, True], ignore_index=True
    )
    year = utc(now) - timedelta(weeks=KNOWN_WEEKS)
    unplaced = sum(not one.square and utc(one.seen) >= year for one in reports)
    return Where(
        places=WALK_PLACES.validate(table[list(WALK_PLACES.columns)].astype(_KINDS)),
        rates=rates,
        known=known,
        beside=_beside(rates.table, options.answers_within_m),
        district_only=unplaced,
        now=now,
        sentences=(*rates.sentences, *_told(unplaced), pool_basis(workspace)),
    )


def known_squares(
    reports: Iterable[Report], visits: Iterable[Visit], options: WalkaboutOptions, *, now: datetime
) -> frozenset[str]:
    """Name the squares where somebody was reported or found within a year, or is expected by what still counts."""
    year = utc(now) - timedelta(weeks=KNOWN_WEEKS)
    told = {one.square for one in reports if one.square and utc(one.seen) >= _since(one, options, now)}
    return frozenset(told | {one.square for one in visits if one.found and utc(one.arrived) >= year})


def _since(report: Report, options: WalkaboutOptions, now: datetime) -> datetime:
    """Give the moment from which a report, or intelligence, counts."""
    weeks = options.intelligence_weeks if report.kind == "intelligence" else KNOWN_WEEKS
    return utc(now) - timedelta(weeks=weeks)


def _columns(
    reports: Sequence[Report], visits: Sequence[Visit], options: WalkaboutOptions, *, now: datetime
) -> pd.DataFrame:
    """Count each kind of evidence by square, on an index of squares."""
    names = ["open_reports", "reports", "reported_people", "intelligence", "found_lately"]
    year = utc(now) - timedelta(weeks=KNOWN_WEEKS)
    counting = [one for one in reports if utc(one.seen) >= _since(one, options, now)]
    rows = [(one.report.square, "open_reports", 1) for one in open_reports(reports, visits, options, now=now)]
    for one in counting:
        if one.kind == "intelligence":
            rows.append((one.square, "intelligence", 1))
        else:
            rows += [(one.square, "reports", 1), (one.square, "reported_people", one.people)]
    rows += [(one.square, "found_lately", one.found) for one in visits if utc(one.arrived) >= year]
    counted = pd.DataFrame(rows, columns=["square", "what", "many"])
    table = counted.pivot_table(index="square", columns="what", values="many", aggfunc="sum", fill_value=0)
    return table.reindex(columns=names, fill_value=0).astype("int64")


def _beside(rates: pd.DataFrame, within_m: float) -> Mapping[str, frozenset[str]]:
    """Name, by band, the squares that were not seen and lie next to one that was."""
    found = {}
    for band in WALK_BANDS:
        rows = rates[(rates["band"] == band) & (rates["square"] != "")]
        seen, unseen = (rows.loc[rows["visits"].gt(0) == was, "square"].tolist() for was in (True, False))
        found[band] = frozenset(_near_any(unseen, seen, within_m))
    return found


def _near_any(squares: Sequence[str], others: Sequence[str], within_m: float) -> list[str]:
    if not squares or not others:
        return []
    here, there = (np.array([middle_of(one) for one in those]) for those in (squares, others))
    apart, _ = cKDTree(there).query(here)
    near = np.asarray(apart) <= within_m
    return [square for square, holds in zip(squares, near.tolist(), strict=True) if holds]


def _told(unplaced: int) -> tuple[str, ...]:
    if not unplaced:
        return ()
    many = "1 report of the last year has" if unplaced == 1 else f"{unplaced:,} reports of the last year have"
    return (f"{many} no place that may be kept, and stands on no map and in no row.",)
