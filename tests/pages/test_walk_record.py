"""The tab Record of the Walkabouts page: a walk by stops, a phone's file, past walks, what is taken back, the log."""

import json
import shutil
from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.quarter_figures import figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.cards import card_numbered
from geo.review.walks.reading import visits_standing, walks_standing
from geo.review.workspace import Workspace
from pages.kit import session
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, at, card, record, visit
from tests.tinytown.council import make_council

SPRING = ReviewQuarter("2025-26", 1, 4)


def _screen(root, fixed):
    """Show the tab alone; the function runs in a script of its own."""
    from datetime import date  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    from geo.review.workspace import Workspace  # noqa: PLC0415 - as above
    from pages.kit import walk_record_view  # noqa: PLC0415 - as above

    walk_record_view.show(Workspace.open(Path(root)), today=date(2026, 5, 1), fixed=fixed)


@pytest.fixture(autouse=True)
def _early_summer(monkeypatch):
    """Let the screen's clock stand still."""
    monkeypatch.setattr(session, "now", lambda _: NOW)


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "Tinytown")
    card(council)
    return council.root


@pytest.fixture
def council(walked, tmp_path):
    return Workspace.open(shutil.copytree(walked, tmp_path / "w"))


def _open(council, way="A walk", *, fixed=False):
    app = AppTest.from_function(_screen, args=(str(council.root), fixed), default_timeout=60).run()
    if way != "A walk":
        app.button_group[0].set_value(way).run()
    assert [error.value for error in app.exception] == []
    return app


def _field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label == label)


def _press(app, label):
    return _field(app, "button", label).click().run()


def _said(app):
    found = [*app.markdown, *app.caption, *app.success, *app.warning, *app.error, *app.info]
    return "\n".join(str(one.value) for one in found)


def _choose(app, label, start):
    box = _field(app, "selectbox", label)
    box.set_value(next(option for option in box.options if option.startswith(start))).run()


def _head(app):
    _choose(app, "Walk card", "Card 1")
    assert _field(app, "date_input", "Date").value == date(2025, 5, 9)
    _field(app, "time_input", "Began").set_value(time(20, 30))
    _field(app, "time_input", "Ended").set_value(time(22, 0))
    _field(app, "number_input", "How many walked").set_value(3)
    _field(app, "multiselect", "Who walked along").set_value(["Police"])
    _field(app, "text_input", "Who records it (name or initials)").set_value("JS")


def _stop(app, at_place, outcome, arrived, left):
    _outcome(app, f"What was found at {at_place}").set_value(outcome).run()
    _field(app, "time_input", f"Arrived at {at_place}").set_value(arrived)
    _field(app, "time_input", f"Left {at_place}").set_value(left)


def _outcome(app, label):
    return next(one for one in app.button_group if one.proto.label == label)


def test_a_walk_is_recorded_stop_by_stop_and_what_was_not_visited_is_not(council) -> None:
    app = _open(council)
    assert "No walk has been recorded yet" in _said(app)
    assert "Without a card, say under 'Other places visited' how many there were" in _said(app)
    _head(app)
    _stop(app, "stop 1", "Found", time(20, 40), time(20, 48))
    _field(app, "number_input", "Bedded down, stop 1").set_value(2)
    _field(app, "number_input", "Offers made, stop 1").set_value(1)
    _stop(app, "stop 2", "Nobody", time(21, 0), time(21, 8))
    _press(app, "Record this walk")
    assert "Recorded as number 1, with 2 visits." in _said(app)
    assert "Stops of the card without a record: 3." in _said(app).replace("\\", "")
    assert [(one.square, one.outcome, one.found, one.offered) for one in visits_standing(council)] == [
        (SQUARES[1], "found", 2, 1), (SQUARES[2], "nobody", 0, 0),
    ]  # fmt: skip
    assert "**1 walk** with 2 visits on record: 2 people found, nobody at 1 visit" in _said(app)


def test_what_is_wrong_is_said_and_what_was_entered_stays(council) -> None:
    app = _open(council)
    _head(app)
    _stop(app, "stop 1", "Found", time(20, 40), time(20, 30))
    app = _press(app, "Record this walk")
    (error,) = app.error
    assert "Stop 1: it ends before it begins" in error.value.replace("\\", "")
    assert "counts nobody" in error.value
    assert _field(app, "time_input", "Arrived at stop 1").value == time(20, 40)
    assert walks_standing(council) == ()


def test_a_walk_is_put_right_from_what_was_recorded(council) -> None:
    record(council, visit(stop=1, **COUNTED), visit("21:30"), card=1)
    app = _open(council)
    _choose(app, "Record", "In place of number 1")
    assert _field(app, "number_input", "Bedded down, stop 1").value == 2
    assert _field(app, "text_input", "Grid reference, postcode or street, other place 1").value == SQUARES[1]
    _field(app, "number_input", "Bedded down, stop 1").set_value(3)
    _field(app, "text_input", "Who records it (name or initials)").set_value("KL")
    app = _press(app, "Record this walk")
    assert [error.value for error in app.error] == []
    assert [(one.number, one.supersedes, one.card) for one in walks_standing(council)] == [(2, 1, 1)]
    assert [(one.bedded_down, one.purpose) for one in visits_standing(council)] == [(3, "report"), (0, "passing")]


def test_a_visit_alone_is_recorded_and_withdrawn(council) -> None:
    app = _open(council, "A visit alone")
    _field(app, "date_input", "Day of the visit").set_value(date(2025, 5, 20))
    _field(app, "text_input", "Grid reference, postcode or street").set_value(SQUARES[2])
    _press(app, "Record this visit")
    assert app.error[0].value.startswith("Say what was found at the place")
    _outcome(app, "What was found at the place").set_value("Nobody").run()
    _field(app, "time_input", "Arrived at the place").set_value(time(15, 0))
    _field(app, "time_input", "Left the place").set_value(time(15, 10))
    _field(app, "text_input", "Who records it (name or initials)").set_value("JS")
    _press(app, "Record this visit")
    (made,) = visits_standing(council)
    assert (made.walk, made.purpose, made.arrived) == (0, "report", at("15:00", "2025-05-20"))
    app = _open(council, "Withdraw")
    _field(app, "text_input", "Who withdraws it (name or initials)").set_value("KL")
    app = _press(app, "Withdraw it")
    assert "Withdrawn: visit 1." in _said(app).replace("\\", "")
    assert visits_standing(council) == ()


def test_the_phones_file_is_looked_at_first_and_taken_once(council) -> None:
    stop = {
        "stop": 1, "arrived": "2025-05-09T20:40+01:00", "left": "2025-05-09T20:48+01:00", "outcome": "nobody",
        "bedded_down": 0, "about_to": 0, "offered": 0, "accepted": 0, "refused": 0,
    }  # fmt: skip
    content = {
        "format": "planner-walk", "version": 1, "card": 1, "digest": card_numbered(council, 1).digest,
        "walk": "ab" * 16, "begins": "2025-05-09T20:30+01:00", "ends": "2025-05-09T22:00+01:00", "people": 2,
        "agencies": ["Police"], "stops": [stop], "others": [],
    }  # fmt: skip
    app = _open(council, "A phone's file")
    file = ("walk-1.json", json.dumps(content).encode(), "application/json")
    _field(app, "file_uploader", "File that the phone saved (walk-N.json)").upload(*file).run()
    _field(app, "text_input", "Who takes it in (name or initials)").set_value("JS").run()
    assert "**Walk card 1, 9 May 2025**" in _said(app)
    assert walks_standing(council) == ()
    _press(app, "Take this walk in")
    assert len(walks_standing(council)) == 1
    _field(app, "file_uploader", "File that the phone saved (walk-N.json)").upload(*file).run()
    app = _field(app, "text_input", "Who takes it in (name or initials)").set_value("JS").run()
    assert "was taken in before, as number 1, and says the same" in _said(app)
    assert _field(app, "button", "Take this walk in").disabled


def test_what_is_unlikely_in_a_phones_file_is_confirmed_first_and_old_cards_give_no_form_unasked(council) -> None:
    app = _open(council, "A phone's file")
    assert "No walk card can be used any more" in _said(app)
    app = _field(app, "toggle", "Also cards that expired or were replaced, for the records").set_value(True).run()
    assert _field(app, "selectbox", "Form of walk card").options[0].startswith("Card 1")
    stop = {"stop": 1, "arrived": "2025-05-02T20:40+01:00", "left": "2025-05-02T20:48+01:00", "outcome": "nobody"}
    stop |= dict.fromkeys(("bedded_down", "about_to", "offered", "accepted", "refused"), 0)
    walk = {"begins": "2025-05-02T20:30+01:00", "ends": "2025-05-02T22:00+01:00", "people": 2, "agencies": ["Police"]}
    head = {"format": "planner-walk", "version": 1, "card": 1, "digest": card_numbered(council, 1).digest}
    content = json.dumps({**head, "walk": "ab" * 16, **walk, "stops": [stop], "others": []}).encode()
    _field(app, "file_uploader", "File that the phone saved (walk-N.json)").upload(
        "w.json", content, "application/json"
    )
    app = _field(app, "text_input", "Who takes it in (name or initials)").set_value("JS").run()
    assert "It would answer no open report" in _said(app)
    assert "The walk is dated 2025" in _said(app)
    assert _field(app, "button", "Take this walk in").disabled
    _field(app, "checkbox", "I asked whoever walked, and it is right").check().run()
    _press(app, "Take this walk in")
    assert len(walks_standing(council)) == 1


def test_past_walks_come_from_a_file(council) -> None:
    app = _open(council, "Past visits")
    text = (
        "walk_date,start_time,agencies,walkers,arrived,left,grid_reference,outcome\n"
        f"09/05/2025,20:30,Police,2,20:40,20:50,{SQUARES[1]},nobody\n"
    )
    _field(app, "file_uploader", "File of past visits").upload("v.csv", text.encode(), "text/csv")
    app = _field(app, "text_input", "Who takes it in (name or initials)").set_value("JS").run()
    assert "**It would record 1 walk with 1 visit**, 1 of which found nobody." in _said(app)
    app = _press(app, "Record these visits")
    assert "1 walk with 1 visit recorded." in _said(app)


def test_visits_outside_walks_come_from_a_file_and_stand_apart_from_the_walks(council) -> None:
    record(council, visit(**COUNTED))
    app = _open(council, "Past visits")
    text = f"date,arrived,left,grid_reference,outcome,bedded_down\n12/05/2025,15:00,15:10,{SQUARES[2]},found,2\n"
    _field(app, "file_uploader", "File of past visits").upload("v.csv", text.encode(), "text/csv")
    app = _field(app, "text_input", "Who takes it in (name or initials)").set_value("JS").run()
    assert "**It would record 1 visit outside any walk**, 0 of which found nobody." in _said(app)
    said = _said(_press(app, "Record these visits"))
    assert "1 visit outside any walk recorded." in said
    assert "**1 walk** with 1 visit on record: 3 people found, nobody at 0 visits" in said
    assert "**1 visit outside any walk**, such as answers to reports: 2 people found" in said
    assert "people found on walks 3, outside walks 2" in said


def test_a_quarters_figures_are_filled_once_they_were_looked_at(council) -> None:
    record(council, visit(**COUNTED))
    set_figures(council, SPRING, {"found": 7}, who="KL", today=NOW.date())
    app = _open(council, "A quarter's figures")
    assert "nothing is known from them" in _said(app)
    _choose(app, "Quarter", "2025-26 Q1")
    assert "people found sleeping rough on walkabouts 3; offers" in _said(app)
    assert "People found sleeping rough on walkabouts: 7 was given, the records tell of 3" in _said(app)
    _field(app, "text_input", "Who fills them in (name or initials)").set_value("JS")
    app = _press(app, "Fill the quarter's figures")
    assert (figures_of(council, SPRING)["found"], figures_of(council, SPRING)["offers"]) == (7, 3)
    assert "7 was given" in _said(app)


def test_the_fictional_district_records_nothing_and_shows_its_log(council) -> None:
    record(council, visit(), visit("21:00", square=SQUARES[2], outcome="not accessible"))
    app = _open(council, fixed=True)
    said = _said(app)
    assert "keeps nothing, so no walk can be recorded here" in said
    assert "with 2 visits on record: nobody found at 1 visit, 1 place not accessible" in said
    assert "0 people" not in said
    assert [button.label for button in app.button if button.label == "Record this walk"] == []
    assert (
        "2025-26 Q1\\: walkabouts 1, visits 2 \\(nobody found at 1, not accessible 1\\), people found on walks 0,"
        " outside walks 0; offers" in said
    )
