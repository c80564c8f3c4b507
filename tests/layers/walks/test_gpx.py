"""The GPX of a card: in the order of its schema, and opened by GDAL, which QGIS reads with, and by gpxpy."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import gpxpy
import pyogrio
import pytest
import shapely

from geo.crs import frame_to_national_grid
from layers.walks.card import sheets_of
from layers.walks.gpx import card_gpx

SPACE = "{http://www.topografix.com/GPX/1/1}"
# Of topografix.com/GPX/1/1/gpx.xsd, as far as these files use it: each element's children, in the order they must have.
ORDER = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"),
    "copyright": ("year", "license"),
    "wpt": ("ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type"),
    "rte": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"),
    "trk": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"),
    "trkseg": ("trkpt", "extensions"),
}
ORDER |= {"rtept": ORDER["wpt"], "trkpt": ORDER["wpt"]}


def content(handed, team=1):
    return handed.files[f"walk-card-{handed.card.number}-team-{team}.gpx"]


def layer(handed, name, tmp_path):
    path = tmp_path / "card.gpx"
    path.write_bytes(content(handed))
    return pyogrio.read_dataframe(path, layer=name)


@pytest.mark.parametrize("team", [1, 2])
def test_every_element_stands_where_the_schema_has_it(pair, team):
    root = ET.fromstring(content(pair, team))  # noqa: S314 - our own file
    assert root.tag == f"{SPACE}gpx"
    assert root.get("version") == "1.1"
    assert root.get("creator")
    for element in root.iter():
        names = [child.tag.removeprefix(SPACE) for child in element]
        order = ORDER.get(element.tag.removeprefix(SPACE), ())
        assert [name for name in order for _ in range(names.count(name))] == names
    for place in (one for one in root.iter() if one.get("lat")):
        assert 49 < float(place.get("lat")) < 61
        assert -9 < float(place.get("lon")) < 2.5
    assert root.find(f"{SPACE}metadata/{SPACE}copyright").get("author").startswith("(c) Mapmakers of Tinytown")


def test_gdal_reads_stops_route_and_track_where_they_are(short, tmp_path):
    stops = frame_to_national_grid(layer(short, "waypoints", tmp_path)[["name", "desc", "time", "geometry"]])
    assert stops["name"].tolist() == [
        "Start: Town hall, main steps",
        "End: Town hall, main steps",
        "1 Bell Street",
        "2 Chantry Way",
        "3 New Street",
    ]
    assert stops["desc"].tolist()[2].startswith("Planned for 20:")
    for place, stop in zip(stops.geometry[2:], short.card.stops, strict=True):
        assert place.distance(shapely.Point(stop.point)) < 0.5
    route = frame_to_national_grid(layer(short, "routes", tmp_path)[["name", "geometry"]])
    assert len(route.geometry.iloc[0].coords) == 5
    track = frame_to_national_grid(layer(short, "tracks", tmp_path)[["name", "geometry"]])
    walked = sum(leg.line.length for leg in short.card.walkabout.teams[0].legs)
    assert track.geometry.iloc[0].length == pytest.approx(walked, abs=1)


def test_another_reader_finds_the_same_with_times_in_utc(pair):
    found = gpxpy.parse(content(pair).decode())
    stops = [stop for stop in pair.card.stops if stop.team == 1]
    assert [point.name.split()[0] for point in found.waypoints[2:]] == [str(stop.number) for stop in stops]
    assert [point.time.timestamp() for point in found.routes[0].points[1:-1]] == pytest.approx(
        [stop.arrive.timestamp() for stop in stops], abs=1
    )
    assert pair.card.recipient in found.description
    assert "Use until Monday 9 June 2025" in found.description
    assert found.copyright_year == "2025"


def test_a_walk_whose_only_stop_is_where_it_begins_still_has_a_track(short):
    walk = short.card.walkabout
    leg = replace(walk.teams[0].legs[0], line=shapely.LineString(), minutes=0.0)
    team = replace(walk.teams[0], stops=walk.teams[0].stops[:1], legs=(leg, leg))
    card = replace(short.card, walkabout=replace(walk, teams=(team,)))
    found = gpxpy.parse(card_gpx(card, sheets_of(card, least_people=2)[0], sources=()).decode())
    assert len(found.tracks[0].segments[0].points) == 2
