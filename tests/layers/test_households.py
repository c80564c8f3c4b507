"""Homes and people, by postcode or spread from LSOAs; no person is lost."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.errors import BadInputError, MissingDataError
from geo.schema import HOMES
from layers.households import PEOPLE_PER_HOME, read_households
from layers.source_file import SourceFile


@pytest.fixture
def postcodes(small_gazetteer, square):
    return small_gazetteer.within(square, margin_m=5000)


@pytest.fixture
def lsoas() -> gpd.GeoDataFrame:
    """A holds SP10 1DP and SP10 3AB, B holds SP10 2EA, C holds nobody's postcode."""
    shapes = [
        box(436000, 144000, 440000, 146000),
        box(438000, 146000, 440000, 148000),
        box(436000, 146000, 438000, 148000),
    ]
    frame = gpd.GeoDataFrame({"code": ["A", "B", "C"], "name": ["A", "B", "C"]}, geometry=shapes, crs=NATIONAL_GRID)
    return frame_to_wgs84(frame)


def _table(text: str, name: str = "homes.csv") -> SourceFile:
    return SourceFile(name, text.encode())


def test_postcodes_far_away_are_left_out_and_counted(postcodes, today) -> None:
    file = _table("Postcode,People,Homes\nSP10 1DP,40,16\nsp116aa,10,4\nSO51 8ED,99,9\n")
    homes, edition = read_households(file, postcodes=postcodes, today=today)
    HOMES.validate(homes)
    assert homes.to_numpy().tolist() == [["SP101DP", 40.0, 16.0, 0], ["SP116AA", 10.0, 4.0, 0]]
    assert "1 of 3 postcodes" in edition.note


@pytest.mark.parametrize(
    ("name", "header", "people", "homes"),
    [
        ("pcd_p001.csv", "Postcode,Count", 59.0, 59.0 / PEOPLE_PER_HOME),
        ("pcd_p002.csv", "Postcode,Count", 59.0 * PEOPLE_PER_HOME, 59.0),
        ("pcd_p003.csv", "Postcode,Count", 59.0 * PEOPLE_PER_HOME, 59.0),
        ("census2011.csv", "Postcode,Total", 59.0, 59.0 / PEOPLE_PER_HOME),
        ("council.csv", "pcds,Occupied_Households", 59.0 * PEOPLE_PER_HOME, 59.0),
    ],
)
def test_the_census_tables_are_known_by_their_names(postcodes, today, name, header, people, homes) -> None:
    found, edition = read_households(_table(f"{header}\nSP10 1DP,59\n", name), postcodes=postcodes, today=today)
    assert found.loc[0, ["people", "homes"]].tolist() == pytest.approx([people, homes])
    assert str(PEOPLE_PER_HOME) in edition.note


def test_a_postcode_split_over_rows_is_added_up(postcodes, today) -> None:
    file = _table("postcode,people,homes\nSP10 1DP,3,1\nSP10 1DP,4,2\n")
    assert read_households(file, postcodes=postcodes, today=today)[0].to_numpy().tolist() == [["SP101DP", 7.0, 3.0, 0]]


@pytest.mark.parametrize("year", ["2023", "2023.0", "2023-24", "2023/24"])
def test_a_column_may_say_the_year(postcodes, today, year) -> None:
    file = _table(f"postcode,people,homes,Year\nSP10 1DP,9,4,2021\nSP10 1DP,20,9,{year}\nSP10 2EA,5,2,{year}\n")
    homes, edition = read_households(file, postcodes=postcodes, today=today)
    assert homes.to_numpy().tolist() == [
        ["SP101DP", 9.0, 4.0, 2021],
        ["SP101DP", 20.0, 9.0, 2023],
        ["SP102EA", 5.0, 2.0, 2023],
    ]
    assert "Counted in 2021, 2023." in edition.note


@pytest.mark.parametrize("header", ["homes_2023,homes_2024", "Homes 2023,Homes 2024", "HOMES 2023/24,HOMES 2024/25"])
def test_each_year_may_have_a_column(postcodes, today, header) -> None:
    file = _table(f"postcode,{header}\nSP10 1DP,4,9\nSP10 2EA,,30\nSP10 3AB,0,2\n")
    homes, _ = read_households(file, postcodes=postcodes, today=today)
    assert homes[["postcode", "homes", "year"]].to_numpy().tolist() == [
        ["SP101DP", 4.0, 2023],
        ["SP101DP", 9.0, 2024],
        ["SP102EA", 30.0, 2024],  # not there yet in 2023: a blank is not a nought
        ["SP103AB", 0.0, 2023],
        ["SP103AB", 2.0, 2024],
    ]
    assert homes["people"].tolist() == pytest.approx((homes["homes"] * PEOPLE_PER_HOME).tolist())


def test_people_given_once_stand_for_every_year_of_homes(postcodes, today) -> None:
    file = _table("postcode,people,homes_2023,homes_2024\nSP10 1DP,9,4,5\n")
    homes, _ = read_households(file, postcodes=postcodes, today=today)
    assert homes.to_numpy().tolist() == [["SP101DP", 9.0, 4.0, 2023], ["SP101DP", 9.0, 5.0, 2024]]


@pytest.mark.parametrize(
    ("name", "header", "year"),
    [
        ("pcd_p001.csv", "Postcode,Count", 2021),
        ("PCD_P003.csv", "Postcode,Count", 2021),
        ("census2011.csv", "Postcode,Total", 2011),
        ("homes from the 2021 census.csv", "Postcode,Households", 2021),
        ("Postcode_Estimates_1_A_F.csv", "Postcode,Total,Males,Females,Occupied_Households", 2011),
        ("mid.csv", "Postcode,Pop mid2020", 2020),
        ("homes_2024.csv", "Postcode,Homes", 0),
    ],
)
def test_a_census_table_is_of_its_census_and_a_councils_own_of_no_year(postcodes, today, name, header, year) -> None:
    row = ",".join(["SP10 1DP", *["8"] * header.count(",")])
    homes, _ = read_households(_table(f"{header}\n{row}\n", name), postcodes=postcodes, today=today)
    assert homes["year"].tolist() == [year]


def test_each_year_of_lsoas_is_spread_by_itself(postcodes, lsoas, today) -> None:
    file = _table("lsoa,people_2021,people_2024,homes_2021,homes_2024\nA,100,120,40,50\nB,30,,12,\n")
    homes, edition = read_households(file, postcodes=postcodes, lsoa=lsoas, today=today)
    assert homes.groupby("year")["people"].sum().to_dict() == {2021: 130.0, 2024: 120.0}
    assert homes.set_index(["postcode", "year"])["homes"].to_dict() == {
        ("SP101DP", 2021): 20.0,
        ("SP101DP", 2024): 25.0,
        ("SP102EA", 2021): 12.0,  # and nothing is said of it in 2024
        ("SP103AB", 2021): 20.0,
        ("SP103AB", 2024): 25.0,
    }
    assert "2 LSOAs spread" in edition.note


def test_an_lsoa_is_spread_evenly_over_its_live_postcodes(postcodes, lsoas, today) -> None:
    file = _table("LSOA21CD,people,homes\nA,100,40\nB,30,12\n")
    homes, _ = read_households(file, postcodes=postcodes, lsoa=lsoas, today=today)
    assert homes.set_index("postcode")["people"].to_dict() == {"SP101DP": 50.0, "SP103AB": 50.0, "SP102EA": 30.0}


def test_an_lsoa_without_a_postcode_gives_its_people_to_the_nearest(postcodes, lsoas, today) -> None:
    homes, _ = read_households(_table("lsoa,people\nB,30\nC,7\n"), postcodes=postcodes, lsoa=lsoas, today=today)
    assert homes["people"].sum() == pytest.approx(37)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 100_000), min_size=3, max_size=3))
def test_spreading_neither_loses_nor_makes_anybody(postcodes, lsoas, today, people) -> None:
    rows = "\n".join(f"{code},{count},{count // 2}" for code, count in zip("ABC", people, strict=True))
    homes, _ = read_households(_table(f"lsoa,people,homes\n{rows}\n"), postcodes=postcodes, lsoa=lsoas, today=today)
    assert np.isclose(homes["people"].sum(), sum(people), rtol=1e-9, atol=0)
    assert np.isclose(homes["homes"].sum(), sum(count // 2 for count in people), rtol=1e-9, atol=0)


def test_lsoa_figures_ask_for_their_boundaries(postcodes, today) -> None:
    with pytest.raises(MissingDataError, match="add the LSOA boundaries first"):
        read_households(_table("lsoa,people\nA,1\n"), postcodes=postcodes, today=today)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("postcode,colour\nSP10 1DP,red\n", "needs a column 'postcode' or 'lsoa'"),
        ("place,people\nSP10 1DP,3\n", "needs a column 'postcode' or 'lsoa'"),
        ("postcode,people\nSP10 1DP,many\n", "must hold counts"),
        ("postcode,people\nSP10 1DP,-3\n", "must hold counts"),
        ("postcode,people\nAB10 1AB,3\n", "None of the places"),
        ("postcode,homes,year\nSP10 1DP,3,23\n", "must hold the year of each count"),
        ("postcode,homes,year\nSP10 1DP,3,\n", "must hold the year of each count"),
        ("postcode,homes,year\nSP10 1DP,3,20233\n", "must hold the year of each count"),
        ("postcode,homes_2023,year\nSP10 1DP,3,2023\n", "says the year both"),
        ("postcode,homes,homes_2023\nSP10 1DP,3,4\n", "both with and without a year"),
    ],
)
def test_a_table_that_will_not_do_gets_a_clear_sentence(postcodes, today, text, words) -> None:
    with pytest.raises(BadInputError, match=words):
        read_households(_table(text), postcodes=postcodes, today=today)
