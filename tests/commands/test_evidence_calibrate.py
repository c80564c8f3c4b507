"""`planner evidence calibrate`, as a person and as a script would use it."""

import json

import pytest
import typer
from typer.testing import CliRunner

from commands import evidence_calibrate
from commands.evidence_calibrate import calibrate
from geo.errors import BadInputError
from geo.evidence import calibration
from geo.evidence.calibration import POWER_SETTINGS, SIZE_SETTINGS
from layers.calibration import FILES
from tests.tinytown import council

app = typer.Typer()
app.command()(calibrate)


def run(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(done.exception, BadInputError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    workspace = council.make_council(tmp_path_factory.mktemp("town") / "workspace")
    scenario = workspace.scenario.model_dump() | {"scan": {"replicates": 999}}
    workspace.save_scenario(type(workspace.scenario).model_validate(scenario))
    return workspace.root


@pytest.fixture
def few_settings(monkeypatch):
    monkeypatch.setattr(calibration, "SIZE_SETTINGS", (SIZE_SETTINGS[0], SIZE_SETTINGS[8]))
    monkeypatch.setattr(calibration, "POWER_SETTINGS", POWER_SETTINGS[:1])


@pytest.mark.usefixtures("few_settings")
def test_one_process_or_two_write_the_same_files(town, tmp_path):
    for workers in (1, 2):
        out = tmp_path / f"by_{workers}"
        done = run("--workspace", town, "--districts", 2, "--workers", workers, "--out", out)
        assert "2 simulated districts of each kind without a hotspot" in done.stdout
        assert "100 % (" in done.stderr
    one, two = contents(tmp_path / "by_1"), contents(tmp_path / "by_2")
    assert one == two
    assert {"report.md", "size.csv", "power.csv", "size.png"} <= set(one) <= set(FILES)
    assert b"nan" not in one["report.md"] + one["size.csv"] + one["power.csv"]


@pytest.mark.usefixtures("few_settings")
def test_scripts_read_every_figure_from_one_document(town, tmp_path):
    done = run("--workspace", town, "--districts", 1, "--workers", 1, "--out", tmp_path / "out", "--json")
    document = json.loads(done.stdout)
    assert document["districts"] == 1
    assert {row["null"] for row in document["size"]} == {"independent", "uneven"}
    assert set(document["size"][0]) >= {"test", "alarms", "share", "low", "high", "claimed", "held"}


def test_a_folder_that_is_taken_is_refused_before_the_work_begins(town, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence_calibrate, "calibrate_tests", lambda *_, **__: pytest.fail("it began"))
    (tmp_path / "letters.docx").touch()
    with pytest.raises(BadInputError, match="name a new folder"):
        run("--workspace", town, "--out", tmp_path)


def test_no_districts_are_refused_in_a_sentence_and_nothing_is_written(town, tmp_path):
    with pytest.raises(BadInputError, match="ask for at least 1"):
        run("--workspace", town, "--districts", 0, "--workers", 1, "--out", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_nothing_half_written(town, tmp_path, monkeypatch):
    def stopped(*_, progress, **__):
        progress("independent, 300 cases", 0.5)
        raise KeyboardInterrupt

    monkeypatch.setattr(evidence_calibrate, "calibrate_tests", stopped)
    with pytest.raises(KeyboardInterrupt):
        calibrate(out=tmp_path / "out", workspace=town, workers=2)
    assert list(tmp_path.iterdir()) == []
