"""Why people came in a quarter, for the whole district, by age and household only where there are enough to tell."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse
from geo.evidence.cohorts import ENOUGH_IN_AREA, NOT_STATED, OTHERS, main_groups, tell_groups
from geo.evidence.counts import CohortField, unit_of
from geo.evidence.shares import FEWEST
from geo.review.quarter_feeds import in_quarter
from geo.review.review_quarters import ReviewQuarter

REASON_COLUMNS: Final = ("reason", "quarter", "year_before", "four_quarters", "ages", "households")
_NO_SPLIT: Final = "told as a total only"


@dataclass(frozen=True)
class QuarterReasons:
    """Why people came.

    Attributes
    ----------
    table
        A row a reason: household episodes of the quarter, of the same quarter a year before and of the last four
        quarters; ages and types of household of those four, where counts allow. A blank count is one to four.
    ages, households
        Who came in the quarter, in a line each.
    notes
        How it is counted.
    """

    table: pd.DataFrame
    ages: str
    households: str
    notes: tuple[str, ...]


def quarter_reasons(episodes: pd.DataFrame, quarter: ReviewQuarter) -> QuarterReasons:
    """Count household episodes by recorded reason (Hart 1.22, 1.23, 1.26).

    Parameters
    ----------
    episodes
        EPISODES table; an episode counts in its first month, by the reason of its first row.
    quarter
        Which one.
    """
    named = episodes.assign(reason=episodes["reason"].replace("", NOT_STATED))
    now, before = (named[in_quarter(named["month"], one)] for one in (quarter, quarter.a_year_before))
    year = named[_last_four(named["month"], quarter)]
    columns = [part["reason"].value_counts() for part in (now, before, year)]
    reasons = columns[2].index.union(columns[1].index)
    order = sorted(reasons, key=lambda reason: (-int(columns[2].get(reason, 0)), str(reason)))
    rows = [_row(str(reason), [int(column.get(reason, 0)) for column in columns], year) for reason in order]
    return QuarterReasons(
        table=_told(rows, [len(now), len(before), len(year)]),
        ages=_groups(now, "age_band"),
        households=_groups(now, "household_type"),
        notes=_notes(unit_of(year)),
    )


def _last_four(months: pd.Series, quarter: ReviewQuarter) -> pd.Series:
    return months.between(f"{quarter.a_year_before.next.first_day:%Y-%m}", f"{quarter.last_day:%Y-%m}")


def _row(reason: str, counts: list[int], year: pd.DataFrame) -> tuple[object, ...]:
    of_reason = year[year["reason"] == reason]
    if is_domestic_abuse(reason):
        return (reason, *counts, _NO_SPLIT, _NO_SPLIT)
    return (reason, *counts, _groups(of_reason, "age_band"), _groups(of_reason, "household_type"))


def _groups(episodes: pd.DataFrame, field: CohortField) -> str:
    return tell_groups(main_groups(episodes, field))


def _told(rows: list[tuple[object, ...]], totals: list[int]) -> pd.DataFrame:
    """Blank counts of one to four, and add the sum of all reasons."""
    table = pd.DataFrame([*rows, ("All reasons", *totals, "", "")], columns=list(REASON_COLUMNS))
    for column in REASON_COLUMNS[1:4]:
        counts = table[column].astype("Int64")
        table[column] = counts.mask((counts > 0) & (counts < FEWEST))
    return table


def _notes(unit: str) -> tuple[str, ...]:
    split = (
        f"Ages and households are those of the last four quarters, told where a reason has at least {ENOUGH_IN_AREA} "
        f"clients and a group at least {FEWEST}; the rest are '{OTHERS}'."
    )
    return (
        f"Counted are {unit}, of the whole district, with or without a place; none is counted by area.",
        f"A count of 1 to {FEWEST - 1} is not told by its number. {split}",
        "Domestic abuse is told as a total of the district and in no other way.",
    )
