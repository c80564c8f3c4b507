"""Write where people are found for a GIS or a spreadsheet: squares with rates and evidence, for the team only."""

from collections.abc import Sequence
from datetime import date

import geopandas as gpd

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.review.team_only import COLUMN, SENTENCE, TEAM_ONLY, team_geojson, with_sources
from geo.review.walks.where import Where
from geo.walkabouts.squares import outline_of
from layers.pack.gpkg_file import Layer, gpkg_bytes
from layers.pack.qml import class_qml
from layers.walks.where_looks import map_classes, rate_classes
from layers.walks.where_words import band_rows, district_rate, told_band


def where_squares(found: Where, band: str, *, minutes: float) -> gpd.GeoDataFrame:
    """Give each square's row in one band, with its outline, EPSG:27700; `map_class` names how it is drawn."""
    rows = band_rows(found, band)
    mean = district_rate(found, band)
    words = [one.words for one in map_classes(mean, minutes=minutes)]
    classes = [words[number] for number in rate_classes(rows, mean=mean, minutes=minutes)]
    told = rows.assign(band=band, map_class=classes, **{COLUMN: TEAM_ONLY})
    return gpd.GeoDataFrame(told, geometry=[outline_of(one) for one in rows["square"]], crs=NATIONAL_GRID)


def where_gpkg(found: Where, band: str, *, minutes: float, day: date, sources: Sequence[str] = ()) -> bytes:
    """Write a GeoPackage of one layer, `walk_places`, in EPSG:27700, that QGIS draws as the planner does.

    Parameters
    ----------
    found
        What is known.
    band
        One of `WALK_BANDS`.
    minutes
        At a stop.
    day
        Of writing.
    sources
        The lines that licences ask for.
    """
    told = " ".join((SENTENCE, *dict.fromkeys(line for line in sources if line)))
    title = f"Found sleeping rough, {told_band(band)}"
    style = class_qml(map_classes(district_rate(found, band), minutes=minutes))
    layer = Layer("walk_places", title, told, where_squares(found, band, minutes=minutes), style)
    return gpkg_bytes((layer,), (), day=day.isoformat())


def where_geojson(found: Where, band: str, *, minutes: float, sources: Sequence[str] = ()) -> bytes:
    """Write a GeoJSON in EPSG:4326, as RFC 7946 asks."""
    frame = frame_to_wgs84(where_squares(found, band, minutes=minutes))
    return with_sources(team_geojson(frame.to_json(drop_id=True, ensure_ascii=False)).encode(), sources)
