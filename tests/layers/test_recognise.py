"""Each file of a folder of downloads is recognised by its content; a list of people is never taken for places."""

import gzip
import io
import json
import os
import zipfile

import openpyxl
import pytest
import shapely

from geo.errors import BadInputError
from layers import peeking
from layers.peeking import look_through, recognised
from layers.sample import SAMPLE_DATA
from layers.source_file import SourceFile
from tests.layers.fetching import publishers
from tests.tinytown import council

SQUARE = shapely.to_geojson(shapely.box(1, 54, 2, 55))
GTFS = {"stops.txt": "stop_id\n", "stop_times.txt": "trip_id\n", "trips.txt": "route_id\n"}


def geojson(*columns: str) -> bytes:
    told = dict.fromkeys(columns, "E0")
    feature = {"type": "Feature", "properties": told, "geometry": json.loads(SQUARE)}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def workbook(*rows: list) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


CONTENTS = {
    "Code-Point Open": (publishers.code_pointpacked(1), "gazetteer"),
    "one area of Code-Point Open": (council.code_point_open().encode(), "gazetteer"),
    "ONSPD": (publishers.directorypacked("ONSPD", 1), "gazetteer"),
    "a table of postcodes": (b"postcode,easting,northing\nZZ1 1AA,640000,420000\n", "gazetteer"),
    "epraccur": (publishers.surgeries("epraccur", 2), "gp_surgeries"),
    "epraccur, packed": (gzip.compress(publishers.surgeries("epraccur", 2)), "gp_surgeries"),
    "ebranchs": (publishers.surgeries("ebranchs", 2), "gp_branches"),
    "Give Food": ((SAMPLE_DATA / "food_banks.csv").read_bytes(), "food_banks"),
    "libraries": (publishers.libraries(2), "libraries"),
    "postcode headcounts": (b"postcode;people;homes\nZZ1 1AA;3;1\n", "households"),
    "a workbook of homes": (workbook(["Postcode", "Homes 2023", "Homes 2024"], ["ZZ1 1AA", 4, 5]), "households"),
    "indices of deprivation": (b"LSOA code (2021),IMD Rank,IMD Decile\nE01000001,4,1\n", "deprivation"),
    "TS007": (b"date,geography,geography code,Age: Total,Age: Aged 4 years and under\n", "census"),
    "groups of people": (b"field,group,people\nage_band,under 16,12\n", "census"),
    "own sites": (b"name,category,postcode\nHall,village_hall,ZZ1 1AA\n", "sites"),
    "institutions": (b"postcode,kind\nZZ1 1AA,Hostel\n", "institutions"),
    "a timetable": (publishers.packed(GTFS), "timetable"),
    "streets": ((SAMPLE_DATA / "streets.osm").read_bytes(), "osm"),
    "graph of streets": (b'<?xml version="1.0"?><graphml xmlns="x">', "streets"),
    "LSOAs that name their district": (geojson("LSOA21CD", "LAD24CD"), "lsoa"),
    "wards that name their district": (geojson("WD25CD", "LAD25CD"), "wards"),
    "districts": (geojson("LAD25CD", "LAD25NM"), "boundary"),
    "a zipped Shapefile": (publishers.packed({"x/w.shp": "s", "x/w.dbf": "\x03..WD24CD\0\0C"}), "wards"),
}


@pytest.mark.parametrize(("content", "kind"), CONTENTS.values(), ids=CONTENTS)
def test_a_file_is_known_by_what_is_in_it_whatever_it_is_called(content: bytes, kind: str) -> None:
    found = recognised(SourceFile("download (3).dat", content))
    assert found is not None
    assert (found.kind, found.sure) == (kind, True)


PEOPLE = [
    b"Case Ref,Approach Date,Postcode\n1,2/3/2024,ZZ1 1AA\n",
    b"name,type,postcode,date of birth\nA Person,hall,ZZ1 1AA,1/1/1970\n",
    b"Reference;Date;Post code;Referrer;Reason\n1;2024-01-02;ZZ1 1AA;GP;Section 21\n",
    b"surname,category,postcode,easting,northing\nPerson,a,ZZ1 1AA,1,2\n",
    workbook(["Applicant", "Kind", "Postcode"], ["A Person", "hostel", "ZZ1 1AA"]),
    b"pcd,easting,northing,surname\nZZ1 1AA,640000,420000,Person\n",
    b"postcode,easting,northing,tenant name\nZZ1 1AA,640000,420000,A Person\n",
    b"PCDS,FirstName,Population\nZZ1 1AA,A,2\n",
    b"easting,northing,name,type,ethnicity\n640000,420000,A Person,hall,x\n",
    b"Postcode,Kind,Tenant\nZZ1 1AA,hostel,A Person\n",
]


@pytest.mark.parametrize("content", PEOPLE)
def test_a_list_of_people_is_told_as_such_and_taken_for_nothing(content: bytes) -> None:
    found = recognised(SourceFile("sites.csv", content))
    assert found is not None
    assert found.kind == ""
    assert "Referrals page" in found.what


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Wards_2024.geojson", "wards"),
        ("county roads.geojson", "roads"),
        ("my-boundary.json", "boundary"),
        ("x.json", None),
    ],
)
def test_a_map_without_codes_is_guessed_by_its_name_and_said_to_be_a_guess(name: str, kind: str | None) -> None:
    found = recognised(SourceFile(name, geojson("ref")))
    assert (found.kind if found else None) == kind
    assert found is None or not found.sure


def test_a_table_of_names_whose_categories_are_no_sites_is_a_guess_that_a_person_must_confirm() -> None:
    found = recognised(
        SourceFile("list.csv", b"name,type,postcode\nA Person,single,ZZ1 1AA\nB Person,couple,ZZ1 1AB\n")
    )
    assert found is None or not found.sure


NOTHING = {
    "empty": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a web page": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "half a zip": publishers.code_pointpacked(1)[:200],
    "half a gzip": b"\x1f\x8b\x08\x00",
    "a zip that climbs": publishers.packed({"../../x.csv": "postcode,people\n"}),
    "a list of pharmacies": publishers.surgeries("epraccur", 1).replace(b'"4"', b'"1"'),
    "people in 27 columns without a header": (
        ",".join(["A Person"] * 9 + ["ZZ1 1AA", "", "", ""] + ["x"] * 14)
    ).encode(),
    "a damaged zip of another packing": b"PK\x03\x04" + b"\xff" * 300,
    "a list of police": b"Crime ID,Month,LSOA code\n1,2024-01,E01000001\n",
}


@pytest.mark.parametrize("content", NOTHING.values(), ids=NOTHING)
def test_what_is_nothing_is_taken_for_nothing_and_nothing_breaks(content: bytes) -> None:
    found = recognised(SourceFile("file.csv", content))
    assert found is None or not found.kind


def test_a_folder_is_looked_through_with_the_folders_in_it_but_no_workspace(tmp_path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.csv").write_bytes(CONTENTS["epraccur"][0])
    (tmp_path / "Old workspace").mkdir()
    (tmp_path / "Old workspace" / "planner.sqlite").write_bytes(b"")
    (tmp_path / "Old workspace" / "y.csv").write_bytes(CONTENTS["epraccur"][0])
    (tmp_path / ".hidden.csv").write_bytes(CONTENTS["epraccur"][0])
    assert [one.name for one in look_through(tmp_path)] == ["x.csv"]


def test_links_that_lead_nowhere_loops_and_damaged_archives_stop_nothing(tmp_path) -> None:
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", "postcode,homes\n" * 1000)
    whole = bytearray((tmp_path / "a.zip").read_bytes())
    whole[60:80] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(whole)
    (tmp_path / "x.csv").write_bytes(CONTENTS["epraccur"][0])
    assert [(one.name, one.is_what is None) for one in look_through(tmp_path)] == [("a.zip", True), ("x.csv", False)]


def test_an_unpacked_code_point_open_is_one_data_set(tmp_path) -> None:
    for area in ("zy", "zz"):
        (tmp_path / f"{area}.csv").write_text(council.code_point_open(), encoding="utf-8")
    (found,) = look_through(tmp_path)
    assert found.given == tmp_path
    assert found.is_what.kind == "gazetteer"


def test_a_folder_that_is_none_or_the_whole_disk_is_refused_in_a_sentence(tmp_path, monkeypatch) -> None:
    with pytest.raises(BadInputError, match="There is no folder"):
        look_through(tmp_path / "nowhere")
    monkeypatch.setattr(peeking, "MOST_FILES", 1)
    for name in ("a", "b"):
        (tmp_path / name).touch()
    with pytest.raises(BadInputError, match="more than 1 files"):
        look_through(tmp_path)


REAL = {
    "boundary": ["lad23_hampshire.geojson"],
    "lsoa": ["lsoa11_E07000089.geojson", "lsoa11_E07000093.geojson"],
    "areas": ["msoa11_E07000089.geojson", "msoa11_E07000093.geojson"],
    "wards": ["wards_2013ish_E07000089.geojson", "wards_2013ish_E07000093.geojson"],
    "libraries": ["libraries_hampshire_2023.csv"],
    "deprivation": ["imd2019_england_lsoa11.csv.gz", "iod2025_england_lsoa21.csv.gz"],
    "households": ["lsoa11_testvalley_hart_pop_imd.csv", "population_mid2020_lsoa11_england_wales.csv.gz"],
    "food_banks": [
        "givefood_dump_format_2026-08.csv",
        "givefood_sample_hampshire_2025-07.csv",
        "givefood_sample_uk_2025-07.csv",
    ],
    "timetable": ["newport-20230613_gtfs.zip"],
    "gp_branches": ["ebranchs_2017-08_hampshire.csv"],
    "gp_surgeries": ["epraccur_2024-01.csv.gz", "epraccur_2024-01_hampshire.csv"],
    "": ["edispensary_2025-04_hampshire.csv"],
    "osm": ["newport-wales-2023-06-13.osm.pbf", "oxford_centre_2016.osm", "small-osm.pbf"],
    "gazetteer": [
        "NSPL_NOV_2021_UK_DT.csv",
        "ONSPD_sample_2021-06_pcd.csv",
        "ONSPD_sample_2025-09_pcd7.csv",
        "codepo_gb_2025-11.zip",
        "so.csv",
        "derived_terminated_hampshire_area.csv",
    ],
}
UNKNOWN = {
    "README.md",
    "police_street_crime_testvalley_hart_2018-10_2019-02.csv",
    "hclic_detailed_LA_2024Q2_apr-jun.xlsx",
    "rough_sleeping_england_autumn_2017_LA_tables_2010-2017.xlsx",
}


@pytest.mark.real
def test_every_real_file_is_recognised_by_its_content_and_no_other_is_taken(open_data) -> None:
    told: dict[str, list[str]] = {}
    unknown = set()
    for one in look_through(open_data):
        renamed = one.given if isinstance(one.given, SourceFile) or one.size > 5_000_000 else _renamed(one.given)
        found = recognised(renamed)
        if found is None:
            unknown.add(one.name)
        else:
            told.setdefault(found.kind, []).append(one.name)
            assert found.sure, one.name
    assert {kind: sorted(names) for kind, names in told.items()} == {
        kind: sorted(names) for kind, names in REAL.items()
    }
    assert unknown == UNKNOWN


def _renamed(path) -> SourceFile:
    return SourceFile("file", path.read_bytes())


def test_a_bomb_is_not_opened() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stops.txt", b"0" * 50_000_000)
    assert recognised(SourceFile("gtfs.zip", held.getvalue())) is None
