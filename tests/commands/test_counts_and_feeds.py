"""A partner counts its own file, the council takes the counts in, and keeps an eye on every feed: by commands."""

import json

import pytest
import shapely
from typer.testing import CliRunner

from commands import aggregate, counts, feeds, shared
from commands.main import app
from geo.errors import BadInputError
from tests.geo.review.counting import FEED, agree, lines
from tests.tinytown.council import TODAY, export, make_council, wards
from tests.tinytown.giving import fill


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A partner's machine: its own file, the council's wards and gazetteer; and the council's workspace."""
    folder = tmp_path_factory.mktemp("partner")
    council = make_council(folder / "w")
    fill(council, {"W1": 12, "W2": 30})
    agree(council)
    rows = lines({"W1": 40, "W2": 15, "nowhere": 9})
    (folder / "own.csv").write_bytes(export(*rows))
    wards().to_file(folder / "wards.geojson", driver="GeoJSON")
    return folder


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    for module in (aggregate, counts, feeds, shared):
        monkeypatch.setattr(module, "today", lambda: TODAY)


def run(folder, *words, workspace=True):
    named = ["--workspace", str(folder / "w")] if workspace else []
    answer = CliRunner().invoke(app, [*map(str, words), *named], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def count(folder, out, *more):
    named = ["--source", FEED, "--gazetteer", folder / "w" / "gazetteer.parquet", "--wards", folder / "wards.geojson"]
    return run(folder, "aggregate", folder / "own.csv", *named, "--out", folder / out, *more, workspace=False)


def test_a_partner_counts_and_the_council_takes_it_in_and_lays_it_beside_its_own(folder):
    said = count(folder, "counts.json")
    assert "Counts of 1 to 7 are hidden" in said
    assert "ZZ1" not in (folder / "counts.json").read_text(encoding="utf-8")
    assert "Checked only" in run(folder, "add", "counts", folder / "counts.json", "--source", FEED, "--check-only")
    assert "Kept:" in run(folder, "add", "counts", folder / "counts.json", "--source", FEED, "--who", "JS")

    listed = run(folder, "cells", "--counts-of", "food bank")
    assert "not added to the council's households" in listed
    sent = json.loads(run(folder, "cells", "--counts-of", FEED, "--json"))["counts_of"][0]
    assert {one["code"]: one["count"] for one in sent["areas"]} == {"W1": "40", "W2": "15", "": "10"}

    both = json.loads(run(folder, "evidence", "beside", "--feed", FEED, "--json"))
    assert [(one["code"], one["partner"], one["council"]) for one in both["areas"]] == [
        ("W1", "40", 12),
        ("W2", "15", 30),
    ]
    assert "Written to beside.csv" in run(folder, "evidence", "beside", "--feed", FEED, "--out", folder / "beside.csv")


def test_exact_counts_go_out_as_files_that_say_whose_they_are(folder):
    assert "Exact counts under the agreement DSA 12" in count(folder, "exact.json", "--agreement", "DSA 12")
    assert "Kept:" in run(folder, "add", "counts", folder / "exact.json", "--source", FEED)
    run(folder, "cells", "--counts-of", FEED, "--out", folder / "sent.geojson")
    drawn = json.loads((folder / "sent.geojson").read_text(encoding="utf-8"))
    assert drawn["audience"] == "team only"
    told = {one["properties"]["code"]: one["properties"] for one in drawn["features"]}
    assert {code: one["shown"] for code, one in told.items()} == {"W1": "40", "W2": "15"}
    assert {one["kind"] for one in told.values()} == {"exact"}
    assert all(shapely.geometry.shape(one["geometry"]).area > 0 for one in drawn["features"])
    run(folder, "cells", "--counts-of", FEED, "--out", folder / "sent.csv")
    assert (folder / "sent.csv").read_text(encoding="utf-8").count("team only") == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--by", "street"], "--by ward or res7"),
        (["--per", "week"], "--per year or quarter"),
        (["--out", "counts.csv"], "no .json"),
    ],
)
def test_an_option_that_cannot_be_used_is_a_sentence(folder, more, said):
    with pytest.raises(BadInputError, match=said):
        count(folder, "other.json", *more)


def test_options_of_the_councils_own_counts_are_refused_with_a_partners(folder):
    with pytest.raises(BadInputError, match="--source cannot be used with --counts-of"):
        run(folder, "cells", "--counts-of", FEED, "--source", "Housing")


def test_feeds_are_set_listed_and_reminded_of(folder):
    run(folder, "feeds", "set", "Housing", "--owner", "Housing options team", "--role", "Processor", "--due-days", "10")
    listed = json.loads(run(folder, "feeds", "list", "--json"))["feeds"]
    housing = next(one for one in listed if one["feed"] == "Housing")
    assert (housing["role"], housing["due"], housing["state"]) == ("processor", "2025-04-10", "received")
    assert housing["last_quarter"]["placed"] == 1.0
    assert "Housing options team (processor)." in run(folder, "feeds", "list")
    assert f"{FEED}: say who owns it and when it is due." in run(folder, "feeds", "remind")
    with pytest.raises(BadInputError, match="--role owner is none"):
        run(folder, "feeds", "set", "Housing", "--owner", "Housing team", "--role", "owner")
