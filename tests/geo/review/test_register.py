"""The site register: facts over files, sites of one's own, who changed what, what is due, what two people wrote."""

import sqlite3
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review.audit import read_audit, verify_audit
from geo.review.register import history_of, registered_sites
from geo.review.register_edit import CellEdit, edit_sites
from geo.review.register_fields import read_fact
from geo.review.register_liaison import liaison_of, read_log
from geo.review.register_new import NewSite, add_site
from geo.review.register_words import CATEGORY, LABEL
from geo.schema import REGISTER, SITE_CATEGORIES, SITES
from layers.community_sites import category_of
from layers.marks import MARKS
from tests.geo.review.registers import CHURCH, FILE, HALL, id_of, load, rows, signed, speak, write
from tests.tinytown.council import TODAY

UNIFORM = "1 row was left out: no usable place, or not for publication. Nothing was kept."


@pytest.fixture
def town(council):
    load(council)
    return signed(council)


def test_without_a_word_of_the_register_its_sites_are_those_of_the_files(town):
    assert registered_sites(town).equals(town.sites())
    assert rows(town)["status"].tolist() == ["", ""]
    assert not rows(town)["due"].any()


def test_a_workspace_without_any_site_has_an_empty_register(council):
    SITES.validate(registered_sites(council))
    REGISTER.validate(rows(council).reset_index()[list(REGISTER.columns)])
    assert liaison_of(council) == {}
    assert history_of(council).empty


def test_what_an_officer_found_out_goes_before_what_the_file_says(town):
    write(town, HALL, capacity="40", step_free="no", services="Citizens Advice, food bank", host_role="Bookings clerk")
    site = registered_sites(town).set_index("name").loc[HALL]
    assert (site["capacity"], site["step_free"], site["opening_hours"]) == (40, False, "Mo-Fr 09:00-17:00")
    row = rows(town).loc[HALL]
    assert (row["services"], row["host_role"], row["entered"]) == ("Citizens Advice; food bank", "Bookings clerk", True)
    assert town.sites().set_index("name").loc[HALL, "capacity"] == 60  # the file stays as it is


def test_emptying_a_cell_goes_back_to_what_the_file_says(town):
    write(town, HALL, capacity="40")
    write(town, HALL, capacity="")
    assert rows(town).loc[HALL, "capacity"] == 60
    with pytest.raises(BadInputError, match="comes from its file"):
        write(town, HALL, capacity="")


def test_every_change_says_who_what_and_when(town):
    write(town, HALL, capacity="40")
    write(signed(town, "sam"), HALL, capacity="45")
    history = history_of(town)
    assert history[["field", "was", "became", "who", "at"]].to_numpy().tolist() == [
        ["capacity", "60", "40", "jo", "2025-06-01T09:00:00+00:00"],
        ["capacity", "40", "45", "sam", "2025-06-01T09:00:00+00:00"],
    ]
    lines = [(line.what, line.detail) for line in read_audit(town.store)][-2:]
    assert lines == [("site register", "facts changed: 1, sites: 1")] * 2
    assert verify_audit(town.store).whole


@pytest.mark.parametrize("table", ["site_entries", "site_changes", "site_log", "decisions", "action_changes"])
def test_no_line_can_be_changed_or_removed(town, table):
    write(town, HALL, capacity="40")
    speak(town, HALL)
    with town.store.noting() as connection:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        if table in {"decisions", "action_changes"}:
            marks = ", ".join(["1", *["''"] * (len(names) - 1)])
            connection.execute(f"INSERT INTO {table} VALUES ({marks})")  # noqa: S608 - our own table names
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {names[-1]} = 'x'"):  # noqa: S608 - our own names
        with pytest.raises(WorkspaceError), town.store.noting() as connection:
            connection.execute(statement)
    if table != "site_entries":
        with pytest.raises(WorkspaceError), town.store.noting() as connection:
            connection.execute(f"INSERT INTO {table} (number) VALUES (77)")  # noqa: S608 - our own table names


def test_a_site_that_leaves_its_file_stays_known_and_is_no_candidate(town):
    write(town, CHURCH, cost="free")
    speak(town, CHURCH, status="agreed")
    load(town, FILE.replace("St Mary,church,ZZ1 2AA,,,\n", ""))
    row = rows(town).loc[CHURCH]
    assert (row["gone"], row["cost"], row["status"]) == ("no longer in the list of community sites", "free", "agreed")
    assert not row["due"]
    assert CHURCH not in set(registered_sites(town)["name"])
    load(town)
    assert rows(town).loc[CHURCH, "gone"] == ""
    assert rows(town).loc[CHURCH, "cost"] == "free"


def test_a_site_nobody_noted_anything_on_leaves_with_its_file(town):
    load(town, FILE.replace("St Mary,church,ZZ1 2AA,,,\n", ""))
    assert list(rows(town).index) == [HALL]


def test_a_refreshed_file_does_not_undo_what_was_found_out(town):
    write(town, HALL, capacity="40", notes="Two steps")
    load(town, FILE.replace(",60,yes", ",80,no"))
    row = rows(town).loc[HALL]
    assert (row["capacity"], row["notes"], row["step_free"]) == (40, "Two steps", False)


def test_a_site_of_the_councils_own_is_a_candidate_and_can_be_moved(town):
    site = add_site(town, NewSite("RAF flat", "military", "zz1 1ab", {"capacity": "12"}), today=TODAY)
    placed = registered_sites(town).set_index("site_id").loc[site]
    assert (placed.geometry.x, placed.geometry.y, placed["inside"]) == (641_000, 421_000, True)
    assert (placed["category"], placed["capacity"], placed["postcode"]) == ("military", 12, "ZZ1 1AB")
    write(town, "RAF flat", postcode="ZZ1 1AD")
    moved = registered_sites(town).set_index("site_id").loc[site]
    assert (moved.geometry.x, moved["postcode"]) == (641_500, "ZZ1 1AD")
    assert "easting" not in set(history_of(town)["field"])


def test_the_postcode_of_a_files_site_is_mended_in_its_file(town):
    with pytest.raises(BadInputError, match="is mended there"):
        write(town, HALL, postcode="ZZ1 1AB")


def test_a_site_that_is_known_already_is_not_entered_twice(town):
    with pytest.raises(BadInputError, match="is known already"):
        add_site(town, NewSite("harbour  hall", "village_hall", "ZZ11AA"), today=TODAY)


@pytest.mark.parametrize("postcode", ["ZZ7 7QX", "ZZ1 8AA", "nonsense", ""])
def test_a_postcode_without_a_place_is_refused_in_the_uniform_words(town, postcode):
    with pytest.raises(BadInputError) as refused:
        add_site(town, NewSite("Barn", "other", postcode), today=TODAY)
    assert str(refused.value) == UNIFORM


def test_a_site_far_away_is_refused(town):
    near = town.scenario.model_copy(update={"nearby_km": 1.0})
    town.save_scenario(near)
    with pytest.raises(BadInputError, match="more than 1 km from the district"):
        add_site(town, NewSite("Barn", "other", "ZZ2 1AA"), today=TODAY)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("capacity", "lots", "whole number"),
        ("capacity", "-3", "whole number"),
        ("step_free", "perhaps", "neither yes nor no"),
        ("category", "bandstand", "expected one of"),
        ("checked", "2025-06-02", "not one to come"),
        ("checked", "soon", "is a day"),
        ("host_role", "jane@hall.org", "is a role"),
        ("host_role", "Clerk 01264 368000", "is a role"),
        ("host_role", "Mrs Smith", "is a role"),
        ("notes", "x" * 501, "Shorten it"),
        ("colour", "red", "no fact of a site"),
        ("name", "", "cannot be empty"),
    ],
)
def test_what_cannot_be_a_fact_is_refused_and_nothing_is_changed(town, field, text, said):
    with pytest.raises(BadInputError, match=said) as refused:
        write(town, HALL, **{field: text})
    assert not text or text not in str(refused.value)
    assert history_of(town).empty


def test_two_officers_who_write_the_same_cell_are_told(town):
    site = id_of(town, HALL)
    write(signed(town, "sam"), HALL, capacity="45")
    done = edit_sites(town, [CellEdit(site, "capacity", "60", "40"), CellEdit(site, "cost", "", "free")], today=TODAY)
    assert [one.field for one in done.changes] == ["cost"]  # what nobody else touched is kept
    (sentence,) = done.conflicts
    assert "changed by sam" in sentence
    assert "'45' now" in sentence
    assert "your '40'" in sentence  # nothing is lost: it can be written again
    assert rows(town).loc[HALL, "capacity"] == 45


def test_two_officers_who_write_the_same_into_a_cell_agree(town):
    site = id_of(town, HALL)
    write(signed(town, "sam"), HALL, capacity="40")
    done = edit_sites(town, [CellEdit(site, "capacity", "60", "40")], today=TODAY)
    assert (done.changes, done.conflicts) == ((), ())


def test_a_slip_keeps_no_other_cell_from_being_written(town):
    site = id_of(town, HALL)
    edits = [CellEdit(site, "capacity", "60", "many"), CellEdit(site, "cost", "", "free")]
    done = edit_sites(town, edits, today=TODAY)
    assert [one.field for one in done.changes] == ["cost"]
    assert "whole number" in done.refused[0]


@pytest.mark.parametrize(
    ("checked", "due"), [("", True), ("2024-05-31", True), ("2024-06-01", False), ("2025-05-31", False)]
)
def test_a_site_is_due_when_its_last_check_is_over_twelve_months_ago_or_never_was(town, checked, due):
    write(town, HALL, cost="free", **({"checked": checked} if checked else {}))
    assert rows(town, today=date(2025, 6, 1)).loc[HALL, "due"] == due


def test_a_site_that_refused_is_not_due(town):
    speak(town, HALL, status="refused")
    assert not rows(town).loc[HALL, "due"]


def test_how_a_site_stands_is_what_the_entry_of_the_latest_day_says(town):
    speak(town, HALL, day="2025-05-20", status="agreed")
    speak(town, HALL, day="2025-04-01", status="visited", about="Written down late")
    assert liaison_of(town) == {id_of(town, HALL): "agreed"}
    assert rows(town).loc[HALL, "status_day"] == "2025-05-20"
    speak(town, HALL, day="2025-05-20", status="ended", about="On the same day")
    assert liaison_of(town) == {id_of(town, HALL): "ended"}
    assert read_log(town)["number"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": "2025-06-02"}, "day to come"),
        ({"status": "friendly"}, "expected one of"),
        ({"about": " "}, "says what about"),
        ({"who": ""}, "says who spoke"),
        ({"with_whom": "Mr Jones"}, "is a role"),
        ({"with_whom": "clerk@hall.org"}, "is a role"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(town, change, said):
    with pytest.raises(BadInputError, match=said):
        speak(town, HALL, **change)
    assert read_log(town).empty


def test_a_site_that_is_not_there_is_told_so_and_a_name_of_two_needs_the_id(town):
    with pytest.raises(BadInputError, match="There is no such site"):
        speak(town, "Atlantis")
    add_site(town, NewSite("St Mary", "other", "ZZ1 1AB"), today=TODAY)
    with pytest.raises(BadInputError, match="2 sites have that name"):
        speak(town, CHURCH)


def test_without_the_key_nothing_is_written_and_all_can_be_read(town, monkeypatch):
    write(town, HALL, cost="free")
    monkeypatch.delenv("PLANNER_KEY")
    with pytest.raises(MissingDataError):
        write(town, HALL, cost="10 pounds")
    assert rows(town).loc[HALL, "cost"] == "free"


def test_a_change_makes_caches_stale_and_a_talk_does_not(town):
    before = town.fingerprint()
    speak(town, HALL)
    assert town.fingerprint() == before
    write(town, HALL, capacity="40")
    assert town.fingerprint() != before


def test_the_labels_are_those_of_the_map_and_special_places_have_categories_of_their_own():
    assert {code: mark.label for code, mark in MARKS.items()} == CATEGORY
    assert set(CATEGORY) == set(SITE_CATEGORIES)
    words = ("RAF station", "Army barracks", "school", "sixth form college", "Jobcentre Plus", "CAB", "military base")
    found = [category_of(text) for text in words]
    assert found == ["military", "military", *["school_or_college"] * 2, "jobcentre", "citizens_advice", "military"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(sorted(set(LABEL) - {"postcode"})), text=st.text(max_size=40))
def test_reading_a_fact_twice_is_reading_it_once(field, text):
    try:
        once = read_fact(field, text, today=TODAY)
    except BadInputError:
        return
    assert read_fact(field, once, today=TODAY) == once


def test_the_database_takes_no_half_written_register(town, monkeypatch):
    def fail(*_, **__):
        message = "disk I/O error"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr("geo.review.register_edit.append_line", fail)
    with pytest.raises(WorkspaceError):
        write(town, HALL, capacity="40")
    monkeypatch.undo()
    assert history_of(town).empty
    assert not rows(town).loc[HALL, "entered"]
