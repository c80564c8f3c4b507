"""Figures of a quarter from the records of walkabouts: found, offers, answers, walkabouts, reported and visited.

What no record tells is not known, never nought: a quarter without a walk on record may have been walked and not
recorded. A quarter whose walks found nobody is a true nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from geo.review.quarter_figures import FIGURES, figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.forgetting import oldest_walk_day
from geo.review.walks.reading import reports_standing, visits_standing, walks_standing
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import day_of, local, utc
from geo.walkabouts.response import Response, response_of
from geo.walkabouts.sightings import Visit, WalkHeld

TABLE: Final = (
    "Quarter", "Walkabouts", "Visits", "Visits that found nobody", "Not accessible", "People found on walks",
    "People found outside walks", "Offers made", "Accepted", "Refused",
)  # fmt: skip


@dataclass(frozen=True)
class FilledFigures:
    """What became of the figures of a quarter.

    Attributes
    ----------
    figures
        All seven as they stand now; None for each that is not known.
    changed
        A sentence for each figure that was written.
    kept
        A sentence for each that had been given before and differs from the records: it was left as it is.
    notes
        What is to be known of the figures from the records.
    """

    figures: dict[str, int | None]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]


def figures_from_records(workspace: Workspace, quarter: ReviewQuarter, *, now: datetime) -> dict[str, int]:
    """Count what the records tell of a quarter, by the names of `FIGURES`; what they do not tell is left out.

    Reports are counted, not people. Visited is within one working day, whatever the options say. Found is on walkabouts
    alone; offers and what became of them count every visit.

    Parameters
    ----------
    now
        With its zone: what came later is passed over.
    """
    options = workspace.scenario.walkabouts
    walks, visits = _within(workspace, quarter, options, now)
    found: dict[str, int] = {}
    response = _response(workspace, quarter, options, now)
    if response.reported.reports:
        found |= {"reported": response.reported.reports, "visited": response.in_time.reports}
    if walks:
        found["found"] = sum(one.found for one in visits if one.walk)
    if visits:
        found["offers"] = sum(one.offered for one in visits)
        found["accepted"] = sum(one.accepted for one in visits)
        found["refused"] = sum(one.refused for one in visits)
    if walks:
        found["walkabouts"] = count_walks(walks, options)
    return found


def record_notes(workspace: Workspace, quarter: ReviewQuarter, *, now: datetime) -> tuple[str, ...]:
    """Say what is to be known of the figures that the records give."""
    options, today = workspace.scenario.walkabouts, local(now).date()
    response = _response(workspace, quarter, options, now)
    _, visits = _within(workspace, quarter, options, now)
    notes = list(_not_people(response, visits))
    missing = response.not_followed.reports
    if missing:
        have, they = ("1 report has", "it counts") if missing == 1 else (f"{missing:,} reports have", "they count")
        notes.append(f"{have} no place on record, so no visit can be told to answer: {they} as not visited.")
    if options.working_days != 1:
        notes.append(
            f"Visited counts one working day, as the delivery plan says; the reports' own list counts "
            f"{options.working_days}, as the options say."
        )
    oldest = oldest_walk_day(options.keep_months, today)
    if oldest and quarter.first_day.isoformat() < oldest:
        notes.append("Records of so long ago may have been erased: the figures can be too low.")
    if today <= quarter.last_day:
        notes.append("The quarter is not over.")
    return tuple(notes)


def fill_figures(
    workspace: Workspace, quarter: ReviewQuarter, *, who: str, now: datetime, over: bool = False
) -> FilledFigures:
    """Write what the records tell into the figures of a quarter, and say what changed.

    Parameters
    ----------
    who
        A name or initials.
    over
        Whether a figure that was given before, and differs, is written over; else it stays and is told.

    Raises
    ------
    BadInputError
        Nobody is named, the quarter has not begun, or the figures do not fit those that stand.
    """
    told, before = figures_from_records(workspace, quarter, now=now), figures_of(workspace, quarter)
    notes = record_notes(workspace, quarter, now=now)
    differing = {name: value for name, value in told.items() if before[name] not in {None, value}}
    written = {name: value for name, value in told.items() if before[name] is None or (over and name in differing)}
    after = set_figures(workspace, quarter, written, who=who, today=local(now).date())
    changed = [f"{FIGURES[name]}: {_told(before[name])} before, now {value:,}." for name, value in written.items()]
    kept = [
        f"{FIGURES[name]}: {_told(before[name])} was given, and the records tell of {value:,}; left as it is."
        for name, value in differing.items()
        if not over
    ]
    return FilledFigures(after, tuple(changed), tuple(kept), notes)


def told_figures(figures: dict[str, int]) -> str:
    """Tell figures in a sentence, each under its own name; reported and found are never added up.

    Examples
    --------
    >>> told_figures({"found": 0, "walkabouts": 2})
    'From the walkabouts recorded: people found sleeping rough on walkabouts 0; walkabouts held 2.'
    >>> told_figures({})
    'No report and no walkabout of this quarter is on record, so nothing is known from them.'
    """
    if not figures:
        return "No report and no walkabout of this quarter is on record, so nothing is known from them."
    told = [f"{FIGURES[name][0].lower()}{FIGURES[name][1:]} {figures[name]:,}" for name in FIGURES if name in figures]
    return f"From the walkabouts recorded: {'; '.join(told)}."


def visit_table(workspace: Workspace, quarters: Sequence[ReviewQuarter], *, now: datetime) -> pd.DataFrame:
    """Lay what was walked, found and offered out, a row a quarter; blank where nothing is on record.

    Returns
    -------
    pandas.DataFrame
        Columns of `TABLE`; whole numbers but for Quarter.
    """
    options = workspace.scenario.walkabouts
    rows = [_table_row(quarter, *_within(workspace, quarter, options, now), options) for quarter in quarters]
    table = pd.DataFrame(rows, columns=list(TABLE))
    return table.astype(dict.fromkeys(TABLE[1:], "Int64"))


def count_walks(walks: Sequence[WalkHeld], options: WalkaboutOptions) -> int:
    """Count walkabouts: two teams that followed one card on one day held one, in two records.

    Parameters
    ----------
    walks
        Those that stand.
    """
    held = {(one.card, day_of(one.begins, options)) if one.card else (-one.number, None) for one in walks}
    return len(held)


def _not_people(response: Response, visits: Sequence[Visit]) -> tuple[str, ...]:
    """Say what may be counted more than once, and what is found or offered outside walks."""
    several = ["reported several times"] * bool(response.reported.reports)
    several += ["found on several walks"] * any(one.found for one in visits)
    found = [f"One person may be {' or '.join(several)}: these are no numbers of different people."] * bool(several)
    alone = [one for one in visits if not one.walk and (one.found or one.offered)]
    if alone:
        found.append(
            f"Outside walks {_people(sum(one.found for one in alone))} found and {_offers(alone)} made: found "
            "counts walkabouts only, offers count both."
        )
    return tuple(found)


def _people(many: int) -> str:
    return "1 person was" if many == 1 else f"{many:,} people were"


def _offers(visits: Sequence[Visit]) -> str:
    many = sum(one.offered for one in visits)
    return "1 offer" if many == 1 else f"{many:,} offers"


def _within(
    workspace: Workspace, quarter: ReviewQuarter, options: WalkaboutOptions, now: datetime
) -> tuple[list[WalkHeld], list[Visit]]:
    """Take the walks of a quarter, and its visits: those of its walks, and those outside any walk."""
    walks = [
        one
        for one in walks_standing(workspace)
        if quarter.holds(day_of(one.begins, options)) and utc(one.begins) <= utc(now)
    ]
    numbers = {one.number for one in walks}
    visits = [
        one
        for one in visits_standing(workspace)
        if one.walk in numbers
        or (not one.walk and quarter.holds(day_of(one.arrived, options)) and utc(one.arrived) <= utc(now))
    ]
    return walks, visits


def _table_row(
    quarter: ReviewQuarter, walks: Sequence[WalkHeld], visits: Sequence[Visit], options: WalkaboutOptions
) -> tuple[object, ...]:
    seen = (
        (
            len(visits),
            sum(one.outcome == "nobody" for one in visits),
            sum(one.outcome == "not accessible" for one in visits),
            sum(one.found for one in visits if one.walk),
            sum(one.found for one in visits if not one.walk),
            sum(one.offered for one in visits),
            sum(one.accepted for one in visits),
            sum(one.refused for one in visits),
        )
        if visits
        else (pd.NA,) * (len(TABLE) - 2)
    )
    return quarter.name, count_walks(walks, options) if walks else pd.NA, *seen


def _response(workspace: Workspace, quarter: ReviewQuarter, options: WalkaboutOptions, now: datetime) -> Response:
    """Follow the clock of one working day, which the delivery plan names, whatever the options say."""
    return response_of(
        reports_standing(workspace),
        visits_standing(workspace),
        options.model_copy(update={"working_days": 1}),
        first=quarter.first_day,
        last=quarter.last_day,
        now=now,
    )


def _told(value: int | None) -> str:
    return "not known" if value is None else f"{value:,}"
