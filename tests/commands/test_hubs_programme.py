"""`planner hubs programme` and `planner partners`, as a person and as a script would use them."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import icalendar
import openpyxl
import pytest
from typer.testing import CliRunner

from commands import hubs_programme
from commands.main import app
from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.review.decisions import Occasion, decide, decisions_that_stand
from geo.review.workspace import Workspace
from layers.sample import open_sample

TODAY = date(2025, 5, 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional district with few simulations behind its priority areas: what they find is not tried here."""
    root = Path(shutil.copytree(open_sample(today=TODAY).root, tmp_path_factory.mktemp("district") / "w"))
    workspace = Workspace.open(root)
    quick = {
        "scan": workspace.scenario.scan.model_copy(update={"replicates": 999}),
        "stability": workspace.scenario.stability.model_copy(update={"draws": 1}),
    }
    workspace.save_scenario(workspace.scenario.model_copy(update=quick))
    return root


@pytest.fixture
def saltmarsh(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(hubs_programme, "today", lambda: TODAY)
    return Path(shutil.copytree(template, tmp_path / "Saltmarsh é"))


def planner(*words, workspace):
    answer = CliRunner().invoke(app, [*map(str, words), "--workspace", str(workspace)])
    if isinstance(answer.exception, PlannerError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_partners_are_set_listed_and_removed(saltmarsh):
    planner("partners", "set", "Mind", "--weekdays", "Tue", "--weeks", "first", "--from", "10:00", workspace=saltmarsh)
    said = planner("partners", "list", workspace=saltmarsh)
    assert "Mind: Tue (first in the month), 10:00 to 17:00." in said
    left = json.loads(planner("partners", "remove", "Mind", "--json", workspace=saltmarsh))["partners"]
    assert "Mind" not in {one["name"] for one in left}
    with pytest.raises(BadInputError, match="no partner of that name"):
        planner("partners", "remove", "Mind", workspace=saltmarsh)


def test_the_year_is_planned_written_kept_and_shown_again(saltmarsh, tmp_path):
    names = ["year.html", "year.ics", "year.xlsx", "year.csv", "year.geojson"]
    outs = [word for name in names for word in ("--out", tmp_path / name)]
    said = json.loads(planner("hubs", "programme", "--json", "--keep", "--who", "JS", *outs, workspace=saltmarsh))
    assert [hub["quarter"] for hub in said["hubs"]] == [1, 2, 3, 4]
    assert said["year"] == "2025-26"
    assert "Proved" in said["proof"]
    assert said["state"].startswith("Settled on 1 May 2025 by JS")
    assert len(icalendar.Calendar.from_ical((tmp_path / "year.ics").read_bytes()).walk("VEVENT")) == 4
    assert openpyxl.load_workbook(tmp_path / "year.xlsx")["Calendar"].max_row == 5
    with (tmp_path / "year.csv").open(encoding="utf-8", newline="") as file:
        assert {row["audience"] for row in csv.DictReader(file)} == {"team only"}
    assert len(json.loads((tmp_path / "year.geojson").read_text(encoding="utf-8"))["features"]) == 4
    assert "Settled on 1 May 2025 by JS" in (tmp_path / "year.html").read_text(encoding="utf-8")
    again = json.loads(planner("hubs", "programme", "--kept", "--json", workspace=saltmarsh))
    assert again["digest"] == said["digest"]
    assert again["hubs"] == said["hubs"]


def test_a_hub_moved_by_hand_is_told_at_once(saltmarsh):
    words = ["hubs", "programme", "--move", "1=Hollinsea Library", "--move", "2=11:00"]
    answer = CliRunner().invoke(app, [*words, "--workspace", str(saltmarsh)])
    assert answer.exit_code == 0
    assert "Hub 1 moved: The year reaches" in answer.stderr
    assert "Hubs were moved by hand" in answer.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--weekday", "Sun"], "partners must be able to come"),
        (["--hubs", "9"], "holds at most"),
        (["--weekday", "Someday"], "The rule 'weekdays' cannot be used"),
        (["--closed", "2025-10-01..2025-12-31"], "October to December 2025 cannot have a hub"),
        (["--year", "2023-24"], "is over"),
        (["--year", "next"], "is no period"),
        (["--kept"], "No programme of 2025-26 was kept yet"),
        (["--move", "2"], "cannot be read"),
        (["--move", "1=Nowhere Hall"], "0 sites are called"),
        (["--out", "year.docx"], "neither .html"),
        (["--keep"], "Say who settled"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(saltmarsh, words, said):
    with pytest.raises(BadInputError, match=said):
        planner("hubs", "programme", *words, workspace=saltmarsh)
    assert Workspace.open(saltmarsh).store.meta("workspace_id")


def test_what_partners_are_given_is_printed_without_numbers(saltmarsh, tmp_path):
    planner("hubs", "programme", "--for", "partners", "--out", tmp_path / "p.html", workspace=saltmarsh)
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "For partner agencies" in page
    assert "household" not in page


def _choose(workspace, **changed):
    rules = workspace.scenario.programme.model_copy(update=changed)
    workspace.save_scenario(workspace.scenario.model_copy(update={"programme": rules}))


def test_a_site_that_was_refused_is_not_used_and_only_chosen_ones_are_where_that_is_the_rule(saltmarsh):
    workspace, occasion = Workspace.open(saltmarsh), Occasion(TODAY, "JS")
    refused = ["Aldersea Library"]
    decide(workspace, verdict="refused", sites=refused, why="no room", evidence_digest="", occasion=occasion)
    said = json.loads(planner("hubs", "programme", "--json", workspace=saltmarsh))
    assert "Aldersea Library" not in {hub["name"] for hub in said["hubs"]}
    assert any("Sites refused, or the agreement with the host has ended" in note for note in said["notes"])
    chosen = ["Hollinsea Library", "Hesselmere Village Hall", "Tanyard Centre"]
    decide(workspace, verdict="chosen", sites=chosen, why="agreed", evidence_digest="", occasion=occasion)
    _choose(workspace, sites="chosen")
    allowed = {site for site, one in decisions_that_stand(workspace).items() if one.verdict == "chosen"}
    said = json.loads(planner("hubs", "programme", "--json", workspace=saltmarsh))
    assert len(allowed) >= len(chosen)
    assert {hub["site_id"] for hub in said["hubs"]} <= allowed


def test_where_no_site_was_chosen_or_no_timetable_added_that_is_said(saltmarsh):
    workspace = Workspace.open(saltmarsh)
    for site in decisions_that_stand(workspace):  # the fictional district comes with some
        occasion = Occasion(TODAY, "JS")
        decide(workspace, verdict="refused", sites=[site], why="closed", evidence_digest="", occasion=occasion)
    _choose(workspace, sites="chosen")
    with pytest.raises(MissingDataError, match="none was chosen"):
        planner("hubs", "programme", workspace=saltmarsh)
    _choose(workspace, sites="all", by_bus="yes")
    with pytest.raises(MissingDataError, match="no bus timetable"):
        planner("hubs", "programme", workspace=saltmarsh)
