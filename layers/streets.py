"""Streets from OpenStreetMap: read from a file, or asked for, and kept as a network.

Attribution: (c) OpenStreetMap contributors, Open Database Licence (ODbL).
"""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from geo.editions import Edition
from geo.errors import BadInputError
from geo.places.inside import boundary_shape
from geo.places.streets import Streets
from geo.places.streets_build import Network, Part, build_network
from geo.places.streets_graphml import read_graphml
from geo.places.streets_osm import read_osm
from geo.places.streets_raw import Box, RawStreets
from geo.places.streets_tags import AGAINST, ALONG
from geo.review.streets import box_of, far_share, save_streets, street_area
from geo.review.workspace import Workspace
from layers.adding import Added, Given
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.source_file import Publisher, SourceFile

Progress = Callable[[str, float], None]

TITLE: Final = "OpenStreetMap"
LICENCE: Final = "ODbL"
ATTRIBUTION: Final = "(c) OpenStreetMap contributors, ODbL"
CATALOGUE: Final = (
    CatalogueEntry(
        Publisher("streets", title=TITLE, licence=LICENCE, attribution=ATTRIBUTION),
        "OpenStreetMap contributors",
        Access(
            page="https://download.geofabrik.de (the extract of your county)",
            by_hand="planner add streets FILE",
            endpoint=Endpoints().overpass,
            fetch="streets",
            usual=True,
        ),
        form="Answers of the Overpass API, .osm, .osm.pbf or GraphML",
        rhythm=Rhythm("all the time", 12),
        used_for="Journeys on foot and by car.",
    ),
)
_HEAD: Final = 4_096
_METRES_A_KM: Final = 1000
_MUCH: Final = 0.05  # of the streets kept, or of the postcodes: worth a warning
_PACKED: Final = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_NO_ONE_WAY: Final = (
    "No street of this graph is one-way: it was probably saved for walking, and drives may be shorter here than on the "
    "road. A file .osm or .osm.pbf holds the one-way signs."
)
_EXPECTED: Final = "expected streets from OpenStreetMap (.osm or .osm.pbf), or GraphML as osmnx saves it"


def add_streets(workspace: Workspace, given: Given, *, today: date, progress: Progress | None = None) -> Added:
    """Replace the streets by those of a file, as far as they lie in the district or near it.

    Parameters
    ----------
    given
        `.osm`, `.osm.pbf` or GraphML; told by what is in it, not by its name.

    Raises
    ------
    BadInputError
        The file is damaged, holds no streets, or those of another place; nothing is changed.
    """
    tell = progress or _silent
    name, content = (given.name, given.content) if isinstance(given, SourceFile) else (given.name, given)
    kind = _kind_of(content, name)
    area = street_area(workspace)
    raw = _read(content, name=name, kind=kind, box=box_of(area), progress=tell)
    edition = edition_of(name, sha256=_digest(content), today=today)
    added = keep_streets(workspace, raw, area, edition=edition)
    tell("Done", 1.0)
    if kind == "graphml" and not any(use.drive in {ALONG, AGAINST} for use in raw.uses):
        return Added(added.edition, (*added.warnings, _NO_ONE_WAY))
    return added


def keep_streets(workspace: Workspace, raw: RawStreets, area: shapely.Geometry, *, edition: Edition) -> Added:
    """Join streets as drawn into a network and keep it, unless they are those of another place.

    Raises
    ------
    BadInputError
        There is no street in the district; nothing is changed.
    """
    network = build_network(raw, area)
    _require_here(workspace, raw, network, edition.file_name)
    whole = edition.model_copy(update={"rows": len(network.table), "note": told(network)})
    far = far_share(workspace, Streets(network.table))
    save_streets(workspace, network.table, whole)
    return Added(whole, _warnings(network, far, workspace.scenario.travel.snap_m))


def told(network: Network) -> str:
    """Say in a sentence or two what was kept and what was cut."""
    return f"On foot: {_part(network.walk)}. By car: {_part(network.drive)}."


def _part(part: Part) -> str:
    kept = f"{part.junctions:,} junctions, {part.km:,.0f} km"
    if not part.cut_pieces:
        return f"{kept}, all joined up"
    pieces = "1 piece" if part.cut_pieces == 1 else f"{part.cut_pieces:,} pieces"
    return f"{kept}; {part.cut_km:,.1f} km that do not join up with them are left out ({pieces})"


def _kind_of(content: bytes | Path, name: str) -> str:
    head = _head(content, name)
    if not head:
        message = f"{name} is empty; download or export it again."
        raise BadInputError(message)
    if b"OSMHeader" in head[:32]:
        return "pbf"
    if b"<graphml" in head:
        return "graphml"
    if b"<osm" in head:
        return "osm"
    found = "is packed; unpack it first" if head.startswith(_PACKED) else "is no street file"
    message = f"{name} {found}; {_EXPECTED}."
    raise BadInputError(message)


def _head(content: bytes | Path, name: str) -> bytes:
    if isinstance(content, bytes):
        return content[:_HEAD]
    if not content.is_file():
        message = f"There is no file {content}; check the path."
        raise BadInputError(message)
    try:
        with content.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        message = f"{name} cannot be read ({error.strerror}); check the rights on it."
        raise BadInputError(message) from error


def _read(content: bytes | Path, *, name: str, kind: str, box: Box, progress: Progress) -> RawStreets:
    if kind == "graphml":
        progress("Reading the graph of streets", 0.1)
        raw = read_graphml(content, name=name, box=box)
    else:
        raw = read_osm(content, name=name, kind=kind, box=box, progress=progress)
    if not raw.streets_seen:
        message = f"{name} holds no street (nothing in it is tagged highway); {_EXPECTED}."
        raise BadInputError(message)
    return raw


def _require_here(workspace: Workspace, raw: RawStreets, network: Network, name: str) -> None:
    """Refuse the streets of another place, and say how far off it is."""
    district = boundary_shape(workspace.boundary())
    if shapely.intersects(district, network.table.geometry.to_numpy()).any():
        return
    spots = np.vstack([raw.points, raw.elsewhere])
    where = "and the file does not say where they are"
    if len(spots):
        km = float(shapely.distance(district, shapely.points(spots)).min()) / _METRES_A_KM
        where = f"the nearest is about {max(km, 1):,.0f} km away"
    message = f"No street of {name} that can be used lies in the district: {where}. Choose the file of your own area."
    raise BadInputError(message)


def _warnings(network: Network, far: float, snap_m: float) -> tuple[str, ...]:
    found = []
    if far > _MUCH:
        found.append(
            f"{far:.0%} of the district's postcodes are further than {snap_m:,.0f} m from every street kept: the file "
            "may not cover the whole district. Places there are said to be cut off."
        )
    for how, part in (("on foot", network.walk), ("by car", network.drive)):
        if part.largest_cut_km > _MUCH * part.km:
            found.append(
                f"Of the streets left out {how}, {part.largest_cut_km:,.0f} km hang together: is a bridge or a road "
                "that joins them to the rest missing from the file?"
            )
    return tuple(found)


def edition_of(name: str, *, sha256: str, today: date) -> Edition:
    """Say where streets came from; how many, and what was cut, is added once they are joined."""
    return Edition(
        dataset="streets",
        title=TITLE,
        edition=SourceFile(name, b"").month,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        file_name=name,
        sha256=sha256,
        rows=0,
        added=today,
    )


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _silent(step: str, share: float) -> None:
    del step, share
