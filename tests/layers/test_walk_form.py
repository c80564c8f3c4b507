"""The phone's form of a walk card in a real Chromium: filled in offline, kept while the phone sleeps, taken in."""

import json
import re
import shutil
from datetime import timedelta

import pytest

from geo.errors import BadInputError
from geo.review.walks.form import take_in_form
from geo.review.walks.reading import visits_standing, walks_standing
from geo.review.workspace import Workspace
from geo.walkabouts.squares import told_square
from layers.walks.form import USUAL_AGENCIES, walk_form_html
from tests.geo.review.walks.walk_records import NOW, SQUARES, STREETS, at, card
from tests.tinytown.council import make_council

NARROW = {"width": 400, "height": 850}
OUTSIDE = "() => fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "Tinytown")
    return council, card(council, teams=2)


@pytest.fixture(scope="module")
def form(town, tmp_path_factory):
    path = tmp_path_factory.mktemp("phone") / "walk-card-1.html"
    path.write_bytes(walk_form_html(town[1], agencies=("Outreach", "Police", "Outreach")))
    return path


class Phone:
    """A narrow page of a phone that stands in Berlin and speaks German, with what it asked for and complained of."""

    def __init__(self, chromium, form, clock) -> None:
        self.context = chromium.new_context(
            viewport=NARROW, locale="de-DE", timezone_id="Europe/Berlin", accept_downloads=True, offline=True
        )
        self.page = self.context.new_page()
        self.asked, self.complaints = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.now(clock)
        self.page.goto(form.as_uri())

    def now(self, moment):
        self.page.clock.set_fixed_time(moment)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, name, value):
        self.page.get_by_label(name, exact=True).fill(value)
        self.page.keyboard.press("Tab")

    def tick(self, name, place):
        self.page.locator(place).get_by_label(name, exact=True).check()

    def save(self):
        with self.page.expect_download() as download:
            self.press("Save the file")
        assert download.value.suggested_filename == "walk-1.json"
        return download.value.path().read_bytes()


@pytest.fixture
def phone(chromium, form):
    opened = []

    def start(clock=None):
        opened.append(Phone(chromium, form, clock or at("20:31")))
        return opened[-1]

    yield start
    for one in opened:
        one.context.close()


def _begin(phone):
    phone.press("Began of the walk: now")
    phone.fill("Ended of the walk", "22:05")
    for _ in range(3):
        phone.press("One more how many walk ")
    phone.tick("Police", "#walk")


def _walk(phone):
    """Record all three stops, and one place that is none."""
    _begin(phone)
    phone.now(at("20:40") + timedelta(seconds=5))
    phone.press("Arrived at stop 1: now")
    phone.tick("Found", "#stop-1")
    for name in ("bedded down", "about to bed down", "offers made", "offers accepted"):
        phone.press(f"One more {name} at stop 1")
    phone.press("Left at stop 1: now")
    phone.fill("Arrived at stop 2", "21:00")
    phone.fill("Left at stop 2", "21:08")
    phone.tick("Nobody", "#stop-2")
    phone.fill("Arrived at stop 3", "21:20")
    phone.fill("Left at stop 3", "21:21")
    phone.tick("Not accessible", "#stop-3")
    phone.press("Add another place")
    phone.page.keyboard.type(told_square(SQUARES[3]).lower())
    phone.fill("Arrived at other place 1", "21:40")
    phone.fill("Left at other place 1", "21:50")
    phone.tick("Nobody", "#other-0")


@pytest.mark.browser
def test_a_walk_recorded_on_a_phone_without_a_network_is_found_in_the_workspace(phone, town, tmp_path) -> None:
    council = Workspace.open(shutil.copytree(town[0].root, tmp_path / "w"))
    tried = phone()
    _walk(tried)
    content = tried.save()
    assert "Saved as walk-1.json" in tried.page.locator("#saved").inner_text()
    made = take_in_form(council, content, who="JS", now=NOW)
    assert (made.new, made.notes) == (True, ())
    (walk,) = walks_standing(council)
    assert (walk.begins, walk.ends, walk.people, walk.agencies, walk.card) == (
        at("20:31"), at("22:05"), 3, ("Police",), 1,
    )  # fmt: skip
    first, second, third, other = visits_standing(council)
    assert (first.square, first.street, first.arrived, first.left) == (SQUARES[1], STREETS[1], at("20:40"), at("20:41"))
    assert (first.bedded_down, first.about_to, first.offered, first.accepted, first.refused) == (1, 1, 1, 1, 0)
    assert [(one.outcome, one.found) for one in (second, third, other)] == [
        ("nobody", 0), ("not accessible", 0), ("nobody", 0),
    ]  # fmt: skip
    assert (third.purpose, other.purpose, other.square) == ("exploration", "passing", SQUARES[3])
    again = take_in_form(council, content, who="KL", now=NOW)
    assert (again.new, again.notes) == (False, ("This walk was taken in before, as number 1; nothing was changed.",))
    assert len(visits_standing(council)) == 4
    assert tried.complaints == []
    assert [url for url in tried.asked if not url.startswith(("file:", "blob:"))] == []


@pytest.mark.browser
def test_the_file_says_numbers_and_times_and_no_place_of_the_card(phone) -> None:
    tried = phone()
    _walk(tried)
    text = tried.save().decode()
    assert [street for street in STREETS.values() if street in text] == []
    assert [square for square in (SQUARES[1], SQUARES[2]) if square in text] == []
    said = json.loads(text)
    assert said["begins"] == "2025-05-09T20:31+01:00"
    assert [max(row) for row in said["stops"]] == ["stop"] * 3
    assert [row["square"] for row in said["others"]] == [SQUARES[3]]


@pytest.mark.browser
def test_what_was_entered_is_there_again_when_the_phone_wakes_up_and_gone_when_it_is_deleted(phone) -> None:
    tried = phone()
    _walk(tried)
    before = tried.save()
    tried.page.reload()
    assert tried.page.locator("#done").inner_text() == "3 of 3 stops recorded"
    assert tried.save() == before
    assert tried.page.evaluate("localStorage.length") == 1
    tried.page.on("dialog", lambda dialog: dialog.accept())
    tried.press("Delete what is entered on this phone")
    assert tried.page.locator("#done").inner_text() == "0 of 3 stops recorded"
    tried.page.reload()
    assert tried.page.get_by_label("Arrived at stop 1", exact=True).input_value() == ""


@pytest.mark.browser
def test_what_is_missing_is_said_and_led_to_and_nothing_is_lost(phone) -> None:
    tried = phone()
    tried.tick("Found", "#stop-2")
    tried.press("Save the file")
    said = tried.page.locator("#faults-list").inner_text()
    for told in ("walk began and ended", "at least 2", "who walks along", "Stop 2: set when", "Stop 2: count who"):
        assert told in said
    tried.page.get_by_role("link", name="Stop 2: count who was bedded down or about to").click()
    assert tried.page.evaluate("document.activeElement.id") == "stop-2"
    assert tried.page.locator("#stop-2").get_by_label("Found", exact=True).is_checked()


@pytest.mark.browser
def test_times_past_midnight_lie_on_the_next_day_and_move_with_the_walk(phone) -> None:
    tried = phone()
    tried.fill("Arrived at stop 1", "00:10")
    tried.fill("Left at stop 1", "00:20")
    tried.fill("Began of the walk", "23:30")
    tried.fill("Ended of the walk", "00:45")
    moments = "[state.begins, state.ends, state.visits[1].arrived].map(written)"
    assert tried.page.evaluate(moments) == [
        "2025-05-09T23:30+01:00", "2025-05-10T00:45+01:00", "2025-05-10T00:10+01:00",
    ]  # fmt: skip
    tried.fill("Began of the walk", "16:00")
    assert tried.page.evaluate(moments)[0] == "2025-05-09T16:00+01:00"
    tried.fill("Date", "2025-01-05")
    assert tried.page.evaluate(moments)[0] == "2025-01-05T16:00+00:00"


@pytest.mark.browser
def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(phone) -> None:
    page = phone().page
    first, second = ("written(Date.parse('2025-10-26T00:30Z'))", "written(Date.parse('2025-10-26T01:30Z'))")
    assert page.evaluate(first) == "2025-10-26T01:30+01:00"
    assert page.evaluate(second) == "2025-10-26T01:30+00:00"
    for clock in ("2025-07-01T12:00", "2025-12-01T23:59", "2025-03-30T00:59", "2025-03-30T02:00"):
        day, time = clock.split("T")
        assert page.evaluate(f"written(momentOf('{day}', '{time}'))").startswith(clock)


@pytest.mark.browser
def test_after_its_expiry_the_form_says_so_and_still_saves(phone, town, tmp_path) -> None:
    council = Workspace.open(shutil.copytree(town[0].root, tmp_path / "w"))
    late = phone(at("20:31", "2025-05-13"))
    assert "This card expired on 12 May 2025" in late.page.locator("#expired").inner_text()
    _begin(late)
    late.fill("Arrived at stop 1", "20:40")
    late.fill("Left at stop 1", "20:48")
    late.tick("Nobody", "#stop-1")
    content = late.save()
    with pytest.raises(BadInputError, match=r"had expired before this walk.*--checked"):
        take_in_form(council, content, who="JS", now=NOW)
    made = take_in_form(council, content, who="JS", now=NOW, checked=True)
    assert made.walk.begins == at("20:31", "2025-05-13")
    assert "had expired before this walk" in made.notes[0]
    assert phone().page.locator("#expired").is_hidden()


@pytest.mark.browser
def test_the_form_is_fit_for_cold_fingers_small_screens_keyboards_and_readers(phone) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    tried = phone()
    tried.tick("Found", "#stop-1")
    tried.press("Add another place")
    found = Axe().run(tried.page)
    assert found.violations_count == 0, found.generate_report()
    assert tried.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    small = """() => [...document.querySelectorAll('button, input, summary, .choice')].filter((one) => {
        const box = one.getBoundingClientRect(); return box.width && (box.height < 44 || box.width < 44); }).length"""
    assert tried.page.evaluate(small) == 0
    nobody = tried.page.locator("#stop-2").get_by_label("Nobody", exact=True)
    nobody.focus()
    tried.page.keyboard.press("Space")
    assert nobody.is_checked()


@pytest.mark.browser
def test_the_form_can_reach_nobody_even_if_it_wanted_to(phone) -> None:
    tried = phone()
    tried.context.set_offline(False)
    assert tried.page.evaluate(OUTSIDE) == "refused"
    assert any("Content Security Policy" in line for line in tried.complaints)


def test_the_form_holds_streets_and_times_and_neither_squares_nor_why_a_stop_is_there(form, town) -> None:
    text = form.read_text(encoding="utf-8")
    assert STREETS[1] in text
    hidden = [*SQUARES.values(), "640550", '"report"', "exploration", "A plan."]
    assert [word for word in hidden if word in text] == []
    assert text.count("Outreach") == 1
    assert "<b>Mill" not in text
    assert "Tinytown Police &lt;night team&gt;" in text
    assert text.count("</script>") == 2
    assert re.search(r"default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-", text)
    assert all(name in walk_form_html(town[1]).decode() for name in USUAL_AGENCIES)
