"""The report and the briefing as HTML: whole, calm, with nothing that runs, and no barrier that axe finds."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from geo.review.team_only import SENTENCE
from layers.pack.briefing import briefing_html
from layers.pack.document import report_html
from layers.pack.told import table_of
from layers.pack.words import told
from tests.layers.drawn import NASTY

NARROW = 320


class Page(HTMLParser):
    """Collects tags, ids, links, headings and words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.headings, self.words = Counter(), [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags[tag] += 1
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "xlink:href") if name in found]
        self.headings += [int(tag[1])] if tag in {"h1", "h2", "h3"} else []
        self.handlers = [name for name in found if name.startswith("on")]
        assert not self.handlers

    def handle_data(self, data):
        self.words.append(data)


def test_it_runs_nothing_and_asks_nobody(page):
    found = Page(page)
    assert not {"script", "iframe", "object", "link", "img", "form"} & set(found.tags)
    assert all(link.startswith("#") for link in found.links)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert found.links[0] == "#summary"


def test_no_id_stands_twice_and_every_link_leads_somewhere(page):
    found = Page(page)
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(found.ids)


def test_headings_step_down_one_at_a_time(page):
    found = Page(page).headings
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(found))


def test_every_map_has_a_name_a_description_and_tables_have_captions(page, team):
    for number, shown in enumerate(team.maps, start=1):
        assert f'<desc id="map-{number}-desc">{shown.alt}</desc>' in page
        assert f'<title id="map-{number}-title">Map {number}: ' in page
    found = Page(page)
    assert page.count('role="img"') == found.tags["figure"] == len(team.maps)
    assert found.tags["caption"] == found.tags["table"] == found.tags["thead"]
    assert page.count('<th scope="col"') + page.count('<th scope="row"') == found.tags["th"]


def test_it_says_the_same_as_the_pdf(page, team):
    words = " ".join(Page(page).words)
    for section in team.sections:
        assert section.title in words
        for table in (table_of(team, name) for name in section.tables):
            cells = [
                told(value, column) for row in table.rows for value, column in zip(row, table.columns, strict=True)
            ]
            assert all(cell in words for cell in cells)
    assert SENTENCE in words
    assert team.digest in words


def test_the_same_pack_is_the_same_page(page, team):
    assert report_html(team) == page


def test_text_of_a_workspace_stays_text(team):
    tables = tuple(replace(one, title=NASTY, rows=((NASTY, *one.rows[0][1:]),), notes=(NASTY,)) for one in team.tables)
    sections = tuple(replace(one, title=NASTY, words=(NASTY,), maps=()) for one in team.sections)
    nasty = replace(team, district=NASTY, state=NASTY, summary=(NASTY,), briefing=(NASTY,), attributions=(NASTY,))
    nasty = replace(nasty, tables=tables, sections=sections, maps=())
    for text in (report_html(nasty), briefing_html(nasty)):
        found = Page(text)
        assert not {"script", "img"} & set(found.tags)
        assert "<script>window.broken = 1</script>" in "".join(found.words)


@pytest.fixture
def opened(chromium, tmp_path):
    def start(text, width):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        shown = chromium.new_page(viewport={"width": width, "height": 800})
        shown.complaints = []
        shown.on("console", lambda message: shown.complaints.append(message.text))
        shown.goto(path.as_uri())
        return shown

    return start


@pytest.mark.browser
@pytest.mark.parametrize("which", ["report", "briefing"])
def test_axe_finds_no_barrier_and_a_narrow_screen_needs_no_sideways_scrolling(opened, page, team, which):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    shown = opened(page if which == "report" else briefing_html(team), NARROW)
    assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert shown.complaints == []
    found = Axe().run(shown).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
