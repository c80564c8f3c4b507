"""`planner changes`, `planner catalogue`, and the answers `--anyway` and `--older-too`, as a person would use them."""

import json

import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import DoubtError
from layers.adding import add_sites
from layers.catalogue import CATALOGUE
from layers.source_file import SourceFile
from tests.tinytown.council import TODAY, make_council

HEADER = "code,name,category,postcode\n"


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = make_council(tmp_path_factory.mktemp("changes") / "w")
    for rows in ("S1,Hall,village hall,ZZ1 1AA\nS2,Church,church,ZZ1 2AA\n", "S1,Hall,village hall,ZZ1 1AB\n"):
        add_sites(made, SourceFile("own.csv", (HEADER + rows).encode()), kind="sites", today=TODAY)
    return made


@pytest.fixture
def planner(council):
    def run(*words):
        return CliRunner().invoke(app, [*words, "--workspace", str(council.root)])

    return run


def test_changes_are_told_in_lines_and_as_a_document(planner) -> None:
    lines = planner("changes").stdout.splitlines()
    assert lines[1].startswith("Community sites: added ")
    assert lines[2:] == ["Church: gone.", "Hall: moved 707 m."]
    told = json.loads(planner("changes", "--dataset", "sites", "--json").stdout)
    assert [one["how"] for one in told["datasets"][0]["sites"]] == ["gone", "moved"]
    assert planner("changes", "--dataset", "gazetteer").stdout.startswith("Nothing to compare yet")


def test_the_catalogue_is_told_with_and_without_a_workspace(planner) -> None:
    told = json.loads(planner("catalogue", "--json").stdout)["datasets"]
    assert [one["title"] for one in told] == [entry.title for entry in CATALOGUE]
    assert told[0]["attribution"].startswith("Contains OS data")
    lines = planner("catalogue").stdout
    assert "  Here: not here yet." in lines
    assert "planner fetch food-banks; by hand: planner add food-banks FILE" in lines
    bare = CliRunner().invoke(app, ["catalogue"])
    assert bare.exit_code == 0
    assert "Here:" not in bare.stdout


def test_a_file_that_looks_wrong_or_is_older_waits_for_the_option(tmp_path) -> None:
    made = make_council(tmp_path / "w")

    def add(name, rows, *options):
        path = tmp_path / name
        path.write_text("organisation_name,postcode\n" + "".join(f"Kitchen {at},ZZ1 1AA\n" for at in range(rows)))
        words = ["add", "food-banks", str(path), *options, "--workspace", str(made.root)]
        return CliRunner().invoke(app, words)

    assert add("food_2025-05.csv", 12).exit_code == 0
    assert isinstance(add("food_2025-06.csv", 3).exception, DoubtError)
    assert "--older-too" in str(add("food_2024-06.csv", 11).exception)
    assert len(made.sites()) == 12
    assert add("food_2025-06.csv", 3, "--anyway").exit_code == 0
    assert add("food_2024-06.csv", 4, "--older-too").exit_code == 0
    assert len(made.sites()) == 4
