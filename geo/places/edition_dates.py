"""Which month a published file describes."""

import re
from dataclasses import dataclass
from typing import Final

_YEAR_MONTH: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAMED_MONTH: Final = re.compile(rf"(?<![A-Z])({'|'.join(_MONTHS)})[A-Z]*[-_ ]?((?:19|20)\d\d)(?!\d)")
_VERSION: Final = re.compile(r"VERSION NUMBER:\s*(((?:19|20)\d\d)\.([1-4])[.\d]*)")
_QUARTER_MONTHS: Final = (2, 5, 8, 11)  # Code-Point Open comes out in February, May, August and November


@dataclass(frozen=True)
class EditionDate:
    """Say which edition a file is.

    Attributes
    ----------
    label
        The publisher's own words, such as "2025.4.0", or "2014-08".
    month
        YYYYMM; 0 where it is not known and counts as older than every dated one.
    """

    label: str
    month: int


def named_month(text: str) -> int:
    """Find a month in a file's name, as YYYYMM; 0 where there is none.

    Examples
    --------
    >>> named_month("NSPL_NOV_2021_UK_DT.csv"), named_month("codepo_gb_2025-11.zip"), named_month("so.csv")
    (202111, 202511, 0)
    """
    digits = _YEAR_MONTH.search(text)
    if digits:
        return int(digits[1]) * 100 + int(digits[2])
    words = _NAMED_MONTH.search(text.upper())
    return int(words[2]) * 100 + _MONTHS.index(words[1]) + 1 if words else 0


def stated_version(metadata: str) -> EditionDate | None:
    """Read the version from Code-Point Open's `metadata.txt`.

    Examples
    --------
    >>> stated_version("DATASET VERSION NUMBER: 2025.4.0")
    EditionDate(label='2025.4.0', month=202511)
    """
    found = _VERSION.search(metadata)
    return EditionDate(found[1], int(found[2]) * 100 + _QUARTER_MONTHS[int(found[3]) - 1]) if found else None


def dated(month: int) -> EditionDate:
    """Label a month.

    Examples
    --------
    >>> dated(201408)
    EditionDate(label='2014-08', month=201408)
    """
    return EditionDate(f"{month // 100}-{month % 100:02d}", month)
