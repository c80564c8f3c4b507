"""The audit log as a file for a spreadsheet, which runs nothing from it."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple
from typing import Final

from geo.review.audit import AuditLine

_HEADER: Final = ("number", "when", "who", "what", "detail", "digest")
# OWASP, "CSV Injection": with the signs of full width, which Excel reads as the plain ones.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    r"""Write lines as CSV: UTF-8 with a byte order mark, and text that would run as a formula made inert.

    Examples
    --------
    >>> audit_csv([AuditLine(1, "", "=cmd", "import", "Housing: 3 rows", "ab")]).decode("utf-8-sig").splitlines()[1]
    "1,,'=cmd,import,Housing: 3 rows,ab"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    writer.writerows([_inert(value) for value in astuple(line)] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _inert(value: object) -> object:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
