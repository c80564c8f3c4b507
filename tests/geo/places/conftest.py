"""A gazetteer of Tinytown, and short ways to publish a file and to build from it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.crs import frame_to_wgs84
from geo.places.gazetteer import Gazetteer, build_gazetteer
from tests.tinytown.postcode_files import code_point

TODAY = date(2026, 5, 1)


@pytest.fixture
def published(tmp_path: Path) -> Callable[..., Path]:
    """Write a file into a folder of this test and give its path."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / "published" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Gazetteer]:
    """Build a gazetteer from paths."""

    def make(*paths: Path, earlier: Gazetteer | None = None, edition: str = "") -> Gazetteer:
        return build_gazetteer(paths, out=tmp_path / "g.parquet", today=TODAY, earlier=earlier, edition=edition)

    return make


@pytest.fixture(scope="session")
def tinytown(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("tinytown")
    (folder / "zz_2025-11.csv").write_text(code_point(), encoding="utf-8")
    return build_gazetteer([folder / "zz_2025-11.csv"], out=folder / "g.parquet", today=TODAY)


@pytest.fixture(scope="session")
def square() -> gpd.GeoDataFrame:
    """Tinytown's boundary: 4 km by 4 km, EPSG:4326."""
    box = shapely.segmentize(shapely.box(640_000, 420_000, 644_000, 424_000), 100)
    return frame_to_wgs84(gpd.GeoDataFrame({"name": ["Tinytown"]}, geometry=[box], crs="EPSG:27700"))
