"""Make text harmless for the program that shows it: a spreadsheet, which runs formulas."""

from typing import Final

# OWASP, "CSV Injection": with the signs of full width, which Excel reads as the plain ones.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def inert(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; everything else stays as it is.

    Examples
    --------
    >>> inert("=1+1"), inert("St Mary's"), inert(-2)
    ("'=1+1", "St Mary's", -2)
    """
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
