"""A rota as a calendar, a workbook and a page: each is opened by a second reader."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time

import icalendar
import openpyxl
import pytest
import vobject

from geo.walkabouts.rota.plan import plan_rota
from layers.walks.rota_grid import rota_grid
from layers.walks.rota_ics import RotaIssue, rota_ics
from layers.walks.rota_sheet import rota_html
from layers.walks.rota_xlsx import rota_xlsx
from tests.geo.walkabouts.rotas import ALL, POLICE, TODAY, YEAR, ask

MADE = datetime(2026, 3, 20, 12, tzinfo=UTC)
NASTY = "=cmd|'/c calc'!A1, <script>alert(1)</script>; Söhne \\ & co"
ISSUE = RotaIssue("abc", 1, MADE, 3)


@pytest.fixture(scope="module")
def rota():
    agencies = (*ALL[:1], replace(POLICE, name=NASTY), *ALL[2:])
    return plan_rota(ask((TODAY, YEAR[1]), agencies, reports=tuple(TODAY for _ in range(7))))


def _events(rota, issue=ISSUE):
    return list(vobject.readOne(rota_ics(rota, issue, district="Tinytown").decode()).vevent_list)


def test_the_calendar_is_read_by_a_second_reader_at_the_same_local_times(rota) -> None:
    events = _events(rota)
    assert len(events) == len(rota.walks)
    for event, walk in zip(events, rota.walks, strict=True):
        begins, ends = event.dtstart.value, event.dtend.value
        assert (begins.replace(tzinfo=None), ends.replace(tzinfo=None)) == (
            walk.begins.replace(tzinfo=None),
            walk.ends.replace(tzinfo=None),
        )
        summer = "2026-03-29" < walk.day.isoformat() < "2026-10-25"
        assert begins.utcoffset().total_seconds() == (3600 if summer else 0)
        assert event.uid.value == f"{walk.day.isoformat()}-walk@abc.hotspot-planner"
        assert event.summary.value == f"Walkabout, {walk.band}"


def test_the_calendar_names_whom_it_is_for_what_for_and_until_when(rota) -> None:
    said = _events(rota, replace(ISSUE, recipient="Hampshire Police"))[0].description.value
    assert "For: Hampshire Police." in said
    assert "Purpose: to walk along" in said
    last = rota.walks[0].day.toordinal() + 3
    assert f"Use until {date.fromordinal(last).day} " in said
    assert NASTY in _events(rota)[0].description.value


def test_the_calendar_never_says_why_there_is_a_walk_or_what_was_reported(rota) -> None:
    assert any(walk.reason == "stepped up" for walk in rota.walks)
    raw = rota_ics(rota, ISSUE, district="Tinytown").decode().lower()
    for word in ("stepped", "report", "summer", "seed", "quarter", "explor"):
        assert word not in raw.replace("\r\n ", "")


def test_a_meeting_point_is_told_on_its_day_alone(rota) -> None:
    meeting = {rota.walks[0].day: "Bus station, High Street"}
    events = _events(rota, replace(ISSUE, meeting=meeting))
    assert events[0].location.value == "Bus station, High Street"
    assert not any(hasattr(event, "location") for event in events[1:])


def test_a_later_issue_updates_a_day_and_cancels_a_day_that_is_no_more(rota) -> None:
    fewer = replace(rota, walks=rota.walks[1:])
    first, later = _events(rota), _events(fewer, replace(ISSUE, version=2, dropped=rota.walks[:1]))
    assert {event.uid.value for event in first} == {event.uid.value for event in later}
    assert {event.sequence.value for event in later} == {"2"}
    cancelled = [event.uid.value for event in later if event.status.value == "CANCELLED"]
    assert cancelled == [first[0].uid.value]


def test_a_walk_that_lacks_somebody_is_tentative() -> None:
    alone = plan_rota(ask(agencies=()))
    assert {event.status.value for event in _events(alone)} == {"TENTATIVE"}
    assert "the council's outreach team" in _events(alone)[0].description.value


def test_lines_are_folded_and_the_same_issue_is_written_the_same_way(rota) -> None:
    raw = rota_ics(rota, ISSUE, district="S")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw == rota_ics(rota, ISSUE, district="S")
    assert all(str(event["class"]) == "CONFIDENTIAL" for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def test_the_workbook_holds_days_and_times_and_nothing_that_runs(rota) -> None:
    raw = rota_xlsx(rota, district="Tinytown", state="A proposal: not settled yet.")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Rota", "Coverage", "Notes"]
    head, *rows = book["Rota"].iter_rows(values_only=True)
    table = [dict(zip(head, row, strict=True)) for row in rows]
    for row, walk in zip(table, rota.walks, strict=True):
        assert row["Date"].date() == walk.day
        assert row["From"] == time(walk.begins.hour, walk.begins.minute)
    alone = plan_rota(ask(agencies=(replace(POLICE, name=NASTY),)))
    cells = openpyxl.load_workbook(io.BytesIO(rota_xlsx(alone, district="T", state="")))["Rota"]
    assert "'" + NASTY in {cell.value for row in cells for cell in row}
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets
    notes = [row[0] for row in book["Notes"].iter_rows(values_only=True)]
    assert notes[1].startswith("For the housing team only")
    assert len(list(book["Coverage"].iter_rows())) == 22


def test_the_page_names_every_walk_and_asks_no_host_for_anything(rota) -> None:
    page = rota_html(rota, district="Tinytown", state="A proposal: not settled yet.")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "For the housing team only" in page
    for walk in rota.walks:
        assert f"{walk.day:%A} {walk.day.day} {walk.day:%B %Y}, {walk.begins:%H:%M} to {walk.ends:%H:%M}" in page


def test_the_grid_has_each_walk_once_in_weeks_or_months_and_marks_what_lacks() -> None:
    quarter, year, alone = plan_rota(ask()), plan_rota(ask(YEAR)), plan_rota(ask(agencies=()))
    for rota, rows in ((quarter, 14), (year, 12)):
        grid = rota_grid(rota)
        assert grid.count('<th scope="row">') == rows
        assert grid.count('class="walk"') == len(rota.walks)
    assert rota_grid(alone).count('class="walk unmet"') == len(alone.walks)
