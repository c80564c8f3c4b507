"""Say in a word or a few what one count is."""

from typing import Final

_ROWS: Final = "rows (not households)"
_BOTH: Final = "households (and rows that name none)"


def noun_of(unit: str) -> str:
    """Name what is counted.

    Parameters
    ----------
    unit
        As `geo.evidence.counts.unit_of` says it.

    Examples
    --------
    >>> noun_of("household episodes"), noun_of("rows, not households")
    ('households', 'rows (not households)')
    >>> noun_of("household episodes, and rows where no household is given")
    'households (and rows that name none)'
    """
    if unit.startswith("rows"):
        return _ROWS
    return _BOTH if "rows" in unit else "households"


def told_number(count: int, one: str, many: str = "") -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> told_number(1, "area"), told_number(2, "area"), told_number(0, "country", "countries")
    ('1 area', '2 areas', 'no countries')
    """
    plural = many or f"{one}s"
    return f"no {plural}" if not count else f"1 {one}" if count == 1 else f"{count:,} {plural}"
