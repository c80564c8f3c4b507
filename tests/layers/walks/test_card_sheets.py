"""The printed card: tagged, numbered, in the order walked, with boxes to write in and rules that keep people safe."""

import io
from dataclasses import replace
from functools import cache

import numpy as np
import pypdf
import pytest

from layers.walks.card import clock, sheets_of, street_of
from layers.walks.card_ground import ground_of
from layers.walks.card_html import card_html
from layers.walks.card_map import card_map, map_words
from layers.walks.card_words import HEAD, map_note, safety_words
from tests.layers.pack.pdf_reader import Read
from tests.tinytown.walk_plans import BEGINS, LONG


@cache
def read_pdf(pdf):
    return Read(pdf)


def read(handed, team=1):
    return read_pdf(handed.files[f"walk-card-{handed.card.number}-team-{team}.pdf"])


def html(handed, team=1):
    return handed.files[f"walk-card-{handed.card.number}-team-{team}.html"].decode()


def test_the_pdf_is_tagged_with_heads_of_columns_headings_and_a_described_map(short):
    found = read(short)
    assert found.root["/MarkInfo"]["/Marked"]
    assert found.order == [1, 1, 1]
    assert len(found.heads) >= len(HEAD)
    assert found.figures == [map_words(short.card.walkabout.teams[0])]


def test_three_stops_are_one_page_of_a4_and_twenty_five_are_two(short, give):
    assert read(short).sizes_mm == [(210, 297)]
    assert read(give(25)).sizes_mm == [(210, 297)] * 2


def test_the_stops_stand_in_the_order_walked_with_time_street_and_the_way_on(short):
    said = read(short).words
    rows = [f"{stop.number} {clock(stop.arrive)} {street_of(stop.street)}" for stop in short.card.stops]
    places = [said.find(row) for row in rows]
    assert -1 not in places
    assert places == sorted(places)
    assert "stay 8 min, then" in said
    assert "min by Bell Street, Chantry Way" in said
    assert "Meet and start: 20:30 at Town hall, main steps" in said


def test_a_start_that_is_named_by_a_street_near_it_reads_as_people_say_it(short):
    walkabout = short.card.walkabout
    near = replace(walkabout, start=replace(walkabout.start, name="near Bell Street"))
    (sheet,) = sheets_of(replace(short.card, walkabout=near), least_people=2)
    assert dict(sheet.facts)["Meet and start"] == "20:30 near Bell Street"


def test_what_to_record_and_how_to_stay_safe_stand_on_the_first_page(short):
    first = read(short).texts[0]
    assert all(rule.rstrip("_ ") in first for rule in safety_words(2))
    assert "bedded down" in first
    assert "Travellers" in first
    assert "campsites" in first  # as in the official count
    assert "not designed for habitation" in first
    assert "Never write a name" in first


def test_the_second_team_s_stops_go_on_counting(pair):
    assert "team 2 of 2" in read(pair, 2).words
    assert " 13 " in read(pair, 2).words
    assert " 12 20:" not in read(pair, 2).words


def test_a_long_name_of_a_street_is_printed_in_full(pair):
    assert LONG in read(pair).words
    assert "unnamed path near Bell Street" in read(pair).words


def test_the_page_of_html_stands_alone_and_shows_names_letter_by_letter(pair):
    said = html(pair)
    assert "default-src 'none'" in said
    assert "<script" not in said
    assert "http://" not in said.replace("http://www.w3.org/", "")
    assert "&lt;b&gt;Outreach&lt;/b&gt; &amp;" in said
    assert "<b>Outreach" not in said


def test_the_foot_of_the_printed_html_cannot_end_the_style_it_stands_in(walked_council, pair):
    card = replace(pair.card, recipient='</style><script>alert(1)</script>"; } body { display: none } x')
    sheet = sheets_of(card, least_people=2)[0]
    said = card_html(sheet, ground_of(walked_council), "<svg viewBox='0 0 1 1'></svg>")
    assert "<script>" not in said
    assert said.count("</style>") == 1


def test_the_map_shows_the_way_and_the_names_of_streets_whatever_they_are(walked_council, short):
    ground = ground_of(walked_council)
    team = short.card.walkabout.teams[0]
    drawn = card_map(short.card, team, ground)
    assert drawn == card_map(short.card, team, ground)
    assert "Women's Refuge Drive" not in set(ground.names)
    nameless = replace(ground, names=np.full(len(ground.names), "", dtype=object))
    assert len(card_map(short.card, team, nameless)) < len(drawn)


def test_straight_ways_are_told(walked_council):
    ground = ground_of(walked_council)
    assert "The lines are straight" in map_note(ground, along_streets=False)
    assert "straight" not in map_note(ground, along_streets=True)
    assert "(c) Mapmakers of Tinytown 2025, free to use." in map_note(ground, along_streets=True)


def test_times_are_london_s_in_the_night_when_the_clocks_go_back(short):
    late = BEGINS.replace(month=10, day=26, hour=0, minute=30)
    card = replace(short.card, walkabout=replace(short.card.walkabout, begins=late))
    long = replace(card.walkabout.teams[0], total_minutes=120.0)
    sheet = sheets_of(replace(card, walkabout=replace(card.walkabout, teams=(long,))), least_people=2)[0]
    assert sheet.lines[-1].time == "01:30"


@pytest.mark.browser
def test_the_html_prints_with_the_foot_on_every_page(chromium, pair, tmp_path):
    path = tmp_path / "card.html"
    path.write_text(html(pair), encoding="utf-8")
    shown = chromium.new_page()
    shown.goto(path.as_uri())
    pages = pypdf.PdfReader(io.BytesIO(shown.pdf(prefer_css_page_size=True))).pages
    said = [" ".join(page.extract_text().split()) for page in pages]
    assert len(pages) == 2
    assert all(f"Walk card {pair.card.number}, team 1. Given to:" in page for page in said)
