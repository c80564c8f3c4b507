"""Every `planner evidence` command on councils that know hardly anything: an answer or a sentence, never a nonsense."""

import json
import math
import re

import pandas as pd
import pytest
from typer.testing import CliRunner

from commands import evidence_priorities
from commands.main import app
from geo.errors import PlannerError
from tests.tinytown.council import TODAY, edition, make_council
from tests.tinytown.giving import fill

QUESTIONS = ("priorities", "rates", "clusters", "stability", "trends", "missing", "repeats", "cohorts")


def homes_of(homes: float):
    """As many homes at each live postcode of Tinytown as said."""
    postcodes = ["ZZ11AA", "ZZ11AB", "ZZ11AD", "ZZ12AA", "ZZ12AB"]
    return pd.DataFrame({"postcode": postcodes, "people": 2.0 * homes, "homes": float(homes), "year": 2024})


def nothing(council):
    """Leave the council without a record."""


def one_client(council):
    fill(council, {"W1": 1})


def one_year_in_one_cell(council):
    fill(council, {"W1": 40})


def nobody_on_the_map(council):
    fill(council, {"nowhere": 12, "outside": 5})


def homes_that_are_all_nought(council):
    council.save_homes(homes_of(0), edition("households"))
    fill(council, {"W1": 9, "W2": 3})


def more_clients_than_homes(council):
    council.save_homes(homes_of(1), edition("households"))
    fill(council, {"W1": 300, "W2": 1})


def two_years(council):
    fill(council, {"W1": 20, "W2": 5}, day="14/05/2023")
    fill(council, {"W1": 22, "W2": 4, "nowhere": 3}, day="14/05/2024", start=100)


SITUATIONS = (
    nothing,
    one_client,
    one_year_in_one_cell,
    nobody_on_the_map,
    homes_that_are_all_nought,
    more_clients_than_homes,
    two_years,
)


@pytest.fixture(params=SITUATIONS, ids=lambda situation: situation.__name__)
def council(request, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence_priorities, "today", lambda: TODAY)
    workspace = make_council(tmp_path / "council")
    fewer = workspace.scenario.scan.model_copy(update={"replicates": 999})
    workspace.save_scenario(workspace.scenario.model_copy(update={"scan": fewer}))
    request.param(workspace)
    return workspace


def refuse(constant):
    pytest.fail(f"the document holds {constant}")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_holds_only_numbers_or_is_one_sentence(council, question) -> None:
    asked = ["evidence", question, "--workspace", str(council.root)]
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
