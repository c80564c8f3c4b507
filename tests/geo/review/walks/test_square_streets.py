"""The street of a square: by its records, the same on every tab, and by the map where nothing is on record."""

from geo.review.streets import streets_of
from geo.review.walks.candidates import known_places
from geo.review.walks.reading import reports_standing, visits_standing
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.square_streets import named_alike, square_streets, streets_on_record, written_streets
from geo.review.walks.where import where
from geo.review.workspace import Workspace
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.planning.ask import CandidateStop, WalkAsk, WalkRules
from geo.walkabouts.planning.ground import walk_ground
from tests.geo.review.walks.walk_records import NOW, at, record, visit
from tests.geo.walkabouts.reported import FAR, HERE, report
from tests.geo.walkabouts.reported import visit as seen
from tests.tinytown.walk_town import BEGINS, lay_streets, spot, square

BELL, MILL = "Bell Street", "Mill Lane"


def test_a_square_is_called_as_it_was_written_down_most_often() -> None:
    records = (report(street=MILL), seen(1, street=BELL), seen(2, street=BELL), seen(3), seen(4, square=FAR))
    assert square_streets([HERE, FAR], records, None) == {HERE: BELL}
    assert written_streets(records[:2]) == written_streets(records[1::-1]) == {HERE: BELL}  # a tie: the alphabet


def test_the_street_that_a_report_was_given_by_goes_before_what_was_written_more_often() -> None:
    records = (seen(1, street=BELL), seen(2, street=BELL), report(street=MILL, located="street"))
    assert written_streets(records) == {HERE: MILL}


def test_records_are_shown_under_the_name_of_their_square_and_keep_their_own() -> None:
    records = (seen(1, street=BELL), seen(2, street=BELL), seen(3, street=MILL), seen(4, square=FAR, street=MILL))
    shown = named_alike(records, written_streets(records))
    assert [one.street for one in shown] == [BELL, BELL, BELL, MILL]
    assert records[2].street == MILL
    assert named_alike([seen(5, street=MILL)], {}) == (seen(5, street=MILL),)


def test_where_and_the_lists_of_reports_and_visits_name_a_square_alike(council: Workspace) -> None:
    """Two streets cross in the square: who stood on one of them saw what was reported on the other."""
    lay_streets(council)
    (x, y), here = spot(8, 5), square(8, 5)
    made = MadeReport(at("20:00"), at("20:30"), "StreetLink", GivenPlace((x, y + 30)), 1)
    record_report(council, made, who="JS", now=NOW)
    for number, day in enumerate(("2025-05-09", "2025-05-12")):
        record(council, visit(point=(x + 30 + number, y), day=day), day=day)
    names = streets_on_record(council)
    assert names == {here: "Row 5"}
    assert where(council, now=NOW).places["street"].tolist() == ["Row 5"]
    assert [one.street for one in reports_standing(council)] == ["Lane 8"]
    shown = (*named_alike(reports_standing(council), names), *named_alike(visits_standing(council), names))
    assert [one.street for one in shown] == ["Row 5"] * 3
    known = known_places(council, band="evening", now=NOW)
    assert [one.street for one in known.candidates] == ["Row 5"]


def test_a_stop_on_a_card_has_the_name_of_its_square_and_one_without_records_the_nearest(council: Workspace) -> None:
    lay_streets(council)
    office = WalkEnd("Office", spot(2, 2))
    candidates = (CandidateStop(square(8, 5), "Lane 8", find=1.0), CandidateStop(square(4, 4), find=1.0))
    ask = WalkAsk(begins=BEGINS, start=office, end=office, limit_minutes=120, teams=1, candidates=candidates)
    rules = WalkRules(council.scenario.walkabouts, council.scenario.reach)
    ground = walk_ground(ask, streets_of(council), rules)
    names = {stop.candidate.square: stop.street for stop in ground.stops}
    assert names[square(8, 5)] == "Lane 8"
    assert names[square(4, 4)] in {"Row 4", "Lane 4"}
