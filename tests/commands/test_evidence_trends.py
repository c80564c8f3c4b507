import json

import pandas as pd
import pyogrio
import pytest
import typer
from typer.testing import CliRunner

from commands.evidence_trends import trends
from geo.errors import BadInputError, MissingDataError
from geo.review.trends import usual_years
from layers.sample import open_sample
from tests.tinytown import council

ONE = typer.Typer()
ONE.command()(trends)


@pytest.fixture(scope="module")
def root(_own_environment):
    return open_sample(today=council.TODAY).root


def run(root, *options):
    answer = CliRunner().invoke(ONE, ["--workspace", str(root), *map(str, options)])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_terminal_says_what_was_compared_who_was_left_out_and_what_changed(root):
    said = run(root, "--earlier", "2022-23", "--later", "2024-25", "--by", "ward")
    assert "From 2022-23 to 2024-25 (household episodes)" in said
    assert "The district: from 531 to 465: 0.88 times as many" in said
    assert "Food banks began in April 2023: its 104 rows are left out." in said
    assert "Growing." in said
    assert "Quarter by quarter: No lasting change" in said
    assert "For the housing team only" in said


def test_the_last_two_whole_years_are_compared_by_cell_unless_said_otherwise(root):
    found = json.loads(run(root, "--json"))
    assert (found["earlier"], found["later"], found["by"], found["resolution"]) == ("2023-24", "2024-25", "cell", 8)
    lost = sum(before for before, _ in found["unmapped"].values())
    assert sum(place["earlier"] for place in found["places"]) + lost == 571
    assert sum(found["rows"].values()) == 2115
    assert len(found["quarters"]) == 12


@pytest.mark.parametrize("by", ["district", "cell", "ward"])
def test_the_file_says_the_same_in_excel_and_in_a_gis(root, tmp_path, by):
    found = json.loads(run(root, "--by", by, "--json", "--out", tmp_path / "t.csv"))
    table = pd.read_csv(tmp_path / "t.csv", dtype={"unit": str})
    assert table["unit"].tolist() == [place["unit"] for place in found["places"]]
    assert {"place", "earlier", "later", "ratio", "low", "high", "p", "q", "trend", "ratio_to_rest"} <= set(table)
    assert "inf" not in (tmp_path / "t.csv").read_text(encoding="utf-8").lower()
    run(root, "--by", by, "--out", tmp_path / "t.geojson")
    drawn = pyogrio.read_dataframe(tmp_path / "t.geojson")
    assert drawn.crs.to_epsg() == 4326
    assert drawn.geometry.is_valid.all()
    assert drawn["later"].tolist() == table["later"].tolist()


def test_what_is_not_there_is_one_sentence(root, tmp_path):
    with pytest.raises(MissingDataError, match="has no LSOAs"):
        run(root, "--by", "lsoa")
    with pytest.raises(BadInputError, match="does not come before"):
        run(root, "--earlier", "2024-25", "--later", "2022-23")
    with pytest.raises(BadInputError, match="choose 7 or 8"):
        run(root, "--resolution", "9")
    empty = council.make_council(tmp_path / "empty")
    with pytest.raises(MissingDataError, match="no records yet"):
        usual_years(empty)
