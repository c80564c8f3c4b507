"""Where people are found, as a map and as files: what is shown of a place, how sure it is, and for whom."""

import json
import re

import pyogrio
import pytest

from geo.crs import NATIONAL_GRID, to_national_grid
from geo.review.team_only import SENTENCE, TEAM_ONLY
from geo.review.walks.where import exploration_pool, where
from geo.schema.walkabouts import WALK_BANDS
from geo.walkabouts.squares import middle_of, square_at
from layers.assets import planner_script
from layers.sightings import sightings_map
from layers.standalone import standalone_html
from layers.walks.card_ground import ground_of
from layers.walks.where_files import where_geojson, where_gpkg, where_squares
from layers.walks.where_looks import EVIDENCE, LOOKS, class_steps, map_classes, rate_classes
from layers.walks.where_words import band_rows, district_rate, headline, told_range, where_table
from tests.geo.review.walks.walk_records import NOW
from tests.geo.review.walks.walk_where_town import BUSY, NEW, QUIET, TOLD, report, walked_town
from tests.tinytown.council import TODAY, make_council

MINUTES = 8.0
EDGE = square_at(middle_of(BUSY)[0] - 100, middle_of(BUSY)[1])
FAR_OFF = square_at(643_850, 423_850)


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
    classes = rate_classes(rows, mean=district_rate(found, band), minutes=MINUTES)
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


@pytest.fixture(scope="module")
def edged(tmp_path_factory):
    """The town with a report just over the edge of its busiest square, and one at the far end of the district."""
    council = walked_town(make_council(tmp_path_factory.mktemp("edged") / "Tinytown"))
    for square in (EDGE, FAR_OFF):
        report(council, square, days=2)
    return council, where(council, now=NOW)


def test_a_square_next_to_a_visited_one_is_told_and_drawn_apart_from_what_nobody_has_seen(edged):
    _, found = edged
    assert look_of(found, EDGE).hatch == "dots"
    assert look_of(found, NEW).hatch == "lines"
    finding = where_table(found, "all", minutes=MINUTES).set_index(found.places["square"])["Finding"]
    assert finding[EDGE] == "not visited itself, next to a visited place"
    assert finding[NEW] == "never visited"
    assert headline(found, "all").startswith(
        "6 places are known of or were visited; 4 of them nobody has visited, 1 of which lies next to a visited place."
    )
    assert "Not visited itself, next to a visited place" in drawn(*edged)


def opening(town, found):
    """West and east of what the map opens on, and of the whole district, in metres."""
    made = sightings_map(found, ground_of(town), boundary=town.boundary(), band="all", minutes=MINUTES)
    data = json.loads(made.opening)
    return [
        [float(to_national_grid(lon, lat)[0]) for lat, lon in data[name]]
        for name in ("first" if "first" in data else "bounds", "bounds")
    ]


def test_one_sighting_far_away_does_not_make_every_square_too_small_to_be_seen(edged, town, found):
    near, whole = opening(*edged)
    west, east = opening(town, found)[0]
    assert near == pytest.approx([west - 100, east], abs=5)
    assert near[1] - near[0] < 3_000
    assert whole[1] > middle_of(FAR_OFF)[0] > near[1]
    assert whole == pytest.approx([640_000, 644_000], abs=20)


def test_the_map_opens_on_a_part_and_its_button_shows_the_whole_district():
    script = planner_script()
    assert "fit(data.first || data.bounds)" in script
    assert 'data.whole || "Whole district"' in script


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
    assert table["Found at ten stops of 8 minutes"].tolist() == pytest.approx([float(f"{value:.2g}") for value in ten])
    assert (table["From"] <= table["Found at ten stops of 8 minutes"] * 1.05).all()
    assert (table["Found at ten stops of 8 minutes"] <= table["To"] * 1.05).all()
    for end in ("From", "To"):
        assert all(value <= 1 or value == round(value, 1) for value in table[end])
    assert {one.removeprefix("under ").removeprefix("over ") for one in table["Chance of meeting anybody (%)"]} <= {
        str(number) for number in range(5, 100, 5)
    }


@pytest.mark.parametrize("mean", [0.01, 0.2, 0.61, 0.81, 1.3, 2.9, 7.7])
def test_the_classes_of_the_map_are_round_numbers_about_the_districts_rate(mean):
    steps = class_steps(mean, minutes=MINUTES)
    assert all(float(f"{step:.2g}") == step for step in steps)
    assert [step / steps[0] for step in steps] == pytest.approx([1, 2, 4, 8])
    assert steps[0] < mean * MINUTES / 6 < steps[2]
    assert map_classes(mean, minutes=MINUTES)[0].words == f"0 to {steps[0]:g}"


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
