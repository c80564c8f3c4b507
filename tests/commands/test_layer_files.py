"""`planner add deprivation` and `planner layers ...`: rows add up, what has no place is named, and files open."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import MissingDataError
from tests.tinytown.council import edition, make_council
from tests.tinytown.deprived import EAST_LSOA, NEW_LSOA, england, file_of, with_lsoas
from tests.tinytown.little import homes_of


@pytest.fixture(scope="module")
def council(_own_environment, tmp_path_factory):
    root = tmp_path_factory.mktemp("layers")
    workspace = with_lsoas(make_council(root / "w"))
    beyond = pd.DataFrame({"postcode": ["ZZ21AA"], "people": 70.0, "homes": 30.0, "year": 2024})
    workspace.save_homes(pd.concat([homes_of(100), beyond], ignore_index=True), edition("households"))
    file = root / "File_7.csv"
    file.write_bytes(file_of(england()).content)
    answer = CliRunner().invoke(app, ["add", "deprivation", str(file), "--workspace", str(workspace.root)])
    assert answer.exit_code == 0
    assert "3 of the 4 loaded have a value" in answer.stdout
    assert NEW_LSOA in answer.stderr
    return workspace


@pytest.fixture
def ask(council):
    def run(*arguments: str):
        return CliRunner().invoke(app, ["layers", *arguments, "--workspace", str(council.root)])

    return run


@pytest.mark.parametrize(("by", "statuses"), [("cell", {"outside"}), ("ward", {"outside"}), ("lsoa", {"outside"})])
def test_homes_add_up_to_those_of_the_file(ask, tmp_path, by, statuses) -> None:
    out = tmp_path / "homes.csv"
    answer = ask("homes", "--by", by, "--out", str(out))
    assert answer.exit_code == 0
    assert "30 homes of the file are on none of them" in answer.stdout
    table = pd.read_csv(out)
    assert table["homes"].sum() == pytest.approx(530, rel=1e-9)
    assert set(table["status"]) == {"located"} | statuses
    assert table.loc[table["status"] == "outside", "homes"].tolist() == [30]


def test_homes_in_none_of_the_areas_are_named(ask, council) -> None:
    wards = council.areas("wards")
    council.save_areas("areas", wards.head(1), edition("areas"))
    told = json.loads(ask("homes", "--by", "area", "--json").stdout)
    assert told["total"] == 530
    assert {row["status"]: row["homes"] for row in told["places"][1:]} == {"no_area": 200, "outside": 30}


def test_deprivation_by_cell_opens_in_a_gis_and_says_what_it_is_not(ask, tmp_path) -> None:
    out = tmp_path / "deprivation.geojson"
    answer = ask("deprivation", "--out", str(out))
    assert answer.exit_code == 0
    assert "These numbers describe areas, not people" in answer.stdout
    assert "Ministry of Housing, Communities and Local Government" in answer.stdout
    cells = gpd.read_file(out)
    assert cells.crs.to_epsg() == 4326
    assert set(cells["status"]) == {"located"}
    assert cells["decile"].dropna().isin([1, 9]).all()
    assert {"score", "covered", "least", "most", "people"} <= set(cells)


def test_the_csv_has_the_people_outside_in_a_row_of_their_own(ask, tmp_path) -> None:
    out = tmp_path / "deprivation.csv"
    ask("deprivation", "--resolution", "7", "--out", str(out))
    table = pd.read_csv(out)
    assert table["status"].tolist().count("outside") == 1
    outside = table[table["status"] == "outside"]
    assert outside["people"].item() == 1_500
    assert outside["place"].item() == "Outside the district"


def test_an_lsoa_without_a_value_is_null_and_never_nought(ask) -> None:
    told = json.loads(ask("deprivation", "--by", "lsoa", "--json").stdout)
    rows = {row["code"]: row for row in told["places"]}
    assert (rows[NEW_LSOA]["score"], rows[NEW_LSOA]["decile"]) == (None, None)
    assert rows[EAST_LSOA]["rank"] == 30_000
    assert any("none is guessed" in note for note in told["notes"])


def test_a_council_without_the_indices_is_told_how_to_add_them(tmp_path) -> None:
    bare = make_council(tmp_path / "bare")
    answer = CliRunner().invoke(app, ["layers", "deprivation", "--workspace", str(bare.root)])
    assert isinstance(answer.exception, MissingDataError)
    assert "planner add deprivation FILE" in str(answer.exception)
    homes = CliRunner().invoke(app, ["layers", "homes", "--workspace", str(bare.root)])
    assert "live postcodes x 15" in homes.stdout
