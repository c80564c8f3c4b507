"""The members' briefing is one page whatever there is to say, and says what it leaves out."""

import io
from dataclasses import replace

import pypdf
import pytest

from geo.review.pack.content import Figure
from layers.pack.brief import brief_of
from layers.pack.briefing import briefing_html, briefing_pdf
from tests.layers.pack.pdf_reader import Read

LONG = tuple(f"Point {at}: " + "households came from the harbour wards, " * (12 - at // 2) for at in range(14))
FIGURES = tuple(
    Figure(f"f{at}", f"A figure with a rather long name, number {at}", at * 1_000, "household episodes", 1, 2, "", 3)
    for at in range(40)
)


@pytest.fixture(scope="module")
def crowded(team):
    return replace(team, briefing=LONG, figures=FIGURES, attributions=team.attributions * 6)


def test_it_says_everything_where_there_is_room(team):
    pdf = briefing_pdf(team)
    read = Read(pdf.pdf)
    assert pdf.accessible
    assert len(read.texts) == 1
    assert all(point in read.words for point in team.briefing)
    assert all(figure.label in read.words for figure in team.figures)
    assert "more point" not in read.words
    assert read.order == [1]
    assert read.tags["/Table"] == 1
    assert briefing_pdf(team).pdf == pdf.pdf


def test_what_does_not_fit_one_page_is_counted_not_cut_off(crowded):
    read = Read(briefing_pdf(crowded).pdf)
    brief = brief_of(crowded)
    assert len(read.texts) == 1
    left = (len(LONG) - len(brief.points), len(FIGURES) - len(brief.figures.rows))
    assert f"The report has {left[0]} more points and {left[1]} more figures." in read.words
    assert "(the report has the rest)" in read.words
    assert len(brief.points) >= 4


@pytest.mark.parametrize("points", [1, 5, 9, 30])
@pytest.mark.parametrize("words", [1, 12, 50])
def test_it_is_one_page_whatever_there_is(team, points, words):
    pack = replace(
        team, briefing=tuple("unaccommodated " * words for _ in range(points)), figures=FIGURES[: points + 3]
    )
    assert len(pypdf.PdfReader(io.BytesIO(briefing_pdf(pack).pdf)).pages) == 1


def test_the_plain_one_is_one_page_as_well_and_says_that_it_is_plain(team, monkeypatch):
    monkeypatch.setattr("layers.pack.briefing.can_typeset", lambda: False)
    found = briefing_pdf(team)
    pages = pypdf.PdfReader(io.BytesIO(found.pdf)).pages
    assert not found.accessible
    assert "not accessible" in found.note
    assert "not accessible" in " ".join(pages[0].extract_text().split())
    assert len(pages) == 1


@pytest.mark.browser
def test_the_html_prints_on_one_page(chromium, crowded, team, tmp_path):
    for pack in (team, crowded):
        path = tmp_path / "briefing.html"
        path.write_text(briefing_html(pack), encoding="utf-8")
        shown = chromium.new_page()
        shown.goto(path.as_uri())
        printed = shown.pdf(prefer_css_page_size=True)
        assert len(pypdf.PdfReader(io.BytesIO(printed)).pages) == 1
