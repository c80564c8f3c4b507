"""The areas of a release as they stood on its day, so that its map can be drawn whatever is loaded later."""

import json
from typing import Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd
from h3.api.basic_int import str_to_int

from geo.crs import WGS84
from geo.disclosure.merge import draw_merged
from geo.disclosure.published import Published
from geo.evidence.counts import AreaLevel
from geo.places.grid import cell_polygons
from geo.review.placing import AREA_LEVELS
from geo.review.workspace import Workspace
from geo.schema import AREAS

_TOLERANCE_DEG: Final = 0.0001  # about 10 m, as maps draw boundaries


def shapes_of(workspace: Workspace, published: Published) -> gpd.GeoDataFrame:
    """Find the shape of every area of a table that has one.

    Returns
    -------
    geopandas.GeoDataFrame
        AREAS table, EPSG:4326, sorted by code, named as in the table.
    """
    names = {figure.code: figure.name for figure in published.figures if figure.code}
    geography = published.topic.geography
    if geography.level == "merged":
        drawn = draw_merged(geography)
    elif geography.level in ("h3_7", "h3_8"):
        codes = list(names)
        cells = np.array([str_to_int(code) for code in codes], dtype=np.int64)
        drawn = _areas(codes, list(cell_polygons(cells)))
    elif geography.level == "district":
        drawn = _areas(list(names), list(workspace.boundary().geometry.simplify(_TOLERANCE_DEG)))
    else:
        areas = workspace.areas(AREA_LEVELS[cast("AreaLevel", geography.level)])
        known = _areas([], []) if areas is None else areas[["code", "name", "geometry"]]
        drawn = known.assign(geometry=known.geometry.simplify(_TOLERANCE_DEG))
    chosen = drawn[drawn["code"].isin(list(names))].sort_values("code", ignore_index=True)
    named = pd.Series([names[code] for code in chosen["code"]], dtype="str")
    return AREAS.validate(chosen.assign(name=named)[["code", "name", "geometry"]])


def shapes_as_text(shapes: gpd.GeoDataFrame) -> str:
    """Write shapes as GeoJSON."""
    text: str = shapes.to_json(drop_id=True, ensure_ascii=False)
    return text


def shapes_from_text(text: str) -> gpd.GeoDataFrame:
    """Read shapes that `shapes_as_text` wrote."""
    features = json.loads(text)["features"]
    if not features:
        return _areas([], [])
    found = gpd.GeoDataFrame.from_features(features, crs=WGS84)
    return AREAS.validate(found.astype({"code": "str", "name": "str"})[["code", "name", "geometry"]])


def _areas(codes: list[str], geometry: list[object]) -> gpd.GeoDataFrame:
    named = {"code": pd.Series(codes, dtype="str"), "name": pd.Series(codes, dtype="str")}
    return gpd.GeoDataFrame(named, geometry=geometry, crs=WGS84)
