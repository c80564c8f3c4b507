"""The inhabited cells of Tinytown, their homes, neighbours, shapes and names."""

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import frame_to_wgs84
from geo.places.grid import build_grid, cell_polygons
from geo.places.naming import PlaceNames


@pytest.fixture(scope="module")
def inside(tinytown, square):
    return tinytown.within(square)


def grid(square, postcodes, *, resolution=9, homes=None, places=None):
    return build_grid(square, postcodes, resolution=resolution, homes=homes, homes_per_postcode=15, places=places)


def homes_of(**homes: float) -> pd.DataFrame:
    counts = [float(count) for count in homes.values()]
    return pd.DataFrame({"postcode": list(homes), "people": 0.0, "homes": counts, "year": 0})


def cell_of(inside, postcode: str, resolution: int = 9) -> int:
    return int(inside.set_index("postcode").loc[postcode, f"h3_{resolution}"])


def test_a_cell_with_a_live_postcode_is_inhabited_and_one_with_a_shared_point_alone_is_not(square, inside) -> None:
    found = grid(square, inside)
    expected = {cell_of(inside, code) for code in ("ZZ11AA", "ZZ11AB", "ZZ11AD", "ZZ11OI", "ZZ11OL")}
    assert set(found.cells["cell"]) == expected
    assert cell_of(inside, "ZZ19BA") not in expected
    assert found.homes_source == "live postcodes x 15"
    assert found.cells["homes"].sum() == 5 * 15
    assert found.cells["live_postcodes"].sum() == 5
    assert found.cells["cell"].is_monotonic_increasing


def test_a_home_makes_a_shared_point_inhabited(square, inside) -> None:
    found = grid(square, inside, homes=homes_of(ZZ19BA=3, ZZ11AA=40, ZZ21AA=99, ZZ88AA=7))
    by_cell = found.cells.set_index("cell")
    assert by_cell.loc[cell_of(inside, "ZZ19BA"), ["homes", "live_postcodes"]].tolist() == [3, 0]
    assert by_cell.loc[cell_of(inside, "ZZ11AD"), ["homes", "live_postcodes"]].tolist() == [0, 1]
    assert found.cells["homes"].sum() == 43, "homes beyond the boundary and unknown postcodes are not counted"
    assert found.homes_source == "households file"


def test_postcodes_beyond_the_boundary_are_left_out(tinytown, square, inside) -> None:
    near = tinytown.within(square, margin_m=10_000)
    assert len(near) > len(inside)
    pd.testing.assert_frame_equal(grid(square, near).cells, grid(square, inside).cells)


def test_a_terminated_postcode_does_not_make_a_cell_inhabited(square, inside) -> None:
    gone = inside.assign(terminated=np.where(inside["postcode"] == "ZZ11AD", 202_001, 0))
    assert cell_of(inside, "ZZ11AD") not in set(grid(square, gone).cells["cell"])


def test_a_cell_stands_at_the_mean_point_of_its_homes(square, inside) -> None:
    pair = inside[inside["postcode"].isin(["ZZ11AA", "ZZ11OI"])].assign(h3_9=cell_of(inside, "ZZ11AA"))
    found = grid(square, pair, homes=homes_of(ZZ11AA=30, ZZ11OI=10)).cells
    assert found[["easting", "northing"]].to_numpy().tolist() == [[640_525, 420_525]]


@pytest.mark.parametrize("resolution", [7, 8, 9])
def test_a_window_is_the_cell_and_its_ring_within_the_grid(square, inside, resolution: int) -> None:
    found = grid(square, inside, resolution=resolution)
    cells = found.cells["cell"].tolist()
    assert len(found.indptr) == len(cells) + 1
    for row, cell in enumerate(cells):
        window = {cells[at] for at in found.indices[found.indptr[row] : found.indptr[row + 1]]}
        ring = {h3.str_to_int(near) for near in h3.grid_disk(h3.int_to_str(cell), 1)}
        assert window == ring & set(cells)


def test_a_polygon_is_the_cell_h3_draws(inside) -> None:
    cells = inside["h3_8"].unique()
    for cell, polygon in zip(cells, cell_polygons(cells), strict=True):
        corners = [(lon, lat) for lat, lon in h3.cell_to_boundary(h3.int_to_str(int(cell)))]
        assert polygon.equals(shapely.Polygon(corners))
    lon, lat = cell_polygons(cells)[0].exterior.coords[0]
    assert 0 < lon < 3
    assert 52 < lat < 55


def test_pentagons_and_no_cells_are_drawn_too() -> None:
    pentagon = h3.str_to_int(h3.get_pentagons(8)[0])
    hexagon = h3.str_to_int(h3.latlng_to_cell(51.2, -1.5, 8))
    drawn = cell_polygons(np.array([pentagon, hexagon], dtype=np.int64))
    assert [len(polygon.exterior.coords) - 1 for polygon in drawn] == [5, 6]
    assert len(cell_polygons(np.array([], dtype=np.int64))) == 0


def _areas(shapes, names) -> gpd.GeoDataFrame:
    table = {"code": [f"A{at}" for at in range(len(names))], "name": names}
    return frame_to_wgs84(gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:27700"))


def test_a_cell_is_called_after_its_settlement_else_its_ward_else_its_sector(square, inside) -> None:
    settlements = _areas([shapely.Point(640_500, 421_000), shapely.Point(640_600, 420_500)], ["Farther", "Nearest"])
    wards = _areas(
        [shapely.box(640_000, 420_000, 641_400, 424_000), shapely.box(643_000, 423_000, 644_000, 424_000)],
        ["West ward", "North ward"],
    )
    rows = inside[inside["postcode"].isin(["ZZ11AA", "ZZ11AD"])]

    def names(places):
        found = grid(square, rows, places=places).cells.set_index("cell")["place"]
        return [found[cell_of(inside, code)] for code in ("ZZ11AA", "ZZ11AD")]

    assert names(None) == ["ZZ1 1", "ZZ1 1"]
    assert names(PlaceNames(wards=wards)) == ["West ward", "North ward"]
    assert names(PlaceNames(settlements=settlements, wards=wards)) == ["Nearest", "North ward"]
    assert names(PlaceNames(settlements=settlements)) == ["Nearest", "ZZ1 1"]


def test_a_district_without_postcodes_has_an_empty_grid(square, inside) -> None:
    found = grid(square, inside.iloc[:0])
    assert len(found.cells) == 0
    assert found.indptr.tolist() == [0]
