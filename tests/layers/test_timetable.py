"""`planner add timetable`: what is kept, where it came from, and what is said of files that cannot serve."""

import json
from datetime import date, time

import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import BadInputError, MissingDataError
from geo.places.bus import Arrival
from geo.review.bus import keep_timetable, timetable_of
from layers.additions import add_layer
from layers.source_file import SourceFile
from layers.timetable import add_timetable
from tests.geo.places.buses import TINYTOWN, gtfs, stops_table
from tests.tinytown.council import edition, make_council

TODAY = date(2025, 6, 1)


@pytest.fixture
def council(tmp_path):
    return make_council(tmp_path / "tinytown", with_wards=False)


def given(**tables):
    return SourceFile("bus.zip", gtfs(**tables))


def test_a_timetable_is_kept_with_its_edition(council) -> None:
    added = add_layer(council, given(), "timetable", today=TODAY)
    told = added.edition
    assert (told.dataset, told.rows, told.edition) == ("timetable", 5, "2025-06-01 to 2025-06-30")
    assert told.title == "Bus timetable in GTFS, Tiny Buses"
    assert told.note.startswith(
        "2 trips with 5 calls at 3 stops in and near the district, of 3 trips, 8 calls and 4 stops"
    )
    assert added.warnings == ()
    assert told in council.editions()
    assert timetable_of(council).stops()["stop_name"].tolist() == ["East", "Middle", "West"]


def test_what_is_read_back_is_what_was_kept(council) -> None:
    add_timetable(council, given(), today=TODAY)
    kept = timetable_of(council)
    add_timetable(council, given(), today=TODAY)
    assert timetable_of(council).calls.equals(kept.calls)


def test_another_timetable_replaces_it_and_changes_the_fingerprint(council) -> None:
    before = council.fingerprint()
    add_timetable(council, given(), today=TODAY)
    first = council.fingerprint()
    add_timetable(council, given(calendar=TINYTOWN["calendar"].replace("20250630", "20250730")), today=TODAY)
    assert len({before, first, council.fingerprint()}) == 3
    assert timetable_of(council).services.span() == "1 June 2025 to 30 July 2025"


def test_the_publisher_s_licence_is_told_where_it_is_known(council) -> None:
    info = "feed_publisher_name,feed_publisher_url,feed_lang\nITO World,https://x.invalid,EN\n"
    told = add_timetable(council, given(feed_info=info), today=TODAY).edition
    assert told.licence == "OGL v3"
    assert told.attribution == (
        "Bus times: ITO World (buses of Tiny Buses), licensed under the Open Government Licence v3.0."
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (
            date(2025, 7, 1),
            "This timetable ended on 30 June 2025: journeys are those of that time. Ask for a newer file.",
        ),
        (date(2025, 5, 1), "This timetable begins on 1 June 2025: journeys are those of that time."),
    ],
)
def test_a_timetable_of_another_time_is_kept_with_a_warning(council, today, said) -> None:
    assert add_timetable(council, given(), today=today).warnings == (said,)


def test_a_timetable_of_another_place_changes_nothing(council) -> None:
    add_timetable(council, given(), today=TODAY)
    before = council.fingerprint()
    with pytest.raises(BadInputError, match="timetable of another place"):
        add_timetable(council, given(stops=stops_table({"West": (300_000, 300_000)})), today=TODAY)
    assert council.fingerprint() == before


def test_stops_near_the_district_are_kept_as_far_as_sites_are(council) -> None:
    far = stops_table({"West": (641_000, 422_000), "East": (648_900, 422_000), "Middle": (649_100, 422_000)})
    add_timetable(council, given(stops=far), today=TODAY)
    assert timetable_of(council).stops()["stop_name"].tolist() == ["East", "West"]


def test_without_a_timetable_the_way_to_add_one_is_told(council) -> None:
    with pytest.raises(MissingDataError, match="planner add timetable FILE"):
        timetable_of(council)


def test_the_edition_of_another_data_set_is_refused(council) -> None:
    add_timetable(council, given(), today=TODAY)
    with pytest.raises(BadInputError, match="expected 'timetable'"):
        keep_timetable(council, timetable_of(council).calls, edition("sites"))


def test_the_command_adds_a_file_from_the_disk(council, tmp_path) -> None:
    path = tmp_path / "bus times.zip"
    path.write_bytes(gtfs())
    words = ["add", "timetable", str(path), "--workspace", str(council.root)]
    told = json.loads(CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False).stdout)
    assert (told["dataset"], told["rows"], told["file_name"]) == ("timetable", 5, "bus times.zip")
    assert len(told["sha256"]) == 64
    spoken = CliRunner().invoke(app, words, catch_exceptions=False)
    assert spoken.stdout.startswith("5 calls of buses at stops kept from bus times.zip.")
    assert "ended on 30 June 2025" in spoken.stderr


def test_a_file_that_is_not_there_is_told(council, tmp_path) -> None:
    with pytest.raises(BadInputError, match="There is no file"):
        add_timetable(council, tmp_path / "none.zip", today=TODAY)


def test_the_options_of_the_bus_are_read_from_the_scenario(council) -> None:
    bus = council.scenario.bus.model_copy(update={"arrive_by": time(9, 30), "weekday": "Friday"})
    council.save_scenario(council.scenario.model_copy(update={"bus": bus}))
    assert Arrival.usual(council.scenario.bus) == Arrival("Friday", time(9, 30), 60, time(12))
