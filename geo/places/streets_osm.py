"""Read streets from a file of OpenStreetMap data: XML (.osm) or protocol buffers (.osm.pbf).

Read by pyosmium as a stream, twice: for the points near the district, then for the ways through them. So memory grows
with the district, not with the file.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from geo.errors import BadInputError
from geo.places.streets_raw import Box, Gathering, RawStreets
from geo.places.streets_tags import shuts, use_of

Progress = Callable[[str, float], None]

_BYTES_A_POINT: Final = {"pbf": 9.0, "osm": 250.0}  # of towns in Great Britain, for the progress only
_EACH: Final = 100_000
_FEW: Final = 64
_UNPACKED: Final = "expected streets from OpenStreetMap (.osm or .osm.pbf) or a GraphML file of osmnx"


def read_osm(given: Path | bytes, *, name: str, kind: str, box: Box, progress: Progress) -> RawStreets:
    """Read the streets near a district.

    Parameters
    ----------
    given
        Where the file is, or its bytes.
    name
        The file's name, for messages.
    kind
        "osm" or "pbf".
    box
        What is near: west, south, east, north in degrees.
    progress
        Told what is being done and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        The file is damaged or no OpenStreetMap file.
    """
    import osmium  # noqa: PLC0415 - only a file of streets needs it

    gathering = Gathering(box)
    size = len(given) if isinstance(given, bytes) else given.stat().st_size
    points = max(size / _BYTES_A_POINT[kind], 1)
    source = osmium.io.FileBuffer(given, kind) if isinstance(given, bytes) else osmium.io.File(str(given), kind)
    try:
        _place(gathering, _objects(source, osmium.osm.NODE), points=points, progress=progress)
        progress("Reading the streets", 0.7)
        for way in _objects(source, osmium.osm.WAY, with_key="highway"):
            _follow(gathering, way)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        message = f"{name} is damaged or is no street file ({error}); {_UNPACKED}."
        raise BadInputError(message) from error
    progress("Joining the streets", 0.85)
    return gathering.done()


def _objects(source: Any, kind: Any, *, with_key: str = "") -> Iterator[Any]:  # noqa: ANN401 - compiled, untyped
    import osmium  # noqa: PLC0415 - as above

    found = osmium.FileProcessor(source, kind)
    return iter(found.with_filter(osmium.filter.KeyFilter(with_key)) if with_key else found)


def _place(gathering: Gathering, nodes: Iterator[Any], *, points: float, progress: Progress) -> None:
    """Place the points in the box. The rest, nearly all of a country's, is passed over in as few steps as may be."""
    west, south, east, north = gathering.box
    for number, node in enumerate(nodes):
        spot = node.location
        lon, lat = spot.lon_without_check(), spot.lat_without_check()
        if west <= lon <= east and south <= lat <= north:
            tags = node.tags
            gathering.place(node.id, lon=lon, lat=lat, shut=shuts(dict(tags)) if len(tags) else (False, False))
        elif number % _FEW == 0:
            gathering.place(node.id, lon=lon, lat=lat)  # for where the file's streets are, if none is here
        if number % _EACH == 0:
            progress(f"Reading the map's points ({number:,} so far)", min(0.7, 0.7 * number / points))


def _follow(gathering: Gathering, way: Any) -> None:  # noqa: ANN401 - an osmium way
    gathering.streets_seen += 1
    names = [node.ref for node in way.nodes]
    if gathering.knows_any(names):
        use = use_of(dict(way.tags))
        if use is not None:
            gathering.way(names, use)
