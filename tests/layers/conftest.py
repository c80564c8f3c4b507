"""A square district of four kilometres at Andover, with postcodes inside, near by and far away."""

import csv
import io
from datetime import date
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.places.gazetteer import Gazetteer, build_gazetteer
from layers.source_file import SourceFile

POSTCODES = {
    "SP10 1DP": (437000, 145000),
    "SP10 2EA": (439000, 147000),
    "SP10 3AB": (439000, 145000),
    "SP11 6AA": (442000, 146000),  # 2 km east of the district
    "SO51 8ED": (450000, 146000),  # 10 km east of it
}
TODAY = date(2026, 1, 15)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def square() -> gpd.GeoDataFrame:
    return frame_to_wgs84(gpd.GeoDataFrame(geometry=[box(436000, 144000, 440000, 148000)], crs=NATIONAL_GRID))


@pytest.fixture(scope="session")
def small_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("gazetteer")
    rows = [f"{postcode},{east},{north}" for postcode, (east, north) in POSTCODES.items()]
    table = folder / "postcodes.csv"
    table.write_text("\n".join(["postcode,easting,northing", *rows]) + "\n")
    return build_gazetteer([table], out=folder / "gazetteer.parquet", today=TODAY, edition="2025-11")


@pytest.fixture
def around(small_gazetteer: Gazetteer, square: gpd.GeoDataFrame) -> dict[str, Any]:
    """What every reader of sites is given beside its file."""
    return {"gazetteer": small_gazetteer, "boundary": square, "nearby_km": 5, "today": TODAY}


@pytest.fixture
def csv_file():
    """Make a CSV file in memory from rows of cells."""

    def make(rows: list[list[str]], *, name: str = "file.csv", encoding: str = "utf-8") -> SourceFile:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        return SourceFile(name, text.getvalue().encode(encoding))

    return make
