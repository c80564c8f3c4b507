"""`planner sample`: the fictional district for the terminal."""

import json

from typer.testing import CliRunner

from commands.main import app
from geo.review.workspace import Workspace


def test_it_makes_a_workspace_that_holds_records_and_sites(tmp_path) -> None:
    answer = CliRunner().invoke(app, ["sample", str(tmp_path / "demo"), "--json"])
    assert answer.exit_code == 0
    made = Workspace.open(tmp_path / "demo")
    assert json.loads(answer.stdout)["rows"] == len(made.records()) > 2000
    assert set(made.sites()["dataset"]) == {"gp_surgeries", "food_banks", "sites"}
    assert {path.name for path in tmp_path.iterdir() if "demo" in path.name} == {"demo"}
