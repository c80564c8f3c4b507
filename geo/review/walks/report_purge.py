"""Let reports of rough sleeping, as well as visits, near a place listed since count for the district alone.

As one that comes in later does (geo/review/walks/reports_kept.py): how many were seen and when stays, where goes.
"""

from collections.abc import Sequence
from typing import Any, Final

from geo.review.safe_list import SafeList
from geo.review.walks.card_purge import listed_stops
from geo.walkabouts.squares import middle_of

Row = tuple[Any, ...]
_SQUARE, _STREET, _LOCATED, _GIVEN = 6, 7, 8, 15  # columns of the table of reports
_VISIT_SQUARE, _VISIT_STREET = 2, 3  # of the table of visits
_NOWHERE: Final = ("", "", "district only")


def reports_placed_less(rows: Sequence[Row], safe: SafeList) -> list[Row]:
    """Give the rows, those near a listed place without square and street, and without the hash of what was given.

    Parameters
    ----------
    rows
        Of the table of reports.
    """
    near = _near([str(row[_SQUARE]) for row in rows], safe)
    return [
        (*row[:_SQUARE], *_NOWHERE, *row[_LOCATED + 1 : _GIVEN], "") if row[_SQUARE] in near else row for row in rows
    ]


def visits_placed_less(rows: Sequence[Row], safe: SafeList) -> list[Row]:
    """Give the rows, those near a listed place without square and street.

    Parameters
    ----------
    rows
        Of the table of visits.
    """
    near = _near([str(row[_VISIT_SQUARE]) for row in rows], safe)
    return [
        (*row[:_VISIT_SQUARE], "", "", *row[_VISIT_STREET + 1 :]) if row[_VISIT_SQUARE] in near else row for row in rows
    ]


def _near(squares: Sequence[str], safe: SafeList) -> set[str]:
    stops = [(square, middle_of(square)) for square in sorted(set(squares) - {""})]
    return {square for square, _ in listed_stops(stops, safe)}
