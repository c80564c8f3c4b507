"""Read community sites from a file of OpenStreetMap data: XML (.osm) or protocol buffers (.osm.pbf).

Read by pyosmium as a stream, once for each kind of element, and then once more for the points that what was found is
drawn by: so memory grows with the sites, not with the file.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from geo.errors import BadInputError
from layers.osm_elements import Elements, Kind, Member
from layers.osm_kinds import SETTLEMENTS, SITES, SOCIAL, is_settlement

_HEAD: Final = 4_096
_EXPECTED: Final = "expected OpenStreetMap data as .osm or .osm.pbf"


def kind_of_osm(content: bytes | Path) -> str:
    """Tell OpenStreetMap data by what is in it: "pbf", "osm", or empty where it is something else or cannot be read."""
    head = content[:_HEAD] if isinstance(content, bytes) else _head(content)
    if b"OSMHeader" in head[:32]:
        return "pbf"
    return "osm" if b"<osm" in head else ""


def read_elements(content: bytes | Path, *, name: str, kind: str) -> Elements:
    """Read what is tagged as a community site, the settlements, and the social facilities.

    Parameters
    ----------
    content
        The file, or its bytes.
    name
        Its name, for messages.
    kind
        "pbf" or "osm", as `kind_of_osm` tells.

    Raises
    ------
    BadInputError
        The file is damaged.
    """
    import osmium  # noqa: PLC0415 - only a file of OpenStreetMap needs it

    source = osmium.io.FileBuffer(content, kind) if isinstance(content, bytes) else osmium.io.File(str(content), kind)
    found = Elements()
    try:
        _gather(found, source)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        message = f"{name} is damaged or is no map ({error}); {_EXPECTED}. Download it again."
        raise BadInputError(message) from error
    return found


def _gather(found: Elements, source: Any) -> None:  # noqa: ANN401 - compiled, untyped
    import osmium  # noqa: PLC0415 - as above

    entity, tagged = osmium.osm, osmium.filter.TagFilter(*SITES, SOCIAL)
    for relation in _objects(source, entity.RELATION, tagged):
        if relation.tags.get("type") == "multipolygon":
            _keep(found, "relation", relation)
            found.relations[relation.id] = [Member(one.ref, one.role) for one in relation.members if one.type == "w"]
    for way in _objects(source, entity.WAY, tagged):
        _keep(found, "way", way)
        found.ways[way.id] = [node.ref for node in way.nodes]
    for way in _by_number(source, entity.WAY, found.ways_wanted()):
        found.ways[way.id] = [node.ref for node in way.nodes]
    for node in _objects(source, entity.NODE, osmium.filter.TagFilter(*SITES, SOCIAL, *SETTLEMENTS)):
        _place(found, node)
        if is_settlement(node.tags):
            found.settlements[node.id] = node.tags["name"].strip()
        else:
            _keep(found, "node", node)
    for node in _by_number(source, entity.NODE, found.nodes_wanted()):
        _place(found, node)


def _objects(source: Any, entity: Any, chosen: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    import osmium  # noqa: PLC0415 - as above

    return iter(osmium.FileProcessor(source, entity).with_filter(chosen))


def _by_number(source: Any, entity: Any, numbers: Iterable[int]) -> Iterator[Any]:  # noqa: ANN401 - as above
    import osmium  # noqa: PLC0415 - as above

    wanted = sorted(numbers)
    return _objects(source, entity, osmium.filter.IdFilter(wanted)) if wanted else iter(())


def _keep(found: Elements, kind: Kind, element: Any) -> None:  # noqa: ANN401 - as above
    tags = dict(element.tags)
    if any(tags.get(key) == value for key, value in SITES):
        found.tags[(kind, element.id)] = tags
    elif tags.get(SOCIAL[0]) == SOCIAL[1]:
        found.social[(kind, element.id)] = tags


def _place(found: Elements, node: Any) -> None:  # noqa: ANN401 - as above
    if node.location.valid():
        found.spots[node.id] = (node.location.lon, node.location.lat)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""
