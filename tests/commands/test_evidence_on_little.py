"""Every `planner evidence` command on councils that know hardly anything: an answer or a sentence, never a nonsense."""

import json
import math
import re

import pytest
from typer.testing import CliRunner

from commands import evidence_priorities
from commands.main import app
from geo.errors import PlannerError
from tests.tinytown.council import TODAY, make_council
from tests.tinytown.little import SITUATIONS

QUESTIONS = (
    "priorities",
    "rates",
    "clusters",
    "stability",
    "trends",
    "compare",
    "compare --as-recorded",
    "missing",
    "repeats",
    "cohorts",
)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(evidence_priorities, "today", lambda: TODAY)


@pytest.fixture(scope="module", params=SITUATIONS, ids=lambda situation: situation.__name__)
def council(request, _own_environment, tmp_path_factory):
    """Made once for all questions: none of them changes a record."""
    workspace = make_council(tmp_path_factory.mktemp("little") / "council")
    fewer = workspace.scenario.scan.model_copy(update={"replicates": 999})
    workspace.save_scenario(workspace.scenario.model_copy(update={"scan": fewer}))
    request.param(workspace)
    return workspace


def refuse(constant):
    pytest.fail(f"the document holds {constant}")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_holds_only_numbers_or_is_one_sentence(council, question) -> None:
    asked = ["evidence", *question.split(), "--workspace", str(council.root)]
    answer = CliRunner().invoke(app, [*asked, "--json"])
    if isinstance(answer.exception, PlannerError):
        assert re.fullmatch(r"[A-Z][^\n]+", str(answer.exception))
        return
    assert answer.exception is None, repr(answer.exception)
    json.loads(answer.stdout, parse_constant=refuse)
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0
    assert not re.search(r"\b(nan|inf|None|NaT)\b", told.stdout), told.stdout


def test_a_number_that_is_none_is_found_by_this_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="Infinity"):
        json.loads(json.dumps({"rate": math.inf}), parse_constant=refuse)
