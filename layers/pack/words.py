"""How a value, a day or an audience of a pack is put into print, the same in every document."""

import re
import unicodedata
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.pack.content import Audience, Column, Figure, Pack, Value
from geo.review.team_only import SENTENCE

WHOM: Final[dict[Audience, str]] = {
    "team": SENTENCE,
    "partner": "For partner agencies: small counts are hidden. Do not publish.",
    "public": "For the public: small counts are hidden.",
}
HIDDEN: Final = "c"
HIDDEN_SENTENCE: Final = '"c" stands for a small count that is hidden, so that nobody can be told from it.'
NUMBERS: Final = frozenset({"count", "number", "share"})
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WHOLE_KINDS: Final = {"Cc", "Cf", "Co", "Cs", "Cn"}  # of Unicode: controls, signs that turn text about, nothing at all


def plain(text: str) -> str:
    r"""Write text on one line, without characters that nobody sees.

    Examples
    --------
    >>> plain("St\u202e Mary's\n  Hall")
    "St Mary's Hall"
    """
    seen = (" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign) not in _WHOLE_KINDS).split())


def unturned(text: str) -> str:
    r"""Write text without signs that turn what stands behind them about; lines and everything else stay.

    Examples
    --------
    >>> unturned("Hall\u202e\n127")
    'Hall\n127'
    """
    return _TURNING.sub("", text)


def told(value: Value, column: Column) -> str:
    """Write a value of a table as it is printed.

    Examples
    --------
    >>> told(0.125, Column("share", "Share", "share", "")), told(1234, Column("count", "Clients", "count", ""))
    ('12.5 %', '1,234')
    >>> told("c", Column("count", "Clients", "count", ""))
    'c'
    """
    if column.kind == "share" and _is_number(value):
        return f"{number(100 * float(value or 0), decimals=1)} %"
    if column.kind == "day" and isinstance(value, str):
        return day(value)
    return told_plainly(value)


def told_plainly(value: Value) -> str:
    """Write a value that has no column: a number with commas, yes or no, or the text itself."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(float(value)) if isinstance(value, int | float) else plain(value)


def number(value: float, *, decimals: int | None = None) -> str:
    """Write a number with commas and at most two decimals, or four below one; no noughts at its end.

    Examples
    --------
    >>> number(12345.0), number(2.5), number(0.03125), number(-0.00001)
    ('12,345', '2.5', '0.0312', '0')
    """
    places = decimals if decimals is not None else 2 if abs(value) >= 1 else 4
    written = f"{value:,.{places}f}"
    short = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if short == "-0" else short


def day(text: str) -> str:
    """Write an ISO day as people say it; anything else as it is.

    Examples
    --------
    >>> day("2026-05-01"), day("May 2026")
    ('1 May 2026', 'May 2026')
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return plain(text)
    return f"{found.day} {found:%B %Y}"


def headline(figure: Figure) -> str:
    """Write a headline number with its unit.

    Examples
    --------
    >>> headline(Figure("reach", "Within reach", 62.51, "%"))
    '62.5 %'
    """
    if figure.value is None:
        return "not known"
    unit = plain(figure.unit)
    return f"{in_brief(figure.value)} {unit}" if unit and _is_number(figure.value) else in_brief(figure.value)


def in_brief(value: Value) -> str:
    """Write a headline number to three figures, which is all that such counts bear; a whole number stays whole.

    Examples
    --------
    >>> in_brief(468.6), in_brief(17.97), in_brief(0.9156), in_brief(2755), in_brief("c")
    ('469', '18', '0.92', '2,755', 'c')
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or value == int(value):
        return told_plainly(value)
    return number(value, decimals=0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)  # noqa: PLR2004 - figures


def span(figure: Figure) -> str:
    """Write a headline number's range, or nothing where it has none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{in_brief(figure.low)} to {in_brief(figure.high)}"


def earlier(figure: Figure) -> str:
    """Write what a headline number was a year before."""
    return "not kept" if figure.earlier is None else in_brief(figure.earlier)


def whom(pack: Pack) -> str:
    """Say whom a pack is for.

    Raises
    ------
    BadInputError
        It is for nobody we know.
    """
    found = WHOM.get(pack.audience)
    if found is None:
        message = f"The pack is for '{pack.audience}'; expected one of {', '.join(WHOM)}."
        raise BadInputError(message)
    return found


def credits_of(pack: Pack) -> tuple[str, ...]:
    """List the lines that licences ask for."""
    return tuple(line for line in (plain(text) for text in pack.attributions) if line)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
