"""What an import did, in numbers: totals in equal totals out."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from geo.evidence.periods import review_year
from geo.review.ledger import Difference
from geo.review.records import count_statuses


@dataclass(frozen=True)
class Report:
    """Say what became of every row of one file.

    Attributes
    ----------
    feed
        The name the file was added under.
    layout
        How it was read, such as "CSV, UTF-8, comma".
    rows
        Records in the file; the numbers of `status` add up to it.
    status, flags
        Rows by status, and rows that carry each flag.
    periods
        Rows by status in each review year.
    columns
        Field to column name, as used.
    dropped
        Names of the columns that were not used; nothing of them is kept.
    folded
        Field to the rows whose text was not kept as it could be more than a category.
    address_kind, date_kind
        What the officer said the file holds.
    added, updated, unchanged
        Rows new to the workspace, known and different, known and the same; they add up to `rows`.
    changes
        What changed in the updated rows, as field to rows.
    kept_from_before
        Rows of this feed that an earlier export held and this one does not; they stay.
    notes
        Sentences the officer should read.
    """

    feed: str
    layout: str
    rows: int
    status: dict[str, int]
    flags: dict[str, int]
    periods: dict[str, dict[str, int]]
    columns: dict[str, str]
    dropped: tuple[str, ...]
    folded: dict[str, int]
    address_kind: str
    date_kind: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    changes: dict[str, int] | None = None
    kept_from_before: int = 0
    notes: tuple[str, ...] = ()

    def with_difference(self, difference: Difference) -> "Report":
        """Return the report with what a comparison with the rows kept found."""
        return replace(
            self,
            added=difference.added,
            updated=difference.updated,
            unchanged=difference.unchanged,
            changes=difference.changes,
            kept_from_before=difference.kept_from_before,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return asdict(self)


def count_by_period(records: pd.DataFrame, *, first_month: int) -> dict[str, dict[str, int]]:
    """Count the rows of every status in each review year, oldest first."""
    periods = review_year(records["month"], first_month=first_month)
    return {str(period): count_statuses(part) for period, part in records.groupby(periods, sort=True)}
