"""`planner add gp|food-banks|sites|boundary|households|backdrop`, as a person and as a script would use them."""

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, box
from typer.testing import CliRunner

from commands.main import app
from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.gazetteer import build_gazetteer
from geo.review.workspace import Workspace
from layers import adding

TODAY = date(2026, 1, 15)


def _square(west: int = 436000) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame({"code": ["D1"]}, geometry=[box(west, 144000, 440000, 148000)], crs=NATIONAL_GRID)
    return frame_to_wgs84(frame)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    edition = Edition(dataset="boundary", title="A square", rows=1, added=TODAY)
    made = Workspace.create(tmp_path / "work", name="Square", boundary=_square(), boundary_edition=edition)
    table = tmp_path / "postcodes.csv"
    table.write_text("postcode,easting,northing\nSP10 1DP,437000,145000\nSP10 2EA,439000,147000\n")
    build_gazetteer([table], out=made.gazetteer_path, today=TODAY, edition="2025-11")
    return made


@pytest.fixture
def add(workspace: Workspace, tmp_path: Path):
    """Write a file and add it; gives the JSON document, or raises what the command raised."""

    def run(command: str, name: str, text: str, *options: str):
        (tmp_path / name).write_text(text, encoding="utf-8")
        words = ["add", command, str(tmp_path / name), *options, "--workspace", str(workspace.root), "--json"]
        answer = CliRunner().invoke(app, words, catch_exceptions=True)
        if answer.exception is not None:
            raise answer.exception
        return json.loads(answer.stdout)

    return run


def _geojson(frame: gpd.GeoDataFrame) -> str:
    return frame.to_json(drop_id=True)


def test_sites_are_kept_and_the_edition_is_answered(add, workspace) -> None:
    answer = add("sites", "sites.csv", "name,category,postcode\nHall,village hall,SP10 1DP\nWomen's refuge,,SP10 2EA\n")
    left_out = "1 row was left out: no usable place, or not for publication."
    assert (answer["dataset"], answer["rows"], answer["note"]) == ("sites", 1, left_out)
    assert workspace.sites()["name"].tolist() == ["Hall"]
    assert "refuge" not in json.dumps(answer).casefold()


def test_food_banks_and_surgeries_stand_beside_each_other(add, workspace) -> None:
    add("food-banks", "food.csv", "organisation_name,postcode,lat_lng\nAndover,SP10 1DP,\n")
    cells = ["J82001", "SURGERY", *[""] * 7, "SP10 2EA", "", "", "A", *[""] * 12, "4", ""]
    add("gp", "epraccur.csv", ",".join(cells) + "\n")
    assert sorted(workspace.sites()["category"]) == ["food_bank", "gp_surgery"]


def test_branch_surgeries_do_not_replace_the_practices(add, workspace) -> None:
    practice = ["J82001", "SURGERY", *[""] * 7, "SP10 2EA", "", "", "A", *[""] * 12, "4", ""]
    branch = ["J82001001", "BRANCH", *[""] * 7, "SP10 1DP", *[""] * 17]
    add("gp", "epraccur.csv", ",".join(practice) + "\n")
    answer = add("gp", "ebranchs.csv", ",".join(branch) + "\n")
    assert (answer["dataset"], answer["warnings"]) == ("gp_branches", [])
    assert sorted(workspace.sites()["name"]) == ["Branch", "Surgery"]


def test_a_second_table_of_sites_says_what_it_replaces(add, workspace) -> None:
    add("sites", "halls.csv", "name,postcode\nHall,SP10 1DP\n")
    answer = add("sites", "churches.csv", "name,postcode\nChurch,SP10 2EA\n")
    assert len(answer["warnings"]) == 1
    assert "replace the 1 of halls.csv" in answer["warnings"][0]
    assert workspace.sites()["name"].tolist() == ["Church"]


def test_a_file_without_any_site_near_by_changes_nothing(add, workspace) -> None:
    add("sites", "sites.csv", "name,postcode\nHall,SP10 1DP\n")
    with pytest.raises(BadInputError, match=r"No row of other\.csv could be placed"):
        add("sites", "other.csv", "name,easting,northing\nHall,300000,300000\n")
    assert workspace.sites()["name"].tolist() == ["Hall"]


def test_a_file_of_wards_is_told_by_its_columns(add, workspace) -> None:
    wards = _square().assign(WD24CD="W1", WD24NM="Winton")
    assert add("boundary", "wards.geojson", _geojson(wards))["dataset"] == "wards"
    assert workspace.areas("wards")["name"].tolist() == ["Winton"]


def test_areas_may_be_called_what_the_officer_says(add, workspace) -> None:
    parishes = _square().assign(ref="P1", said="Enham")
    options = ("--as", "areas", "--code", "ref", "--name", "said")
    assert add("boundary", "p.geojson", _geojson(parishes), *options)["dataset"] == "areas"
    assert workspace.areas("areas")[["code", "name"]].to_numpy().tolist() == [["P1", "Enham"]]


def test_an_outline_of_a_refuge_never_becomes_an_area(add, workspace) -> None:
    outlines = gpd.GeoDataFrame(
        {"ref": ["P1", "P2"], "said": ["Enham", "Women's Refuge"]},
        geometry=[box(-1.5, 51.2, -1.45, 51.25), box(-1.45, 51.2, -1.44, 51.21)],
        crs=4326,
    )
    options = ("--as", "areas", "--code", "ref", "--name", "said")
    told = add("boundary", "p.geojson", _geojson(outlines), *options)
    assert workspace.areas("areas")["name"].tolist() == ["Enham"]
    assert (told["rows"], told["note"]) == (1, "1 row was left out: no usable place, or not for publication.")


def test_a_new_boundary_warns_of_what_was_placed_by_the_old_one(add, monkeypatch) -> None:
    assert add("boundary", "b.geojson", _geojson(_square()), "--as", "district")["warnings"] == []
    add("sites", "sites.csv", "name,postcode\nHall,SP10 1DP\n")
    monkeypatch.setattr(Workspace, "records", lambda _: pd.DataFrame({"record": ["x"]}))
    answer = add("boundary", "b.geojson", _geojson(_square(435000)), "--as", "district")
    assert [text.split(" kept", 1)[0] for text in answer["warnings"]] == ["Records", "Sites"]
    assert all("again" in text for text in answer["warnings"])


def test_homes_beyond_the_border_are_kept_as_far_as_sites_are(add, workspace) -> None:
    answer = add("households", "homes.csv", "postcode,people,homes\nSP10 1DP,40,16\nSO51 8ED,1,1\n")
    assert answer["rows"] == 1
    assert workspace.homes()["people"].tolist() == [40.0]


def test_the_backdrop_is_kept_by_kind(add, workspace) -> None:
    roads = gpd.GeoDataFrame({"name": ["High Street"]}, geometry=[LineString([(-1.48, 51.2), (-1.47, 51.2)])], crs=4326)
    add("backdrop", "roads.geojson", _geojson(roads), "--as", "roads")
    assert workspace.areas("roads")["name"].tolist() == [""]  # only settlements keep their names


def test_without_a_gazetteer_sites_say_what_to_add_first(tmp_path: Path) -> None:
    edition = Edition(dataset="boundary", title="A square", rows=1, added=TODAY)
    made = Workspace.create(tmp_path / "bare", name="Bare", boundary=_square(), boundary_edition=edition)
    (tmp_path / "sites.csv").write_text("name,postcode\nHall,SP10 1DP\n")
    with pytest.raises(MissingDataError, match="planner add gazetteer"):
        adding.add_sites(made, tmp_path / "sites.csv", kind="sites", today=TODAY)


def test_only_is_for_the_district_alone(add) -> None:
    with pytest.raises(BadInputError, match="chooses one district"):
        add("boundary", "wards.geojson", _geojson(_square().assign(WD24CD="W1")), "--only", "W1")
