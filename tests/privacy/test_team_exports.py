"""Every file of exact counts says inside itself that it is for the team only, and what is given out does not."""

import ast
import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from typer.testing import CliRunner

from commands.files import write_table
from commands.main import app
from geo.review.audit_csv import audit_csv
from geo.review.team_only import COLUMN, SENTENCE, TEAM_ONLY, WHOM, team_geojson, team_name, team_table, with_sources
from layers.sample import open_sample
from layers.standalone import standalone_html
from pages.kit import geojson
from pages.kit.tables import csv_download, team_download, to_csv
from tests.layers.drawn import full_map
from tests.pages.conftest import TODAY

PROJECT = Path(__file__).resolve().parents[2]
# Files that say themselves whom they are for, or hold no count of clients; every other one is a `team_download`.
OWN_WORDS = {
    "shared_releases.py": "a release: its notes say to whom it was given out",
    "releases.py": "the same",
    "audit.py": "the DPIA's facts",
    "programme_view.py": "the programme: says team or partners in name, title and notes; its calendar has no numbers",
    "monitor_hubs.py": "hubs held: say so in name and notes; the empty file to fill in holds nothing",
    "sites_files.py": "the register and its directory: no count of clients",
    "review_show.py": "a pack: its files say in name and text whether they are for the team",
    "presets.py": "names of columns: no count of clients",
    "walk_rota_files.py": "the rota: no place in it; its calendar names a recipient, purpose and expiry",
    "walk_record_files.py": "the empty file to fill in; the phone's form: a recipient, an expiry, streets",
    "walk_reports_forms.py": "the empty file to fill in",
    "walk_plan_view.py": "a plan of a walk: marked row by row, and in name",
    "walk_plan_card.py": "the walk card: a recipient, a purpose, an expiry, streets and times",
    "walk_where_view.py": "the GIS file: marked row by row, and in name",
    "walk_snapshot_plan.py": "papers of the count: say for whom they are; the GIS file is marked row by row",
    "walk_snapshot_result.py": "the result sheet: says for whom it is, and that it holds totals only",
}
WRITES_ITSELF = {
    "files.py": "`write_table`: marks what it writes",
    "release.py": "a release, as above",
    "dpia.py": "the DPIA's facts",
    "audit.py": "`audit_csv`: marked",
    "sites.py": "the register and its directory, as above",
    "monitor_hubs.py": "hubs held: `hubs_csv` and `hubs_xlsx` say it; the empty template holds nothing",
    "hubs_programme.py": "the programme, as above; its tables go through `write_table`",
    "evidence_compare.py": "a page of three maps, which says so as every map does; its tables go through `write_table`",
    "evidence_calibrate.py": "simulated districts: no count of clients",
    "pack_out.py": "a pack, as above",
    "aggregate.py": "a partner's own counts, which say whether they are exact and under which agreement",
    "walkabouts_reports.py": "the empty file to fill in",
    "walkabouts_form.py": "the phone's form, as above",
    "walkabouts_visits.py": "`visits_csv`: marked; the empty file to fill in",
} | dict.fromkeys(
    ("build.py", "embedded.py", "licences.py", "own.py", "sums.py"), "the planner's own program, in a folder to carry"
)
MEDIA = {"download_button", "image", "audio", "video", "pyplot", "logo", "pdf"}
SQUARE = gpd.GeoDataFrame({"name": ["Square"]}, geometry=[shapely.box(-1.6, 51.1, -1.3, 51.3)], crs="EPSG:4326")
ROWS = pd.DataFrame({"place": ["=1+1", "Hall"], "count": [3, 4]})
POINTS = gpd.GeoSeries([shapely.Point(-1.5, 51.2), shapely.Point(-1.4, 51.3)], crs="EPSG:4326")


def _calls(folder: str, names: set[str]) -> dict[str, set[str]]:
    """Find which files of a folder call something by one of these names."""
    found = {}
    for path in sorted((PROJECT / folder).rglob("*.py")):
        calls = [
            node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        called = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
        if called & names:
            found[path.name] = called & names
    return found


def test_every_file_of_a_screen_goes_through_the_one_place_that_marks_it() -> None:
    assert set(_calls("pages", {"Download"})) - {"tables.py"} == set(OWN_WORDS)


def test_every_file_of_a_command_goes_through_the_one_place_that_marks_it() -> None:
    writing = {"write_bytes", "write_text", "to_file", "to_csv", "to_excel", "keep_report", "write_dpia"}
    assert set(_calls("commands", writing)) == set(WRITES_ITSELF)


def test_no_screen_lays_a_file_under_an_address() -> None:
    """Streamlit serves those to whoever knows or guesses the name, whether signed in or not."""
    assert _calls("pages", MEDIA) == {"programme_view.py": {"image"}}  # an SVG, which Streamlit writes into the page


@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_what_a_command_writes_says_so(tmp_path, ending) -> None:
    out = tmp_path / f"hot.{ending}"
    write_table(ROWS, POINTS, out)
    text = out.read_text(encoding="utf-8")
    if ending == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert [row[COLUMN] for row in rows] == [TEAM_ONLY] * 2
        assert [row["count"] for row in rows] == ["3", "4"]
    else:
        assert json.loads(text)[COLUMN] == TEAM_ONLY
        assert len(pyogrio.read_dataframe(out)) == 2
        assert pyogrio.read_info(out)["layer_metadata"]["DESCRIPTION"] == SENTENCE


def test_what_a_screen_offers_says_so_in_its_name_and_inside() -> None:
    offered = csv_download(ROWS, name="rates")
    assert offered.file_name == "rates-team-only.csv"
    assert offered.make() == to_csv(ROWS)
    assert pd.read_csv(pd.io.common.BytesIO(to_csv(ROWS)))[COLUMN].tolist() == [TEAM_ONLY] * 2
    made = json.loads(geojson.shapes(ROWS, POINTS))
    assert (made[COLUMN], made["description"], len(made["features"])) == (TEAM_ONLY, SENTENCE, 2)
    assert team_download("x", "map.html", bytes).file_name == team_name("map.html") == "map-team-only.html"


def test_a_map_says_whom_it_is_for_and_the_team_unless_it_is_told_another() -> None:
    page = standalone_html(full_map(SQUARE))
    assert f"(for {WHOM})</title>" in page
    assert SENTENCE in page
    given = standalone_html(full_map(SQUARE), whom="partners")
    assert "(for partners)</title>" in given
    assert "For partners." in given
    assert "team only" not in given


def test_the_audit_log_says_so_even_without_a_line() -> None:
    assert audit_csv([]).decode("utf-8-sig").strip().endswith(COLUMN)


def test_the_table_and_the_features_themselves_are_not_changed() -> None:
    before = ROWS.copy()
    assert team_table(ROWS).drop(columns=COLUMN).equals(ROWS)
    assert ROWS.equals(before)
    bare = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": None}]}
    assert json.loads(team_geojson(json.dumps(bare)))["features"] == bare["features"]


@pytest.mark.parametrize(
    "words",
    [["cells"], ["evidence", "rates"], ["evidence", "repeats"], ["evidence", "missing"], ["hubs", "rank"]],
    ids=" ".join,
)
def test_a_command_of_the_sample_district_writes_it(tmp_path, words) -> None:
    out = tmp_path / "out.csv"
    workspace = str(open_sample(today=TODAY).root)
    answer = CliRunner().invoke(app, [*words, "--workspace", workspace, "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    assert set(pd.read_csv(out)[COLUMN]) == {TEAM_ONLY}


def test_a_file_for_a_gis_carries_the_lines_that_licences_ask_for(tmp_path) -> None:
    write_table(ROWS, POINTS, tmp_path / "hot.geojson", sources=["(c) OpenStreetMap contributors, ODbL", ""])
    made = json.loads((tmp_path / "hot.geojson").read_text(encoding="utf-8"))
    assert made["attribution"] == ["(c) OpenStreetMap contributors, ODbL"]
    assert (made[COLUMN], len(pyogrio.read_dataframe(tmp_path / "hot.geojson"))) == (TEAM_ONLY, 2)
    assert with_sources(b"a,b\r\n", ["(c) X"]) == b"a,b\r\n"
