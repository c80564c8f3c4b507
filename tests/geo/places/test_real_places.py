"""The published files themselves, against what is known of them from elsewhere."""

import time
import zipfile

import geopandas as gpd
import h3
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import shapely

from geo import crs
from geo.places.gazetteer import build_gazetteer
from geo.places.geocode import SHARED_POINT_MIN, resolve
from tests.geo.places.conftest import TODAY

pytestmark = pytest.mark.real
TEST_VALLEY, HART = "E07000093", "E07000089"


@pytest.fixture(scope="module")
def test_valley(open_data):
    return gpd.read_file(open_data / "boundaries" / f"lsoa11_{TEST_VALLEY}.geojson")


def test_great_britain_has_the_rows_its_publisher_counts(gb_gazetteer) -> None:
    counts = gb_gazetteer.counts()
    assert counts == {"postcodes": 1_745_849, "live": 1_745_849, "terminated": 0, "no_location": 836}
    (edition,) = gb_gazetteer.editions()
    assert (edition.edition, edition.rows, edition.licence) == ("2025.4.0", 1_745_849, "OGL v3")
    assert gb_gazetteer.path.stat().st_size < 80e6


@pytest.mark.parametrize(
    ("postcode", "lon", "lat"),
    [("SP10 1DP", -1.478, 51.210), ("SO51 8ED", -1.494, 50.990), ("GU51 4PE", -0.845, 51.289)],
    ids=["Andover", "Romsey", "Fleet"],
)
def test_a_postcode_stands_in_its_town(gb_gazetteer, postcode: str, lon: float, lat: float) -> None:
    row = gb_gazetteer.lookup([postcode]).iloc[0]
    found = crs.to_wgs84([row["easting"]], [row["northing"]])
    assert float(found[0][0]) == pytest.approx(lon, abs=0.03)
    assert float(found[1][0]) == pytest.approx(lat, abs=0.02)
    cell = shapely.Polygon([(x, y) for y, x in h3.cell_to_boundary(h3.int_to_str(int(row["h3_9"])))])
    assert cell.contains(shapely.Point(found[0][0], found[1][0]))


@pytest.mark.parametrize(
    ("district", "cells"), [(TEST_VALLEY, [146, 566, 1_294]), (HART, [57, 249, 701])], ids=["Test Valley", "Hart"]
)
def test_the_districts_live_postcodes_fill_the_cells_counted_before(gb_gazetteer, district: str, cells) -> None:
    rows = pq.read_table(gb_gazetteer.path, filters=pc.field("district") == district).to_pandas()
    placed = rows[rows["easting"] > 0]
    assert [placed[f"h3_{resolution}"].nunique() for resolution in (7, 8, 9)] == cells


def test_the_boundary_and_the_publishers_code_part_at_a_handful_of_postcodes(gb_gazetteer, test_valley) -> None:
    inside = set(gb_gazetteer.within(test_valley)["postcode"])
    coded = pq.read_table(gb_gazetteer.path, filters=pc.field("district") == TEST_VALLEY).to_pandas()
    assert len(coded) == 3_845
    assert len(inside ^ set(coded.loc[coded["easting"] > 0, "postcode"])) == 4


def test_the_delivery_office_of_andover_is_a_shared_point(gb_gazetteer, test_valley) -> None:
    office = gb_gazetteer.lookup(["SP10 1AA"]).iloc[0]
    assert office["shared_point"] == 31
    inside = gb_gazetteer.within(test_valley)
    assert sorted(inside["shared_point"].unique().tolist()) == [1, 2, 7, 24, 31]
    assert SHARED_POINT_MIN == 5


@pytest.fixture(scope="module")
def areas_of_today(open_data, tmp_path_factory):
    """The areas SO, DT and AB of the newest edition, which older files are added to."""
    folder = tmp_path_factory.mktemp("areas") / "codepo_2025-11"
    with zipfile.ZipFile(open_data / "postcodes" / "codepo_gb_2025-11.zip") as published:
        for area in ("so", "dt", "ab"):
            published.extract(f"Data/CSV/{area}.csv", folder)
    return build_gazetteer([folder], out=folder.parent / "g.parquet", today=TODAY)


def _compact(postcodes: pd.Series) -> pd.Series:
    return postcodes.str.replace(" ", "")


def test_directories_add_lost_postcodes_and_change_no_live_one(areas_of_today, open_data, tmp_path) -> None:
    folder = open_data / "postcodes"
    names = ("codepoint_open_2014-08", "NSPL_NOV_2021_UK_DT.csv", "derived_terminated_hampshire_area.csv")
    names += ("ONSPD_sample_2021-06_pcd.csv", "ONSPD_sample_2025-09_pcd7.csv")
    paths = [folder / name for name in names]
    built = build_gazetteer(paths, out=tmp_path / "g.parquet", today=TODAY, earlier=areas_of_today)
    columns = ["postcode", "easting", "northing", "quality", "terminated"]
    after = pd.read_parquet(built.path, columns=columns).set_index("postcode")
    before = pd.read_parquet(areas_of_today.path, columns=columns).set_index("postcode")
    pd.testing.assert_frame_equal(after.loc[before.index], before)

    nspl = pd.read_csv(folder / names[1], dtype=str, keep_default_na=False)
    ended = nspl[(nspl["doterm"] != "") & ~_compact(nspl["pcd"]).isin(before.index)]
    assert len(ended) > 1_900
    assert after.loc[_compact(ended["pcd"]), "terminated"].tolist() == ended["doterm"].astype(int).tolist()
    editions = [item.edition for item in built.editions()]
    assert editions == ["2014-08", "2021-06", "2021-11", "2025-09", "2025-11", "2026-05"]


def test_postcodes_of_2014_that_are_gone_stand_where_they_stood(areas_of_today, open_data, tmp_path) -> None:
    old = open_data / "postcodes" / "codepoint_open_2014-08"
    built = build_gazetteer([old], out=tmp_path / "g.parquet", today=TODAY, earlier=areas_of_today)
    rows = pd.read_csv(old / "so.csv", header=None, usecols=[0, 2, 3], names=["postcode", "easting", "northing"])
    rows["postcode"] = _compact(rows["postcode"])
    now = areas_of_today.lookup(rows["postcode"])["postcode"]
    gone = rows[~rows["postcode"].isin(now)].sort_values("postcode", ignore_index=True)
    found = built.lookup(gone["postcode"])
    assert (found["terminated"] == 202_511).all()
    assert found[["easting", "northing"]].to_numpy().tolist() == gone[["easting", "northing"]].to_numpy().tolist()
    assert built.counts()["terminated"] == len(gone)

    derived = pd.read_csv(open_data / "postcodes" / "derived_terminated_hampshire_area.csv")
    seen_then = derived[(derived["last_seen_edition"] == "2014-08") & derived["postcode"].str.startswith("SO")]
    assert set(_compact(seen_then["postcode"])) <= set(gone["postcode"])


def test_a_few_hundred_rows_are_resolved_quickly(gb_gazetteer, test_valley) -> None:
    texts = pd.Series([*gb_gazetteer.within(test_valley)["postcode"].head(300), "SP1O 1DP", "sp10 1dp", "NFA", ""])
    resolve(texts, gb_gazetteer, test_valley)
    start = time.process_time()
    found = resolve(texts, gb_gazetteer, test_valley)
    assert time.process_time() - start < 6, "processor seconds; about 1 s by the clock on two free cores"
    assert found["status"].value_counts().to_dict() == {"located": 302, "no_fixed_abode": 1, "missing": 1}
