"""Reports recorded one by one and by file: put right, withdrawn, known again, held to the district where need be."""

from dataclasses import replace
from datetime import timedelta

import geopandas as gpd
import pytest
import shapely

from geo.errors import BadInputError, WorkspaceError
from geo.places.street_places import StreetNames
from geo.review.audit import read_audit
from geo.review.review_quarters import ReviewQuarter
from geo.review.signing import Signer
from geo.review.streets import save_streets
from geo.review.walks.reading import read_reports, reports_standing
from geo.review.walks.reports import record_report, withdraw_report
from geo.review.walks.reports_import import take_in_reports
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.response import QuarterResponse, quarter_response, response_sentences, standing
from geo.review.workspace import Workspace
from geo.schema import STREETS
from geo.walkabouts.response import Count, Response
from geo.walkabouts.squares import square_at
from tests.geo.review.walks.walk_report_files import NOW, SQUARE, file_of, kept, listing, plan, take
from tests.tinytown.council import edition

HERE = (641_010.0, 421_020.0)
MADE = MadeReport(NOW - timedelta(hours=15), NOW - timedelta(hours=3), "StreetLink", GivenPlace(HERE), people=2)


@pytest.fixture
def council(council):
    return Workspace.open(council.root, signer=Signer("jo", lambda: NOW))


def with_streets(council, **lines):
    """The council with streets of these names, each from a point eastwards for a length; `_` stands for a space."""
    rows = [
        {
            "road": "residential",
            "km_per_hour": 0.0,
            "name": name.split("__")[0].replace("_", " "),
            "lit": "not known",
            "walk_from": 2 * at,
            "walk_to": 2 * at + 1,
            "walk_ways": 3,
            "drive_from": 2 * at,
            "drive_to": 2 * at + 1,
            "drive_ways": 3,
            "geometry": shapely.LineString([(x, y), (x + length, y)]),
        }
        for at, (name, (x, y, length)) in enumerate(lines.items())
    ]
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs=27700)[list(STREETS.columns)]
    save_streets(council, table, edition("streets"))
    return council


def test_a_report_is_recorded_with_its_clock_and_signed(council) -> None:
    made = record_report(council, MADE, who="JS", now=NOW)
    assert (made.number, made.notes) == (1, ())
    assert made.due.isoformat() == "2025-06-03T23:59:59+01:00"
    held = read_reports(council)[0]
    assert (held.square, held.located, held.people, held.who, held.kind) == (SQUARE, "point", 2, "JS", "reported")
    line = read_audit(council.store)[-1]
    assert (line.what, line.detail, line.who) == ("walk report", "recorded: number 1", "jo")
    assert record_report(council, replace(MADE, kind="intelligence", reference="7"), now=NOW).due is None
    assert read_reports(council)[1].who == "jo"


def test_one_is_put_right_and_withdrawn_and_both_rows_stay(council) -> None:
    record_report(council, MADE, who="JS", now=NOW)
    record_report(council, replace(MADE, people=3), who="KL", now=NOW, supersedes=1)
    assert [(one.number, one.stands) for one in read_reports(council)] == [(1, False), (2, True)]
    with pytest.raises(BadInputError, match="put right by number 2"):
        withdraw_report(council, 1, who="JS")
    withdraw_report(council, 2, who="JS")
    assert reports_standing(council) == ()
    with pytest.raises(BadInputError, match="withdrawn by number 3"):
        withdraw_report(council, 2, who="JS")
    with pytest.raises(BadInputError, match="There is no report 9"):
        record_report(council, MADE, who="JS", now=NOW, supersedes=9)
    assert record_report(council, MADE, who="JS", now=NOW).number == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": GivenPlace()}, "It does not say where"),
        ({"place": GivenPlace((660_000, 421_000))}, "outside the district"),
        ({"seen": NOW + timedelta(minutes=1)}, "in the future"),
        ({"received": MADE.seen - timedelta(minutes=1)}, "received before"),
        ({"people": 0}, "from 1 to 50"),
        ({"kind": "rumour"}, "neither reported nor intelligence"),
        ({"source": ""}, "does not say who reported"),
        ({"source": "j.smith@example.org"}, "no name of a service"),
        ({"source": "Mrs Smith 07700900123"}, "no name of a service"),
        ({"source": "hostel at ZZ1 1AA"}, "no name of a service"),
        ({"source": "Andover Women's Refuge"}, "write 'specialist service'"),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_is_kept(council, change, said) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        record_report(council, replace(MADE, **change), who="JS", now=NOW)
    assert str(refused.value).endswith("Nothing was kept.")
    assert "Smith" not in str(refused.value)
    assert read_reports(council) == ()


def test_nobody_records_without_a_name(council) -> None:
    unsigned = Workspace.open(council.root)
    with pytest.raises(BadInputError, match="Say who records it"):
        record_report(unsigned, MADE, now=NOW)


def test_a_report_that_comes_again_is_passed_over_or_puts_the_first_right(council) -> None:
    take(council, {"Alert ID": "1"}, {"Alert ID": "2"})
    again = take(council, {"Alert ID": "1"}, {"Alert ID": "2", "Number of people": "5"}, {"Alert ID": "3"})
    assert (again.new, again.put_right, again.on_record) == (1, 1, 1)
    assert [(one.number, one.supersedes, one.people) for one in reports_standing(council)] == [
        (1, 0, 2),
        (3, 2, 5),
        (4, 0, 2),
    ]
    other = take_in_reports(council, file_of({"Alert ID": "1"}), source="Outreach", now=NOW)
    assert other.new == 1  # the same number of another sender


def test_a_file_cannot_undo_what_an_officer_put_right_or_withdrew(council) -> None:
    take(council, {"Alert ID": "1"}, {"Alert ID": "2"})
    record_report(council, replace(MADE, people=1), who="JS", now=NOW, supersedes=1)
    withdraw_report(council, 2, who="JS")
    assert take(council, {"Alert ID": "1"}, {"Alert ID": "2"}).on_record == 2
    assert [one.people for one in reports_standing(council)] == [1]
    assert take(council, {"Alert ID": "1", "Number of people": "4"}).put_right == 1  # the sender changed its mind


def test_without_a_reference_the_same_place_minute_and_source_is_one_report(council) -> None:
    bare = {"Alert ID": ""}
    told = take(council, bare, {**bare, "Number of people": "9"}, {**bare, "Time seen": "22:16"})
    assert (told.new, told.on_record) == (2, 1)
    made = MadeReport(reports_standing(council)[0].seen, NOW, "streetlink", GivenPlace(HERE))
    with pytest.raises(BadInputError, match="on record as number 1"):
        record_report(council, made, who="JS", now=NOW)


def test_a_reference_twice_in_a_file_with_other_facts_is_refused(council) -> None:
    told = plan(council, {}, {"Number of people": "7"})
    assert (told.new, told.refused) == (1, ("Row 3: it has the reference of row 2 and says something else.",))


def test_a_street_is_found_by_its_name_and_kept_as_the_map_writes_it(council) -> None:
    with_streets(council, Quay_Lane=(641_000, 421_100, 90), Mill_Street=(642_000, 422_000, 90))
    nowhere = {"Easting": "", "Northing": ""}
    told = take(council, {"Alert ID": "1"}, {"Alert ID": "2", **nowhere, "Street": "mill st"},
                {"Alert ID": "3", **nowhere, "Street": "behind the MARKER"})  # fmt: skip
    assert told.refused == ("Row 4: the map knows no such street; give a grid reference or a postcode.",)
    assert [(one.street, one.located) for one in reports_standing(council)] == [
        ("Quay Lane", "point"),
        ("Mill Street", "street"),
    ]


def test_the_names_of_the_streets_are_looked_through_once_for_a_whole_file(council, monkeypatch) -> None:
    looked = []

    class Watched(StreetNames):
        def __init__(self, streets) -> None:
            looked.append(streets)
            super().__init__(streets)

    monkeypatch.setattr("geo.review.walks.reports_places.StreetNames", Watched)
    with_streets(council, Quay_Lane=(641_000, 421_100, 90), Mill_Street=(642_000, 422_000, 90))
    nowhere = {"Easting": "", "Northing": ""}
    names = ("Quay Lane", "Mill Street", "Mill St", "No Street")
    told = plan(council, *({**nowhere, "Alert ID": name, "Street": name} for name in names))
    assert (told.new, len(looked)) == (3, 1)


def test_of_two_streets_of_a_name_the_town_says_which(council) -> None:
    with_streets(council, High_Street__1=(640_500, 420_500, 90), High_Street__2=(643_500, 423_500, 90))
    towns = gpd.GeoDataFrame(
        {"code": ["1-town-1", "1-town-2"], "name": ["Westby", "Eastby"]},
        geometry=gpd.points_from_xy([640_600, 643_400], [420_600, 423_400]),
        crs=27700,
    )
    council.save_areas("settlements", towns.to_crs(4326), edition("settlements"))
    nowhere = {"Easting": "", "Northing": "", "Street": "High Street"}
    rows = [{"Alert ID": str(at), **nowhere, "Town": town} for at, town in enumerate(["", "eastby", "Northby"])]
    told = take(council, *rows)
    assert told.refused[0] == "Row 2: the map knows 2 streets of that name; give the town or a grid reference."
    assert "no such town" in told.refused[1]
    assert [one.square for one in reports_standing(council)] == [square_at(643_545, 423_500)]
    unknown = plan(council, {"Easting": "", "Northing": "", "Town": "Northby"})
    assert "the map knows no such town" in unknown.refused[0]


def test_what_lies_in_the_sea_is_refused_and_what_lies_over_the_border_is_told(council) -> None:
    inland = shapely.box(640_000, 420_000, 650_000, 422_000)
    land = gpd.GeoDataFrame({"code": ["1"], "name": ["Land"]}, geometry=[inland], crs=27700).to_crs(4326)
    council.save_areas("land", land, edition("land"))
    rows = [{"Alert ID": "1", "Northing": "423000"}, {"Alert ID": "2", "Easting": "646000"}]
    told = take(council, *rows)
    assert told.refused == ("Row 2: it lies in the sea, or beyond the land that the map knows.",)
    assert "Row 3: a place outside the district, within reach of it" in told.notes[-1]


def test_a_report_at_a_listed_place_counts_for_the_district_and_nothing_said_tells_it(council) -> None:
    rows = [{"Alert ID": "1"}, {"Alert ID": "2", "Easting": "643000"}, {"Alert ID": "3", "Easting": "",
            "Northing": "", "Postcode": "ZZ1 1AB"}]  # fmt: skip
    before = plan(council, *rows)
    safe = listing(council, "ZZ1 1AB")
    assert plan(safe, *rows) == before
    assert take(safe, *rows) == before
    elsewhere = (square_at(643_000, 421_020), "point")
    assert [one[:2] for one in kept(safe)] == [("", "district only"), elsewhere, ("", "district only")]
    assert plan(safe, *rows).on_record == 3
    moved = [{**rows[0], "Easting": "641200"}, {**rows[1], "Easting": "641010"}]
    assert (plan(safe, *moved).put_right, plan(safe, *moved).on_record) == (2, 0)


def test_a_street_whose_words_tell_of_a_refuge_is_not_kept(council) -> None:
    record_report(council, replace(MADE, place=GivenPlace(HERE, street="by the women's refuge")), who="JS", now=NOW)
    assert kept(council)[0][:2] == ("", "district only")


def test_reports_and_intelligence_stand_beside_each_other_by_quarter(council) -> None:
    record_report(council, MADE, who="JS", now=NOW)
    record_report(council, replace(MADE, place=GivenPlace(town="Tinytown"), people=1), who="JS", now=NOW)
    record_report(council, replace(MADE, kind="intelligence", people=7, reference="9"), who="JS", now=NOW)
    told = standing(council, now=NOW)
    assert told.sentences() == [
        "1 report is open, none overdue.",
        "1 more report counts for the district only and cannot be followed here; follow it where it came from.",
    ]
    assert [one.quarter.name for one in told.quarters] == ["2025-26 Q1"]
    said = " ".join(response_sentences(told.quarters[0]))
    assert "2025-26 Q1: 2 reports told of 3 people; one person may be reported several times." in said
    assert "Beside the reports, partners told of 7 people they expect (1 piece of intelligence)" in said
    late = standing(council, now=NOW + timedelta(days=2))
    assert late.sentences()[0] == "1 report is open, and it is overdue."
    empty = quarter_response(council, ReviewQuarter("2024-25", 1, 4), now=NOW)
    assert response_sentences(empty) == [
        "Nobody was reported in 2024-25 Q1.",
        "No partner told of anybody they expect.",
    ]


def test_what_became_of_a_quarters_reports_is_told_in_sentences_that_can_be_read_aloud() -> None:
    counts = {"reported": (9, 11), "in_time": (4, 5), "late": (1, 1), "waiting": (0, 0), "overdue": (2, 3)}
    counts |= {"not_followed": (2, 2), "found": (6, 7), "nobody": (3, 4)}
    said = Response(NOW.date(), NOW.date(), **{name: Count(*count) for name, count in counts.items()})
    quarter = ReviewQuarter("2024-25", 1, 4)
    assert response_sentences(QuarterResponse(quarter, said, Count(1, 2))) == [
        "2024-25 Q1: 9 reports told of 11 people; one person may be reported several times.",
        "Visited in time: 4 reports. Visited late: 1 report.",
        "Not visited yet, and in time still: none. Overdue: 2 reports.",
        "Of 9 reports visited, 6 led to a visit that found somebody, 3 to one that found nobody.",
        "Known for the district only, so not followed here: 2 reports.",
        "Beside the reports, partners told of 2 people they expect (1 piece of intelligence); that has no clock.",
    ]


def test_what_is_listed_later_takes_the_place_out_of_earlier_reports_and_nothing_else(council) -> None:
    take(council, {"Alert ID": "1", "Easting": "641010"}, {"Alert ID": "2", "Easting": "643000"})
    before = reports_standing(council)
    listing(council, "ZZ1 1AB")
    after = reports_standing(council)
    assert [(one.square, one.street, one.located) for one in after] == [
        ("", "", "district only"),
        (square_at(643_000, 421_020), before[1].street, "point"),
    ]
    assert [one.number for one in after] == [one.number for one in before]
    assert [(one.seen, one.people) for one in after] == [(one.seen, one.people) for one in before]
    assert square_at(641_010, 421_020).encode() not in (council.root / "planner.sqlite").read_bytes()
    with pytest.raises(WorkspaceError, match="IntegrityError"), council.store.writing() as connection:
        connection.execute("UPDATE walk_reports SET people = 9")
