"""Which month an edition is of, and whether it is older than the one in use."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from geo.editions import Edition
from geo.places.edition_dates import dated, named_month, stated_version

OLDER_ADVICE: Final = "nothing was changed. Add --older-too if you want it all the same."
_MONTHS: Final = 12


def month_of(edition: Edition) -> int:
    """Tell which month an edition is of, as YYYYMM; 0 where it does not say.

    Examples
    --------
    >>> month_of(Edition(dataset="gazetteer", title="", edition="2025.4.0", rows=1, added=date(2026, 1, 1)))
    202511
    """
    stated = stated_version(f"VERSION NUMBER: {edition.edition}")
    return stated.month if stated else named_month(edition.edition)


def older_words(what: str, new: int, in_use: Iterable[Edition]) -> str:
    """Say that something is older than the edition in use; "" where it is not, or does not say of when it is.

    Parameters
    ----------
    what
        What was given, or is on offer.
    new
        YYYYMM of it; 0 where it is not known.
    in_use
        Editions of the same data set.
    """
    newest = max(map(month_of, in_use), default=0)
    if not new or new >= newest:
        return ""
    return f"{what} is of {dated(new).label}, older than that of {dated(newest).label} in use"


def months_old(edition: Edition, today: date) -> int:
    """Tell how many months an edition is old: since the month it is of, else since it was added.

    Examples
    --------
    >>> found = Edition(dataset="gazetteer", title="", edition="2025-11", rows=1, added=date(2026, 3, 1))
    >>> months_old(found, date(2026, 5, 1))
    6
    """
    month = month_of(edition) or edition.added.year * 100 + edition.added.month
    return max(0, (today.year - month // 100) * _MONTHS + today.month - month % 100)
