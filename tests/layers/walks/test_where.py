"""Where people are found, as a map and as files: what is shown of a place, how sure it is, and for whom."""

import json
import re

import pyogrio
import pytest

from geo.crs import NATIONAL_GRID
from geo.review.team_only import SENTENCE, TEAM_ONLY
from geo.review.walks.where import exploration_pool, where
from geo.schema.walkabouts import WALK_BANDS
from layers.sightings import sightings_map
from layers.standalone import standalone_html
from layers.walks.card_ground import ground_of
from layers.walks.where_files import where_geojson, where_gpkg, where_squares
from layers.walks.where_looks import EVIDENCE, LOOKS, map_classes, rate_classes
from layers.walks.where_words import band_rows, district_rate, headline, told_range, where_table
from tests.geo.review.walks.walk_records import NOW
from tests.geo.review.walks.walk_where_town import BUSY, NEW, QUIET, TOLD, walked_town
from tests.tinytown.council import TODAY, make_council

MINUTES = 8.0


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return walked_town(make_council(tmp_path_factory.mktemp("where") / "Tinytown"))


@pytest.fixture(scope="module")
def found(town):
    return where(town, now=NOW)


def drawn(town, found, band="all"):
    made = sightings_map(found, ground_of(town), boundary=town.boundary(), band=band, minutes=MINUTES)
    return standalone_html(made)


def opened(content, folder, layer="walk_places"):
    """Read a layer back as QGIS does."""
    (folder / "w.gpkg").write_bytes(content)
    return pyogrio.read_dataframe(folder / "w.gpkg", layer=layer)


def look_of(found, square, band="all"):
    rows = band_rows(found, band)
    classes = rate_classes(rows, mean=district_rate(found, band))
    return LOOKS[classes[rows["square"].tolist().index(square)]]


def test_never_visited_is_hatched_too_few_is_pale_and_neither_looks_like_a_rate_that_is_known(found):
    never, unsure, busy = look_of(found, NEW), look_of(found, QUIET, "day"), look_of(found, BUSY)
    assert never.hatch == "lines"
    assert look_of(found, TOLD) == never
    assert unsure == never  # seen in the evening alone: by day nobody knows
    pale = [look for look in LOOKS if look.dash]
    assert len(pale) == 5
    assert all(look.opacity < busy.opacity / 2 for look in pale)
    assert len({(look.colour, look.opacity, look.hatch) for look in LOOKS}) == len(LOOKS)


def test_kinds_of_evidence_differ_by_shape_by_letter_and_by_colour():
    for part in range(3):
        assert len({look[part] for look in EVIDENCE.values()}) == len(EVIDENCE) == 3


def test_the_map_shows_the_places_known_and_says_whom_it_is_for(town, found):
    page = drawn(town, found)
    assert SENTENCE in page
    assert "For the team only." in told_range(found)
    for square in (BUSY, QUIET, TOLD, NEW):
        assert f"{square[:2]} {square[2:5]} {square[5:]}" in page
    assert "Reported within the year" in page
    assert "Never visited: nobody knows" in page


def test_no_place_that_might_be_drawn_is_on_the_map_or_in_a_file(town, found):
    pool = set(exploration_pool(town)) - set(found.places["square"])
    assert len(pool) > 50
    shown = drawn(town, found) + where_geojson(found, "all", minutes=MINUTES).decode()
    squares = {told.replace(" ", "") for told in re.findall(r"TB ?\d{3} ?\d{3}", shown)}
    assert squares == set(found.places["square"])


def test_a_workspace_of_nothing_draws_the_district(tmp_path):
    council = make_council(tmp_path / "Tinytown")
    nothing = where(council, now=NOW)
    assert "Nothing is known of any place yet" in headline(nothing, "all")
    assert SENTENCE in drawn(council, nothing)
    assert where_table(nothing, "all", minutes=MINUTES).empty
    assert len(opened(where_gpkg(nothing, "all", minutes=MINUTES, day=TODAY), tmp_path)) == 0


@pytest.mark.parametrize("band", WALK_BANDS)
def test_the_table_says_the_same_as_the_rates_a_row_a_place(found, band):
    table = where_table(found, band, minutes=MINUTES)
    rows = band_rows(found, band)
    assert len(table) == len(found.places)
    ten = rows["rate"] * 10 * MINUTES / 60
    assert table["Found at ten stops of 8 minutes"].tolist() == pytest.approx(ten.tolist(), abs=0.006)
    assert (table["From"] <= table["Found at ten stops of 8 minutes"] + 0.01).all()
    assert (table["Found at ten stops of 8 minutes"] <= table["To"] + 0.01).all()


def test_the_headline_names_the_place_that_stands_out_and_counts_the_unvisited(found):
    told = headline(found, "all")
    assert told.startswith("4 places are known of or were visited; 2 of them nobody has visited.")
    assert "1 stands out above the district: Bell Street" in told
    assert "No place stands out above the district in the band day." in headline(found, "day")


def test_the_geopackage_opens_in_the_national_grid_with_its_style_and_says_whom_it_is_for(found, tmp_path):
    content = where_gpkg(found, "evening", minutes=MINUTES, day=TODAY, sources=["(c) Mapmakers"])
    frame = opened(content, tmp_path)
    assert frame.crs == NATIONAL_GRID
    assert set(frame["audience"]) == {TEAM_ONLY}
    assert f"{SENTENCE} (c) Mapmakers".encode() in content
    words = {one.words for one in map_classes(district_rate(found, "evening"), minutes=MINUTES)}
    assert set(frame["map_class"]) <= words
    assert frame.geometry.area.round().tolist() == [10_000.0] * 4
    assert len(words) == len(LOOKS)
    assert "Never visited: nobody knows" in opened(content, tmp_path, "layer_styles")["styleQML"].iloc[0]


def test_the_geojson_keeps_the_kinds_of_evidence_apart(found):
    made = json.loads(where_geojson(found, "all", minutes=MINUTES, sources=["(c) Mapmakers"]))
    assert (made["audience"], made["attribution"]) == (TEAM_ONLY, ["(c) Mapmakers"])
    first = next(one["properties"] for one in made["features"] if one["properties"]["square"] == NEW)
    assert (first["open_reports"], first["reported_people"], first["intelligence"], first["found"]) == (2, 4, 0, 0)
    assert where_squares(found, "all", minutes=MINUTES).crs == NATIONAL_GRID
