"""The report as a PDF, read by another program: tagged, whole, the same twice, and nothing in it is run."""

import io
import sys
from dataclasses import replace
from itertools import pairwise

import pypdf
import pytest

from geo.errors import MissingDataError
from geo.review.team_only import SENTENCE
from layers.pack.document import PLAIN, report_pdf
from layers.pack.told import table_of
from layers.pack.words import told
from tests.layers.pack.pdf_reader import Read

NASTY = '#read("secret.txt") *bold* $x^2$ @label <tag> \\ #{1+1} `raw` = heading // no \u202e \U0001f3e0 ' + "W" * 90


def small(pack, **changes):
    """The pack without its maps, which take their time."""
    sections = tuple(replace(section, maps=()) for section in pack.sections)
    return replace(pack, sections=sections, maps=(), **changes)


def test_it_is_tagged_for_readers_who_do_not_see_it(read, team):
    assert read.root["/MarkInfo"]["/Marked"]
    assert read.root["/Lang"] == "en-GB"
    assert read.file.metadata.title == team.title
    assert "pdfuaid:part" in read.root["/Metadata"].get_data().decode()
    assert read.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.order[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(read.order))


def test_every_table_has_heads_and_every_cell_is_one(read, team):
    tables = [table_of(team, name) for section in team.sections for name in section.tables]
    figures, editions = (len(team.figures), 5), (len(team.editions), 4)
    sizes = [(len(table.rows), len(table.columns)) for table in tables] + [figures, editions]
    assert read.tags["/Table"] == read.tags["/THead"] == len(sizes)
    assert read.tags["/TH"] == sum(columns for _, columns in sizes)
    assert read.tags["/TD"] == sum(rows * columns for rows, columns in sizes)
    assert all(head["/A"].get_object()[0]["/Scope"] == "/Column" for head in read.heads)


def test_every_map_says_in_words_what_it_shows(read, team):
    assert read.figures == [shown.alt for shown in team.maps]


def test_every_value_of_every_table_is_printed(read, team):
    tables = [table_of(team, name) for section in team.sections for name in section.tables]
    for table in tables:
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                assert told(value, column) in read.words, f"{table.name}: {value}"


def test_every_headline_figure_has_its_range_and_the_year_before(read):
    for text in ("1,234 household episodes", "1,180", "55 to 69", "too few to tell"):
        assert text in read.words


def test_maps_are_on_a3_and_the_rest_on_a4(read, team):
    assert read.sizes_mm[-len(team.maps) :] == [(420, 297)] * len(team.maps)
    assert set(read.sizes_mm[: -len(team.maps)]) == {(210, 297), (297, 210)}


def test_every_page_says_whom_it_is_for_and_its_number(read):
    pages = len(read.sizes_mm)
    last = (pages, read.text(read.file.pages[-1]))
    for number, text in (*enumerate(read.texts, start=1), last):
        assert SENTENCE in text
        assert f"Page {number} of {pages}" in text


def test_a_table_that_goes_on_repeats_its_head(read):
    assert sum("For each" in text and "Cell" in text for text in read.texts) == 2


def test_the_contents_and_the_bookmarks_name_every_section_and_map(read, team):
    marks = [mark.title for mark in read.file.outline if not isinstance(mark, list)]
    inner = [mark.title for marks in read.file.outline if isinstance(marks, list) for mark in marks]
    assert ["Contents", "Summary", *(section.title for section in team.sections)] == marks[: 2 + len(team.sections)]
    assert inner == [f"Map {at}: {shown.title}" for at, shown in enumerate(team.maps, start=1)]
    assert all(section.title in read.texts[0] for section in team.sections)


def test_the_same_pack_is_the_same_file(report, team):
    assert report.accessible
    assert report.note == ""
    assert report_pdf(team).pdf == report.pdf


def test_what_a_partner_reads_says_c_and_what_it_means(partner):
    read = Read(report_pdf(small(partner)).pdf)
    assert '"c" stands for a small count that is hidden' in read.words
    assert "For partner agencies" in read.texts[-1]
    assert SENTENCE not in read.words


def test_no_text_of_a_workspace_is_run(team):
    tables = tuple(
        replace(table, title=NASTY, rows=tuple((NASTY, *row[1:]) for row in table.rows[:3]), notes=(NASTY,))
        for table in team.tables
    )
    sections = tuple(replace(section, title=NASTY, words=(NASTY,)) for section in team.sections)
    nasty = replace(team, district=NASTY, state=NASTY, summary=(NASTY,), sections=sections, tables=tables)
    words = Read(report_pdf(small(nasty)).pdf).words
    assert '#read("secret.txt") *bold* $x^2$ @label <tag> \\ #{1+1} `raw` = heading // no [house building]' in words
    assert "W" * 90 in words.replace(" ", "")


def test_a_table_of_many_columns_comes_in_parts_that_fit(team):
    wide = team.table("areas")
    columns = tuple(replace(wide.columns[1], name=f"c{at}", label=f"Accommodation {at}") for at in range(40))
    table = replace(wide, columns=columns, rows=(tuple(f"value{at}" for at in range(40)),))
    tables = (table, *(one for one in team.tables if one.name != "areas"))
    words = Read(report_pdf(small(team, tables=tables)).pdf).words
    assert "columns 2 to" in words
    assert all(f"value{at}" in words for at in range(40))


def test_a_pack_without_anything_is_still_a_report(team):
    empty = small(team, figures=(), summary=(), editions=(), attributions=(), tables=())
    sections = tuple(replace(section, tables=()) for section in empty.sections[:1])
    words = Read(report_pdf(replace(empty, sections=sections)).pdf).words
    assert "There is nothing to list." in words


def test_a_section_that_names_no_table_of_the_pack_is_a_sentence(team):
    with pytest.raises(MissingDataError, match="The pack has no table 'sleeping'"):
        report_pdf(small(team, tables=team.tables[:1] + tuple(t for t in team.tables[1:] if t.name != "sleeping")))


def test_without_typst_the_pdf_says_that_it_is_not_accessible(team, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    few = tuple(replace(table, rows=table.rows[:6]) for table in team.tables)
    pack = replace(team, tables=few, maps=team.maps[:1], sections=(team.sections[0], *small(team).sections[1:]))
    pack = replace(pack, sections=(replace(pack.sections[0], maps=("this_year",)), *pack.sections[1:]))
    found = report_pdf(pack)
    assert not found.accessible
    assert found.note == PLAIN
    assert found.pdf == report_pdf(pack).pdf
    pages = pypdf.PdfReader(io.BytesIO(found.pdf)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert PLAIN in words
    assert SENTENCE in words
    assert "Aldersea Eastfield" in words
