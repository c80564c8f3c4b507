"""`planner hubs choose` on a coast of two towns, and `planner bench siting`, as a person and as a script use them."""

import csv
import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from commands.main import app
from geo.crs import frame_to_wgs84
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.gazetteer import build_gazetteer
from geo.review.intake import keep, take_in
from geo.review.workspace import Workspace
from layers.community_sites import read_sites

TODAY = date(2025, 5, 1)
EAST, NORTH = 600_000, 500_000
SITES = """name,category,easting,northing
West church,place_of_worship,600050,500000
West library,library,600300,500000
East hall,village_hall,610000,500000
East chapel,place_of_worship,610900,500000
"""
TRIANGLE = "3 3 1\n1 2 9\n2 3 1\n1 2 2\n"


@pytest.fixture(scope="module")
def two_towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty clients in the west, twenty in the east, ten kilometres apart; no office."""
    folder = tmp_path_factory.mktemp("choose")
    rows = [
        f'"ZZ{town + 1} 1A{letter}",10,{EAST + town * 10_000 + 10 * number},{NORTH},"E92000001","","","","",""'
        for town in (0, 1)
        for number, letter in enumerate("ABDEFGHJLNPQRSTUWXYZ")
    ]
    (folder / "zz.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    box = gpd.GeoDataFrame(geometry=[shapely.box(EAST - 5000, NORTH - 5000, EAST + 15_000, NORTH + 5000)], crs=27700)
    edition = Edition(dataset="boundary", title="A box", rows=1, added=TODAY)
    workspace = Workspace.create(
        folder / "council", name="Coast", boundary=frame_to_wgs84(box), boundary_edition=edition
    )
    build_gazetteer([folder / "zz.csv"], out=workspace.gazetteer_path, today=TODAY)
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    sites, made, _ = read_sites(
        folder / "sites.csv", gazetteer=workspace.gazetteer(), boundary=box, nearby_km=5, today=TODAY
    )
    workspace.save_sites(made.dataset, sites, made)
    clients = [f"H{n},{'ZZ1 1AB' if n < 30 else 'ZZ2 1AB'},01/0{1 + n % 9}/2024" for n in range(50)]
    export = "\n".join(["Household Ref,Postcode,Date", *clients, "H90,ZZ99 3VZ,01/05/2024"]).encode()
    keep(workspace, take_in(workspace, export, file_name="export.csv", feed="Housing", today=TODAY))
    return workspace.root


def _run(*arguments: str):
    return CliRunner().invoke(app, [*arguments], catch_exceptions=True)


def _choose(workspace: Path, *arguments: str):
    return _run("hubs", "choose", "--workspace", str(workspace), *arguments)


def test_a_script_gets_objective_bound_and_proof(two_towns) -> None:
    document = json.loads(_choose(two_towns, "--hubs", "2", "--alternatives", "--curve", "--json").stdout)
    assert {site["name"][:4] for site in document["sites"]} == {"West", "East"}
    assert (document["objective"], document["bound"], document["gap"], document["proven"]) == (50, 50, 0, True)
    assert document["unmapped"] == {"no_fixed_abode": 1}
    assert [row["value"] for row in document["curve"]] == [30, 50, 50, 50]
    assert len(document["alternatives"]) == 3
    assert document["alternatives_complete"] == "all"
    assert "straight line x 1.3" in document["travel"]


def test_a_person_reads_what_the_set_does_and_that_it_is_proven(two_towns) -> None:
    text = _choose(two_towns, "--hubs", "2", "--question", "average", "--alternatives", "--curve").stdout
    assert "2 hubs reach 50 of 50 clients within 30 minutes" in text
    assert "Proven: no other set does better" in text
    assert "With other numbers of hubs (client-minutes):" in text
    assert "1 more have no place on the map." in text


def test_must_keep_and_never_take_a_name_or_an_id(two_towns) -> None:
    document = json.loads(
        _choose(two_towns, "--hubs", "2", "--keep", "east CHAPEL", "--never", "West church", "--json").stdout
    )
    kept = {site["name"]: site["must_keep"] for site in document["sites"]}
    assert kept == {"East chapel": True, "West library": False}


def test_fewest_and_worst_are_asked_the_same_way(two_towns) -> None:
    assert json.loads(_choose(two_towns, "--question", "fewest", "--json").stdout)["objective"] == 2
    worst = json.loads(_choose(two_towns, "--question", "worst", "--hubs", "1", "--json").stdout)
    assert worst["objective"] == pytest.approx(worst["after"]["worst_minutes"])


def test_costs_come_from_a_file_and_a_budget_rules_dear_sites_out(two_towns, tmp_path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text('Site,Cost\nWest church,"£1,200"\nWest library,900\nEast hall,100\n', encoding="utf-8")
    arguments = ["--hubs", "2", "--costs", str(costs), "--budget", "1000", "--spacing-km", "5", "--json"]
    document = json.loads(_choose(two_towns, *arguments).stdout)
    assert sum(site["price"] for site in document["sites"]) <= 1000
    assert "West library" in {site["name"] for site in document["sites"]}


def test_the_chosen_sites_are_written_to_a_file(two_towns, tmp_path) -> None:
    out = tmp_path / "hubs.csv"
    assert _choose(two_towns, "--hubs", "2", "--out", str(out)).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (["--hubs", "9"], BadInputError, "Only 4 sites may be chosen, and 9 hubs are asked for"),
        (["--hubs", "2", "--keep", "Nowhere"], BadInputError, "No site that competes is called 'Nowhere'"),
        (["--budget", "10"], BadInputError, "give --costs FILE"),
        (["--one-per-town"], MissingDataError, "One hub a town needs to know the towns"),
        (["--hubs", "3", "--spacing-km", "5"], BadInputError, "stands in the way is the spacing of 5 km"),
        (["--capacity", "5", "--question", "worst"], BadInputError, "cover and average only"),
        (["--costs", "nowhere.csv"], BadInputError, "There is no file nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(two_towns, arguments, error, sentence) -> None:
    answer = _choose(two_towns, *arguments)
    assert isinstance(answer.exception, error)
    assert sentence in str(answer.exception)
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("place,pounds\nHall,5\n", "has the columns place, pounds; expected site and cost"),
        ("site,cost\nWest church,5\nWest library,dear\n", "row 3: the cost is no number of pounds"),
        ("site,cost\nWest church,-5\n", "row 2: the cost is no number of pounds"),
        ("", "cannot be read as a CSV file"),
    ],
)
def test_a_table_of_costs_that_cannot_be_used_is_refused(two_towns, tmp_path, text, sentence) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text(text, encoding="utf-8")
    answer = _choose(two_towns, "--costs", str(costs), "--budget", "100")
    assert isinstance(answer.exception, BadInputError)
    assert sentence in str(answer.exception)


def test_a_published_question_is_benched(tmp_path) -> None:
    file = tmp_path / "pmed0.txt"
    file.write_text(TRIANGLE, encoding="utf-8")
    document = json.loads(_run("bench", "siting", str(file), "--limit", "5", "--json").stdout)
    assert {key: document[key] for key in ("objective", "bound", "proven", "vertices", "p")} == {
        "objective": 3,
        "bound": 3,
        "proven": True,
        "vertices": 3,
        "p": 1,
    }
    assert document["seconds"] >= 0
    assert "objective 3, bound 3 (proven)" in _run("bench", "siting", str(file)).stdout


def test_a_bench_file_that_is_none_is_refused(tmp_path) -> None:
    (tmp_path / "pdf.txt").write_bytes(b"%PDF\xff\xfe")
    for name, sentence in (("gone.txt", "There is no file gone.txt"), ("pdf.txt", "cannot be read as text")):
        answer = _run("bench", "siting", str(tmp_path / name))
        assert isinstance(answer.exception, BadInputError)
        assert sentence in str(answer.exception)
