import json

import pandas as pd
import pyogrio
import pytest
import typer
from typer.testing import CliRunner

from commands.evidence_compare import compare
from geo.errors import BadInputError
from geo.review.looks import looks_by_kind
from geo.review.team_only import SENTENCE
from geo.review.workspace import Workspace
from layers.sample import open_sample
from tests.tinytown import council
from tests.tinytown.little import two_years

ONE = typer.Typer()
ONE.command()(compare)
POOLED = ("--earlier", "2022-23..2023-24", "--later", "2024-25", "--by", "ward")


@pytest.fixture(scope="module")
def root(_own_environment):
    return open_sample(today=council.TODAY).root


def run(root, *options):
    answer = CliRunner().invoke(ONE, ["--workspace", str(root), *map(str, options)])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_terminal_says_how_the_district_and_its_places_changed_and_how_sure_that_is(root):
    said = run(root, "--earlier", "2022-23", "--later", "2024-25", "--by", "ward")
    assert "The district, 2024-25 against 2022-23: from 531 to 465: 0.88 times as many" in said
    assert (
        "In 2 of 18 places with anybody a change is sure: growing 1, fading 1. In 16 there are too few to tell." in said
    )
    assert "Food banks began in April 2023: its 104 rows are left out." in said
    assert "For the housing team only" in said


def test_periods_of_different_length_are_compared_a_year_and_it_says_so(root):
    found = json.loads(run(root, *POOLED, "--json"))
    assert (found["per_year"], found["months"]) == (True, [24, 12])
    assert found["district"]["earlier_a_year"] == found["district"]["earlier"] / 2
    assert any("counts are compared a year" in sentence for sentence in found["sentences"])


@pytest.mark.parametrize("recorded", [(), ("--as-recorded",)])
def test_the_last_two_whole_years_by_cell_and_nobody_is_lost(root, recorded):
    found = json.loads(run(root, "--json", *recorded))
    assert (found["earlier"], found["later"], found["by"], found["resolution"]) == ("2023-24", "2024-25", "cell", 8)
    for at, side in enumerate(("earlier", "later")):
        lost = sum(both[at] for both in found["unmapped"].values())
        assert sum(place[side] for place in found["places"]) + lost == found["district"][side]


def test_the_files_say_the_same_in_excel_in_a_gis_and_in_a_browser(root, tmp_path):
    for ending in ("csv", "geojson", "html"):
        run(root, *POOLED, "--out", tmp_path / f"change.{ending}")
    table = pd.read_csv(tmp_path / "change.csv")
    drawn = pyogrio.read_dataframe(tmp_path / "change.geojson")
    assert set(table["audience"]) == {"team only"}
    assert drawn["later"].tolist() == table["later"].tolist()
    assert drawn.geometry.is_valid.all()
    page = (tmp_path / "change.html").read_text(encoding="utf-8")
    assert SENTENCE in page
    assert page.count("planner.fills(") == 3
    assert all(f"<td>{place.replace('&', '&amp;')}</td>" in page for place in table["place"])


def test_a_file_that_cannot_be_written_is_one_sentence(root, tmp_path):
    with pytest.raises(BadInputError, match=r"neither \.csv, \.geojson nor \.html"):
        run(root, *POOLED, "--out", tmp_path / "change.pdf")
    with pytest.raises(BadInputError, match=r"no folder for change\.html"):
        run(root, *POOLED, "--out", tmp_path / "nowhere" / "change.html")
    with pytest.raises(BadInputError, match="no year twice"):
        run(root, "--earlier", "2022-23..2023-24", "--later", "2023-24..2024-25")


def test_each_different_comparison_is_counted_as_a_look(tmp_path):
    workspace = council.make_council(tmp_path / "council")
    two_years(workspace)
    for options in ((), (), ("--as-recorded",)):
        run(workspace.root, "--by", "ward", *options)
    assert looks_by_kind(Workspace.open(workspace.root), "2024-25") == {
        "comparison by ward, as recorded": 1,
        "comparison by ward, like for like": 1,
    }
