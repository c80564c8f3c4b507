"""A partner's own file: whether it may be added, and the little that a partner is told of it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.agreements import read_agreements, require_agreed
from geo.review.workspace import Workspace

# All that depends on the council's own lists and files is one number: a partner who tries addresses one by one learns
# nothing of safe places, the boundary or what is kept.
_TOLD: Final[dict[str, str]] = {
    "malformed": "Not a postcode",
    "missing": "Blank",
    "no_fixed_abode": "No fixed abode",
    "not_known": "Address not known",
    "duplicate": "Repeated row",
}
TAKEN: Final = "With a postcode"


def require_current(workspace: Workspace, feed: str, *, today: date) -> None:
    """Refuse a partner's file where no agreement with them is on record, or it is past.

    The team may take a feed in without one, and is reminded; a partner may not add one by itself.

    Raises
    ------
    BadInputError
        There is no agreement today.
    """
    if not feed or feed not in read_agreements(workspace):
        message = "There is no sharing agreement for your file on record, so it cannot be added; ask the housing team."
        raise BadInputError(message)
    require_agreed(workspace, feed, today=today)


def told_counts(status: Mapping[str, int]) -> dict[str, int]:
    """Count the rows of a partner's file as the partner may know them; the total stays.

    Parameters
    ----------
    status
        Rows by status, as in `geo.schema.STATUSES`.

    Examples
    --------
    >>> told_counts({"located": 90, "withheld": 2, "outside": 3, "missing": 5})
    {'With a postcode': 95, 'Blank': 5}
    """
    told = {words: status.get(name, 0) for name, words in _TOLD.items()}
    counts = {TAKEN: sum(status.values()) - sum(told.values())} | told
    return {words: count for words, count in counts.items() if count}
