"""A safe place never enters the register; one that is listed later is gone from it as if it had never been there."""

import io
import sqlite3
from contextlib import closing
from datetime import date

import openpyxl
import pytest

from geo.errors import PlannerError
from geo.review.actions import ToDo, add_action, read_actions
from geo.review.decisions import Occasion, decide, read_decisions
from geo.review.register import register, registered_sites
from geo.review.register_edit import set_facts
from geo.review.register_import import take_in_register
from geo.review.register_liaison import LogEntry, add_to_log, read_log
from geo.review.register_new import NewSite, add_site
from geo.review.safe_keeping import add_places, read_places
from layers.register_directory import directory_csv, directory_html, directory_table
from layers.register_workbook import register_workbook
from tests.privacy.safe_worlds import NAME, PLACE, POINT, UNKNOWN, make_world
from tests.tinytown.council import TODAY, make_council

TABLES = ("site_entries", "site_changes", "site_log", "decisions", "action_changes")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("template") / "council").root


def world_of(template, folder, *, listed, stands):
    world = make_world(template, folder, listed=listed, stands=stands)
    world.planner("add", "sites", "in/sites.csv")
    return world


def tables(world):
    with closing(sqlite3.connect(world.folder / "council" / "planner.sqlite")) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}  # noqa: S608 - our own table names


def views(workspace):
    """Everything that anybody can be shown of the register, but the times at which a workbook was zipped."""
    book = openpyxl.load_workbook(io.BytesIO(register_workbook(workspace, today=TODAY)))
    cells = [
        (page.title, one.coordinate, one.value, one.comment and one.comment.text)
        for page in book
        for row in page
        for one in row
    ]
    listed = directory_table(register(workspace, today=TODAY))
    return (
        register(workspace, today=TODAY).to_csv(),
        registered_sites(workspace).to_csv(),
        read_log(workspace).to_csv(),
        read_decisions(workspace),
        read_actions(workspace),
        cells,
        directory_csv(listed),
        directory_html(workspace, listed, today=TODAY),
    )


def attempts(world, stands):
    """Every way in by which somebody could name the place; gives what was said."""
    said = []
    council = world.workspace
    hall = "Village Hall"
    book = openpyxl.load_workbook(io.BytesIO(register_workbook(council, today=TODAY)))
    page = book["Sites"]
    for column, text in {2: NAME, 3: "Other site", 4: stands}.items():
        page.cell(page.max_row + (column == 2), column).value = text
    page.cell(2, page.max_column + 1).value = f"behind {stands}" if stands == PLACE else "a women's refuge"
    page.cell(1, page.max_column).value = "Access"
    out = io.BytesIO()
    book.save(out)
    text = f"the back door is at {stands}" if stands == PLACE else "next to the women's refuge"
    ways = (
        lambda: add_site(council, NewSite(NAME, "other", stands), today=TODAY),
        lambda: set_facts(council, hall, {"notes": text}, today=TODAY).changes,
        lambda: set_facts(council, hall, {"comment:cost": text}, today=TODAY).changes,
        lambda: add_to_log(council, LogEntry(hall, TODAY, "JS", "clerk", text, "idea"), today=TODAY),
        lambda: decide(council, verdict="chosen", sites=[hall], why=text, evidence_digest="", occasion=Occasion(TODAY)),
        lambda: add_action(council, ToDo(text, "JS", TODAY)),
        lambda: take_in_register(council, out.getvalue(), today=TODAY).sentences(),
    )
    for way in ways:
        try:
            said.append(str(way()))
        except PlannerError as error:
            said.append(str(error))
    world.planner("sites", "set", NAME, "category=other", f"postcode={stands}", "--new")
    world.planner("sites", "show", NAME)
    return said


def test_no_way_in_tells_a_listed_place_from_one_that_nobody_can_find(template, tmp_path):
    at = world_of(template, tmp_path / "at", listed=PLACE, stands=PLACE)
    nobody = world_of(template, tmp_path / "nobody", listed="", stands=UNKNOWN)
    said = attempts(at, PLACE), attempts(nobody, UNKNOWN)
    assert said[0] == said[1]
    assert not any(PLACE in text or NAME in text for text in said[0])
    codes = [[text.split(", ")[0] for text in world.said.values()][-2:] for world in (at, nobody)]
    assert codes[0] == codes[1] == ["[2", "[2"]
    assert all(rows == [] for rows in tables(at).values())
    assert views(at.workspace) == views(nobody.workspace)


def test_a_point_that_an_officer_gave_is_kept_clear_of_too(template, tmp_path):
    world = world_of(template, tmp_path / "w", listed="", stands=UNKNOWN)
    add_places(world.workspace, read_places(f"ZZ1 1AD, {641_000}, {421_010}"))  # beside the point of ZZ1 1AB
    with pytest.raises(PlannerError, match="not for publication"):
        add_site(world.workspace, NewSite("Barn", "other", "ZZ1 1AB"), today=TODAY)


def live(council, *, with_place):
    """A year of work; with the place in it, or without."""
    log = [("Village Hall", "Asked for a room"), ("St Mary", "Saw the room")]
    set_facts(council, "Village Hall", {"cost": "free"}, today=TODAY)
    if with_place:
        add_site(council, NewSite(NAME, "other", PLACE, {"comment:cost": "Jo: ask"}), today=TODAY)
        set_facts(council, NAME, {"capacity": "12"}, today=TODAY)
        set_facts(council, "St Mary", {"comment:name": f"Next to {NAME}"}, today=TODAY)
        log = [log[0], (NAME, "Met them"), log[1], ("St Mary", f"They know {NAME} well")]
    for site, about in log:
        add_to_log(council, LogEntry(site, date(2025, 5, 1), "JS", "clerk", about, "agreed"), today=TODAY)
    for sites, supersedes in decided(with_place=with_place):
        occasion = Occasion(TODAY, "JS", "", supersedes)
        decide(council, verdict="chosen", sites=sites, why="Near", evidence_digest="d", occasion=occasion)
    last = len(read_decisions(council))
    if with_place:
        add_action(council, ToDo("Ring them", "JS", TODAY, 2, NAME))
    add_action(council, ToDo("Ring the hall", "JS", TODAY, last, "Village Hall"))


def decided(*, with_place):
    if not with_place:
        return [(["St Mary"], 0), (["Village Hall"], 0), (["St Mary"], 2)]
    return [(["St Mary"], 0), ([NAME], 0), (["Village Hall", NAME], 0), (["St Mary"], 3)]


def test_a_place_that_is_listed_later_is_gone_as_if_it_had_never_been_there(template, tmp_path):
    had = world_of(template, tmp_path / "had", listed="", stands=UNKNOWN)
    never = world_of(template, tmp_path / "never", listed="", stands=UNKNOWN)
    live(had.workspace, with_place=True)
    live(never.workspace, with_place=False)
    assert NAME in set(registered_sites(had.workspace)["name"])
    for world in (had, never):
        add_places(world.workspace, read_places(f"{PLACE}, {POINT[0]}, {POINT[1]}"))
    assert tables(had) == tables(never)
    assert views(had.workspace) == views(never.workspace)
    files = [path.read_bytes() for path in (had.folder / "council").rglob("*") if path.is_file()]
    assert not any(NAME.encode() in content for content in files)
    assert read_decisions(had.workspace)[2].supersedes == 2


def test_the_register_goes_on_growing_after_that(template, tmp_path):
    world = world_of(template, tmp_path / "w", listed="", stands=UNKNOWN)
    live(world.workspace, with_place=True)
    add_places(world.workspace, read_places(PLACE))
    set_facts(world.workspace, "Village Hall", {"cost": "10 pounds"}, today=TODAY)
    assert tables(world)["site_changes"][-1][:5] == (
        2,
        tables(world)["site_changes"][-1][1],
        "cost",
        "free",
        "10 pounds",
    )
    with pytest.raises(PlannerError), world.workspace.store.noting() as connection:
        connection.execute("DELETE FROM site_changes")  # the register only grows again


def test_a_site_of_a_file_takes_its_register_entry_with_it(template, tmp_path):
    world = world_of(template, tmp_path / "w", listed="", stands=PLACE)
    set_facts(world.workspace, "Village Hall", {"cost": "free"}, today=TODAY)
    add_places(world.workspace, read_places("ZZ1 1AA"))
    assert all(rows == [] for rows in tables(world).values())
    assert "Village Hall" not in set(registered_sites(world.workspace)["name"])


def test_another_hall_stays_when_one_of_a_common_name_goes(template, tmp_path):
    world = world_of(template, tmp_path / "w", listed="", stands=UNKNOWN)
    council = world.workspace
    add_site(council, NewSite("North Village Hall", "village_hall", "ZZ1 1AB"), today=TODAY)
    entry = LogEntry("North Village Hall", TODAY, "JS", "clerk", "Saw North Village Hall", "visited")
    add_to_log(council, entry, today=TODAY)
    add_places(council, read_places("ZZ1 1AA"))
    assert read_log(council)["about"].tolist() == ["Saw North Village Hall"]


def test_listing_a_place_that_was_never_entered_writes_nothing(template, tmp_path):
    world = world_of(template, tmp_path / "w", listed="", stands=UNKNOWN)
    live(world.workspace, with_place=False)
    before = world.workspace.fingerprint(), tables(world)
    add_places(world.workspace, read_places("ZZ1 1AD"))
    assert (world.workspace.fingerprint(), tables(world)) == before


def test_a_place_can_be_listed_before_there_is_any_site(template, tmp_path):
    world = make_world(template, tmp_path / "w", listed=PLACE, stands=PLACE)
    add_action(world.workspace, ToDo("Add the halls", "JS", TODAY))
    add_places(world.workspace, read_places("ZZ1 1AD"))
    assert len(read_actions(world.workspace)) == 1
