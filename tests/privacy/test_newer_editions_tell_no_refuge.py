"""A newer file marks a place as a refuge: nothing says any more that it was ever there, nor that one is missing."""

import struct
import zipfile
from datetime import date

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from geo.review.changes import changes_since
from geo.review.decisions import Occasion, decide
from geo.review.former import former_edition, former_path
from geo.review.register import register
from geo.review.register_liaison import LogEntry, add_to_log
from tests.pages.conftest import _serve_as_the_planner_does
from tests.privacy.conftest import PROJECT, spellings
from tests.privacy.refuge_worlds import (
    ELSEWHERE,
    ID,
    LOOKS,
    LOST,
    NODE,
    PLAIN,
    SHORT,
    Way,
    add,
    look,
    make_world,
    own,
    ways,
)
from tests.privacy.safe_worlds import LAT, LON, NAME, PLACE, POINT, layers, told
from tests.tinytown.council import TODAY, make_council

WAYS = ("words", "renamed", "noted", "list", "osm tags", "osm private", "osm another thing")
PUBLIC = ("gazetteer.parquet",)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("template") / "council").root


@pytest.fixture(scope="module")
def worlds(template, tmp_path_factory):
    """Each way in a world of its own: the place was known, visited and chosen before the newer file came."""
    found = {}
    for name, way in ways(tmp_path_factory.mktemp("osm")).items():
        world = make_world(template, tmp_path_factory.mktemp("world"), way)
        assert add(world, way, way.first) == 0
        write_of_it(world.workspace)
        world.said.clear()
        assert add(world, way, way.second) == 0
        look(world, LOOKS if name in {"words", "osm tags"} else SHORT)
        found[name] = world
    return found


def write_of_it(council):
    add_to_log(council, LogEntry(NAME, date(2025, 5, 2), "JS", "clerk", "A room on Tuesdays", "agreed"), today=TODAY)
    occasion = Occasion(date(2025, 5, 2), "JS")
    decide(council, verdict="chosen", sites=[NAME], why="Many live near.", evidence_digest="", occasion=occasion)


def needles():
    numbers = [float(one) for one in (*POINT, *ELSEWHERE, float(LON), float(LAT))]
    texts = [PLACE, NAME, ID, f"n{NODE}", LAT, LON, *(str(one) for one in (*POINT, *ELSEWHERE))]
    found = {one for text in texts for one in spellings(text)}
    return found | {struct.pack(order + "d", number) for order in "<>" for number in numbers}


def hits(content):
    return sorted(str(needle) for needle in needles() if needle in content)


def unpacked(path):
    """What a compressed file says."""
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist()).encode()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    return b""


@pytest.mark.parametrize("way", WAYS)
def test_no_output_file_or_database_holds_its_name_postcode_id_or_point(worlds, way) -> None:
    world = worlds[way]
    files = [path for path in world.folder.rglob("*") if path.is_file() and path.parent.name != "in"]
    assert former_path(world.workspace.root, "osm_sites" if way.startswith("osm") else "sites") in files
    found = {path.name: hits(path.read_bytes() + unpacked(path)) for path in files if path.name not in PUBLIC}
    found |= {key: hits(text.encode()) for key, text in world.said.items()}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("way", WAYS)
def test_both_editions_have_as_many_sites_and_the_report_says_that_none_is_gone(worlds, way) -> None:
    council = worlds[way].workspace
    changed = changes_since(council)
    (one,) = changed.sets
    assert changed.urgent == ()
    assert (one.before.rows, one.now.rows, one.sites) == (4, 4, ())
    assert one.sentences() == (
        "Nothing changed among the places that are kept.",
        "Of the new list 1 row was left out: no usable place, or not for publication.",
    )
    assert "1 row was left out: no usable place, or not for publication." in one.before.note
    assert len(register(council, today=TODAY)) == 4


def test_the_data_page_says_nothing_of_it(worlds, monkeypatch) -> None:
    _serve_as_the_planner_does(monkeypatch)
    monkeypatch.setenv("PLANNER_WORKSPACE", str(worlds["words"].folder / "council"))
    app = AppTest.from_file(PROJECT / "app.py", default_timeout=120).run().switch_page("pages/data.py").run()
    assert not app.exception
    shown = "\n".join([*(repr(one.proto) for one in app.main), *(one.value.to_csv() for one in app.dataframe)])
    assert "Nothing changed among the places that are kept." in shown
    assert hits(shown.encode()) == []


def test_a_place_without_a_usable_place_and_a_refuge_are_told_alike_to_the_byte(template, tmp_path) -> None:
    seen = []
    for number, second in enumerate((f"{PLAIN}a women's refuge", LOST)):
        way = Way(own(PLAIN), own(second))
        world = make_world(template, tmp_path / str(number), way)
        add(world, way, way.first)
        add(world, way, way.second)
        look(world, LOOKS)
        former = former_path(world.workspace.root, "sites").read_bytes()
        seen.append((told_without_clock(world), layers(world), former))
    assert seen[0] == seen[1]


def told_without_clock(world):
    return {key: text for key, text in told(world).items() if "planner audit" not in key}


def test_a_place_that_left_the_list_earlier_goes_from_the_register_once_a_file_marks_it(template, tmp_path) -> None:
    way = Way(own(PLAIN), own(f"{PLAIN}a women's refuge"))
    world = make_world(template, tmp_path / "w", way)
    add(world, way, way.first)
    write_of_it(world.workspace)
    add(world, way, own(""))
    assert changes_since(world.workspace).urgent[0].startswith(f"{NAME}: gone.")
    assert NAME in set(register(world.workspace, today=TODAY)["name"])
    add(world, way, way.second)
    assert NAME not in set(register(world.workspace, today=TODAY)["name"])
    assert hits((world.workspace.root / "planner.sqlite").read_bytes()) == []


def test_a_site_that_is_really_gone_is_told_by_name_and_neighbours_stay(template, tmp_path) -> None:
    way = Way(own(PLAIN), b"")
    world = make_world(template, tmp_path / "w", way)
    beside = f"S9,Corner Shop,other,{PLACE},{POINT[0] + 5},{POINT[1]},\n"
    kept = f"S1,Village Hall,village hall,ZZ1 1AA,640500,420500,\n{beside}"
    add(world, way, own(PLAIN, kept + "S3,Mill Hall,village hall,ZZ1 1AB,641000,421000,\n"))
    add(world, way, own(f"{PLAIN}a women's refuge", kept))
    (one,) = changes_since(world.workspace).sets
    assert [site.sentence for site in one.sites] == ["Mill Hall: gone."]
    assert former_edition(world.workspace.root, "sites").rows == 3
    assert "Corner Shop" in set(world.workspace.sites()["name"])


def test_the_search_would_find_a_leak(worlds) -> None:
    assert hits(f"x{NAME}x".encode())
    assert hits(f"sites:{ID}".encode())
    assert (worlds["words"].folder / "in" / "own.csv").read_bytes().count(NAME.encode()) == 1
