"""What is given out of a release: files and a map that hold the published numbers and nothing else."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from geo.disclosure.gate import show
from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
from geo.review.releases import given_out
from geo.review.workspace import Workspace
from layers.release_files import all_notes, release_csv, release_geojson, release_table
from layers.releases import HIDDEN, classes_for, legend_entries, release_html, release_map
from layers.style import Fill
from tests.geo.disclosure.tables import draft as suppressed
from tests.tinytown.council import boundary, edition, make_council, wards
from tests.tinytown.giving import fill, give_out

PUBLIC = rule_for("public", HOUSE_DEFAULT)
INTERNAL = ("complementary", "few_homes", "kept_by_the_council", "may_be_nought")


def make(tmp_path, counts, *, names=("W1", "W2"), audience="public"):
    council = make_council(tmp_path / "Tinytown")
    council.save_areas("wards", wards().assign(name=list(names)), edition("wards"))
    fill(council, counts)
    return give_out(Workspace.open(council.root), audience=audience)


def files(release):
    """Every file a reader can get, as text."""
    page = release_html(release, boundary=boundary()).decode()
    named = re.sub(r"map_[0-9a-f]{32}", "map", page)  # folium calls every map by a name of its own
    digests = re.sub(r"'sha256-[^']+'", "digest", named)
    return release_csv(release).decode("utf-8-sig"), release_geojson(release).decode(), digests


@pytest.fixture
def release(tmp_path):
    return make(tmp_path, {"W1": 21, "W2": 5, "nowhere": 19})


def test_every_table_ends_with_its_total_and_tells_who_is_not_on_the_map(release):
    table = release_table(release)
    assert table["Area"].tolist() == ["W1", "W2", "Not counted by area", "Total"]
    assert table["Clients"].tolist() == ["20", "c", "20", "45"]
    assert table["Percent of the total"].tolist() == ["44", "", "44", "100"]


def test_every_file_says_the_rule_the_share_not_on_the_map_and_its_sources(release):
    credited = replace(release, editions=(edition().model_copy(update={"attribution": "Contains OS data (c)"}),))
    for text in files(credited):
        assert "from 1 to 7" in text
        assert "rounded to the nearest 5" in text
        assert "20 (44 % of all)" in text
        assert "All clients: 45" in text
        assert "For the public; given out on 1 June 2025" in text
        assert "Contains OS data (c)" in text


def test_two_districts_that_differ_only_in_a_hidden_count_have_the_same_files(tmp_path):
    few = files(make(tmp_path / "a", {"W1": 21, "W2": 3, "nowhere": 20}))
    more = files(make(tmp_path / "b", {"W1": 22, "W2": 4, "nowhere": 19}))
    assert few == more


def test_no_exact_count_and_no_reason_for_hiding_one_is_in_any_file(tmp_path):
    shown = make(tmp_path, {"W1": 1_937, "W2": 6, "nowhere": 2_113})
    assert release_table(shown)["Clients"].tolist() == ["1,935", "c", "2,115", "4,055"]
    for text in files(shown):
        plain = text.replace(",", "")
        assert not re.search(r"(?<!\d)(1937|2113|4056)(?!\d)", plain)
        assert not any(word in text for word in INTERNAL)
        assert shown.digest not in text


def test_a_count_hidden_for_lack_of_homes_is_in_no_file(tmp_path):
    council = make_council(tmp_path / "Tinytown")
    council.save_scenario(council.scenario.model_copy(update={"homes_per_postcode": 10.0}))
    fill(council, {"W1": 1_937, "W2": 1_793, "nowhere": 2_113})
    hidden = give_out(council)
    assert "c" in release_table(hidden)["Clients"].tolist()[:2]
    for text in files(hidden):
        assert not re.search(r"(?<!\d)(1937|1793)(?!\d)", text.replace(",", ""))


def test_the_digest_and_the_reasons_stay_with_the_council(release):
    assert release.published.figures[-1].why == "few"
    assert {"code", "name", "shown", "count", "percent"} == set(given_out(release).table.columns)


def test_geojson_gives_a_hidden_count_as_text(release):
    found = json.loads(release_geojson(release))
    rows = {one["properties"]["code"]: one["properties"] for one in found["features"]}
    assert rows["W1"] == {"code": "W1", "name": "W1", "clients": "20", "percent_of_total": "44"}
    assert rows["W2"] == {"code": "W2", "name": "W2", "clients": "c", "percent_of_total": ""}
    assert (found["about"]["total"], found["about"]["not_on_the_map"]) == ("45", "20")
    assert found["about"]["notes"] == all_notes(release)


def test_the_name_of_an_area_runs_nothing(tmp_path):
    named = make(tmp_path, {"W1": 30, "W2": 20, "nowhere": 10}, names=("=cmd()", "<script>x</script>{{ 7*7 }}"))
    text, _, page = files(named)
    assert "'=cmd()" in text
    assert "<script>x" not in page
    assert "{{ 7*7" not in page.split("<script>")[-1]


def test_an_area_whose_count_is_hidden_is_hatched_and_says_c(release):
    drawn = release_map(release, boundary=boundary()).get_root().render()
    data = json.loads(re.search(r"planner\.fills\(\w+, (\{.*?\})\);", drawn)[1])
    assert data["facts"][1]["words"] == ["20", "c"]
    looks = [data["styles"][index] for index in data["classes"]]
    assert [bool(look["hatch"]) for look in looks] == [False, True]
    assert looks[1] == HIDDEN.options()


@pytest.mark.parametrize("most", [10, 30, 120, 480, 1_500, 12_000])
def test_classes_hold_only_numbers_that_can_be_published(most):
    gated = show(suppressed([most, 9, 3, 0]))
    classes = classes_for(gated, PUBLIC)
    entries = legend_entries(gated, classes, rule=PUBLIC)
    assert classes.lows[0] == 10
    assert all(low % 5 == 0 for low in classes.lows)
    assert len(classes.looks) == len(classes.lows) + 1
    assert [entry.label for entry in entries][0 :: len(entries) - 1] == ["0", "c: hidden"]
    assert all(isinstance(entry.look, Fill) for entry in entries)


def test_a_table_without_any_number_has_classes_all_the_same():
    gated = show(suppressed([3, 2, 1]))
    assert classes_for(gated, PUBLIC).lows[0] == 10


def test_what_a_class_is_called_is_what_can_stand_in_it():
    gated = show(suppressed([45, 20, 12]))
    labels = [entry.label for entry in legend_entries(gated, classes_for(gated, PUBLIC), rule=PUBLIC)]
    assert labels == ["0", "10", "15", "20 to 25", "30 to 35", "40 or more", "c: hidden"]


def test_an_agreement_is_drawn_in_exact_classes_and_says_not_to_pass_it_on(tmp_path):
    agreed = make(tmp_path, {"W1": 21, "W2": 5, "nowhere": 19}, audience="agreement")
    assert release_table(agreed)["Clients"].tolist() == ["21", "5", "19", "45"]
    assert "not to be passed on" in files(agreed)[0]
    labels = [
        entry.label
        for entry in legend_entries(
            given_out(agreed), classes_for(given_out(agreed), agreed.published.rule), rule=agreed.published.rule
        )
    ]
    assert "c: hidden" not in labels


def test_a_map_asks_nobody_outside(release):
    page = release_html(release, boundary=boundary()).decode()
    assert "default-src 'none'" in page
    without_scripts = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "<script>" not in without_scripts
    assert not re.search(r"https?://", without_scripts)
    assert pd.Series(all_notes(release)).map(lambda note: note in page.replace("&#x27;", "'")).all()
