"""Take plans of a night's count away that name a place which was put on the safe list since.

A plan goes as a whole, as a walk card does: its numbers are on paper. A result names no place and stays.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from geo.review.safe_list import SafeList
from geo.review.walks.card_purge import listed_stops
from geo.review.walks.snapshot_content import spots_of

Row = tuple[Any, ...]
_WHAT, _CONTENT = 2, 3  # columns of the table of plans and results
_PLAN: Final = "plan"


def snapshots_left(rows: Sequence[Row], safe: SafeList, tells: Callable[[Sequence[Any]], bool]) -> list[Row]:
    """Give the plans and results that stay, with the numbers they have.

    Parameters
    ----------
    rows
        Of the table.
    tells
        Whether the texts of a row name a listed place.
    """
    spots = [spots_of(json.loads(row[_CONTENT])) if row[_WHAT] == _PLAN else [] for row in rows]
    gone = listed_stops([spot for found in spots for spot in found], safe)
    return [row for row, found in zip(rows, spots, strict=True) if not (tells(row) or gone & set(found))]
