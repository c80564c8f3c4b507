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
    assert homes.to_numpy().tolist() == [["SP101DP", 40.0, 16.0], ["SP116AA", 10.0, 4.0]]
    assert "1 of 3 postcodes" in edition.note


@pytest.mark.parametrize(
    ("name", "header", "people", "homes"),
    [
        ("pcd_p001.csv", "Postcode,Count", 59.0, 59.0 / PEOPLE_PER_HOME),
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
    assert read_households(file, postcodes=postcodes, today=today)[0].to_numpy().tolist() == [["SP101DP", 7.0, 3.0]]


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
    ],
)
def test_a_table_that_will_not_do_gets_a_clear_sentence(postcodes, today, text, words) -> None:
    with pytest.raises(BadInputError, match=words):
        read_households(_table(text), postcodes=postcodes, today=today)
