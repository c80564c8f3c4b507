"""Recognise what a file of a folder of downloads is, by its first bytes, and by its name where these do not tell.

Nothing here opens a file: `layers.peeking` gives the first bytes. A file of people or of records is never taken for a
list of places: it is told apart by its columns.
"""

import re
from collections.abc import Callable
from typing import Final

from layers.osm_file import kind_of_osm
from layers.recognise_tables import recognise_table
from layers.recognised import Kind, Look, Recognised

_LEVELS: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("LSOA", "lsoa", "Small census areas (LSOA)"),
    ("MSOA", "areas", "Larger census areas (MSOA)"),
    ("WD", "wards", "Wards"),
    ("LAD", "boundary", "Districts"),
)
"""How the column of codes begins, the finest areas first: a file of wards may name their districts too."""
_NAMES: Final[tuple[tuple[str, Kind, str], ...]] = (
    (r"lsoa", "lsoa", "Small census areas (LSOA)"),
    (r"ward", "wards", "Wards"),
    (r"boundary|district|\blad\b", "boundary", "Districts"),
    (r"road", "roads", "Roads"),
    (r"river|water|lake", "water", "Rivers and lakes"),
    (r"settlement|towns|villages|place names", "settlements", "Names of towns and villages"),
    (r"\bland\b|coast", "land", "Land"),
)
_TIMETABLE: Final = {"stops.txt", "stop_times.txt", "trips.txt"}
_SQLITE: Final = b"SQLite format 3"
_MAP_MEMBERS: Final = (".shp", ".gpkg", ".geojson")


def recognise(look: Look) -> Recognised | None:
    r"""Tell what a file is; None where it is nothing that the planner knows.

    Examples
    --------
    >>> recognise(Look("download.csv", b"postcode,people,homes\nZZ1 1AA,3,1\n")).kind
    'households'
    >>> recognise(Look("shapes.json", b'{"features": [{"type": "Feature", "properties": {"WD25CD": "E05"}}]}'))
    Recognised(kind='wards', what='Wards', sure=True)
    """
    return next((found for test in _TESTS if (found := test(look)) is not None), None)


def _timetable(look: Look) -> Recognised | None:
    names = {member.rpartition("/")[2].lower() for member in look.members}
    return Recognised("timetable", "Bus timetable (GTFS)") if names >= _TIMETABLE else None


def _streets(look: Look) -> Recognised | None:
    if kind_of_osm(look.head):
        return Recognised("osm", "OpenStreetMap data: streets and community sites")
    return Recognised("streets", "Streets (GraphML)") if b"<graphml" in look.head[:4_096] else None


def _map(look: Look) -> Recognised | None:
    """Tell a map by its column of codes; else by its name, for then the columns are the council's own."""
    if not _is_map(look):
        return None
    text = look.head.decode("latin-1")
    for prefix, kind, what in _LEVELS:
        if re.search(rf"(?i)\b{prefix}\d\dCD\b", text):
            return Recognised(kind, what)
    plain = re.sub(r"[^a-z]+", " ", look.name.lower())
    named = next((found for found in _NAMES if re.search(found[0], plain)), None)
    return Recognised(named[1], named[2], sure=False) if named else None


def _is_map(look: Look) -> bool:
    if any(member.lower().endswith(_MAP_MEMBERS) for member in look.members):
        return True
    start = look.head[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(_SQLITE) or (start.startswith(b"{") and b"Feature" in look.head[:200_000])


def _table(look: Look) -> Recognised | None:
    return recognise_table(look.name, look.head, whole=look.whole)


_TESTS: Final[tuple[Callable[[Look], Recognised | None], ...]] = (_timetable, _streets, _map, _table)
