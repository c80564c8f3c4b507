"""Take places that must not be shown out of packs that were kept before, as if they had not been told there.

Else the database would name a place that no screen shows. The numbers stay, and so do who kept the pack and when; the
digest becomes that of what is left, but where it did not fit before. The audit log has the one that the pack was kept
with, for whoever holds a copy that was given out (`layers/pack/verify.py`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from geo.review.freezing import canonical

Row = tuple[Any, ...]
_WHY, _CONTENT, _DIGEST = 5, 6, 7  # columns of the table of packs


def packs_left(
    rows: Sequence[Row], tells: Callable[[Sequence[str]], bool], without: Callable[[dict[str, Any]], dict[str, Any]]
) -> list[Row]:
    """Give every pack without such places.

    Parameters
    ----------
    rows
        Of the table of packs.
    tells
        Whether texts name such a place.
    without
        Gives the aggregates of a pack without them.
    """
    return [_left(row, tells, without) for row in rows]


def _left(row: Row, tells: Callable[[Sequence[str]], bool], without: Callable[[dict[str, Any]], dict[str, Any]]) -> Row:
    cells = list(row)
    if tells([row[_WHY]]):
        cells[_WHY] = ""
    content = json.loads(row[_CONTENT])
    left = without(content)
    if left != content:
        cells[_CONTENT] = canonical(left)
        cells[_DIGEST] = _digest(cells[_CONTENT]) if row[_DIGEST] == _digest(row[_CONTENT]) else row[_DIGEST]
    return tuple(cells)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
