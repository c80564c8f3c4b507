"""Homes of named areas: nobody's home is lost or counted twice, and neighbours are those that touch."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import frame_to_wgs84
from geo.places.area_homes import TOUCH_M, gather_areas

POSTCODES = ["ZZ11AA", "ZZ11AB", "ZZ11AD", "ZZ11AE", "ZZ11AF"]


@pytest.fixture
def wards() -> gpd.GeoDataFrame:
    """West and East share a border, North lies 4 m from both, Far away from all."""
    shapes = [
        shapely.box(641_000, 420_000, 642_000, 421_000),
        shapely.box(640_000, 420_000, 641_000, 421_000),
        shapely.box(640_000, 421_004, 642_000, 422_000),
        shapely.box(643_000, 423_000, 644_000, 424_000),
    ]
    table = {"code": ["E", "W", "N", "Far"], "name": ["East", "West", "North", "Far"]}
    return frame_to_wgs84(gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:27700"))


@pytest.fixture
def postcodes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "postcode": POSTCODES,
            "introduced": 0,
            "terminated": [0, 0, 0, 202001, 0],
            "shared_point": [1, 1, 1, 1, 9],
        }
    )


@pytest.fixture
def codes() -> pd.Series:
    return pd.Series(["W", "W", "E", "E", ""])


def homes(**counts):
    return pd.DataFrame(
        {"postcode": list(counts), "people": [2.0 * n for n in counts.values()], "homes": counts.values(), "year": 0}
    ).astype({"homes": float})


def gather(wards, postcodes, codes, known=None):
    return gather_areas(wards, postcodes, codes, homes=known, homes_per_postcode=15)


def test_homes_and_people_are_those_of_the_postcodes_inside(wards, postcodes, codes) -> None:
    known = homes(ZZ11AA=10, ZZ11AB=20, ZZ11AE=7, ZZ11AF=3)
    found = gather(wards, postcodes, codes, known)
    table = found.areas.set_index("code")
    assert table["homes"].to_dict() == {"E": 7, "Far": 0, "N": 0, "W": 30}
    assert table["people"].to_dict() == {"E": 14, "Far": 0, "N": 0, "W": 60}
    assert table["live_postcodes"].to_dict() == {"E": 1, "Far": 0, "N": 0, "W": 2}
    assert table["newer_postcodes"].to_dict() == {"E": 1, "Far": 0, "N": 0, "W": 0}
    assert table["homes"].sum() + found.beyond == known["homes"].sum()
    assert found.homes_source == "households file"


def test_without_a_file_live_postcodes_stand_for_homes_and_people_are_unknown(wards, postcodes, codes) -> None:
    found = gather(wards, postcodes, codes)
    assert found.areas.set_index("code")["homes"].to_dict() == {"E": 15, "Far": 0, "N": 0, "W": 30}
    assert found.areas["people"].isna().all()
    assert found.homes_source == "live postcodes x 15"


def test_neighbours_are_the_area_itself_and_those_that_touch_but_for_a_slit(wards, postcodes, codes) -> None:
    found = gather(wards, postcodes, codes)
    order = found.areas["code"].tolist()
    near = {
        code: {order[at] for at in found.indices[found.indptr[row] : found.indptr[row + 1]]}
        for row, code in enumerate(order)
    }
    assert near == {"E": {"E", "W", "N"}, "Far": {"Far"}, "N": {"E", "W", "N"}, "W": {"E", "W", "N"}}
    assert TOUCH_M > 4


def test_the_order_of_the_areas_never_matters(wards, postcodes, codes) -> None:
    known = homes(ZZ11AA=10, ZZ11AD=20)
    one, other = gather(wards, postcodes, codes, known), gather(wards.iloc[::-1], postcodes, codes, known)
    pd.testing.assert_frame_equal(one.areas, other.areas)
    assert np.array_equal(one.indices, other.indices)
