"""A safe place goes in by every file there is; nothing of it comes to rest, and nobody can tell that it was there.

Three worlds are compared byte for byte. In the first a place is on the list and rows of every file lie at it; in the
second it is on the list and the same rows carry a postcode that is in no directory; in the third the list is empty.
"""

import json
import re
import struct

import pytest
from streamlit.testing.v1 import AppTest

from geo.errors import PlannerError
from geo.review.intake import take_in
from geo.review.safe_keeping import add_places, kept_list, read_places, rows_at_safe_places
from geo.schema import STATUSES
from tests.pages.conftest import _serve_as_the_planner_does
from tests.privacy.conftest import PROJECT, spellings
from tests.privacy.safe_worlds import (
    LAT,
    LON,
    NAME,
    OTHER,
    PLACE,
    POINT,
    UNKNOWN,
    exports,
    kept,
    layers,
    make_world,
    told,
    work,
)
from tests.tinytown.council import LIVE, TODAY, make_council

PUBLIC = ("gazetteer.parquet", "households.parquet")  # of every postcode of the district: a hole would tell
PAGES = ("start", "map", "referrals", "gaps", "hubs", "trends", "data")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("template") / "council").root


@pytest.fixture(scope="module")
def worlds(template, tmp_path_factory):
    """The same work done in each world."""
    made = {}
    for name, listed, stands in (("at", PLACE, PLACE), ("unknown", PLACE, UNKNOWN), ("empty", "", UNKNOWN)):
        made[name] = make_world(template, tmp_path_factory.mktemp(name), listed=listed, stands=stands)
        work(made[name])
    return made


@pytest.mark.parametrize("other", ["unknown", "empty"])
@pytest.mark.parametrize("seen", [told, exports, kept, layers])
def test_what_anybody_sees_is_the_same_to_the_byte(worlds, seen, other):
    assert seen(worlds["at"]) == seen(worlds[other])


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_is_the_same(worlds, page, monkeypatch):
    monkeypatch.setattr("pages.kit.session.user_name", lambda: OTHER)
    _serve_as_the_planner_does(monkeypatch)
    shown = {}
    for name, world in worlds.items():
        monkeypatch.setenv("PLANNER_WORKSPACE", str(world.folder / "council"))
        app = AppTest.from_file(PROJECT / "app.py", default_timeout=120).run()
        app = app if page == "start" else app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        shown[name] = on_screen(app, world)
    assert shown["at"] == shown["unknown"] == shown["empty"]
    assert hits(shown["at"].encode()) == []


def on_screen(app, world):
    """Everything a screen says and holds, but the folder's name and what is made from it, and folium's random names."""
    parts = [repr(element.proto) for element in app.main]
    tables = [element.value.to_csv() for element in app.dataframe]
    return re.sub(
        "[0-9a-f]{32}|planner view [0-9a-f]{12}", "", "\n".join([*parts, *tables]).replace(str(world.folder), "")
    )


def needles():
    texts = {
        one: f"{one!r}" for text in (PLACE, NAME, LAT, LON, str(POINT[0]), str(POINT[1])) for one in spellings(text)
    }
    numbers = [float(POINT[0]), float(POINT[1])]
    return texts | {struct.pack(order + "d", number): str(number) for order in "<>" for number in numbers}


def hits(content):
    return sorted(name for needle, name in needles().items() if needle in content)


def test_no_byte_of_it_is_in_any_output_log_error_database_or_file(worlds):
    world = worlds["at"]
    files = [
        path for path in world.folder.rglob("*") if path.is_file() and "in" not in path.relative_to(world.folder).parts
    ]
    assert len(files) > 15
    found = {path.name: hits(path.read_bytes()) for path in files if path.name not in PUBLIC}
    found |= {key: hits(text.encode()) for key, text in world.said.items() if "safe-places add" not in key}
    assert {name: what for name, what in found.items() if what} == {}
    assert NAME.encode() in (world.folder / "in" / "sites.csv").read_bytes()


def test_what_was_typed_is_not_repeated(worlds):
    (said,) = [text for key, text in worlds["at"].said.items() if "safe-places add" in key]
    assert hits(said.encode()) == []


def test_homes_and_postcodes_have_no_hole_there(worlds):
    council = worlds["at"].workspace
    compact = PLACE.replace(" ", "")
    assert compact in set(council.gazetteer().lookup([PLACE])["postcode"])
    assert compact in set(council.homes()["postcode"])
    assert len(council.homes()) == len(LIVE) - 1  # all but the one that is far away


def test_no_site_stands_there_and_the_ordinary_ones_do(worlds):
    sites = worlds["at"].workspace.sites()
    assert sorted(sites["name"]) == ["Bread", "High Street Surgery", "St Mary", "Village Hall"]


def test_its_rows_count_with_the_unknown_postcodes_and_no_row_is_lost(worlds):
    counts = worlds["at"].workspace.status_counts()
    assert counts["not_in_gazetteer"] == 7
    assert counts["withheld"] == 0
    assert set(counts) == set(STATUSES)
    assert sum(counts.values()) == len(worlds["at"].workspace.records())


def test_its_rows_carry_no_flag_cell_area_or_district(worlds):
    records = worlds["at"].workspace.records()
    hidden = records[records["status"] == "not_in_gazetteer"]
    assert not hidden[["terminated", "shared_point", "institution", "repaired"]].any().any()
    assert (hidden[["h3_7", "h3_8"]] == 0).all().all()
    assert (hidden[["ward", "lsoa", "area", "district"]] == "").all().all()


def test_the_two_officers_alone_can_count_its_rows_and_only_from_the_file(worlds):
    world = worlds["at"]
    found, _ = rows_at_safe_places(world.workspace, world.folder / "in" / "export.csv")
    assert found == 6
    assert kept_list(world.workspace).places == 1
    empty = worlds["empty"]
    assert rows_at_safe_places(empty.workspace, world.folder / "in" / "export.csv")[0] == 0


@pytest.mark.parametrize("name", ["refused.csv", "only.csv"])
def test_a_refused_file_gives_the_same_words_at_a_listed_place(worlds, name):
    said = []
    for world in worlds.values():
        with pytest.raises(PlannerError) as refused:
            take_in(world.workspace, world.folder / "in" / name, file_name=name, feed="Housing", today=TODAY)
        said.append(str(refused.value))
    assert len(set(said)) == 1
    assert hits(said[0].encode()) == []


def test_an_office_is_never_asked_of_the_list(template, tmp_path):
    """Typing a postcode as the office's gives the same ranking, whether it is listed or not."""
    answers = []
    for number, listed in enumerate((PLACE, "")):
        folder = tmp_path / str(number)
        world = make_world(template, folder, listed=listed, stands=UNKNOWN)
        council = world.workspace
        council.save_scenario(council.scenario.model_copy(update={"office_postcode": PLACE}))
        world.planner("add", "sites", "in/sites.csv")
        world.planner("add", "referrals", "in/export.csv", "--source", "Housing")
        world.planner("hubs", "rank", "--json")
        answers.append(list(told(world).values()))
    assert answers[0] == answers[1]
    assert json.loads(answers[0][-1])[0] == 0


def test_a_place_listed_later_takes_its_rows_with_the_next_export_and_not_before(template, tmp_path):
    world = make_world(template, tmp_path / "later", listed="", stands=PLACE)
    world.planner("add", "referrals", "in/export.csv", "--source", "Housing")
    before = world.workspace.status_counts()
    add_places(world.workspace, read_places(PLACE))
    assert world.workspace.status_counts() == before
    world.planner("add", "referrals", "in/export.csv", "--source", "Housing")
    after = world.workspace.status_counts()
    assert (before["located"] - after["located"], after["not_in_gazetteer"] - before["not_in_gazetteer"]) == (6, 6)


def test_the_search_would_find_a_leak():
    for text in (PLACE, NAME, LAT, str(POINT[0])):
        assert hits(b"\x00" + text.replace(" ", "").upper().encode("utf-16-le") + b"\x01")
    assert hits(struct.pack("<d", float(POINT[0])))
    assert not hits(b"ZZ1 2AA and Rosemary Road")


def test_the_worlds_would_show_a_difference(template, tmp_path):
    """Without the list the rows at the place are on the map, so the comparison above is of something."""
    world = make_world(template, tmp_path / "open", listed="", stands=PLACE)
    world.planner("add", "referrals", "in/export.csv", "--source", "Housing")
    world.planner("add", "sites", "in/sites.csv")
    assert world.workspace.status_counts()["not_in_gazetteer"] == 1
    assert NAME in set(world.workspace.sites()["name"])
