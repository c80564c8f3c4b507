"""`planner walkabouts snapshot`, `snapshot-result`, `snapshots`: plan, settle, write, list without the night."""

import json
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from commands import walkabouts_snapshot, walkabouts_snapshot_result
from commands.main import app
from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.review.workspace import Workspace
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import ADDED, AFTER, CHURCH, NOW, TODAY, know_places, square

SOON = date(2025, 10, 20)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    town = make_council(tmp_path_factory.mktemp("night") / "w")
    know_places(town)
    return town.root


@pytest.fixture
def town(template, tmp_path, on_day):
    on_day(TODAY)
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


@pytest.fixture
def on_day(monkeypatch):
    def on_day(day):
        for module in (walkabouts_snapshot, walkabouts_snapshot_result):
            monkeypatch.setattr(module, "today", lambda: day)
            monkeypatch.setattr(module, "now", lambda: NOW)

    return on_day


def planner(*said, town):
    answer = CliRunner().invoke(app, ["walkabouts", *map(str, said), "--workspace", str(town.root)])
    if isinstance(answer.exception, PlannerError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def snapshot(*more, town):
    return planner("snapshot", "--night", "2025-11-12", "--partner", CHURCH, *more, town=town)


def test_a_night_is_planned_and_nothing_is_kept_before_it_is_settled(town):
    said = snapshot("--add", square(ADDED), town=town)
    assert "Patch 2: meet at" in said
    assert "added by hand" in said
    assert "Nothing is kept" in said
    assert "No plan of a snapshot night" in planner("snapshots", town=town)
    told = json.loads(snapshot("--method", "estimate", "--json", town=town))
    assert (told["patches"], len(told["estimated"]), told["settled"]) == ([], 3, None)


def test_a_spotlight_counts_one_place(town):
    told = json.loads(
        snapshot("--method", "spotlight", "--add", square(ADDED), "--spotlight", square(ADDED), "--json", town=town)
    )
    assert [stop["square"] for patch in told["patches"] for stop in patch["stops"]] == [square(ADDED)]


def test_a_settled_night_is_written_listed_without_its_date_and_given_its_result(town, tmp_path, on_day):
    settle = ("--settle", "--independent", "--who", "JS")
    said = snapshot(*settle, "--out", tmp_path / "papers", town=town)
    assert "snapshot-2025-team-1.pdf" in said
    assert (tmp_path / "papers" / "snapshot-2025-plan.pdf").is_file()
    listed = planner("snapshots", town=town)
    assert listed.startswith("Plan 1, 2025: a count of every known and likely place")
    assert "2025-11" not in planner("snapshots", "--json", town=town)
    assert "Wednesday 12" in planner("snapshots", "--show-night", town=town)
    numbers = ("--patch", "1 bedded=2 about=1", "--patch", "2 no-access=1", "--verified-by", CHURCH, "--who", "JS")
    enter = ("snapshot-result", "--night", "2025-11-12", *numbers, "--verified-on", "2025-11-13")
    with pytest.raises(BadInputError, match="not over yet"):
        planner(*enter, "--total", 3, town=town)
    on_day(AFTER)
    with pytest.raises(BadInputError, match="come to 3 and not 4"):
        planner(*enter, "--total", 4, town=town)
    said = planner(*enter, "--total", 3, "--out", tmp_path / "result", town=town)
    assert "Result 2, 2025: 3 people" in said
    assert "not written into a quarter's figures" in said
    assert (tmp_path / "result" / "snapshot-2025-result.html").is_file()
    assert "Result 2, 2025: 3 people" in planner("snapshots", town=town)


def test_a_night_planned_elsewhere_is_entered_by_one_row_and_has_no_sheet(town, tmp_path, on_day):
    on_day(AFTER)
    numbers = ("--patch", "1 bedded=2", "--total", 2, "--verified-by", CHURCH, "--verified-on", "2025-11-13")
    enter = ("snapshot-result", "--night", "2025-11-12", *numbers, "--who", "JS")
    with pytest.raises(MissingDataError, match="No plan of that night"):
        planner(*enter, town=town)
    said = planner(*enter, "--elsewhere", "--out", tmp_path / "result", town=town)
    assert "Result 1, 2025: 2 people" in said
    assert "No sheet was written" in said


def test_a_night_sooner_than_six_weeks_is_settled_with_a_reason(town, on_day, monkeypatch):
    on_day(SOON)
    monkeypatch.setattr(walkabouts_snapshot, "now", lambda: NOW.replace(month=10, day=20))
    settle = ("--settle", "--independent", "--who", "JS")
    with pytest.raises(BadInputError, match="Say why it is sooner"):
        snapshot(*settle, town=town)
    assert "Plan 1, 2025" in snapshot(*settle, "--reason", "The partner was ill", town=town)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--starts", "late"), "no time of day"),
        (("--add", "here"), "no grid reference"),
        (("--settle", "--who", "JS"), "Confirm that"),
        (("--out", "no/such/papers"), "There is no folder"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_kept(town, more, said):
    with pytest.raises(BadInputError, match=said):
        snapshot(*more, town=town)
    assert "No plan of a snapshot night" in planner("snapshots", town=town)


def test_a_night_and_a_patch_that_cannot_be_read_are_told(town):
    with pytest.raises(BadInputError, match="no day"):
        planner("snapshot", "--night", "soon", town=town)
    with pytest.raises(BadInputError, match="cannot be read"):
        walkabouts_snapshot_result.read_patch("1 sleeping=2")


def test_the_night_may_be_typed_as_people_write_it():
    assert walkabouts_snapshot.read_night("12 November 2025") == date(2025, 11, 12)
