"""Walks and visits: recorded whole or not at all, put right by later rows, withdrawn with a mark, zero finds kept."""

import shutil

import pytest

from geo.errors import BadInputError, WorkspaceError
from geo.review.audit import read_audit
from geo.review.walks.made import MadeVisit, minutes_between, typed_place
from geo.review.walks.reading import read_visits, read_walks, visits_standing, walks_standing
from geo.review.walks.visits import ready_walk, record_visit, withdraw_visit, withdraw_walk
from geo.review.workspace import Workspace
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, STREETS, at, card, record, visit, walk


@pytest.fixture
def council(council):
    return signed(council)


@pytest.fixture(scope="module")
def untouched(council_template, tmp_path_factory):
    """One council for all that is refused: nothing is ever kept in it."""
    return Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("untouched") / "w"))


def test_a_walk_is_read_back_with_what_it_found_and_where_it_found_nobody(council) -> None:
    made = record(council, visit(**COUNTED), visit("21:00", square=SQUARES[2]), agencies=("Out  reach", "Outreach", ""))
    assert (made.number, made.people, made.agencies, made.who) == (1, 3, ("Out reach", "Outreach"), "JS")
    assert walks_standing(council) == (made,)
    somebody, nobody = visits_standing(council)
    assert (somebody.walk, somebody.square, somebody.found, somebody.offered, somebody.accepted) == (
        1, SQUARES[1], 3, 3, 1,
    )  # fmt: skip
    assert (nobody.outcome, nobody.found, nobody.square, nobody.hours) == ("nobody", 0, SQUARES[2], 8 / 60)
    line = read_audit(council.store)[-1]
    assert (line.what, line.detail, line.who) == ("walk", "recorded: number 1, visits 2", "jo")


def test_a_stop_of_a_card_brings_its_place_and_why_it_is_there(council) -> None:
    kept = card(council)
    record(council, visit(stop=1), visit("20:55", stop=2, outcome="not accessible"), visit("21:10"), card=kept.number)
    found = visits_standing(council)
    assert [(one.square, one.street, one.purpose) for one in found] == [
        (SQUARES[1], STREETS[1], "report"),
        (SQUARES[2], STREETS[2], "known"),
        (SQUARES[1], "", "passing"),
    ]
    assert found[1].hours == 0


def test_an_expired_card_and_stops_without_a_record_are_told_and_refuse_nothing(council) -> None:
    kept = card(council)
    late = walk(visit(stop=1, day="2025-05-20"), day="2025-05-20", card=kept.number)
    expired, missed = ready_walk(council, late, now=NOW).notes
    assert expired == "Walk card 1 had expired before this walk, on 2025-05-12."
    assert missed == "Stops of the card without a record: 2, 3. They count as not visited."


def test_a_postcode_or_a_point_is_kept_as_a_square_and_as_nothing_finer(council) -> None:
    record(council, visit(postcode="zz1 1ab"), visit("21:00", point=(643_051.2, 421_049.7)))
    assert [one.square for one in visits_standing(council)] == [SQUARES[2], SQUARES[3]]
    held = b"".join(path.read_bytes() for path in council.root.glob("planner.sqlite*"))
    assert SQUARES[3].encode() in held
    assert b"ZZ1 1AB" not in held.upper()
    assert b"643051" not in held


def test_a_correction_takes_the_place_of_the_walk_and_of_all_its_visits(council) -> None:
    record(council, visit(**COUNTED), visit("21:00", square=SQUARES[2]))
    record(council, visit("20:41"), supersedes=1)
    first, second = read_walks(council)
    assert (first.superseded_by, second.supersedes, second.stands) == (2, 1, True)
    assert [(one.walk, one.outcome) for one in visits_standing(council)] == [(2, "nobody")]
    assert len(read_visits(council)) == 5
    with pytest.raises(BadInputError, match="Walk 1 does not stand any more: it is put right or withdrawn by number 2"):
        record(council, visit("20:42"), supersedes=1)
    with pytest.raises(BadInputError, match="There is no walk 9"):
        record(council, supersedes=9)


def test_a_withdrawn_walk_takes_its_visits_with_it_and_may_be_recorded_anew(council) -> None:
    record(council, visit(**COUNTED))
    with pytest.raises(BadInputError, match="Say who withdraws it"):
        withdraw_walk(council, 1, who=" ")
    gone = withdraw_walk(council, 1, who=" KL ")
    assert (gone.withdrawn, gone.supersedes, gone.who) == (True, 1, "KL")
    assert walks_standing(council) == visits_standing(council) == ()
    assert read_audit(council.store)[-1].detail == "withdrawn: number 1, visits 1"
    with pytest.raises(BadInputError, match="itself a withdrawal"):
        withdraw_walk(council, 2, who="KL")
    assert record(council).number == 3


def test_the_same_walk_is_not_recorded_twice_but_two_teams_of_a_card_are_two_records(council) -> None:
    kept = card(council, teams=2)
    record(council, visit(stop=1), visit("21:10", stop=3), card=kept.number)
    with pytest.raises(BadInputError, match="is on record already, as number 1"):
        record(council, visit("20:50", stop=3), card=kept.number)
    with pytest.raises(BadInputError, match="is on record already, as number 1"):
        record(council, visit())
    assert record(council, visit(stop=2), card=kept.number).number == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"begins": "22:00", "ends": "20:30"}, "The walk ends before it begins"),
        ({"day": "2025-06-02"}, "The walk ends in the future"),
        ({"day": "1924-05-14"}, "The walk was before 2000"),
        ({"people": 1}, "1 walked; expected from 2 to 100: nobody walks alone"),
        ({"people": 0}, "It does not say how many walked"),
        ({"agencies": ()}, "It names no agency"),
        ({"agencies": ("jo@example.org",)}, "names of agencies only"),
        ({"agencies": ("Women's refuge",)}, "no usable place, or not for publication"),
        ({"who": "  "}, "It does not say who records it"),
        ({"who": "Safe house"}, "no usable place, or not for publication"),
        ({"card": 7}, "There is no walk card 7"),
    ],
)
def test_a_walk_that_cannot_be_right_is_refused_in_a_sentence(untouched, given, said) -> None:
    with pytest.raises(BadInputError, match=said):
        record(untouched, **given)
    assert read_walks(untouched) == read_visits(untouched) == ()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"minutes": -5}, "Visit 1: it ends before it begins"),
        ({"minutes": 0}, "it took no time"),
        ({"clock": "19:00"}, "Visit 1 lies outside the walk's hours, 20:30 to 22:00"),
        ({"clock": "22:10"}, "Visit 1 lies outside the walk's hours"),
        ({"outcome": "found"}, "says that somebody was found and counts nobody"),
        ({"bedded_down": 1}, "says that nobody was found, and counts somebody"),
        ({"outcome": "not accessible", "offered": 1}, "was not accessible, and counts"),
        ({"outcome": "found", "about_to": 2, "offered": 3}, "3 offers to 2 found"),
        ({"outcome": "found", "about_to": 2, "offered": 2, "accepted": 2, "refused": 1}, "3 offers were accepted or"),
        ({"outcome": "found", "bedded_down": 51}, "whole numbers from 0 to 50"),
        ({"outcome": "found", "bedded_down": -1}, "whole numbers from 0 to 50"),
        ({"outcome": "asleep"}, "expected an outcome of found, nobody, not accessible"),
        ({"square": "SU3645"}, "grid reference is none"),
        ({"square": "SU364455"}, "outside the district"),
        ({"postcode": "ZZ7 7QX"}, "no place in the postcode directory"),
        ({"street": "Bell Street"}, "no streets to find a street by"),
        ({"stop": 2}, "It names stops and no card"),
    ],
)
def test_a_visit_that_cannot_be_right_is_refused_and_nothing_of_the_walk_is_kept(untouched, facts, said) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        record(untouched, visit(facts.pop("clock", "20:40"), **facts), visit("21:30", square=SQUARES[3]))
    assert str(refused.value).endswith("Nothing was kept.")
    assert read_walks(untouched) == read_visits(untouched) == ()


def test_every_fault_is_told_at_once_and_a_postcode_in_none_of_them(untouched) -> None:
    wrong = [visit(postcode="ZZ7 7QX"), visit("21:00", outcome="found"), visit("23:30")]
    with pytest.raises(BadInputError) as refused:
        record(untouched, *wrong, people=1, agencies=())
    said = str(refused.value)
    told = ("1 walked", "names no agency", "Visit 1: ", "Visit 2: ", "Visit 3 lies outside")
    assert [one for one in told if one not in said] == []
    assert "7QX" not in said


def test_a_stop_that_the_card_lacks_or_that_comes_twice_is_named(council) -> None:
    kept = card(council)
    with pytest.raises(BadInputError, match="Stop 9: the card has no such stop; its stops are 1 to 3"):
        record(council, visit(stop=9), card=kept.number)
    with pytest.raises(BadInputError, match="Stop 1 is there more than once"):
        record(council, visit(stop=1), visit("21:00", stop=1), card=kept.number)
    with pytest.raises(BadInputError, match="Visit 2 and Visit 1 are the same place at the same moment"):
        record(council, visit(), visit(minutes=9))


def test_a_visit_answers_a_report_outside_any_walk(council) -> None:
    made = record_visit(council, visit(purpose="report", **COUNTED), who="JS", now=NOW)
    assert (made.walk, made.purpose, made.found, walks_standing(council)) == (0, "report", 3, ())
    with pytest.raises(BadInputError, match="on record already"):
        record_visit(council, visit(), who="JS", now=NOW)
    again = record_visit(council, visit(purpose="report"), who="JS", now=NOW, supersedes=1)
    assert [one.number for one in visits_standing(council)] == [again.number]
    withdraw_visit(council, again.number, who="KL")
    assert visits_standing(council) == ()
    with pytest.raises(BadInputError, match="It does not say who"):
        record_visit(council, visit(), who="", now=NOW)
    with pytest.raises(BadInputError, match="it has no stop"):
        record_visit(council, visit(stop=1), who="JS", now=NOW)


def test_a_visit_of_a_walk_is_put_right_with_its_walk(council) -> None:
    record(council)
    with pytest.raises(BadInputError, match="Visit 1 belongs to walk 1"):
        withdraw_visit(council, 1, who="KL")
    with pytest.raises(BadInputError, match="There is no visit 9"):
        withdraw_visit(council, 9, who="KL")


def test_the_night_the_clocks_go_back_counts_the_hours_that_pass(council) -> None:
    early, late = at("01:30", "2024-10-27"), at("01:30", "2024-10-27").replace(fold=1)
    assert minutes_between(early, late) == 60
    held = walk(
        MadeVisit(early, late, "nobody", place=typed_place(SQUARES[1])), begins="00:30", ends="02:00", day="2024-10-27"
    )
    ready_walk(council, held, now=NOW)
    record(council, *held.visits, begins="00:30", ends="02:00", day="2024-10-27")
    assert visits_standing(council)[0].hours == 1


def test_rows_are_never_changed(council) -> None:
    record(council)
    for table in ("walks", "walk_visits"):
        with (
            pytest.raises(WorkspaceError),
            council.store.noting() as connection,
        ):
            connection.execute(f"UPDATE {table} SET who = 'X'")  # noqa: S608 - our own names
