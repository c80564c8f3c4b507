"""Write a planned walk for a GIS: a GeoPackage or a GeoJSON of stops and ways, for the team only."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.review.team_only import COLUMN, SENTENCE, TEAM_ONLY, team_geojson, with_sources
from geo.walkabouts.plan import Walkabout
from layers.pack.classes import MapClass
from layers.pack.gpkg_file import Layer, gpkg_bytes
from layers.pack.place_marks import PlaceMark
from layers.pack.qml import single_qml
from layers.walks.walk_looks import team_look
from layers.walks.walk_words import PURPOSES

_STOP: Final = MapClass("Stop", mark=PlaceMark("stop", "o", team_look(1).colour))
_WAY_MM: Final = "0.9"


def walk_gpkg(walkabout: Walkabout, *, day: date, sources: Sequence[str] = ()) -> bytes:
    """Write stops and ways as a GeoPackage.

    Parameters
    ----------
    walkabout
        The plan.
    day
        Of writing.
    sources
        The lines that licences ask for.

    Returns
    -------
    bytes
        Layers `walk_stops` and `walk_ways` in EPSG:27700; each row and each layer says that it is for the team only.
    """
    told = " ".join((SENTENCE, *dict.fromkeys(line for line in sources if line)))
    layers = (
        Layer("walk_stops", "Stops of the walk", told, walk_stops(walkabout), single_qml(_STOP, label="stop")),
        Layer("walk_ways", "Ways of the walk", told, walk_ways(walkabout), _line_qml()),
    )
    return gpkg_bytes(layers, (), day=day.isoformat())


def walk_geojson(walkabout: Walkabout, *, sources: Sequence[str] = ()) -> bytes:
    """Write stops and ways as one GeoJSON in EPSG:4326, as RFC 7946 asks; the column `part` tells which is which."""
    both = [walk_stops(walkabout).assign(part="stop"), walk_ways(walkabout).assign(part="way")]
    features = [
        feature for one in both for feature in json.loads(frame_to_wgs84(one).to_json(drop_id=True))["features"]
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return with_sources(team_geojson(text).encode(), sources)


def walk_stops(walkabout: Walkabout) -> gpd.GeoDataFrame:
    """Give each stop's row: where the team stands, on the street; EPSG:27700."""
    stops = [(team.team, stop) for team in walkabout.teams for stop in team.stops]
    table = pd.DataFrame(
        {
            "stop": [stop.number for _, stop in stops],
            "team": [team for team, _ in stops],
            "arrive": [stop.arrive.isoformat(timespec="seconds") for _, stop in stops],
            "stay_minutes": [float(stop.stay_minutes) for _, stop in stops],
            "street": [stop.street for _, stop in stops],
            "square": [stop.square for _, stop in stops],
            "also": [", ".join(stop.also) for _, stop in stops],
            "why": [PURPOSES[stop.purpose] for _, stop in stops],
            COLUMN: [TEAM_ONLY] * len(stops),
        }
    )
    points = gpd.points_from_xy([s.point[0] for _, s in stops], [s.point[1] for _, s in stops], crs=NATIONAL_GRID)
    return gpd.GeoDataFrame(table, geometry=points)


def walk_ways(walkabout: Walkabout) -> gpd.GeoDataFrame:
    """Give each way's row, from place to place; ways of no length are left out; EPSG:27700."""
    legs = [
        (team.team, order, leg)
        for team in walkabout.teams
        for order, leg in enumerate(team.legs, start=1)
        if not leg.line.is_empty
    ]
    table = pd.DataFrame(
        {
            "team": [team for team, _, _ in legs],
            "order": [order for _, order, _ in legs],
            "minutes": [round(leg.minutes, 2) for _, _, leg in legs],
            "streets": [", ".join(leg.streets) for _, _, leg in legs],
            "unlit_share": [round(leg.unlit_share, 3) for _, _, leg in legs],
            "along_streets": [walkabout.along_streets] * len(legs),
            COLUMN: [TEAM_ONLY] * len(legs),
        }
    )
    return gpd.GeoDataFrame(table, geometry=[leg.line for _, _, leg in legs], crs=NATIONAL_GRID)


def _line_qml() -> str:
    """Write a style for lines in QGIS's own words."""
    root = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology"})
    renderer = ET.SubElement(root, "renderer-v2", {"type": "singleSymbol", "symbollevels": "0", "forceraster": "0"})
    symbol = ET.SubElement(
        ET.SubElement(renderer, "symbols"), "symbol", {"type": "line", "name": "0", "alpha": "1", "clip_to_extent": "1"}
    )
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleLine", "enabled": "1", "locked": "0", "pass": "0"})
    colour = ",".join(str(int(team_look(1).colour[at : at + 2], 16)) for at in (1, 3, 5))
    settings = {"line_color": f"{colour},255", "line_width": _WAY_MM, "line_width_unit": "MM", "line_style": "solid"}
    options = ET.SubElement(layer, "Option", {"type": "Map"})
    for name, value in settings.items():
        ET.SubElement(options, "Option", {"name": name, "value": value, "type": "QString"})
        ET.SubElement(layer, "prop", {"k": name, "v": value})
    return ET.tostring(root, encoding="unicode")
