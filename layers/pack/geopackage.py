"""Write a pack as a GeoPackage that QGIS shows in its colours at once: a layer a map, and the ground they stand on."""

from typing import Final

import geopandas as gpd

from geo.crs import NATIONAL_GRID
from geo.review.pack.content import Map, Pack
from layers.pack.classes import MapClass, classed
from layers.pack.frames import hub_table, level_frame, map_frame
from layers.pack.gpkg_file import Layer, PlainTable, gpkg_bytes, safe_name
from layers.pack.place_marks import PlaceMark
from layers.pack.qml import class_qml, single_qml
from layers.pack.words import whom
from layers.style import BOUNDARY

_SITE: Final = MapClass("Site", mark=PlaceMark("site", "o", "#5b5b57"))
_HUB: Final = MapClass("Hub of the programme", mark=PlaceMark("hub", "h", "#7a1f5c"))


def pack_gpkg(pack: Pack) -> bytes:
    """Write the file.

    Returns
    -------
    bytes
        GeoPackage in EPSG:27700: the district, the sites, the hubs of the programme, one layer a map with the column
        `map_class` that its legend names, a table of notes, and `layer_styles`. Each layer's description says whom it
        is for and what licences ask for.
    """
    layers = [*_ground(pack), *_hubs(pack), *(_map_layer(pack, one, at) for at, one in enumerate(pack.maps, start=1))]
    return gpkg_bytes(layers, [_notes(pack)], day=pack.day)


def layer_name(map_: Map) -> str:
    """Name the layer of a map; "map" stands before it, so that no layer is called as the ground is."""
    return safe_name(f"map_{map_.name}")


def _ground(pack: Pack) -> list[Layer]:
    said = _described(pack)
    district = level_frame(pack, "district")
    edge = single_qml(MapClass("District", BOUNDARY))
    found = [Layer("district", f"District: {pack.district}", said, district, edge)]
    if pack.shapes.get("site"):
        found.append(Layer("sites", "Sites", said, level_frame(pack, "site"), single_qml(_SITE, label="name")))
    return found


def _hubs(pack: Pack) -> list[Layer]:
    hubs = hub_table(pack)
    if not len(hubs):
        return []
    points = gpd.points_from_xy(hubs["easting"], hubs["northing"], crs=NATIONAL_GRID)
    frame = gpd.GeoDataFrame(hubs.drop(columns=["easting", "northing"]), geometry=points)
    return [Layer("programme_hubs", "Hubs of the programme", _described(pack), frame, single_qml(_HUB, label="day"))]


def _map_layer(pack: Pack, map_: Map, number: int) -> Layer:
    worn = classed(pack, map_)
    frame = map_frame(pack, map_, worn).reset_index(drop=True)
    qml = class_qml(worn.classes, label=map_.label)
    notes = (*pack.table(map_.table).notes, *map_.notes)
    title = f"Map {number}: {map_.title}"  # no two layers of a GeoPackage may be titled alike
    return Layer(layer_name(map_), title, _described(pack, map_.alt, *notes), frame, qml)


def _described(pack: Pack, *sentences: str) -> str:
    return " ".join((whom(pack), pack.title + ".", *sentences, *pack.attributions))


def _notes(pack: Pack) -> PlainTable:
    head = [("pack", pack.title), ("audience", whom(pack)), ("state", pack.state)]
    head += [("digest", pack.digest), ("unit", pack.unit)]
    summary = [("summary", text) for text in pack.summary]
    tables = [(f"table {table.name}", note) for table in pack.tables for note in table.notes]
    maps = [(f"map {map_.name}", note) for map_ in pack.maps for note in (map_.alt, *map_.notes)]
    sources = [("attribution", line) for line in pack.attributions]
    rows = (*head, *summary, *tables, *maps, *sources)
    return PlainTable("notes", "Notes", _described(pack), ("about", "note"), rows)
