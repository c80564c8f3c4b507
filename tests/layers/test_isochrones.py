"""Isochrones on a map: one outline a band, gaps between streets closed, nothing else of the ground told."""

import geopandas as gpd
import pytest
import shapely

from geo.errors import BadInputError
from layers import isochrones
from layers.base import new_map
from layers.standalone import standalone_html

EAST, NORTH = 437_000, 145_000


def _bands(*shapes: shapely.Geometry, crs: object = 27700, mode: str = "walk") -> gpd.GeoDataFrame:
    minutes = [10.0 * (at + 1) for at in range(len(shapes))]
    return gpd.GeoDataFrame({"minutes": minutes, "mode": mode}, geometry=list(shapes), crs=crs)


def _square(metres: float, *, hole: float = 0) -> shapely.Geometry:
    whole = shapely.box(EAST - metres, NORTH - metres, EAST + metres, NORTH + metres)
    return whole - shapely.box(EAST - hole, NORTH - hole, EAST + hole, NORTH + hole) if hole else whole


def _drawn(square: gpd.GeoDataFrame, bands: gpd.GeoDataFrame) -> dict:
    target = new_map(square, title="Map")
    isochrones.draw_isochrones(target, bands)
    return isochrones._lines(bands)


def test_each_band_is_one_outline_over_its_own_halo(square) -> None:
    drawn = _drawn(square, _bands(_square(800), _square(1600), _square(2400)))
    assert len(drawn["shapes"]) == 6
    assert drawn["classes"] == [0, 0, 0, 1, 2, 3]
    assert not any(style["fill"] for style in drawn["styles"])


def test_a_gap_between_streets_is_no_hole_and_a_large_one_is(square) -> None:
    small, large = _drawn(square, _bands(_square(2000, hole=200), _square(2000, hole=600)))["shapes"][:2]
    assert [len(polygon) for polygon in small] == [1]
    assert [len(polygon) for polygon in large] == [2]


def test_by_car_larger_gaps_are_closed(square) -> None:
    (outline, _) = _drawn(square, _bands(_square(2000, hole=450), mode="drive"))["shapes"]
    assert [len(polygon) for polygon in outline] == [1]


def test_the_legend_names_the_minutes() -> None:
    entries = isochrones.legend_entries(_bands(_square(1), _square(2)))
    assert [entry.label for entry in entries] == ["Within 10 minutes", "Within 20 minutes"]


def test_no_band_draws_nothing(square) -> None:
    target = new_map(square, title="Map")
    isochrones.draw_isochrones(target, _bands())
    assert "planner-isochrones" not in standalone_html(target)


def test_bands_in_degrees_are_refused(square) -> None:
    with pytest.raises(BadInputError, match="expected EPSG:27700"):
        isochrones.draw_isochrones(new_map(square, title="Map"), _bands(_square(9), crs=4326))
