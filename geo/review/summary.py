"""Add up what a workspace keeps: what became of every row of every import."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.periods import review_year
from geo.review.feeds import Feed
from geo.review.institutions import institution_counts
from geo.review.records import count_flags, count_statuses
from geo.review.report import count_by_period
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class Summary:
    """What is kept, in numbers; the numbers of `status` add up to `rows`.

    Attributes
    ----------
    households
        Different household references among the rows.
    rows_without_household
        Rows that carry none.
    periods
        Rows by status in each review year.
    """

    name: str
    period: str
    rows: int
    households: int
    rows_without_household: int
    status: dict[str, int]
    flags: dict[str, int]
    periods: dict[str, dict[str, int]]
    address_kinds: dict[str, int]
    date_kinds: dict[str, int]
    sources: dict[str, int]
    feeds: tuple[Feed, ...]
    institutions: dict[str, int]
    editions: tuple[dict[str, Any], ...]


def summarise(workspace: Workspace, *, period: str = "") -> Summary:
    """Add up the records of a workspace, or of one review year.

    Parameters
    ----------
    period
        Such as "2024-25"; "" counts all.

    Raises
    ------
    BadInputError
        There are no records of that period.
    """
    scenario = workspace.scenario
    records = workspace.records()
    years = review_year(records["month"], first_month=scenario.review_first_month)
    if period and period not in set(years):
        found = ", ".join(sorted(set(years))) or "none yet"
        message = f"There are no records of the period '{period}'; there are: {found}."
        raise BadInputError(message)
    chosen = records[years == period] if period else records
    households = chosen["household"][chosen["household"] != ""]
    return Summary(
        name=scenario.name,
        period=period or "all",
        rows=len(chosen),
        households=int(households.nunique()),
        rows_without_household=len(chosen) - len(households),
        status=count_statuses(chosen),
        flags=count_flags(chosen),
        periods=count_by_period(chosen, first_month=scenario.review_first_month),
        address_kinds=_counts(chosen["address_kind"]),
        date_kinds=_counts(chosen["date_kind"]),
        sources=_counts(chosen["source"]),
        feeds=workspace.feeds(),
        institutions=institution_counts(workspace),
        editions=tuple(edition.model_dump(mode="json") for edition in workspace.editions()),
    )


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(value): int(count) for value, count in values.value_counts().sort_index().items()}
