"""What the phone's form keeps on the phone: nothing strange is taken, nothing is written unasked, old cards go."""

import json
import re

import pytest

from layers.walks.form import walk_form_html
from tests.geo.review.walks.walk_records import at, card
from tests.tinytown.council import make_council

KEY = "KEY"
STATE = """{"walk": "%s", "date": "2025-05-09", "begins": null, "ends": null, "people": 2, "agencies": ["Police", "Jo"],
"visits": {}, "others": [], "expires": "2025-05-12"}""" % ("ab" * 16)


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("kept") / "Tinytown")
    path = tmp_path_factory.mktemp("phone") / "walk-card-1.html"
    path.write_bytes(walk_form_html(card(council), agencies=("Outreach", "Police")))
    return path


@pytest.fixture
def opened(chromium, form):
    """Open the form at a moment, with what a page before it had stored."""
    contexts = []

    def start(*stored, clock=None):
        context = chromium.new_context(offline=True, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.clock.set_fixed_time(clock or at("20:31"))
        page.goto(form.as_uri())
        page.evaluate("localStorage.clear()")
        for key, text in stored:
            page.evaluate("([key, text]) => localStorage.setItem(key === 'KEY' ? KEY : key, text)", [key, text])
        page.reload()
        return page

    yield start
    for context in contexts:
        context.close()


def _stored(page):
    return page.evaluate("Object.fromEntries(Object.entries(localStorage).map(([k, v]) => [k === KEY ? 'KEY' : k, v]))")


@pytest.mark.browser
@pytest.mark.parametrize(
    "text",
    [
        "{bad",
        '{"walk": "x"}',
        "[1]",
        "7",
        STATE.replace('"visits": {}', '"visits": {"1": {"outcome": "asleep"}}'),
        STATE.replace('"begins": null', '"begins": 1e300'),
        STATE.replace('"others": []', '"others": [null]'),
    ],
)
def test_what_is_stored_in_another_shape_is_not_taken_and_stays_until_somebody_enters_something(opened, text) -> None:
    page = opened((KEY, text))
    assert page.complaints == []
    assert page.locator("#strange").is_visible()
    assert page.locator("#done").inner_text() == "0 of 3 stops recorded"
    page.reload()
    assert _stored(page) == {KEY: text}
    page.get_by_label("Nobody", exact=True).first.check()
    assert json.loads(_stored(page)[KEY])["visits"]["1"]["outcome"] == "nobody"


@pytest.mark.browser
def test_to_open_a_form_stores_nothing_and_what_fits_is_taken_without_agencies_that_it_does_not_offer(opened) -> None:
    assert _stored(opened()) == {}
    page = opened((KEY, STATE))
    assert not page.locator("#strange").is_visible()
    assert page.evaluate("[state.people, state.agencies]") == [2, ["Police"]]


@pytest.mark.browser
def test_a_fortnight_after_its_expiry_what_is_stored_of_a_card_goes_and_not_a_day_before(opened) -> None:
    other, new = "planner-walk-7-abcdef01", "planner-walk-9-abcdef01"
    stored = ((KEY, STATE), (other, '{"expires": "2025-05-12"}'), (new, '{"expires": "2025-06-30"}'), ("else", "x"))
    assert set(_stored(opened(*stored, clock=at("12:00", "2025-05-26")))) == {KEY, other, new, "else"}
    assert set(_stored(opened(*stored, clock=at("12:00", "2025-05-27")))) == {new, "else"}


@pytest.mark.browser
def test_after_a_save_the_deletion_is_offered_first(opened) -> None:
    page = opened((KEY, STATE))
    for name, value in (("Began of the walk", "20:30"), ("Ended of the walk", "22:00"), ("Arrived at stop 1", "20:40")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("Left at stop 1", exact=True).fill("20:48")
    page.keyboard.press("Tab")
    page.get_by_label("Nobody", exact=True).first.check()
    with page.expect_download():
        page.locator("#save").click()
    assert page.evaluate("document.activeElement.id") == "clear"
    assert page.evaluate("document.getElementById('saved').nextElementSibling.id") == "clear"
    page.on("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("Enter")
    assert re.search("nothing is kept of this card", page.locator("#saved").inner_text())
    assert _stored(page) == {}
