"""Printed maps: true to scale, the same twice, nothing covers anything, nothing by colour alone."""

import io
import re
from dataclasses import replace

import pytest
import shapely
from PIL import Image

from geo.errors import BadInputError, MissingDataError
from layers.pack.looks import look_at
from layers.pack.maps import A3, SLIDE, draw_map, map_png
from layers.pack.place_marks import marks_of
from layers.pack.printed.atlas import atlas_of
from layers.pack.printed.fonts import width_pt
from layers.pack.printed.labels import Word, fit_inside, place_around
from layers.pack.printed.view import view_of
from layers.style import NO_RATE, UNRELIABLE
from tests.layers.pack.made_up import made_up_pack

SQUARE = shapely.box(0, 0, 40, 40)


@pytest.fixture(scope="module")
def small():
    return made_up_pack()


@pytest.mark.parametrize("name", ["clients_ward", "clients_cell", "rates_cell", "change_ward", "areas", "sites"])
def test_every_kind_of_map_is_the_same_twice_and_asks_for_nothing(small, name):
    drawn = draw_map(small, name)
    assert drawn == draw_map(small, name)
    assert "<script" not in drawn
    asked = [link for link in re.findall(r'(?:href|src)="([^"]+)"', drawn) if not link.startswith("#")]
    assert not asked
    assert "<text" not in drawn, "words are paths, so that no reader needs our font"


def test_a_slide_is_1920_by_1080_pixels(small):
    png = map_png(small, "areas")
    assert Image.open(io.BytesIO(png)).size == (1920, 1080)
    assert png == map_png(small, "areas")


def test_a_kilometre_is_a_kilometre_in_both_directions(team):
    district = atlas_of(team).of("district").values()
    view = view_of(district, width_pt=800, height_pt=600)
    left, bottom, right, top = view.bounds_m
    assert (right - left) / 800 == pytest.approx((top - bottom) / 600)
    assert view.pt_per_m == pytest.approx(800 / (right - left))
    west, south = view.point(left + 1_000, bottom + 1_000)
    assert west == south == pytest.approx(1_000 * view.pt_per_m)
    whole = shapely.union_all(list(district))
    assert shapely.box(*view.bounds_m).contains(whole)


def test_hidden_and_unknown_areas_are_hatched_and_named(small):
    looked = look_at(small, small.map("clients_cell"))
    assert [looked.labels[row] for row in looked.rows] == ["0", "1 to 4", "10 or more", "c: a small count, hidden"]
    assert looked.looks[looked.rows[3]] == UNRELIABLE
    rates = look_at(small, small.map("rates_cell"))
    assert rates.labels[rates.rows[0]] == "Not known"
    assert rates.looks[rates.rows[0]] == NO_RATE


def test_no_two_looks_of_a_legend_differ_by_colour_alone(small):
    change = look_at(small, small.map("change_ward"))
    told = {(look.hatch, look.line_px, look.dash, look.colour[1:2]) for look in change.looks}
    assert len(told) == len(change.looks)
    marks, _ = marks_of(["agreed", "idea", "refused", "ended", "visited", "contacted", "", "my own word"])
    assert len({mark.shape for mark in marks}) == len(marks)


def test_more_kinds_of_places_than_marks_are_lumped_in_words():
    marks, rows = marks_of([f"kind {at:02d}" for at in range(14)])
    assert marks[-1].word == "another kind: see the table"
    assert rows[-1] == len(marks) - 1


def test_words_never_cover_each_other():
    words = [Word(f"Settlement {at}", 50 + at % 5 * 14, 50 + at // 5 * 9, 9) for at in range(25)]
    placed = place_around(words, [], within=(0, 0, 400, 300), distances=(0, 4, 12, 24, 40))
    boxes = [shapely.box(*word.box) for word in placed]
    assert 5 < len(placed) <= 25
    assert not any(one.overlaps(other) or one.equals(other) for at, one in enumerate(boxes) for other in boxes[:at])
    assert all(shapely.box(0, 0, 400, 300).contains(one) for one in boxes)


def test_a_figure_stands_inside_its_own_area_or_not_at_all():
    shapes = [SQUARE, shapely.box(50, 0, 53, 3)]
    placed = fit_inside(["12", "34"], shapes)
    assert [word.text for word in placed] == ["12"]
    assert SQUARE.contains(shapely.box(*placed[0].box))
    assert width_pt("12", placed[0].size) < 40


def test_land_that_the_file_cuts_off_goes_on_and_makes_no_coast(team):
    west, south, east, north = shapely.total_bounds([shapely.from_wkt(one.wkt) for one in team.shapes["land"]])
    middle = (west + east) / 2
    cut = shapely.box(west - 1, south - 1, middle, north + 1)
    shapes = [replace(one, wkt=shapely.from_wkt(one.wkt).intersection(cut).wkt) for one in team.shapes["land"]]
    land = [one for one in shapes if "EMPTY" not in one.wkt]
    atlas = atlas_of(replace(team, shapes=team.shapes | {"land": tuple(land)}))
    whole = shapely.union_all(list(atlas.of("land").values()))
    district = next(iter(atlas.of("district").values()))
    assert district.difference(whole).area < 0.12 * district.area
    assert atlas.by_the_sea


def test_a_pack_without_ground_is_drawn_on_plain_paper(small):
    assert not atlas_of(small).by_the_sea
    assert "#bfd9e6" not in draw_map(small, "areas")


def test_what_cannot_be_drawn_is_a_sentence(small):
    with pytest.raises(MissingDataError, match="no map 'other'"):
        draw_map(small, "other")
    with pytest.raises(BadInputError, match="has 0 classes; expected 1 to 5"):
        draw_map(made_up_pack(maps=(replace(small.map("clients_ward"), classes=()),)), "clients_ward")
    with pytest.raises(BadInputError, match="no shape to draw"):
        draw_map(replace(small, shapes={}), "areas")
    with pytest.raises(BadInputError, match="no column of codes"):
        draw_map(made_up_pack(maps=(replace(small.map("sites"), table="actions", value="what"),)), "sites")
    broken = (replace(small.shapes["ward"][0], wkt="POINT (nowhere)"),)
    with pytest.raises(BadInputError, match="level 'ward' cannot be read"):
        draw_map(replace(small, shapes=small.shapes | {"ward": broken}), "clients_ward")


def test_a_printed_map_is_larger_than_one_on_a_screen(small):
    assert 'width="1105.2pt"' in draw_map(small, "areas", size=A3)
    assert SLIDE.titled
