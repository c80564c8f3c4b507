"""A year's programme printed, as a calendar and as a workbook: each is opened by a second reader."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser

import icalendar
import openpyxl
import pytest
import vobject

from geo.hubs.programme import Partner, plan_year, sheet_of
from layers.programme import programme_html
from layers.programme_ics import Issue, programme_ics
from layers.programme_months import year_svg
from layers.programme_xlsx import programme_xlsx
from tests.geo.hubs.programme.years import TODAY, YEAR, hosts_of, inputs, options

MADE = datetime(2026, 4, 1, 12, tzinfo=UTC)
NASTY = "=cmd|'/c calc'!A1, <script>alert(1)</script>; Hällchen & Söhne \"St Mary's\" \u202e"
PEOPLE = re.compile(r"\b(?:40|30|20|10|100)\b")


def plan(hubs=1):
    given = inputs(hours=["Mo-Fr 09:00-17:00", "", "Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"])
    hosts = hosts_of([one.text for one in given.hosts.hours], ["Town", "Village", "Hamlet", "Port"])
    hosts.table.loc[0, "name"] = NASTY
    hosts.table.loc[1, "notes"] = "ask the clerk"
    partners = (Partner("Food, bank; \\ & co", ("Tue", "Wed", "Thu")), Partner("Nurses", ("Mon",)))
    changed = given.__class__(given.need, hosts, given.areas, partners, 4)
    return sheet_of(plan_year(changed, year=YEAR, options=options(hubs_a_quarter=hubs), today=TODAY))


@pytest.fixture(scope="module")
def sheet():
    return plan()


class Reader(HTMLParser):
    """Collects the cells of every row, and everything that could fetch or run."""

    def __init__(self):
        super().__init__()
        self.rows, self.asks, self._cell = [], [], None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self._cell = []
        if tag in {"script", "link", "img", "iframe", "object"} or any(name in {"src", "href"} for name, _ in attrs):
            self.asks.append(tag)

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self._cell is not None:
            self.rows[-1].append("".join(self._cell))
            self._cell = None


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_printed_year_names_every_hub_and_asks_no_host_for_anything(sheet):
    page = programme_html(sheet, district="Saltmarsh", state="A proposal: not settled yet.")
    found = read(page)
    assert found.asks == []
    hubs = [row for row in found.rows if row and row[0] in {"1", "2", "3", "4"}]
    assert len(hubs) == 4
    assert any(NASTY in row[2] for row in hubs)
    asked = next(row for row in hubs if "Hall B" in row[2])
    assert "hours not recorded: ask the host" in asked[4]
    assert "ask the clerk" in asked[4]
    assert sum(int(row[6]) for row in hubs) == 100
    assert "For the housing team only" in page
    assert "default-src 'none'" in page


def test_what_partners_are_given_holds_no_number_of_clients(sheet):
    page = programme_html(sheet, district="Saltmarsh", audience="partners")
    rows = [row for row in read(page).rows if row and row[0] in {"1", "2", "3", "4"}]
    assert [len(row) for row in rows] == [5] * 4
    said = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page, flags=re.DOTALL)
    assert "household" not in said
    assert "client" not in said
    assert "cannot: Nurses" in said


def test_the_picture_of_the_year_is_well_formed_and_says_its_days_in_words(sheet):
    root = ET.fromstring(year_svg(sheet))  # noqa: S314 - our own picture
    words = [element.text for element in root.iter() if element.tag.endswith(("title", "desc"))]
    assert words[0] == "The year 2026-27 at a glance"
    assert words[1].count("hub ") == 4
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    months = [text for text in texts if text.endswith(("2026", "2027"))]
    assert months[0] == "April 2026"
    assert months[-1] == "March 2027"
    boxes = [element for element in root.iter() if element.tag.endswith("rect") and element.get("rx")]
    assert len(boxes) == 4
    assert sum(element.get("stroke-dasharray") is not None for element in boxes) == 1


def test_the_calendar_is_read_by_a_second_reader_at_the_same_local_times(sheet):
    raw = programme_ics(sheet, Issue("abc", 1, MADE), district="Saltmarsh")
    events = list(vobject.readOne(raw.decode()).vevent_list)
    assert len(events) == 4
    for event, row in zip(events, sheet.hubs.to_dict("records"), strict=True):
        begin = event.dtstart.value
        assert (begin.date().isoformat(), f"{begin:%H:%M}") == (row["day"], row["begin"])
        summer = "2026-03-29" < row["day"] < "2026-10-25"
        assert begin.utcoffset().total_seconds() == (3600 if summer else 0)
        assert event.uid.value == f"2026-27-hub-{row['number']}@abc.hotspot-planner"
        assert event.sequence.value == "1"
        assert row["name"] in event.summary.value
        assert event.status.value == ("CONFIRMED" if row["hours"] == "open" else "TENTATIVE")
        assert "Food, bank; \\ & co" in event.description.value


def test_the_calendars_lines_are_folded_and_hold_no_number_of_clients(sheet):
    raw = programme_ics(sheet, Issue("abc", 1, MADE), district="Saltmarsh")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"):
        said = f"{event['summary']} {event['description']}".replace(NASTY, "")
        assert not PEOPLE.search(said)
        assert "client" not in said


def test_a_later_issue_updates_the_events_of_the_first_and_cancels_what_is_no_more():
    many, few = plan(hubs=2), plan(hubs=1)
    first = icalendar.Calendar.from_ical(programme_ics(many, Issue("abc", 1, MADE), district="S")).walk("VEVENT")
    dropped = [row for row in many.hubs.to_dict("records") if row["number"] > 4]
    later = icalendar.Calendar.from_ical(programme_ics(few, Issue("abc", 2, MADE, dropped), district="S")).walk(
        "VEVENT"
    )
    assert {str(event["uid"]) for event in first} == {str(event["uid"]) for event in later}
    assert {int(event["sequence"]) for event in later} == {2}
    assert [str(event["status"]) for event in later].count("CANCELLED") == 4


def test_the_same_issue_is_written_the_same_way(sheet):
    issue = Issue("abc", 1, MADE)
    assert programme_ics(sheet, issue, district="S") == programme_ics(sheet, issue, district="S")


def test_the_workbook_holds_days_and_times_and_nothing_that_runs(sheet):
    raw = programme_xlsx(sheet, district="Saltmarsh", state="A proposal: not settled yet.")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Calendar", "Quarters", "Priority areas", "Notes"]
    head, *rows = book["Calendar"].iter_rows(values_only=True)
    table = [dict(zip(head, row, strict=True)) for row in rows]
    for row, hub in zip(table, sheet.hubs.to_dict("records"), strict=True):
        assert row["Date"].date() == date.fromisoformat(hub["day"])
        assert row["From"] == time.fromisoformat(hub["begin"])
        assert row["Clients who live within reach"] == hub["within_reach"]
    assert any(row["Place"] == "'" + NASTY for row in table)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        cells = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    assert "<f>" not in cells
    notes = [row[0] for row in book["Notes"].iter_rows(values_only=True)]
    assert notes[:2] == [
        "Multi-agency hubs 2026-27: Saltmarsh",
        "For the housing team only: exact counts. Do not pass this file on.",
    ]
    assert any("no programme under these rules reaches more" in note for note in notes)
