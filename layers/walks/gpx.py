"""Write a walk card as GPX 1.1, which phones, hand-held receivers and QGIS open.

Each team has its stops as waypoints, one route through them and one track along the streets. Elements stand in the
order of the schema (topografix.com/GPX/1/1/gpx.xsd). Written with the standard library: gpxpy reads these files back in
the tests, but writes nothing that a page of code does not.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import to_wgs84
from geo.review.walks.cards import WalkCard
from geo.walkabouts.plan import TeamWalk
from layers.pack.words import plain
from layers.walks.card import CardSheet, clock, street_of

_SPACE: Final = "http://www.topografix.com/GPX/1/1"
_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema-instance"
_CREATOR: Final = "Hotspot and Co-location Planner"
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DECIMALS: Final = 6  # a tenth of a metre


def card_gpx(card: WalkCard, sheet: CardSheet, *, sources: Sequence[str]) -> bytes:
    """Write one team's walk.

    Parameters
    ----------
    sources
        The lines that the streets' licences ask for.
    """
    root = ET.Element("gpx", {"version": "1.1", "creator": _CREATOR, "xmlns": _SPACE, "xmlns:xsi": _SCHEMA})
    root.set("xsi:schemaLocation", f"{_SPACE} {_SPACE}/gpx.xsd")
    _metadata(root, card, sheet, sources)
    for mark, place in (("Start", card.walkabout.start), ("End", card.walkabout.end)):
        _place(root, "wpt", place.point, f"{mark}: {place.name}", None)
    for stop in sheet.walk.stops:
        _place(root, "wpt", stop.point, f"{stop.number} {street_of(stop.street)}", stop.arrive)
    _route(root, card, sheet)
    _track(root, sheet)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _metadata(root: ET.Element, card: WalkCard, sheet: CardSheet, sources: Sequence[str]) -> None:
    found = ET.SubElement(root, "metadata")
    _text(found, "name", sheet.title)
    _text(found, "desc", sheet.use)
    if sources:
        said = "; ".join(plain(line) for line in sources)
        holder = ET.SubElement(found, "copyright", {"author": said})
        years = _YEAR.findall(said)
        if years:
            _text(holder, "year", max(years))
    _text(found, "time", _utc(card.walkabout.begins))
    _text(found, "keywords", sheet.foot)


def _route(root: ET.Element, card: WalkCard, sheet: CardSheet) -> None:
    route = ET.SubElement(root, "rte")
    _text(route, "name", f"{sheet.title}: stops")
    _place(route, "rtept", card.walkabout.start.point, "Start", card.walkabout.begins)
    for stop in sheet.walk.stops:
        _place(route, "rtept", stop.point, f"{stop.number} {street_of(stop.street)}", stop.arrive)
    _place(route, "rtept", card.walkabout.end.point, "End", None)


def _track(root: ET.Element, sheet: CardSheet) -> None:
    track = ET.SubElement(root, "trk")
    _text(track, "name", f"{sheet.title}: way")
    segment = ET.SubElement(track, "trkseg")
    east, north = _way(sheet.walk).T
    for lon, lat in zip(*to_wgs84(east, north), strict=True):
        ET.SubElement(segment, "trkpt", _position(lat=lat, lon=lon))


def _way(team: TeamWalk) -> npt.NDArray[np.float64]:
    """Join the legs, each corner once in a row, EPSG:27700."""
    corners = np.vstack([shapely.get_coordinates(leg.line) for leg in team.legs])
    if not len(corners):  # every stop is where the walk begins
        return np.array([team.stops[0].point, team.stops[0].point])
    moved = np.ones(len(corners), dtype=np.bool_)
    moved[1:] = (np.diff(corners, axis=0) != 0).any(axis=1)
    return np.asarray(corners[moved], dtype=np.float64)


def _place(parent: ET.Element, tag: str, point: tuple[float, float], name: str, when: datetime | None) -> None:
    lon, lat = to_wgs84([point[0]], [point[1]])
    found = ET.SubElement(parent, tag, _position(lat=float(lat[0]), lon=float(lon[0])))
    if when is not None:
        _text(found, "time", _utc(when))
    _text(found, "name", name)
    if when is not None:
        _text(found, "desc", f"Planned for {clock(when)}")


def _position(*, lat: float, lon: float) -> dict[str, str]:
    return {"lat": f"{lat:.{_DECIMALS}f}", "lon": f"{lon:.{_DECIMALS}f}"}


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = plain(text)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
