"""The Monitor page: hubs held, recorded by form and file, the delivery plan, and what is missing to judge by."""

import shutil
from pathlib import Path

import pytest

from geo.review.hub_sessions import hubs_held, read_sessions
from geo.review.quarter_figures import figures_of
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace
from tests.geo.review.hubs_held import file_of, record
from tests.tinytown.packed import packed_copy


@pytest.fixture(scope="module")
def busy_root(tmp_path_factory):
    """A little council whose second hub was put right: of three records two stand."""
    council = packed_copy(tmp_path_factory, tmp_path_factory.mktemp("busy") / "Tinytown")
    record(council, "2024-05-14")
    record(council, "2024-08-14")
    record(council, "2024-08-15", supersedes=2)
    return council.root


@pytest.fixture
def busy(busy_root, tmp_path) -> Workspace:
    """A copy of it, which a test may change."""
    return Workspace.open(Path(shutil.copytree(busy_root, tmp_path / "busy")))


def _field(app, label, kind):
    return next(one for one in getattr(app, kind) if one.label == label)


def _press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert [error.value for error in app.error] == []
    return app


def test_the_fictional_year_shows_its_hubs_and_its_delivery_plan(open_page, words) -> None:
    app = open_page("monitor")
    assert [error.value for error in app.error] == []
    said = words(app)
    assert "**4 hubs** held at 4 places; they saw **67 people**" in said
    assert "each in every quarter\\: met 9, not met 3." in said
    assert (
        "**Did more people come from near the hubs?** In the 4 places near last year's hubs\\: 193 clients came" in said
    )
    assert "67 people were seen where about 428 were within reach" in said
    assert "No record of 2024-25 came by a hub" in said
    assert "The sample district keeps nothing, so no hub can be recorded here." in said
    table = next(one.value for one in app.table if "People seen, and why they came" in one.value)
    assert table["No."].tolist() == [4, 3, 5, 1]  # the second was put right by the fifth


def test_a_hub_is_recorded_by_the_form_and_corrected(open_page, busy: Workspace, words) -> None:
    app = open_page("monitor", busy)
    place = _field(app, "Where", "selectbox")
    place.set_value(next(option for option in place.options if option.startswith("Harbour Hall")))
    _field(app, "People seen", "number_input").set_value(3)
    _field(app, "Advice only", "number_input").set_value(3)
    _field(app, "Who records it (name or initials)", "text_input").set_value("JS")
    app = _press(app, "Record this hub")
    assert "Recorded as number 4" in words(app)
    made = hubs_held(busy)[-1]
    assert (made.people, made.reasons, made.who) == (3, {"advice": 3}, "JS")
    record = _field(app, "Record", "selectbox")
    record.set_value(next(option for option in record.options if option.startswith("In place of number 4"))).run()
    assert _field(app, "People seen", "number_input").value == 3
    _field(app, "People seen", "number_input").set_value(4)
    _field(app, "Other, or not said", "number_input").set_value(1)
    _field(app, "Who records it (name or initials)", "text_input").set_value("KL")
    _press(app, "Record this hub")
    assert read_sessions(busy)[-1].supersedes == 4


def test_what_is_missing_or_does_not_add_up_is_told_and_nothing_is_kept(open_page, busy, words) -> None:
    app = open_page("monitor", busy)
    _field(app, "People seen", "number_input").set_value(3)
    next(button for button in app.button if button.label == "Record this hub").click().run()
    said = app.error[0].value
    assert "It does not say at which site it was held." in said
    assert "add up to 0 and 3 people were seen" in said
    assert "It does not say who records it" in said
    assert "Domestic abuse is no reason in this list." in words(app)
    assert len(read_sessions(busy)) == 3


def test_a_file_is_shown_before_it_is_recorded(open_page, busy, words) -> None:
    app = open_page("monitor", busy)
    good = file_of('14/05/2025,Harbour Hall,"Citizens Advice",5,3,2,JS')
    app.file_uploader[0].upload("hubs.csv", good, "text/csv").run()
    assert "It would record 1 hub." in words(app)
    assert "1 hub recorded." in words(_press(app, "Record these hubs"))
    assert hubs_held(busy)[-1].place == "Harbour Hall"


def test_a_file_with_a_bad_row_cannot_be_recorded(open_page, busy, words) -> None:
    app = open_page("monitor", busy)
    app.file_uploader[0].upload("hubs.csv", file_of("14/05/2025,Harbour,,5,3,2,JS"), "text/csv").run()
    said = words(app)
    assert "Nothing of this file can be recorded" in said
    assert "The nearest names are\\: Harbour Hall" in said
    assert next(button for button in app.button if button.label == "Record these hubs").disabled


def test_a_record_is_withdrawn_and_stays_marked(open_page, busy) -> None:
    app = open_page("monitor", busy)
    _field(app, "Who withdraws it (name or initials)", "text_input").set_value("JS")
    app = _press(app, "Withdraw it")
    assert [one.number for one in hubs_held(busy)] == [1]
    assert any("Records put right or withdrawn (3)" in one.label for one in app.expander)


def test_a_quarters_figures_are_kept_and_blank_stays_not_known(open_page, busy) -> None:
    app = open_page("monitor", busy)
    quarter = _field(app, "Quarter", "selectbox").value
    assert isinstance(quarter, ReviewQuarter)
    _field(app, "Offers of accommodation made", "number_input").set_value(4)
    _field(app, "Who gives them (name or initials)", "text_input").set_value("JS")
    _press(app, "Keep these figures")
    kept = figures_of(busy, quarter)
    assert (kept["offers"], kept["accepted"]) == (4, None)


def test_a_council_without_a_hub_or_a_site_is_told_what_to_do(open_page, bare_workspace, words) -> None:
    app = open_page("monitor", bare_workspace)
    said = words(app)
    assert "did not expect" not in said
    assert "No hub has been recorded yet" in said
    assert "The register has no place yet" in said
    assert "has been recorded" in said
