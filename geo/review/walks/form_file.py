"""Read the file that the phone's form of a walk card gives, strictly: numbers and times of one walk."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NoReturn

from geo.errors import BadInputError
from geo.review.strict_json import read_strictly
from geo.review.walks.made import MadeVisit
from geo.review.walks.reports_made import GivenPlace
from geo.walkabouts.sightings import OUTCOMES

FORMAT: Final = "planner-walk"
VERSION: Final = 1
COUNTS: Final = ("bedded_down", "about_to", "offered", "accepted", "refused")
_MOST_BYTES: Final = 200_000
_MOST_ROWS: Final = 500
_LONGEST: Final = 60
_HEX: Final = re.compile(r"[0-9a-f]{32,64}")
_YEARS: Final = range(2000, 2101)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")
_HEAD: Final = frozenset(
    {"format", "version", "card", "digest", "walk", "begins", "ends", "people", "agencies", "stops", "others"}
)
_TIMES: Final = frozenset({"arrived", "left", "outcome", *COUNTS})
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class FormWalk:
    """What a phone's file says.

    Attributes
    ----------
    card, digest
        The card's number, and the digest of its plan.
    ref
        The number that the phone gave this walk, so that the same one is known again.
    begins, ends
        With their zone.
    people
        How many walked.
    agencies
        Who walked along.
    visits
        Those at stops of the card, then those at other places.
    """

    card: int
    digest: str
    ref: str
    begins: datetime
    ends: datetime
    people: int
    agencies: tuple[str, ...]
    visits: tuple[MadeVisit, ...]


def read_form(content: bytes) -> FormWalk:
    """Read a file.

    Raises
    ------
    BadInputError
        It is no file of the form, was cut off or changed, or a newer planner's form made it.
    """
    if len(content) > _MOST_BYTES:
        message = f"The file is far larger than a walk's file can be; choose the one named walk-N.json. {_NOTHING}"
        raise BadInputError(message)
    try:
        found = read_strictly(content, only_whole=True)
    except ValueError as error:
        message = f"The file cannot be read as a walk's file ({_reason(error)}); save it on the phone again. {_NOTHING}"
        raise BadInputError(message) from error
    _require_kind(found)
    _require(set(found) == _HEAD, "its parts are not those of a walk's file")
    return FormWalk(
        card=_whole(found["card"], "the card's number"),
        digest=_hex(found["digest"], "the card's digest"),
        ref=_hex(found["walk"], "the walk's number"),
        begins=_moment(found["begins"], "when the walk began"),
        ends=_moment(found["ends"], "when the walk ended"),
        people=_whole(found["people"], "how many walked"),
        agencies=tuple(_text(name, "an agency") for name in _list(found["agencies"], "the agencies")),
        visits=(
            *(_at_stop(row) for row in _list(found["stops"], "the stops")),
            *(_elsewhere(row) for row in _list(found["others"], "the other places")),
        ),
    )


def _require_kind(found: Mapping[str, Any]) -> None:
    if found.get("format") != FORMAT:
        message = f"The file is no walk's file; choose the one that the phone's form saved as walk-N.json. {_NOTHING}"
        raise BadInputError(message)
    version = found.get("version")
    if version != VERSION or isinstance(version, bool):
        message = f"A form of another planner made the file; this one reads version {VERSION}. {_NOTHING}"
        raise BadInputError(message)


def _at_stop(row: object) -> MadeVisit:
    cells = _cells(row, "stop")
    return replace(_visit(cells), stop=_whole(cells["stop"], "a stop's number"))


def _elsewhere(row: object) -> MadeVisit:
    ways = {"square", "street"} & set(row) if isinstance(row, dict) else set()
    _require(len(ways) == 1, "another place is a street or a grid reference")
    way = next(iter(ways))
    cells = _cells(row, way)
    text = _text(cells[way], "another place")
    return replace(_visit(cells), place=GivenPlace(grid_reference=text) if way == "square" else GivenPlace(street=text))


def _visit(cells: Mapping[str, Any]) -> MadeVisit:
    _require(cells["outcome"] in OUTCOMES, f"an outcome is none of {', '.join(OUTCOMES)}")
    arrived, left = _moment(cells["arrived"], "when a visit began"), _moment(cells["left"], "when a visit ended")
    return MadeVisit(arrived, left, cells["outcome"]).with_counts(
        {name: _whole(cells[name], "a count") for name in COUNTS}
    )


def _cells(row: object, way: str) -> dict[str, Any]:
    if not isinstance(row, dict) or set(row) != _TIMES | {way}:
        _refuse("the parts of a visit are not those of a walk's file")
    return row


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_ROWS:
        _refuse(f"{what} are no list of at most {_MOST_ROWS}")
    return value


def _whole(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        _refuse(f"{what} is no whole number")
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST or not value.isprintable():
        _refuse(f"{what} is no text of 1 to {_LONGEST} letters")
    return value


def _hex(value: object, what: str) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        _refuse(f"{what} is not as the form writes it")
    return value


def _moment(value: object, what: str) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        _refuse(f"{what} is no time such as 2026-01-09T20:30+00:00")
    if int(value[:4]) not in _YEARS:
        _refuse(f"{what} lies outside the years {_YEARS[0]} to {_YEARS[-1]}")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        _refuse(f"{what} is no time that there is", error)


def _require(fits: bool, why: str) -> None:  # noqa: FBT001 - an assertion with a sentence
    if not fits:
        _refuse(why)


def _refuse(why: str, cause: Exception | None = None) -> NoReturn:
    message = f"The file was changed or cut off: {why}; save it on the phone again. {_NOTHING}"
    raise BadInputError(message) from cause


def _reason(error: ValueError) -> str:
    """Say why, without the library's own words, which may quote the file."""
    broken = isinstance(error, UnicodeDecodeError | json.JSONDecodeError)
    return "it was cut off, or is no JSON" if broken else str(error)
