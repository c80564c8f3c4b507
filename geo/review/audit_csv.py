"""The audit log as a file for a spreadsheet, which runs nothing from it."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple
from typing import Final

from geo.review.audit import AuditLine
from geo.review.inert import inert
from geo.review.team_only import COLUMN, TEAM_ONLY

_HEADER: Final = ("number", "when", "who", "what", "detail", "digest", COLUMN)


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    r"""Write lines as CSV: UTF-8 with a byte order mark, and text that would run as a formula made inert.

    Examples
    --------
    >>> audit_csv([AuditLine(1, "", "=cmd", "import", "Housing: 3 rows", "ab")]).decode("utf-8-sig").splitlines()[1]
    "1,,'=cmd,import,Housing: 3 rows,ab,team only"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    writer.writerows([*map(inert, astuple(line)), TEAM_ONLY] for line in lines)
    return out.getvalue().encode("utf-8-sig")
