"""Bring together what is known of each place where somebody may sleep rough, with the rates of finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.walks.pool import exploration_pool, pool_basis
from geo.review.walks.reading import reports_standing, visits_standing
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.schema.walkabouts import WALK_PLACES
from geo.walkabouts.finds.rates import FindRates, find_rates
from geo.walkabouts.response import open_reports
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.squares import middle_of

__all__ = ["KNOWN_WEEKS", "Where", "exploration_pool", "known_squares", "where"]

KNOWN_WEEKS: Final = 52
"""A place is known for so many weeks after somebody was reported or found there; for intelligence the options say."""
_NAMED_WITHIN_M: Final = 150.0
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
    reports = [one for one in reports_standing(workspace) if one.received <= now]
    visits = [one for one in visits_standing(workspace) if one.arrived <= now]
    placed = [one for one in reports if one.square]
    squares = sorted({one.square for one in placed} | {one.square for one in visits})
    rates = find_rates(visits, squares, options, now=now)
    known = known_squares(placed, visits, options, now=now)
    streets = _streets(squares, (*placed, *visits), streets_of(workspace))
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
    year = now - timedelta(weeks=KNOWN_WEEKS)
    unplaced = sum(not one.square and one.seen >= year for one in reports)
    return Where(
        places=WALK_PLACES.validate(table[list(WALK_PLACES.columns)].astype(_KINDS)),
        rates=rates,
        known=known,
        district_only=unplaced,
        now=now,
        sentences=(*rates.sentences, *_told(unplaced), pool_basis(workspace)),
    )


def known_squares(
    reports: Iterable[Report], visits: Iterable[Visit], options: WalkaboutOptions, *, now: datetime
) -> frozenset[str]:
    """Name the squares where somebody was reported or found within a year, or is expected by what still counts."""
    year = now - timedelta(weeks=KNOWN_WEEKS)
    told = {one.square for one in reports if one.square and one.seen >= _since(one, options, now)}
    return frozenset(told | {one.square for one in visits if one.found and one.arrived >= year})


def _since(report: Report, options: WalkaboutOptions, now: datetime) -> datetime:
    """Give the moment from which a report, or intelligence, counts."""
    weeks = options.intelligence_weeks if report.kind == "intelligence" else KNOWN_WEEKS
    return now - timedelta(weeks=weeks)


def _columns(
    reports: Sequence[Report], visits: Sequence[Visit], options: WalkaboutOptions, *, now: datetime
) -> pd.DataFrame:
    """Count each kind of evidence by square, on an index of squares."""
    names = ["open_reports", "reports", "reported_people", "intelligence", "found_lately"]
    year = now - timedelta(weeks=KNOWN_WEEKS)
    counting = [one for one in reports if one.seen >= _since(one, options, now)]
    rows = [(one.report.square, "open_reports", 1) for one in open_reports(reports, visits, options, now=now)]
    for one in counting:
        if one.kind == "intelligence":
            rows.append((one.square, "intelligence", 1))
        else:
            rows += [(one.square, "reports", 1), (one.square, "reported_people", one.people)]
    rows += [(one.square, "found_lately", one.found) for one in visits if one.arrived >= year]
    counted = pd.DataFrame(rows, columns=["square", "what", "many"])
    table = counted.pivot_table(index="square", columns="what", values="many", aggfunc="sum", fill_value=0)
    return table.reindex(columns=names, fill_value=0).astype("int64")


def _streets(squares: Sequence[str], evidence: Iterable[Report | Visit], streets: Streets | None) -> Mapping[str, str]:
    """Name each square's street: the nearest with a name on the map, else as it was last written down."""
    written = {one.square: one.street for one in evidence if one.street}
    if streets is None or not squares:
        return written
    named = streets.table[streets.table["name"] != ""]
    tree = shapely.STRtree(named.geometry.to_numpy())
    points = shapely.points([middle_of(square) for square in squares])
    asked, found = tree.query_nearest(points, max_distance=_NAMED_WITHIN_M, all_matches=False)
    names = named["name"].to_numpy()[found]
    return written | {squares[row]: str(name) for row, name in zip(np.asarray(asked), names, strict=True)}


def _told(unplaced: int) -> tuple[str, ...]:
    if not unplaced:
        return ()
    many = "1 report of the last year has" if unplaced == 1 else f"{unplaced:,} reports of the last year have"
    return (f"{many} no place that may be kept, and stands on no map and in no row.",)
