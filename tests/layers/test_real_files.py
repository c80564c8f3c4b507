"""The published files themselves, read for the two districts that asked for this planner."""

import zipfile
from datetime import date

import pytest

from geo.crs import frame_to_national_grid
from geo.places.gazetteer import build_gazetteer
from layers.boundaries import read_area_file, read_areas, read_boundary
from layers.community_sites import read_sites
from layers.food_banks import read_food_banks
from layers.gp_surgeries import read_gp_surgeries
from layers.households import read_households

pytestmark = pytest.mark.real

TODAY = date(2026, 1, 15)
TEST_VALLEY, HART = "E07000093", "E07000089"


@pytest.fixture(scope="module")
def gazetteer(open_data, tmp_path_factory):
    """Code-Point Open of the four postcode areas around the two districts."""
    folder = tmp_path_factory.mktemp("gazetteer")
    with zipfile.ZipFile(open_data / "postcodes/codepo_gb_2025-11.zip") as archive:
        for area in ("so", "sp", "gu", "rg"):
            (folder / f"{area}.csv").write_bytes(archive.read(f"Data/CSV/{area}.csv"))
    return build_gazetteer([folder], out=folder / "gazetteer.parquet", today=TODAY, edition="2025-11")


@pytest.fixture(scope="module")
def districts(open_data):
    return {code: read_boundary(open_data / f"boundaries/lsoa11_{code}.geojson") for code in (TEST_VALLEY, HART)}


def _around(gazetteer, boundary):
    return {"gazetteer": gazetteer, "boundary": boundary, "nearby_km": 5, "today": TODAY}


@pytest.mark.parametrize("name", ["epraccur_2024-01.csv.gz", "epraccur_2024-01_hampshire.csv"])
def test_fifteen_gp_surgeries_stand_in_the_two_districts(open_data, gazetteer, districts, name) -> None:
    inside = {}
    for code, boundary in districts.items():
        sites, edition, _ = read_gp_surgeries(open_data / "health" / name, **_around(gazetteer, boundary))
        inside[code] = int(sites["inside"].sum())
        assert edition.edition == "2024-01"
    assert inside == {TEST_VALLEY: 9, HART: 6}


def test_branch_surgeries_are_read_though_their_status_is_empty(open_data, gazetteer, districts) -> None:
    file = open_data / "health/ebranchs_2017-08_hampshire.csv"
    inside = [
        int(read_gp_surgeries(file, **_around(gazetteer, area))[0]["inside"].sum()) for area in districts.values()
    ]
    assert inside == [6, 2]


def test_all_hampshire_food_banks_are_kept_or_counted(open_data, gazetteer, districts) -> None:
    file = open_data / "foodbanks/givefood_sample_hampshire_2025-07.csv"
    sites, edition, _ = read_food_banks(file, **_around(gazetteer, districts[TEST_VALLEY]))
    assert (len(sites), int(sites["inside"].sum())) == (3, 2)
    assert "18 rows were farther away" in edition.note
    assert "@" not in sites.to_csv()


def test_todays_give_food_dump_reads(open_data, gazetteer, districts) -> None:
    file = open_data / "foodbanks/givefood_dump_format_2026-08.csv"
    _, edition, _ = read_food_banks(file, **_around(gazetteer, districts[HART]))
    assert edition.note == "1 row was farther away and left out."


def test_all_fifty_six_rows_of_the_library_list_are_accounted_for(open_data, gazetteer, districts) -> None:
    file = open_data / "community/libraries_hampshire_2023.csv"
    sites, edition, _ = read_sites(file, **_around(gazetteer, districts[TEST_VALLEY]))
    assert edition.dataset == "libraries"
    assert (len(sites), int(sites["inside"].sum())) == (8, 3)
    assert edition.note.endswith("43 rows were farther away and left out. 5 closed, mobile or not libraries.")
    assert "Andover Library" in set(sites["name"])
    assert sites["opening_hours"].str.len().min() > 0


@pytest.mark.parametrize(
    ("name", "kind", "areas"),
    [
        ("lad23_hampshire", "boundary", 11),
        ("lsoa11_E07000093", "lsoa", 71),
        ("msoa11_E07000089", "areas", 11),
        ("wards_2013ish_E07000089", "wards", 18),
    ],
)
def test_published_boundaries_tell_what_they_are(open_data, name, kind, areas) -> None:
    found = read_area_file(open_data / f"boundaries/{name}.geojson")
    assert (found.kind, len(found.areas), found.note) == (kind, areas, "")


def test_the_union_of_the_lsoas_is_the_district_without_slits(districts) -> None:
    for code, square_km in ((TEST_VALLEY, 627.6), (HART, 215.3)):
        shape = frame_to_national_grid(districts[code]).geometry.iloc[0]
        assert shape.area / 1e6 == pytest.approx(square_km, abs=0.05)
        parts = getattr(shape, "geoms", [shape])
        assert sum(len(part.interiors) for part in parts) == 0


def test_the_population_of_test_valley_is_spread_and_nobody_is_lost(open_data, gazetteer, districts) -> None:
    lsoa, _ = read_areas(open_data / f"boundaries/lsoa11_{TEST_VALLEY}.geojson")
    postcodes = gazetteer.within(districts[TEST_VALLEY], margin_m=5000)
    file = open_data / "deprivation/population_mid2020_lsoa11_england_wales.csv.gz"
    homes, _ = read_households(file, postcodes=postcodes, lsoa=lsoa, today=TODAY)
    assert homes["people"].sum() == pytest.approx(127_163, rel=1e-9)
