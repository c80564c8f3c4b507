"""`planner hubs rank` and `planner hubs reach` on a coast of two towns, as a person and as a script would use them."""

import csv
import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from commands.main import app
from geo.crs import frame_to_wgs84
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.places.gazetteer import build_gazetteer
from geo.review.intake import keep, take_in
from geo.review.workspace import Workspace
from layers.community_sites import read_sites

TODAY = date(2025, 5, 1)
EAST, NORTH = 600_000, 500_000
SITES = """name,category,easting,northing,step_free
"=Church, West",place_of_worship,600050,500000,yes
West library,library,600300,500000,
East hall,village_hall,610000,500000,no
Office,council_office,600000,500000,
"""


def _codepoint(folder: Path) -> Path:
    """Write two towns of twenty postcodes each as Code-Point Open does."""
    rows = [
        f'"ZZ{town + 1} 1A{letter}",10,{EAST + town * 10_000 + 10 * number},{NORTH},"E92000001","","","","",""'
        for town in (0, 1)
        for number, letter in enumerate("ABDEFGHJLNPQRSTUWXYZ")
    ]
    path = folder / "zz.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def two_towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two towns é")
    box = gpd.GeoDataFrame(geometry=[shapely.box(EAST - 5000, NORTH - 5000, EAST + 15_000, NORTH + 5000)], crs=27700)
    edition = Edition(dataset="boundary", title="A box", rows=1, added=TODAY)
    workspace = Workspace.create(
        folder / "council", name="Coast", boundary=frame_to_wgs84(box), boundary_edition=edition
    )
    build_gazetteer([_codepoint(folder)], out=workspace.gazetteer_path, today=TODAY)
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    sites, made, _ = read_sites(
        folder / "sites.csv", gazetteer=workspace.gazetteer(), boundary=box, nearby_km=5, today=TODAY
    )
    workspace.save_sites(made.dataset, sites, made)
    rows = [f"H{n},{'ZZ1 1AB' if n < 30 else 'ZZ2 1AB'},01/0{1 + n % 9}/2024" for n in range(50)] + [
        "H90,ZZ99 3VZ,01/05/2024"
    ]
    export = "\n".join(["Household Ref,Postcode,Date", *rows]).encode()
    keep(workspace, take_in(workspace, export, file_name="export.csv", feed="Housing", today=TODAY))
    return workspace.root


def _run(workspace: Path, *arguments: str, command: str = "rank"):
    return CliRunner().invoke(app, ["hubs", command, "--workspace", str(workspace), *arguments], catch_exceptions=True)


def test_a_script_gets_one_json_document(two_towns) -> None:
    answer = _run(two_towns, "--json")
    document = json.loads(answer.stdout)
    assert [site["name"] for site in document["sites"]] == ["West library", "East hall", "=Church, West"]
    assert document["unmapped"] == {"no_fixed_abode": 1}
    assert (document["clients"], document["unit"], document["period"]) == (50, "household episodes", "all")
    for site in document["sites"]:
        parts = [site["points_" + criterion["name"]] for criterion in document["criteria"]]
        assert sum(parts) == pytest.approx(site["score"])


def test_a_person_reads_one_sentence_a_site_and_what_is_missing(two_towns) -> None:
    text = _run(two_towns, "--top", "2").stdout
    assert "2. East hall (village hall)" in text
    assert "about 20 of 50 household episodes; all of them are beyond the reach of the office" in text
    assert "1 more (2%) have no place on the map." in text
    assert "straight line x 1.3" in text


def test_a_person_reads_how_sure_the_order_is(two_towns) -> None:
    text = _run(two_towns, "--top", "1").stdout
    assert "30 of 50 household episodes are within a 30-minute walk (straight line x 1.3) of the office now." in text
    assert "West library, ranked first, would add none. East hall would add most: 20 (95 % range 12 to 31)." in text
    assert "of draws; ranks 1 to" in text
    assert "Weights tried: need reached 18 to 52," in text


def test_reach_tells_what_is_reached_now_and_what_each_site_would_add(two_towns) -> None:
    text = _run(two_towns, command="reach").stdout
    assert "East hall, the first below, would add 20 (95 % range 12 to 31)." in text
    assert "would add none; reaches 30" in text
    assert "   30.0       0.00                30                   50" in text
    assert "No site has a known capacity." in text


def test_reach_for_a_script_holds_the_curve_and_how_it_was_measured(two_towns) -> None:
    options = ["--mode", "drive", "--minutes", "40", "--decay", "gaussian", "--json"]
    document = json.loads(_run(two_towns, *options, command="reach").stdout)
    assert document["travel"] == "by car at 30 km/h, straight line x 1.3 (no streets loaded)"
    assert document["decay"]["formula"] == "0.01 ^ (x ^ 2)"
    assert document["within_reach_now"] == 50  # 10 km are 26 minutes by car
    assert document["curve"][-1] == {"minutes": 40.0, "weight": 0.01, "now": 50.0, "with_first": 50.0}
    assert (document["need"], document["capacity"]) == ("clients", None)


def test_reach_by_expected_need_counts_the_homes(two_towns) -> None:
    document = json.loads(_run(two_towns, "--need", "expected", "--json", command="reach").stdout)
    assert document["need"] == "expected"
    assert 40 < document["clients"] < 60


def test_the_table_of_reach_says_how_it_was_measured(two_towns, tmp_path) -> None:
    out = tmp_path / "reach.csv"
    assert _run(two_towns, "--out", str(out), command="reach").exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["name"] == "East hall"
    assert {row["travel"] for row in rows} == {"on foot at 4.8 km/h, straight line x 1.3 (no streets loaded)"}


def test_without_a_timetable_nobody_comes_by_bus(two_towns) -> None:
    answer = _run(two_towns, "--mode", "bus", command="reach")
    assert isinstance(answer.exception, MissingDataError)
    assert "no bus timetable" in str(answer.exception)


def test_a_csv_holds_every_site_and_no_formula(two_towns, tmp_path) -> None:
    out = tmp_path / "sites.csv"
    assert _run(two_towns, "--out", str(out)).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["West library", "East hall", "'=Church, West"]
    assert float(rows[0]["score"]) == pytest.approx(
        sum(float(rows[0][name]) for name in rows[0] if name.startswith("points_"))
    )


def test_a_geojson_lies_where_the_sites_are(two_towns, tmp_path) -> None:
    out = tmp_path / "sites.geojson"
    assert _run(two_towns, "--out", str(out), "--top", "2").exit_code == 0
    sites = gpd.read_file(out)
    assert sites.crs.to_epsg() == 4326
    assert pd.Series(sites["name"]).tolist() == ["West library", "East hall"]
    east = sites.to_crs(27700).geometry.x.round(-1).tolist()
    assert east == pytest.approx([600_300, 610_000], abs=20)


def test_a_period_changes_who_is_counted(two_towns) -> None:
    document = json.loads(_run(two_towns, "--period", "2023-24", "--json").stdout)
    assert document["period"] == "2023-24"
    assert 0 < document["clients"] < 50


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (["--period", "1999-00"], BadInputError, "There is no period '1999-00'"),
        (["--category", "gp_surgery"], BadInputError, "No site is of category gp_surgery; there is: library"),
        (["--resolution", "9"], BadInputError, "choose 7 or 8"),
        (["--out", "sites.pdf"], BadInputError, "sites.pdf is neither .csv nor .geojson"),
        (["--out", "nowhere/sites.csv"], BadInputError, "There is no folder for sites.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(two_towns, arguments, error: type[PlannerError], sentence: str) -> None:
    answer = _run(two_towns, *arguments)
    assert isinstance(answer.exception, error)
    assert sentence in str(answer.exception)
    assert answer.stdout == ""


def test_a_missing_workspace_is_said_so() -> None:
    answer = CliRunner().invoke(app, ["hubs", "rank"])
    assert isinstance(answer.exception, MissingDataError)
    assert "PLANNER_WORKSPACE" in str(answer.exception)
