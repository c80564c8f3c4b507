"""Let reports of rough sleeping near a place that was put on the safe list since count for the district alone.

As one that comes in later does (geo/review/walks/reports_kept.py): how many were seen and when stays, where goes.
"""

from collections.abc import Sequence
from typing import Any, Final

from geo.review.safe_list import SafeList
from geo.review.walks.card_purge import listed_stops
from geo.walkabouts.squares import middle_of

Row = tuple[Any, ...]
_SQUARE, _STREET, _LOCATED = 6, 7, 8  # columns of the table of reports
_NOWHERE: Final = ("", "", "district only")


def reports_placed_less(rows: Sequence[Row], safe: SafeList) -> list[Row]:
    """Give the rows, those near a listed place without square and street.

    Parameters
    ----------
    rows
        Of the table of reports.
    """
    squares = {str(row[_SQUARE]) for row in rows if row[_SQUARE]}
    near = {square for square, _ in listed_stops([(square, middle_of(square)) for square in sorted(squares)], safe)}
    return [(*row[:_SQUARE], *_NOWHERE, *row[_LOCATED + 1 :]) if row[_SQUARE] in near else row for row in rows]
