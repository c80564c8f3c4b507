"""Papers and files of a night's count: only a team's own sheet tells the night, and none of a team's tells why."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import geopandas as gpd
import pytest
from icalendar import Calendar

from geo.review.team_only import TEAM_ONLY
from geo.review.walks.snapshot import district_of, night_areas
from geo.walkabouts.snapshot.night import DEFINITION
from geo.walkabouts.snapshot.result import SHELTER_NOTE, PatchResult, SnapshotResult
from geo.walkabouts.squares import told_square
from layers.standalone import standalone_html
from layers.walks import snapshot_pdf
from layers.walks.card_ground import ground_of
from layers.walks.snapshot_handout import NightPapers, night_files, result_files
from layers.walks.snapshot_map import night_map
from tests.layers.pack.pdf_reader import Read
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import AFTER, CHURCH, NIGHT, NOW, know_places, planned

DATES = ("12 November", "2025-11-12", "20251112", "12 to Thursday", "12/11")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("papers") / "w")
    know_places(council)
    return council


@pytest.fixture(scope="module")
def papers(town):
    found = planned(town)
    return NightPapers(town, found.plan, found.tasks, NOW, found.notes)


@pytest.fixture(scope="module")
def files(papers):
    return night_files(papers)


def words(name, content):
    return Read(content).words if name.endswith(".pdf") else content.decode()


def tells(name, content):
    said = " ".join(words(name, content).split())
    return any(text in said for text in DATES)


def test_the_map_opens_on_the_stops_and_can_show_the_whole_district(town, papers):
    areas, district = night_areas(town, papers.plan), district_of(town)
    page = standalone_html(night_map(papers.plan, areas, district, ground_of(town)))
    opening = json.loads(re.search(r'\{"bounds":.*?"first":.*?\]\]', page)[0] + "}")
    (south, west), (north, east) = opening["first"]
    (all_south, all_west), (all_north, all_east) = opening["bounds"]
    assert all_south < south < north < all_north
    assert all_west < west < east < all_east
    assert north - south < (all_north - all_south) / 2


def test_every_file_is_there_by_a_name_that_tells_no_night(files):
    stems = ["plan", "team-1", "team-2", "result"]
    expected = {f"snapshot-2025-{stem}.{kind}" for stem in stems for kind in ("pdf", "html")}
    assert set(files) == expected | {
        "snapshot-2025-read-me.txt",
        "snapshot-2025-team-only.gpkg",
        "snapshot-2025-tasks.ics",
    }


def test_only_the_teams_own_sheets_tell_the_night(files):
    printed = {name: tells(name, content) for name, content in files.items() if name.endswith((".pdf", ".html"))}
    assert {name for name, told in printed.items() if told} == {
        f"snapshot-2025-team-{team}.{kind}" for team in (1, 2) for kind in ("pdf", "html")
    }
    assert b"2025-11-1" not in files["snapshot-2025-team-only.gpkg"]


def test_the_lead_s_papers_tell_it_where_that_is_asked_for(papers):
    files = night_files(replace(papers, show_night=True))
    assert tells("plan.html", files["snapshot-2025-plan.html"])
    assert "Wednesday 12 to Thursday 13 November 2025" in files["snapshot-2025-result.html"].decode()


def test_a_team_s_sheet_has_streets_and_times_and_not_why_nor_where_exactly(papers, files):
    for patch in papers.plan.patches:
        for kind in ("pdf", "html"):
            said = " ".join(words(f"x.{kind}", files[f"snapshot-2025-team-{patch.number}.{kind}"]).split())
            assert "Bedded down" in said
            assert "Never alone" in said
            assert DEFINITION[:60] in said
            assert all(f"{stop.arrive:%H:%M}" in said for stop in patch.stops)
            hidden = ("reported", "intelligence", "likely", "added by hand", CHURCH)
            squares = [text for stop in patch.stops for text in (stop.square, told_square(stop.square))]
            assert [text for text in (*hidden, *squares) if text in said] == []


def test_the_lead_s_plan_has_the_places_with_their_kinds_and_the_list_to_tick(papers, files):
    said = " ".join(Read(files["snapshot-2025-plan.pdf"]).words.split())
    assert all(told_square(stop.square) in said for stop in papers.plan.stops)
    assert all(
        text in said for text in ("by partner intelligence", "1. Choose the lead officer", "on the night", CHURCH)
    )


def test_the_html_asks_nobody_and_runs_nothing(files):
    for name, content in files.items():
        if name.endswith(".html"):
            text = content.decode()
            assert "default-src 'none'" in text
            assert "<script" not in text
            assert "src=" not in text


def test_without_typst_the_html_is_made_and_it_is_told(papers, monkeypatch):
    monkeypatch.setattr(snapshot_pdf, "can_typeset", lambda: False)
    files = night_files(papers)
    assert not any(name.endswith(".pdf") for name in files)
    assert "print the HTML" in files["snapshot-2025-read-me.txt"].decode()


def test_the_calendar_says_nothing_of_what_it_is_for_and_names_weeks_far_from_the_night_alone(files):
    events = Calendar.from_ical(files["snapshot-2025-tasks.ics"]).walk("VEVENT")
    days = [event.decoded("dtstart") for event in events]
    assert [event["summary"].split(" on ")[0] for event in events] == [f"Housing: task {n}" for n in range(1, 9)]
    assert {day.weekday() for day in days} == {0}
    assert days[0] == NIGHT - timedelta(weeks=6, days=2)
    assert not any(-10 <= (day - NIGHT).days <= 3 for day in days)
    paper = " ".join(files["snapshot-2025-plan.html"].decode().split())
    assert "8. Send the return" in paper
    assert "9. " not in paper[paper.index("Checklist") :]
    assert "week of 29 September 2025" in paper
    for event in events:
        told = str(event["summary"]).casefold()
        assert not any(word in told for word in ("snapshot", "rough", "count ", "night", "sleep"))
        assert event["class"] == "PRIVATE"
        assert "description" not in event


def test_the_gis_file_holds_patches_that_do_not_overlap_and_the_stops_for_the_team(papers, files, town, tmp_path):
    path = tmp_path / "night.gpkg"
    path.write_bytes(files["snapshot-2025-team-only.gpkg"])
    patches, stops = (gpd.read_file(path, layer=name) for name in ("patches", "stops"))
    assert patches.crs == stops.crs == "EPSG:27700"
    assert set(patches["audience"]) == set(stops["audience"]) == {TEAM_ONLY}
    assert patches.area.sum() == pytest.approx(district_of(town).area, abs=1)
    assert len(stops) == len(papers.plan.stops)


def test_the_map_shows_patches_and_stops_and_tells_no_night(papers, town):
    areas = night_areas(town, papers.plan)
    page = standalone_html(night_map(papers.plan, areas, district_of(town), ground_of(town)))
    assert "Patch 1: " in page
    assert page.count('"pins":false') == len(papers.plan.patches)
    assert not any(text in page for text in DATES)


def test_the_result_sheet_has_the_definition_the_numbers_and_two_signatures(papers):
    patches = tuple(PatchResult(patch.number, 41, 1) for patch in papers.plan.patches)
    result = SnapshotResult(NIGHT, patches, 0, 7, 0, shelter_open=True, verified_by=CHURCH, verified_on=AFTER, total=77)
    empty, full = (
        " ".join(result_files(replace(papers, result=one))["snapshot-2025-result.html"].decode().split())
        for one in (None, result)
    )
    for sheet in (empty, full):
        assert all(
            text in sheet for text in ("about to bed down", "Lead officer", "Independent partner", "Nationality")
        )
    assert "<td>77</td>" in full
    assert "Verified by" in full
    assert SHELTER_NOTE in full
    assert "<td>77</td>" not in empty
