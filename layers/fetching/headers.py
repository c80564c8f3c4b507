"""What the headers of an answer say of the file: which version, which part of it, of which day."""

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

from layers.fetching.source import Validators

_RANGE: Final = re.compile(r"^bytes (?:(\d+)-\d+|\*)/(\d+|\*)$")
_SENDABLE: Final = re.compile(r"[\x20-\x7e]{0,300}")
_DATED: Final = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")


def validators_of(headers: Mapping[str, str]) -> Validators:
    r"""Read what the server says of this version; what could not be sent back to it counts as not said.

    Examples
    --------
    >>> validators_of({"ETag": '"a"', "Last-Modified": "Wed,\r\n 06 May"})
    Validators(etag='"a"', last_modified='')
    """
    said = (headers.get(name, "").strip() for name in ("ETag", "Last-Modified"))
    return Validators(*(text if _SENDABLE.fullmatch(text) else "" for text in said))


def conditions(earlier: Validators) -> dict[str, str]:
    """Ask for a newer version only."""
    asked = {"If-None-Match": earlier.etag, "If-Modified-Since": earlier.last_modified}
    return {name: value for name, value in asked.items() if value}


def starts_at(headers: Mapping[str, str], size: int) -> bool:
    """Tell whether a part begins where ours ends."""
    found = _RANGE.match(headers.get("Content-Range", "").strip())
    return found is not None and found[1] == str(size)


def total_of(headers: Mapping[str, str]) -> int | None:
    """Read the size of the whole file from what is said of a part."""
    found = _RANGE.match(headers.get("Content-Range", "").strip())
    return int(found[2]) if found is not None and found[2].isdecimal() else None


def published_on(headers: Mapping[str, str], *, else_on: date) -> date:
    """Find the day of a file: in the name that its publisher gives it, else when it last changed; never a day to come.

    Examples
    --------
    >>> published_on({"Content-Disposition": 'attachment; filename="foodbanks_2026-05-03.csv"'}, else_on=date.max)
    datetime.date(2026, 5, 3)
    """
    named = _DATED.search(headers.get("Content-Disposition", ""))
    try:
        if named:
            return min(date(int(named[1]), int(named[2]), int(named[3])), else_on)
        return min(parsedate_to_datetime(headers.get("Last-Modified", "")).date(), else_on)
    except (ValueError, TypeError, OverflowError):
        return else_on
