"""Ask an Overpass server for the streets or the sites of some ground, in pieces kept until all are there.

This is one of the few places that ask another machine for anything, and it does so only when somebody types the
command. osmnx does the asking: it waits for a free slot where the server says so, and keeps each answer in a folder.
What it leaves open is decided here: how often a busy server is asked again, and what becomes of half an answer.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import requests
import shapely

from geo.errors import FetchError
from geo.places.streets_raw import Box
from geo.review.streets import box_of

Progress = Callable[[str, float], None]

PUBLIC_SERVER: Final = "https://overpass-api.de/api"
_PIECE_M: Final = 10_000
_FRESH_DAYS: Final = 7
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_FILTER: Final = '["highway"]'
_WHO: Final = "Hotspot and Co-location Planner (a council's review; streets or sites of one district, once a year)"
_SERVER_FAILED: Final = "remark"  # Overpass answers 200 with a remark, and half the data, where a query ran too long
_ASK_AGAIN: Final = "What has arrived is kept: give the same command again and it goes on from there."


@dataclass(frozen=True)
class Asking:
    """How a server is asked.

    Attributes
    ----------
    server
        Address of the Overpass API, without "/interpreter".
    tries
        A busy server is asked for each piece so often.
    pause_s
        Seconds before it is asked again, doubled each time; longer where the server names a time.
    timeout_s
        Seconds one answer may take.
    wait_for_slot
        Ask the server when it has a free slot; servers of one's own may not tell.
    tags
        Ask for whatever has one of these tags, instead of for streets.
    """

    server: str = PUBLIC_SERVER
    tries: int = 5
    pause_s: float = 30
    timeout_s: int = 180
    wait_for_slot: bool = True
    tags: Mapping[str, Sequence[str]] | None = None


class _Busy(Exception):  # noqa: N818 - not an error yet: it is asked again
    """The server could not answer now."""

    def __init__(self, what: str, wait_s: float = 0) -> None:
        super().__init__(what)
        self.wait_s = wait_s


def pieces_of(area: shapely.Geometry) -> list[Box]:
    """Cut some ground into the boxes that are asked for one by one: west, south, east, north in degrees.

    Parameters
    ----------
    area
        EPSG:27700.
    """
    west, south, east, north = (side / _PIECE_M for side in shapely.bounds(area))
    corners = [(x, y) for x in range(int(west), int(np.ceil(east))) for y in range(int(south), int(np.ceil(north)))]
    squares = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    scaled = [shapely.transform(square, lambda spots: spots * _PIECE_M) for square in squares]
    parts = [shapely.intersection(area, square) for square in scaled]
    return [box_of(shapely.box(*shapely.bounds(part))) for part in parts if shapely.area(part) > 0]


def fetch_pieces(
    pieces: list[Box],
    folder: Path,
    *,
    asking: Asking,
    today: date,
    sleep: Callable[[float], None],
    progress: Progress,
) -> list[Path]:
    """Ask for every piece that is not in the folder yet; give the files of all.

    Raises
    ------
    FetchError
        The server did not answer, refused, or stayed busy; what has arrived stays in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _drop_unfit(folder, today)
    with _osmnx(folder, asking) as osmnx:
        for number, piece in enumerate(pieces, start=1):
            progress(f"Asking for piece {number} of {len(pieces)}", 0.8 * (number - 1) / len(pieces))
            _fetch(osmnx, piece, asking, sleep)
    return sorted(folder.glob("*.json"))


def _fetch(osmnx: Any, piece: Box, asking: Asking, sleep: Callable[[float], None]) -> None:  # noqa: ANN401 - untyped
    """Ask for one piece until it is there, or the server has been busy often enough."""
    for attempt in range(asking.tries):
        try:
            with suppress(osmnx._errors.CacheOnlyInterruptError):  # noqa: SLF001 - how osmnx ends in this mode
                _ask(osmnx, piece, asking)
        except (_Busy, requests.ConnectionError, requests.Timeout) as error:
            if attempt + 1 == asking.tries:
                message = f"The server {asking.server} {_what(error)}, {asking.tries} times. {_ASK_AGAIN}"
                raise FetchError(message) from error
            sleep(max(asking.pause_s * 2**attempt, getattr(error, "wait_s", 0)))
        except (requests.RequestException, osmnx._errors.ResponseStatusCodeError, ValueError) as error:  # noqa: SLF001 - no other name
            message = f"The server {asking.server} gave no usable answer ({type(error).__name__}). {_ASK_AGAIN}"
            raise FetchError(message) from error
        else:
            return


def _ask(osmnx: Any, piece: Box, asking: Asking) -> None:  # noqa: ANN401 - untyped
    if asking.tags is None:
        osmnx.graph_from_bbox(piece, custom_filter=_FILTER, simplify=False, retain_all=True)
    else:
        osmnx.features_from_bbox(piece, {key: list(values) for key, values in asking.tags.items()})


def _what(error: Exception) -> str:
    if isinstance(error, _Busy):
        return str(error)
    return "took too long" if isinstance(error, requests.Timeout) else "could not be reached"


def _check(response: requests.Response, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as requests calls it
    """Stop at an answer that is none, before osmnx waits on its own without end, or takes half an answer for whole."""
    if not response.url.split("?")[0].endswith("/interpreter"):
        return
    if response.status_code in _BUSY:
        said = response.headers.get("Retry-After", "")
        what = f"was busy (it answered {response.status_code})"
        raise _Busy(what, float(said) if said.isdecimal() else 0)
    response.raise_for_status()
    answer = response.json()
    if not isinstance(answer, dict) or "elements" not in answer:
        message = "no elements"
        raise ValueError(message)
    if _SERVER_FAILED in answer:
        what = "did not finish (it sent half an answer)"
        raise _Busy(what)


@contextmanager
def _osmnx(folder: Path, asking: Asking) -> Iterator[Any]:
    """Set osmnx for this one purpose, and leave it, and the look-up of host names, as they were."""
    import osmnx  # noqa: PLC0415 - two seconds to import, and only fetching needs it

    wanted = {
        "cache_folder": folder,
        "cache_only_mode": True,
        "use_cache": True,
        "doh_url_template": None,  # never ask a third party where the server is
        "http_user_agent": _WHO,
        "overpass_rate_limit": asking.wait_for_slot,
        "overpass_url": asking.server,
        "requests_kwargs": {"hooks": {"response": _check}},
        "requests_timeout": asking.timeout_s,
    }
    before = {name: getattr(osmnx.settings, name) for name in wanted}
    look_up = socket.getaddrinfo  # osmnx replaces it
    try:
        for name, value in wanted.items():
            setattr(osmnx.settings, name, value)
        yield osmnx
    finally:
        socket.getaddrinfo = look_up
        for name, value in before.items():
            setattr(osmnx.settings, name, value)


def _drop_unfit(folder: Path, today: date) -> None:
    """Delete pieces that are old, and those that a broken-off run left half written."""
    oldest = today - timedelta(days=_FRESH_DAYS)
    for path in folder.glob("*.json"):
        try:
            whole = "elements" in json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            whole = False
        if not whole or date.fromtimestamp(path.stat().st_mtime) < oldest:  # noqa: DTZ012 - a file's own day
            path.unlink()
