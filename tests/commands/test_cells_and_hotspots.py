import json

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from geo.review.looks import count_looks
from geo.review.workspace import Workspace
from tests.commands.typed import planner, planner_process
from tests.tinytown import council

PLACES = ["ZZ1 1AA"] * 9 + ["ZZ1 9BA"] * 2 + ["ZZ1 2AA", "", "ZZ99 3VZ", "ZZ2 1AA"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(folder / "config"))
        workspace = council.make_council(folder / "workspace")
        export = folder / "export.csv"
        days = ["14/05/2024"] * 14 + ["14/05/2023"]
        rows = [council.row(i, postcode=code, day=day) for i, (code, day) in enumerate(zip(PLACES, days, strict=True))]
        export.write_bytes(council.export(*rows))
        planner("add", "referrals", export, "--source", "Housing", "--workspace", workspace.root)
        yield workspace.root, export


@pytest.mark.parametrize("question", ["counts", "excess"])
def test_hotspots_end_in_a_file_that_names_the_untested(town, tmp_path, question):
    root, _ = town
    said = planner("hotspots", "--test", question, "--out", tmp_path / "hot.csv", "--workspace", root)
    assert "2 clients in cells not tested; 3 have no place on the map" in said
    table = pd.read_csv(tmp_path / "hot.csv")
    assert table["cell"].iloc[-1] == "untested"
    assert table["count"].sum() == 12
    assert {"cell", "count", "window_count", "z", "p", "q", "kind", "homes", "place"} <= set(table)
    assert ({"expected", "q_uneven"} <= set(table)) == (question == "excess")


def test_hotspots_as_geojson_open_in_a_gis_and_as_json_say_the_same(town, tmp_path):
    root, _ = town
    out = tmp_path / "hot.geojson"
    document = json.loads(planner_process("hotspots", "--test", "excess", "--json", "--out", out, "--workspace", root))
    drawn = pyogrio.read_dataframe(out)
    assert drawn.crs.to_epsg() == 4326
    assert drawn["cell"].tolist() == [cell["cell"] for cell in document["cells"]]
    assert drawn.geometry[:-1].is_valid.all()
    assert document["unit"] == "household episodes"
    assert document["unevenness"]["assumed"]


def test_cells_of_each_year_add_up_to_every_row(town, tmp_path):
    root, _ = town
    planner("cells", "--out", tmp_path / "cells.csv", "--workspace", root)
    table = pd.read_csv(tmp_path / "cells.csv", keep_default_na=False)
    assert table["count"].astype(int).sum() == len(PLACES)
    assert set(table["period"]) == {"2023-24", "2024-25"}
    assert set(table.loc[table["cell"] == "", "status"]) == {"missing", "no_fixed_abode", "outside"}
    planner("cells", "--period", "2024-25", "--out", tmp_path / "cells.geojson", "--workspace", root)
    assert gpd.read_file(tmp_path / "cells.geojson")["count"].sum() == 12


def test_what_is_not_there_is_one_sentence(town, tmp_path):
    root, _ = town
    for command in (["cells"], ["hotspots", "--test", "counts"]):
        told = planner(*command, "--resolution", "9", "--workspace", root, code=2)
        assert "choose 7 or 8" in told
        assert told.count("\n") == 1
    assert "'2024-25'" in planner("cells", "--period", "1066-67", "--workspace", root, code=2)
    assert ".geojson" in planner_process("cells", "--out", tmp_path / "cells.docx", "--workspace", root, code=2)


def test_files_are_counted_past_the_workspace(town, tmp_path):
    root, export = town
    gazetteer = root / "gazetteer.parquet"
    out = tmp_path / "bulk.csv"
    found = json.loads(planner("cells", "--input", export, "--gazetteer", gazetteer, "--out", out, "--json"))
    assert sum(found["status"].values()) == len(PLACES)
    assert pd.read_csv(out)["count"].sum() == found["status"]["located"] == 13
    assert "--gazetteer" in planner("cells", "--input", export, code=2)


def test_a_bulk_count_says_that_it_is_for_the_team_and_what_it_did_not_hold_back(town):
    root, export = town
    bulk = ["cells", "--input", export, "--gazetteer", root / "gazetteer.parquet"]
    said = planner(*bulk)
    assert "For the housing team only" in said
    assert "not held back, since no reason column was named" in said
    assert "No list of safe places was applied" in said
    said = planner(*bulk, "--reason-column", "Reason", "--workspace", root)
    assert "counted for the whole district only" in said
    assert "not held back, since" not in said
    assert "No list of safe places" not in said


def test_rows_of_domestic_abuse_are_in_no_cell_of_a_bulk_count(town, tmp_path):
    root, _ = town
    rows = tmp_path / "rows.csv"
    rows.write_text("postcode,why,by\nZZ1 1AA,Fleeing DV,\nZZ1 1AA,rent,Women's Aid\nZZ1 1AA,rent,\n", encoding="utf-8")
    provider = tmp_path / "yew house.csv"
    provider.write_text("postcode,why,by\nZZ1 1AA,rent,\n", encoding="utf-8")
    bulk = ["cells", "--gazetteer", root / "gazetteer.parquet", "--json", "--input", rows]
    reasons = ["--reason-column", "why", "--reason-column", "by"]
    found = json.loads(planner(*bulk, *reasons, "--district-only", provider))
    assert (found["status"]["located"], found["status"]["district_only"]) == (1, 3)
    assert [cell["count"] for cell in found["cells"]] == [1]
    assert any("whole district only" in note for note in found["notes"])


def test_a_column_of_reasons_is_for_a_bulk_count(town):
    root, _ = town
    assert "--input" in planner("cells", "--workspace", root, "--reason-column", "reason", code=2)


@pytest.mark.parametrize(
    "option", [["--period", "2024-25"], ["--source", "x"], ["--route", "self"], ["--leave-out", "institution"]]
)
def test_a_choice_that_a_bulk_count_cannot_make_is_refused_and_not_passed_over(town, option):
    root, export = town
    bulk = ["cells", "--input", export, "--gazetteer", root / "gazetteer.parquet"]
    assert option[0] in planner(*bulk, *option, code=2)


def test_a_gazetteer_or_boundary_of_its_own_is_refused_by_a_workspace(town):
    root, _ = town
    told = planner("cells", "--workspace", root, "--gazetteer", root / "gazetteer.parquet", code=2)
    assert "--input" in told


def test_a_group_too_small_to_carry_a_map_is_refused_in_plain_words(town):
    root, _ = town
    group = "reason=end of private rented tenancy: assured shorthold"
    said = planner("hotspots", "--test", "excess", "--cohort", group, "--workspace", root, code=2)
    assert "at least" in said
    assert "no group" in planner("cells", "--cohort", "colour=red", "--workspace", root, code=2).lower()


def test_every_different_look_is_counted_once(town):
    root, _ = town
    before = count_looks(Workspace.open(root), "2024-25")
    for period in ("2024-25", "2024-25", "2023-24"):
        planner("hotspots", "--test", "counts", "--resolution", "7", "--period", period, "--workspace", root)
    assert count_looks(Workspace.open(root), "2024-25") == before + 2
