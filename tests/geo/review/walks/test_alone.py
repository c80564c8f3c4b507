"""Many visits outside any walkabout: recorded all or none, and each once."""

import shutil

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.walks.alone import record_visits_alone
from geo.review.walks.reading import read_visits, visits_standing
from geo.review.workspace import Workspace
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, visit


@pytest.fixture
def council(council):
    return signed(council)


@pytest.fixture(scope="module")
def untouched(council_template, tmp_path_factory):
    """One council for all that is refused: nothing is ever kept in it."""
    return Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("untouched") / "w"))


def test_answers_of_a_year_are_recorded_in_one_step_under_one_line_of_the_audit_log(council) -> None:
    lines = len(read_audit(council.store))
    visits = [visit("21:00", square=SQUARES[2]), visit(**COUNTED), visit("07:10", day="2025-05-12")]
    assert record_visits_alone(council, visits, who=" J  S ", now=NOW) == 3
    kept = visits_standing(council)
    assert [(one.walk, one.square, one.found, one.who) for one in kept] == [
        (0, SQUARES[1], 3, "J S"),
        (0, SQUARES[2], 0, "J S"),
        (0, SQUARES[1], 0, "J S"),
    ]
    (line,) = read_audit(council.store)[lines:]
    assert (line.what, line.detail, line.who) == ("walk", "visits recorded: 3", "jo")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (visit("21:00", minutes=-5), "Visit 2 of the list: it ends before it begins"),
        (visit("21:00", day="2025-06-02"), "Visit 2 of the list: it is in the future"),
        (visit("21:00", stop=3), "it has no stop"),
        (visit(), "at that moment is on record already, or there twice"),
    ],
)
def test_one_that_cannot_be_right_refuses_all(untouched, wrong, said) -> None:
    with pytest.raises(BadInputError, match=said):
        record_visits_alone(untouched, [visit(), wrong], who="JS", now=NOW)
    assert read_visits(untouched) == ()


def test_what_is_on_record_is_not_recorded_again(council) -> None:
    record_visits_alone(council, [visit()], who="JS", now=NOW)
    with pytest.raises(BadInputError, match="Nothing was kept"):
        record_visits_alone(council, [visit("22:00"), visit()], who="JS", now=NOW)
    assert len(read_visits(council)) == 1
