"""What a GIS officer gets from the screens."""

import json

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from pages.kit import geojson


def test_a_ward_without_a_client_is_written_with_nought() -> None:
    wards = gpd.GeoDataFrame(
        {"code": ["W1", "W2"], "name": ["Quay", "Moor"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs="EPSG:4326"
    )
    made = json.loads(geojson.maker(pd.DataFrame({"code": ["W1"], "count": [3]}), wards)())
    assert [(ward["properties"]["name"], ward["properties"]["count"]) for ward in made["features"]] == [
        ("Quay", 3),
        ("Moor", 0),
    ]
