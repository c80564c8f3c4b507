"""`planner sites same`: the pairs, an answer, what was answered, and taking it back; `planner add sites` with a map."""

import json

import pytest

from geo.review.register import registered_sites
from tests.commands.typed import planner
from tests.geo.review.twins import BANK, LIBRARY, MAPPED, fill
from tests.layers.osm_town import NODES, osm_xml
from tests.tinytown.council import make_council


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("same") / "Tinytown")
    fill(council)
    return council


def same(town, *arguments, code=0):
    return planner("sites", "same", *arguments, "--workspace", town.root, code=code)


def test_pairs_are_listed_answered_and_taken_back(town) -> None:
    first = same(town, "list").splitlines()[0]
    assert first.startswith(f"probably same place: Tinytown Library [{LIBRARY}] and Tinytown Public Library [{MAPPED}]")
    said = same(town, "confirm", MAPPED, "Tinytown Library", "--who", "JS")
    assert said == f"Kept: {LIBRARY} and {MAPPED}: same place.\n"
    roof = json.loads(same(town, "confirm", BANK, LIBRARY, "--as", "one-roof", "--json"))
    assert roof["answer"] == "one roof"
    assert len(registered_sites(town)) == 2
    answered = json.loads(same(town, "list", "--answered", "--json"))["answers"]
    assert {(one["first"], one["second"], one["answer"]) for one in answered} == {
        (LIBRARY, MAPPED, "same place"),
        (BANK, LIBRARY, "one roof"),
    }
    assert "(JS" in same(town, "list", "--answered")
    shown = planner("sites", "show", MAPPED, "--workspace", town.root)
    assert "Services under one roof: Library; Food bank" in shown
    same(town, "undo", BANK, LIBRARY)
    assert json.loads(same(town, "undo", LIBRARY, MAPPED, "--json"))["was"] == "same place"
    assert registered_sites(town).equals(town.sites())


def test_an_answer_that_was_not_given_cannot_be_taken_back(town) -> None:
    assert "nothing to take back" in same(town, "undo", BANK, "St Mary", code=2)


def test_a_map_far_from_the_district_changes_nothing(town, tmp_path) -> None:
    (tmp_path / "town.osm").write_bytes(osm_xml({1: NODES[1]}, {}, {}))
    told = planner("add", "sites", tmp_path / "town.osm", "--workspace", town.root, code=2)
    assert "nothing was changed" in told
