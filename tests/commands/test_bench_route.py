"""`planner bench route` on a small published question, as a person and as a script use it."""

import json

from typer.testing import CliRunner

from commands.main import app
from geo.errors import BadInputError

FILE = """NAME : made
TYPE : OP
DIMENSION : 4
COST_LIMIT : 12
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 10 0
4 6 0
NODE_SCORE_SECTION
1 7
2 5
3 9
4 6
DEPOT_SECTION
1
-1
EOF
"""


def test_a_published_route_is_benched_and_its_depot_counts(tmp_path) -> None:
    file = tmp_path / "made.oplib"
    file.write_text(FILE)
    answer = CliRunner().invoke(app, ["bench", "route", str(file), "--limit", "5", "--json"])
    document = json.loads(answer.stdout)
    assert (document["score"], document["length"], document["length_limit"]) == (13, 12, 12)
    assert (document["bound"], document["proven"], document["route"]) == (13, True, [1, 4, 1])
    assert 0 <= document["seconds"] <= 5
    spoken = CliRunner().invoke(app, ["bench", "route", str(file)]).stdout
    assert "score 13, length 12 of 12, bound 13 (proven)" in spoken


def test_a_route_file_that_is_none_is_refused(tmp_path) -> None:
    (tmp_path / "pmed.txt").write_text("3 2 1\n1 2 5\n2 3 5")
    for name, sentence in (("pmed.txt", "expected an orienteering file"), ("none.oplib", "There is no file")):
        answer = CliRunner().invoke(app, ["bench", "route", str(tmp_path / name)])
        assert isinstance(answer.exception, BadInputError)
        assert sentence in str(answer.exception)
