"""Published orienteering files: every way they write distances, and how they are refused."""

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.walkabouts.routing.op_lib import read_op_lib
from geo.walkabouts.routing.route import plan_route

HEAD = "NAME : made\nCOMMENT : three in a row: a, b, c\nTYPE : OP\nDIMENSION : 3\nTSP_SOLUTION : 20\nCOST_LIMIT : 12\n"
POINTS = "EDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n3 1.0e1 0\n2 3 4.0\n"
TAIL = "NODE_SCORE_SECTION\n1 74\n2 15\n3 56\nDEPOT_SECTION\n 1\n -1\nEOF\n"


def _explicit(layout: str, numbers: str) -> str:
    return f"{HEAD}EDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: {layout} \nEDGE_WEIGHT_SECTION\n{numbers}\n{TAIL}"


def test_a_file_becomes_a_round_from_its_depot() -> None:
    published = read_op_lib(HEAD + POINTS + TAIL, name="made.oplib")
    question = published.question
    assert question.minutes.tolist() == [[0, 5, 10], [5, 0, 8], [10, 8, 0]]
    assert (question.start, question.end, question.limit_minutes) == (0, 0, 12)
    assert question.prizes.tolist() == [74, 15, 56]
    assert published.depot_score == 74
    assert plan_route(question).walks[0].stops == (1,)


@pytest.mark.parametrize(
    ("layout", "numbers"),
    [
        ("FULL_MATRIX", "0 5 10  5 0 8  10 8 0"),
        ("UPPER_ROW", "5 10\n8"),
        ("LOWER_ROW", "5 10 8"),
        ("UPPER_DIAG_ROW", "0 5 10 0 8 0"),
        ("LOWER_DIAG_ROW", "0 5\n0 10 8 0"),
    ],
)
def test_distances_given_one_by_one_are_laid_out_as_said(layout, numbers) -> None:
    question = read_op_lib(_explicit(layout, numbers), name="made.oplib").question
    assert question.minutes.tolist() == [[0, 5, 10], [5, 0, 8], [10, 8, 0]]


def test_a_full_matrix_may_differ_with_the_direction() -> None:
    question = read_op_lib(_explicit("FULL_MATRIX", "0 5 10  6 0 8  11 9 0"), name="made.oplib").question
    assert question.minutes[1, 0] == 6


@pytest.mark.parametrize(
    ("kind", "away"),
    [("EUC_2D", [1, 4]), ("CEIL_2D", [2, 5]), ("ATT", [1, 2]), ("GEO", [158, 500])],  # 3.2 is 3 degrees 20 minutes
)
def test_each_kind_rounds_as_the_tsplib_says(kind, away) -> None:
    points = f"EDGE_WEIGHT_TYPE: {kind}\nNODE_COORD_SECTION\n1 0 0\n2 1 1\n3 3 3.2\n"
    minutes = read_op_lib(HEAD + points + TAIL, name="made.oplib").question.minutes
    assert minutes[0, 1:].tolist() == away
    assert (minutes == minutes.T).all()
    assert (np.diag(minutes) == 0).all()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is of TYPE ''"),
        (HEAD.replace("OP", "TSP") + POINTS + TAIL, "is of TYPE 'TSP'"),
        (HEAD.replace("DIMENSION : 3", "DIMENSION : x") + POINTS + TAIL, "gives 'x' as DIMENSION"),
        (HEAD.replace("DIMENSION : 3", "DIMENSION : 4") + POINTS + TAIL, "holds 6 numbers; expected 2 for each of 4"),
        (HEAD.replace("COST_LIMIT : 12", "") + POINTS + TAIL, "gives '' as COST_LIMIT"),
        (HEAD.replace("LIMIT : 12", "LIMIT : nan") + POINTS + TAIL, "gives 'nan' as COST_LIMIT"),
        (HEAD + POINTS.replace("EUC_2D", "XRAY1") + TAIL, "measures by 'XRAY1'"),
        (HEAD + POINTS.replace("3 1.0e1", "2 1.0e1") + TAIL, "does not name each vertex from 1 to 3 once"),
        (HEAD + POINTS.replace("4.0", "four") + TAIL, "holds 'four', which is no number"),
        (HEAD + POINTS, "has no NODE_SCORE_SECTION"),
        (HEAD + POINTS + TAIL.replace(" 1\n -1", " 9\n -1"), "names no vertex from 1 to 3 first"),
        (_explicit("UPPER_COL", "5 10 8"), "writes its distances as 'UPPER_COL'"),
        (_explicit("UPPER_ROW", "5 10"), "holds 2 numbers; expected 3 as UPPER_ROW"),
        (_explicit("UPPER_ROW", "5 10 -8"), "holds a distance below 0"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(text, sentence) -> None:
    with pytest.raises(BadInputError) as refused:
        read_op_lib(text, name="made.oplib")
    assert sentence in str(refused.value)
    assert "made.oplib" in str(refused.value)
