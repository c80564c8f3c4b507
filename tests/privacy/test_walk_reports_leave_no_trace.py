"""What a file of reports says of a person is nowhere afterwards, and no way in tells a listed place from another."""

import json
import shutil
import sqlite3
from contextlib import closing

import openpyxl
import pytest

from commands.main import app  # noqa: F401 - the command line is loaded before a world runs it
from geo.review.walks.reports_file import COLUMNS
from tests.privacy.safe_worlds import LAT, LON, PLACE, make_world
from tests.tinytown.council import make_council

MARKER = "Zebedee Quillfeather"  # a person, and what somebody said of them
ROWS = (
    ("R1", "14/05/2024 22:10", "14/05/2024 23:00", LAT, LON, "2", f"{MARKER} with a dog"),
    ("R2", "15/05/2024 05:40", "", "", "", "1", MARKER),  # no place: refused
    ("R3", "15/05/2024", "", LAT, LON, "1", MARKER),  # no time: refused
)
EVERY = dict.fromkeys(COLUMNS, "") | {
    "source": "StreetLink",
    "seen_date": "17/05/2024",
    "seen_time": "21:00",
    "received_date": "18/05/2024",
    "latitude": LAT,
    "longitude": LON,
    "people": "1",
}
"""A good row by the names of our own columns."""
HEADINGS = ("Alert ID", "Date seen", "Date received", "Latitude", "Longitude", "People", "Description")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("template") / "council").root


def _world(template, folder, *, listed):
    folder.mkdir()
    world = make_world(template, folder, listed=listed, stands=PLACE)
    text = "\n".join(",".join(row) for row in (HEADINGS, *ROWS))
    (folder / "in" / "reports.csv").write_text(text, encoding="utf-8")
    (folder / "in" / "every.csv").write_text(_every_column(), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append([cell.replace("R", "X") if cell in {"R1", "R2", "R3"} else cell for cell in row])
    book.save(folder / "in" / "reports.xlsx")
    return world


def _every_column():
    """A row for each column in which it alone tells of a person, and a last one where every column does."""
    rows = [{**EVERY, "reference": f"E{number}", name: MARKER} for number, name in enumerate(COLUMNS)]
    town = {**EVERY, "latitude": "", "longitude": "", "source": MARKER, "town": MARKER, "reference": MARKER}
    rows += [town, dict.fromkeys(COLUMNS, MARKER)]
    lines = [[*row.values(), MARKER] for row in rows]
    return "\n".join(",".join(cells) for cells in ([*COLUMNS, "notes"], *lines))


def _attempts(world):
    """Every way in by which somebody could name the place."""
    for more in (("--dry-run",), ()):
        world.planner("walkabouts", "import", "in/every.csv", "--source", "StreetLink", "--json", *more)
    point = ("--latitude", LAT, "--longitude", LON)
    for source in ("in/reports.csv", "in/reports.xlsx"):
        for more in (("--dry-run",), (), ("--dry-run",)):
            world.planner("walkabouts", "import", source, "--source", "StreetLink", "--who", "JS", "--json", *more)
    said = ("--seen", "16/05/2024 21:00", "--source", "Outreach", "--who", "JS", "--json")
    world.planner("walkabouts", "report", *said, *point)
    world.planner("walkabouts", "report", *said, *point)
    world.planner("walkabouts", "report", *said, "--postcode", PLACE, "--supersedes", "3")
    world.planner("walkabouts", "report", *said, "--town", "Tinytown", "--kind", "intelligence")
    world.planner("walkabouts", "withdraw-report", "1", "--who", "JS")


def _rows(world):
    with closing(sqlite3.connect(world.folder / "council" / "planner.sqlite")) as connection:
        table = connection.execute("SELECT square, street, located, kind, seen, received, people FROM walk_reports")
        return table.fetchall()


@pytest.fixture(scope="module")
def worlds(template, tmp_path_factory):
    root = tmp_path_factory.mktemp("worlds")
    listed, plain = (_world(template, root / name, listed=place) for name, place in (("at", PLACE), ("not", "")))
    for world in (listed, plain):
        _attempts(world)
    return listed, plain


def test_nothing_of_a_description_is_in_any_file_or_any_word(worlds) -> None:
    for world in worlds:
        shutil.rmtree(world.folder / "in")
        assert MARKER not in json.dumps(world.said)
        files = [path for path in world.folder.rglob("*") if path.is_file()]
        assert any(path.name == "planner.sqlite" for path in files)
        for word in (MARKER, *MARKER.split()):
            assert not [path.name for path in files if word.encode() in path.read_bytes()]
            assert not [path.name for path in files if word.encode("utf-16-le") in path.read_bytes()]


def test_the_column_is_named_and_the_rows_add_up(worlds) -> None:
    said = [text for name, text in worlds[0].said.items() if "reports.csv" in str(name)]
    document = json.loads(json.loads(said[0])[1])
    assert document["columns_not_read"] == ["Description"]
    assert (document["rows"], document["new"], len(document["refused"])) == (3, 1, 2)


def test_a_description_in_a_column_of_ours_is_dropped_or_the_row_is_refused(worlds) -> None:
    said = [json.loads(json.loads(text)[1]) for name, text in worlds[0].said.items() if "every.csv" in name]
    dropped = {"reference", "source", "postcode", "street", "town"}  # the coordinates say where
    assert [(one["rows"], one["new"], len(one["refused"])) for one in said] == [(18, len(dropped), 13)] * 2
    assert all("a source that is not known here, which was let go" in " ".join(one["notes"]) for one in said)


def test_what_is_said_of_a_listed_place_is_what_is_said_of_any_other(worlds) -> None:
    listed, plain = worlds
    assert list(listed.said.values()) == list(plain.said.values())
    assert len(listed.said) == 13


def test_a_listed_place_is_kept_as_a_town_is_and_its_square_is_nowhere(worlds) -> None:
    listed, plain = worlds
    assert {row[:3] for row in _rows(listed)} == {("", "", "district only")}
    assert [row[3:] for row in _rows(listed)] == [row[3:] for row in _rows(plain)]
    square = next(row[0] for row in _rows(plain) if row[0])
    database = (listed.folder / "council" / "planner.sqlite").read_bytes()
    assert square.encode() not in database
    assert square.encode() in (plain.folder / "council" / "planner.sqlite").read_bytes() + b"".join(
        path.read_bytes() for path in (plain.folder / "council").glob("planner.sqlite-wal")
    )
