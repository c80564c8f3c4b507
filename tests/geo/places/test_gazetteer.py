"""Which edition says what: the newest where a postcode is, an older one where a lost one was."""

from datetime import date
from itertools import permutations

import h3
import pandas as pd
import pyarrow.parquet as pq
import pytest

from geo import crs
from geo.errors import BadInputError
from geo.places.gazetteer import Gazetteer, build_gazetteer
from geo.schema import GAZETTEER
from tests.tinytown.postcode_files import code_point

ONSPD = "pcd,pcd2,pcds,dointr,doterm,oslaua,oseast1m,osnrth1m,osgrdind,lat,long\n"


def only(gazetteer: Gazetteer, postcode: str) -> pd.Series:
    found = gazetteer.lookup([postcode])
    assert len(found) == 1, f"{len(found)} rows"
    return found.iloc[0]


def test_every_row_is_kept_with_its_cells_and_its_neighbours_on_the_point(tinytown) -> None:
    counts = tinytown.counts()
    assert counts == {"postcodes": 12, "live": 12, "terminated": 0, "no_location": 1}
    alone, shared, nowhere = (only(tinytown, text) for text in ("zz11aa", "ZZ1 9BA", " zz1 9zz "))
    assert (alone["easting"], alone["northing"], alone["shared_point"]) == (640_500, 420_500, 1)
    assert shared["shared_point"] == 5
    assert nowhere[["easting", "northing", "quality", "shared_point", "h3_7", "h3_8", "h3_9"]].tolist() == [
        *(0, 0, 90, 0, 0, 0, 0)
    ]


def test_cells_are_computed_from_the_coordinate_at_each_resolution(tinytown) -> None:
    row = only(tinytown, "ZZ1 1AD")
    lon, lat = crs.to_wgs84([643_500], [423_500])
    for resolution in (7, 8, 9):
        cell = h3.latlng_to_cell(lat[0], lon[0], resolution)
        assert h3.int_to_str(int(row[f"h3_{resolution}"])) == cell


def test_the_table_is_the_one_promised_and_says_how_it_was_made(tinytown) -> None:
    everything = tinytown.lookup(pd.read_parquet(tinytown.path)["postcode"])
    GAZETTEER.validate(everything)
    assert everything["postcode"].is_monotonic_increasing
    assert crs.OPERATION.encode() in b"".join(pq.read_schema(tinytown.path).metadata.values())


def test_a_postcode_missing_from_a_newer_edition_is_terminated_where_the_older_one_had_it(published, build) -> None:
    old = published("2014-08/zz.csv", code_point(("ZZ1 1AA", 10, 640_100, 420_100), ("ZZ1 1AE", 10, 641_000, 421_000)))
    new = published("2025-11/zz.csv", code_point(("ZZ1 1AA", 10, 640_500, 420_500)))
    built = build(old, new)
    moved, lost = only(built, "ZZ1 1AA"), only(built, "ZZ1 1AE")
    assert (moved["easting"], moved["terminated"]) == (640_500, 0)
    assert (lost["easting"], lost["northing"], lost["terminated"]) == (641_000, 421_000, 202_511)


def test_an_edition_says_nothing_of_areas_it_does_not_cover(published, build) -> None:
    old = published("2014-08/zz.csv", code_point(("ZZ1 1AA", 10, 640_100, 420_100), ("ZX1 1AA", 10, 641_000, 421_000)))
    new = published("2025-11/zz.csv", code_point(("ZZ1 1AB", 10, 640_500, 420_500)))
    built = build(old, new)
    assert only(built, "ZZ1 1AA")["terminated"] == 202_511
    assert only(built, "ZX1 1AA")["terminated"] == 0


def test_an_extract_of_one_district_does_not_terminate_the_rest_of_its_area(published, build) -> None:
    letters = "ABDEFGHJLN"
    whole = [(f"ZZ1 {a}{b}{c}", 10, 640_000, 420_000) for a in "12" for b in letters for c in letters]
    old = published("2014-08/zz.csv", code_point(*whole))
    extract = published("2025-11/zz.csv", code_point(*whole[:60]))
    assert build(old, extract).counts()["terminated"] == 0
    most = published("2025-11/zz.csv", code_point(*whole[:180]))
    assert build(old, most).counts()["terminated"] == 20


def test_a_postcode_that_is_used_again_lives(published, build) -> None:
    first = published("2014-08/zz.csv", code_point(("ZZ1 1AA", 10, 640_100, 420_100), ("ZZ1 1AB", 10, 1_000, 2_000)))
    gone = published("2020-02/zz.csv", code_point(("ZZ1 1AB", 10, 1_000, 2_000)))
    again = published("2025-11/zz.csv", code_point(("ZZ1 1AA", 10, 649_000, 429_000), ("ZZ1 1AB", 10, 1_000, 2_000)))
    built = build(first, gone)
    assert only(built, "ZZ1 1AA")["terminated"] == 202_002
    revived = only(build(again, earlier=built), "ZZ1 1AA")
    assert (revived["terminated"], revived["easting"]) == (0, 649_000)


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_in_which_editions_are_added_does_not_matter(published, build, order) -> None:
    files = [
        published("2014-08/zz.csv", code_point(("ZZ1 1AA", 10, 640_100, 420_100), ("ZZ1 1AB", 10, 641_000, 421_000))),
        published("2020-02/zz.csv", code_point(("ZZ1 1AB", 10, 641_100, 421_100), ("ZZ1 1AD", 10, 642_000, 422_000))),
        published("2025-11/zz.csv", code_point(("ZZ1 1AD", 50, 642_500, 422_500))),
        published("ONSPD_2021-05.csv", ONSPD + "ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,199001,201903,E1,640100,420100,1,50,1\n"),
    ]
    built = build(files[order[0]])
    for at in order[1:]:
        built = build(files[at], earlier=built)
    found = built.lookup(["ZZ1 1AA", "ZZ1 1AB", "ZZ1 1AD"])
    assert found["terminated"].tolist() == [201_903, 202_511, 0]
    assert found["easting"].tolist() == [640_100, 641_100, 642_500]
    assert found["introduced"].tolist() == [199_001, 0, 0]
    assert [item.edition for item in built.editions()] == ["2014-08", "2020-02", "2021-05", "2025-11"]


def test_adding_the_same_file_again_changes_nothing(published, build) -> None:
    path = published("zz_2025-11.csv", code_point())
    first = build(path)
    before = pd.read_parquet(first.path)
    again = build(path, earlier=first)
    pd.testing.assert_frame_equal(pd.read_parquet(again.path), before)
    assert len(again.editions()) == 1


def test_loose_area_files_of_one_month_are_one_edition(published, build) -> None:
    old = published("2014-08/all.csv", code_point(("ZZ1 1AA", 10, 1_000, 2_000), ("ZX1 1AA", 10, 3_000, 4_000)))
    zz = published("2025-11/zz.csv", code_point(("ZZ1 1AB", 10, 1_000, 2_000)))
    zx = published("2025-11/zx.csv", code_point(("ZX1 1AB", 10, 3_000, 4_000)))
    built = build(old, zz, zx)
    assert built.lookup(["ZZ1 1AA", "ZX1 1AA"])["terminated"].tolist() == [202_511, 202_511]


def test_the_old_layout_is_read_and_an_undated_one_is_older_than_all(published, build) -> None:
    rows = (("ZZ1 1AA", 10, 640_100, 420_100), ("Z1 1AA", 10, 641_000, 421_000), ("ZZ12 1AA", 10, 642_000, 422_000))
    old = published("loose/zz.csv", code_point(*rows, padded=True))
    built = build(old)
    assert built.lookup(["Z1 1AA", "ZZ1 1AA", "ZZ12 1AA"])["easting"].tolist() == [641_000, 640_100, 642_000]
    (edition,) = built.editions()
    assert edition.edition == ""
    assert "older than every dated edition" in edition.note
    new = published("zz_2025-11.csv", code_point(("ZZ1 1AA", 10, 640_500, 420_500)))
    found = build(new, earlier=built).lookup(["ZZ1 1AA", "ZZ12 1AA"])
    assert found["terminated"].tolist() == [0, 202_511]
    assert found["easting"].tolist() == [640_500, 642_000]


def test_an_undated_file_takes_the_edition_it_is_given(published, build) -> None:
    built = build(published("loose/zz.csv", code_point()), edition="2023-05")
    assert built.editions()[0].edition == "2023-05"
    with pytest.raises(BadInputError, match="not a month"):
        build(published("loose/zz.csv", code_point()), edition="spring")


@pytest.mark.parametrize(
    "header",
    [
        "pcd,pcd2,pcds,dointr,doterm,oslaua,oseast1m,osnrth1m,osgrdind,lat,long",
        "pcd7,pcd8,pcds,dointr,doterm,laua,oseast1m,osnrth1m,osgrdind,lat,long",
        "PCD7,PCD8,PCDS,DOINTR,DOTERM,LAD25CD,EAST1M,NORTH1M,GRIDIND,LAT,LONG",
    ],
)
def test_every_header_of_the_ons_directories_is_understood(published, build, header) -> None:
    rows = (
        '"ZZ1 1AA","ZZ1  1AA","ZZ1 1AA",198001,,E07000999,640100,0420100,1,52.1,1.5\n'
        '"ZZ1 1AB","ZZ1  1AB","ZZ1 1AB",198001,199606,E07000999,641000,0421000,8,52.1,1.5\n'
        '"ZZ1 1AD","ZZ1  1AD","ZZ1 1AD",200501,200502,,,,9,99.999999,0.000000\n'
        '"BT1 1AA","BT1  1AA","BT1 1AA",200501,,N09000003,333000,0374000,1,54.6,-5.9\n'
    )
    built = build(published("ONSPD_AUG_2025_UK.csv", f"{header}\n{rows}"))
    found = built.lookup(["ZZ1 1AA", "ZZ1 1AB", "ZZ1 1AD", "BT1 1AA"])
    assert found["postcode"].tolist() == ["ZZ11AA", "ZZ11AB", "ZZ11AD"]
    assert found["quality"].tolist() == [10, 80, 90]
    assert found["introduced"].tolist() == [198_001, 198_001, 200_501]
    assert found["terminated"].tolist() == [0, 199_606, 200_502]
    assert found["district"].tolist() == ["E07000999", "E07000999", ""]
    assert found["northing"].tolist() == [420_100, 421_000, 0]
    assert built.editions()[0].edition == "2025-08"


def test_an_undated_ons_file_is_as_old_as_its_newest_date(published, build) -> None:
    row = "ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,198001,202104,E1,640100,420100,1,52.1,1.5\n"
    assert build(published("loose/extract.csv", ONSPD + row)).editions()[0].edition == "2021-04"


def test_a_plain_table_is_read_by_its_header(published, build) -> None:
    text = "\ufeffPostcode,Easting,Northing,Introduced,Terminated,District\nzz1 1aa,640100.4,420100,2001-05,,E1\n"
    row = only(build(published("own_2025-01.csv", text)), "ZZ1 1AA")
    assert row[["easting", "quality", "introduced", "terminated", "district"]].tolist() == [
        *(640_100, 10, 200_105, 0, "E1")
    ]


def test_a_list_of_lost_postcodes_terminates_its_own_and_nothing_else(published, build) -> None:
    new = published("zz_2025-11.csv", code_point(("ZZ1 1AA", 10, 640_500, 420_500), ("ZZ1 1AB", 10, 1_000, 2_000)))
    text = "postcode,last_seen_edition,easting,northing\nZZ1 1AE,2014-08,641000,421000\nZZ1 1AB,2014-08,5,6\n"
    lost = published("lost_2025-12.csv", text)
    for built in (build(new, lost), build(lost, earlier=build(new))):
        assert built.lookup(["ZZ1 1AA", "ZZ1 1AB", "ZZ1 1AE"])["terminated"].tolist() == [0, 0, 202_511]
        assert only(built, "ZZ1 1AB")["easting"] == 1_000
    alone = only(build(lost), "ZZ1 1AE")
    assert alone["terminated"] == 201_408


def test_only_live_postcodes_make_a_shared_point(published, build) -> None:
    header = "postcode,easting,northing,terminated\n"
    rows = "".join(
        f"ZZ1 1A{letter},640100,420100,{month}\n" for letter, month in zip("ABD", ("", "", "202001"), strict=True)
    )
    built = build(published("own_2025-01.csv", header + rows))
    assert built.lookup(["ZZ1 1AA", "ZZ1 1AD"])["shared_point"].tolist() == [2, 2]


def test_within_finds_what_lies_inside_and_with_a_margin_what_lies_near(tinytown, square) -> None:
    inside = set(tinytown.within(square)["postcode"])
    assert {"ZZ11AA", "ZZ19BA"} <= inside
    assert not {"ZZ21AA", "ZZ19ZZ"} & inside
    near = set(tinytown.within(square, margin_m=6_100)["postcode"])
    assert near - inside == {"ZZ21AA"}


def test_progress_runs_from_nothing_to_done(published, tmp_path) -> None:
    told: list[tuple[str, float]] = []
    build_gazetteer(
        [published("zz_2025-11.csv", code_point())],
        out=tmp_path / "g.parquet",
        today=date(2026, 5, 1),
        progress=lambda step, done: told.append((step, done)),
    )
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
