"""Refuse what can be no aggregates of a pack, before anything is told from it: whatever a stranger's file held."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from h3 import H3BaseException
from pandera.errors import SchemaError
from shapely.errors import ShapelyError

from geo.errors import BadInputError
from geo.review.pack.content import AUDIENCES
from geo.review.pack.origins import FORMAT

FORGED: Final = (
    *(LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RuntimeError, StopIteration, MemoryError),
    *(SchemaError, H3BaseException, ShapelyError),
)
"""What values that no planner wrote can run into."""

_MOST_CLIENTS: Final = 2_000_000  # of two years: a hundred times what a county has


def require_readable(aggregates: Any) -> None:  # noqa: ANN401 - whatever a file held
    """Refuse what is no pack's, what a newer planner wrote, and counts so large that telling them would not end.

    Raises
    ------
    BadInputError
        They are not what this planner reads.
    """
    known = isinstance(aggregates, dict) and aggregates.get("audience") in AUDIENCES
    if not known or type(aggregates.get("format")) is not int:
        message = "These are not the numbers of a pack; expected the file that the planner wrote with the pack."
        raise BadInputError(message)
    if aggregates["format"] > FORMAT:
        message = "A newer planner wrote the numbers of this pack; open it with that one."
        raise BadInputError(message)
    try:
        small = _is_small(aggregates.get("like_for_like"))
    except FORGED:
        small = False
    if not small:
        message = "The numbers of this pack are not as the planner wrote them; take the file from a copy."
        raise BadInputError(message)


def _is_small(compared: Mapping[str, Any] | None) -> bool:
    """Tell whether the comparison of two years, which is told client by client, holds no more than its totals say."""
    if compared is None or compared["why"]:
        return True
    totals = [int(total) for total in compared["totals"]]
    within = all(
        _sum(pair[side] for pair in compared[level].values()) <= total
        for side, total in enumerate(totals)
        for level in ("cells", "wards")
    )
    return within and _sum(totals) <= _MOST_CLIENTS


def _sum(counts: Iterable[int]) -> int:
    found = list(counts)
    if any(type(count) is not int or count < 0 for count in found):
        message = "a count is none"
        raise ValueError(message)
    return sum(found)
