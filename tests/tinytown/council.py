"""A council small enough to check by hand: a square district of 4 km in the North Sea, with a dozen postcodes.

The district is EPSG:27700 easting 640,000 to 644,000, northing 420,000 to 424,000; ward W1 is its western half, W2
its eastern half. Nothing in it is a real place: the postcode area ZZ is unused.
"""

from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely

from geo.crs import frame_to_wgs84
from geo.editions import Edition
from geo.places.gazetteer import build_gazetteer
from geo.review.workspace import Workspace

TODAY = date(2025, 6, 1)
WEST, EAST, SOUTH, NORTH = 640_000, 644_000, 420_000, 424_000
LIVE = {
    "ZZ1 1AA": (640_500, 420_500),  # ward W1
    "ZZ1 1AB": (641_000, 421_000),  # ward W1
    "ZZ1 1AD": (641_500, 423_500),  # ward W1
    "ZZ1 2AA": (643_000, 421_000),  # ward W2
    "ZZ1 2AB": (643_500, 423_000),  # ward W2
    "ZZ1 3AA": (643_900, 423_900),  # ward W2: the council's office
    "ZZ2 1AA": (650_000, 422_000),  # beyond the boundary
    **{f"ZZ1 9B{letter}": (642_500, 420_200) for letter in "ABDEF"},  # a delivery office: five on one point
}
NO_LOCATION = "ZZ1 8AA"
OFFICE = "ZZ1 3AA"
HEADER = "referral_id,household_ref,date,postcode,route,source,reason,household,age_band,outcome"


def edition(dataset: str = "boundary") -> Edition:
    """Say that a table is made up."""
    return Edition(dataset=dataset, title="Tinytown", rows=1, added=TODAY)


def boundary() -> gpd.GeoDataFrame:
    """The district, EPSG:4326."""
    return _areas([shapely.box(WEST, SOUTH, EAST, NORTH)], ["D1"])


def wards() -> gpd.GeoDataFrame:
    """Two wards, EPSG:4326."""
    middle = (WEST + EAST) / 2
    halves = [shapely.box(WEST, SOUTH, middle, NORTH), shapely.box(middle, SOUTH, EAST, NORTH)]
    return _areas(halves, ["W1", "W2"])


def make_council(root: Path, *, with_wards: bool = True) -> Workspace:
    """Make a workspace with the district, its gazetteer and wards, and no records."""
    workspace = Workspace.create(
        root, name="Tinytown", boundary=boundary(), boundary_edition=edition(), office_postcode=OFFICE
    )
    source = root.parent / "zz.csv"
    source.write_text(code_point_open(), encoding="utf-8")
    build_gazetteer([source], out=workspace.gazetteer_path, today=TODAY, edition="2025-05")
    source.unlink()
    if with_wards:
        workspace.save_areas("wards", wards(), edition("wards"))
    return workspace


def code_point_open(places: dict[str, tuple[int, int]] | None = None) -> str:
    """The postcodes in the layout of OS Code-Point Open."""
    rows = [(code, 10, *point) for code, point in (places or LIVE).items()] + [(NO_LOCATION, 90, 0, 0)]
    return "".join(
        f'"{code}",{quality},{easting},{northing},"E92000001","","","","E07000999","E05000999"\n'
        for code, quality, easting, northing in rows
    )


def export(*rows: str, header: str = HEADER) -> bytes:
    """Write an export as CSV, UTF-8."""
    return "\n".join((header, *rows, "")).encode()


def row(number: int, *, postcode: str = "ZZ1 1AA", day: str = "14/05/2024", **other: str) -> str:
    """One line of an export: R1, H1, ..."""
    said = {
        "route": "Self",
        "source": "",
        "reason": "Section 21",
        "household": "Single",
        "age": "30",
        "outcome": "Open",
    }
    cells = {**said, **other}
    return ",".join((f"R{number}", f"H{number}", day, postcode, *cells.values()))


def _areas(shapes: list[shapely.Polygon], codes: list[str]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame({"code": codes, "name": codes}, geometry=shapes, crs=27700)
    return frame_to_wgs84(frame)
