"""Figures of a quarter from the records: a true nought, what is not known, and what was given by hand."""

import pytest

from geo.errors import BadInputError
from geo.review.quarter_figures import figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.quarter import (
    figures_from_records,
    fill_figures,
    record_notes,
    told_figures,
    visit_table,
)
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.response import quarter_response, response_sentences
from geo.review.walks.visits import record_visit, withdraw_walk
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, at, card, record, visit
from tests.tinytown.council import TODAY

SPRING = ReviewQuarter("2025-26", 1, 4)
WINTER = SPRING.before


@pytest.fixture
def council(council):
    return signed(council)


def _found(council, quarter=SPRING):
    return figures_from_records(council, quarter, now=NOW)


def test_without_a_record_nothing_is_known_and_nought_is_never_written(council) -> None:
    assert _found(council) == {}
    filled = fill_figures(council, SPRING, who="JS", now=NOW)
    assert (set(filled.figures.values()), filled.changed) == ({None}, ())
    table = visit_table(council, [WINTER, SPRING], now=NOW)
    assert table.iloc[:, 1:].isna().all(axis=None)


def test_a_quarter_whose_walks_found_nobody_is_a_true_nought(council) -> None:
    record(council, visit(), visit("21:00", square=SQUARES[2], outcome="not accessible"))
    assert _found(council) == {"found": 0, "offers": 0, "accepted": 0, "refused": 0, "walkabouts": 1}
    assert _found(council, WINTER) == {}
    assert visit_table(council, [SPRING], now=NOW).iloc[0].tolist() == [SPRING.name, 1, 2, 1, 1, 0, 0, 0, 0, 0]


def test_walks_and_answers_to_reports_count_where_they_belong(council) -> None:
    record(council, visit(**COUNTED))
    record_visit(
        council, visit("15:00", purpose="report", outcome="found", bedded_down=1, offered=1), who="JS", now=NOW
    )
    found = _found(council)
    assert (found["found"], found["walkabouts"]) == (3, 1)
    assert (found["offers"], found["accepted"], found["refused"]) == (4, 1, 2)
    withdraw_walk(council, 1, who="KL")
    assert _found(council) == {"offers": 1, "accepted": 0, "refused": 0}


def test_reported_and_visited_come_from_the_reports_and_stand_beside_what_was_found(council) -> None:
    for place, people in ((GivenPlace(grid_reference=SQUARES[1]), 2), (GivenPlace(town="Tinytown"), 1)):
        made = MadeReport(at("09:00", "2025-05-08"), at("09:30", "2025-05-08"), "StreetLink", place, people)
        record_report(council, made, who="JS", now=NOW)
    assert _found(council) == {"reported": 2, "visited": 0}
    record(council, visit(**COUNTED))
    found = _found(council)
    assert (found["reported"], found["visited"], found["found"]) == (2, 1, 3)
    assert record_notes(council, SPRING, now=NOW)[:2] == (
        "One person may be reported several times or found on several walks: these are no numbers of different people.",
        "1 report has no place on record, so no visit can be told to answer: it counts as not visited.",
    )


def test_one_person_reported_five_times_is_five_reports_and_never_five_people_found(council) -> None:
    for hour in range(5):
        told = at(f"{9 + hour:02d}:00", "2025-05-08")
        place = GivenPlace(grid_reference=SQUARES[1])
        record_report(council, MadeReport(told, told, "StreetLink", place, 1), who="JS", now=NOW)
    record(council, visit(outcome="found", bedded_down=1))
    found = _found(council)
    assert (found["reported"], found["visited"], found["found"]) == (5, 5, 1)
    assert "Reports of people sleeping rough 5" in told_figures(found).replace("reports of", "Reports of")
    said = " ".join(response_sentences(quarter_response(council, SPRING, now=NOW)))
    assert "Of 5 reports visited, 5 led to a visit that found somebody, 0 to one that found nobody." in said
    assert "5 people (" not in said


def test_visited_is_within_one_working_day_whatever_the_options_say(council) -> None:
    options = council.scenario.walkabouts.model_copy(update={"working_days": 3})
    council.save_scenario(council.scenario.model_copy(update={"walkabouts": options}))
    told = at("09:00", "2025-05-06")  # a Tuesday; the walk is on Friday
    made = MadeReport(told, told, "StreetLink", GivenPlace(grid_reference=SQUARES[1]))
    record_report(council, made, who="JS", now=NOW)
    record(council, visit())
    assert quarter_response(council, SPRING, now=NOW).response.in_time.reports == 1
    assert _found(council)["visited"] == 0
    assert any(note.startswith("Visited counts one working day") for note in record_notes(council, SPRING, now=NOW))


def test_what_was_found_outside_walks_stands_in_a_column_of_its_own_and_is_told(council) -> None:
    record(council, visit())
    lone = visit("15:00", purpose="report", outcome="found", bedded_down=3, offered=3, accepted=1)
    record_visit(council, lone, who="JS", now=NOW)
    row = visit_table(council, [SPRING], now=NOW).iloc[0]
    assert (row["People found on walks"], row["People found outside walks"], row["Offers made"]) == (0, 3, 3)
    assert _found(council)["found"] == 0
    assert record_notes(council, SPRING, now=NOW)[1] == (
        "Outside walks 3 people were found and 3 offers made: found counts walkabouts only, offers count both."
    )


def test_two_teams_of_one_card_held_one_walkabout(council) -> None:
    kept = card(council, teams=2)
    record(council, visit(stop=1), card=kept.number)
    record(council, visit(stop=2), card=kept.number)
    assert _found(council)["walkabouts"] == 1
    record(council, visit(day="2025-05-20"), day="2025-05-20")
    assert _found(council)["walkabouts"] == 2


def test_the_small_hours_of_a_quarters_first_day_belong_to_the_quarter_before(council) -> None:
    record(council, visit("00:40", day="2025-04-01"), begins="00:30", ends="01:30", day="2025-04-01")
    assert _found(council, WINTER)["walkabouts"] == 1
    assert _found(council) == {}


def test_the_figures_are_filled_and_what_was_given_by_hand_stays_until_it_is_said(council) -> None:
    record(council, visit(**COUNTED))
    set_figures(council, SPRING, {"offers": 4, "found": 3}, who="KL", today=TODAY)
    filled = fill_figures(council, SPRING, who="JS", now=NOW)
    assert filled.kept == ("Offers of accommodation made: 4 was given, and the records tell of 3; left as it is.",)
    assert [line.split(":")[0] for line in filled.changed] == ["Offers accepted", "Offers refused", "Walkabouts held"]
    assert figures_of(council, SPRING)["offers"] == 4
    over = fill_figures(council, SPRING, who="JS", now=NOW, over=True)
    assert over.changed == ("Offers of accommodation made: 4 before, now 3.",)
    assert (over.figures["offers"], over.figures["reported"]) == (3, None)
    again = fill_figures(council, SPRING, who="JS", now=NOW)
    assert (again.changed, again.kept) == ((), ())


def test_nobody_fills_the_figures_namelessly(council) -> None:
    record(council)
    with pytest.raises(BadInputError, match="Say who gives the figures"):
        fill_figures(council, SPRING, who=" ", now=NOW)


def test_what_the_figures_cannot_tell_is_said_beside_them(council) -> None:
    assert record_notes(council, SPRING, now=NOW) == ("The quarter is not over.",)
    old = ReviewQuarter("2021-22", 1, 4)
    assert record_notes(council, old, now=NOW) == (
        "Records of so long ago may have been erased: the figures can be too low.",
    )
    assert told_figures({"found": 3, "reported": 2}).startswith(
        "From the walkabouts recorded: reports of people sleeping rough"
    )
