"""The country beneath the map: read in order of importance, drawn only as what it is."""

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box

from geo.crs import WGS84
from geo.errors import BadInputError
from layers.backdrop import importance, read_backdrop
from layers.source_file import SourceFile


def _file(shapes: list[object], **columns: list[object]) -> SourceFile:
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84)
    return SourceFile("layer.geojson", frame.to_json(drop_id=True).encode())


def test_settlements_stand_in_order_of_importance_and_then_of_people(today) -> None:
    points = [Point(-1.5 + at / 100, 51.2) for at in range(4)]
    file = _file(
        points,
        name=["Hamlet", "Small", "Town", "Big"],
        kind=["hamlet", "village", "town", "village"],
        population=[20, 200, 9000, 800],
    )
    settlements, edition = read_backdrop(file, "settlements", today=today)
    assert settlements["name"].tolist() == ["Town", "Big", "Small", "Hamlet"]
    assert [importance(code) for code in settlements["code"]] == [0, 1, 1, 2]
    assert edition.dataset == "settlements"


def test_roads_know_which_are_main(today) -> None:
    lines = [LineString([(-1.5, 51.2), (-1.4, 51.2 + at / 100)]) for at in range(3)]
    roads, _ = read_backdrop(_file(lines, highway=["residential", "primary", "tertiary"]), "roads", today=today)
    assert [importance(code) for code in roads["code"]] == [0, 1, 2]


def test_openstreetmap_is_named_where_it_comes_from_there(today) -> None:
    _, edition = read_backdrop(_file([box(-1.5, 51.2, -1.4, 51.3)], osm_id=["1"]), "water", today=today)
    assert edition.attribution == "(c) OpenStreetMap contributors"


def test_water_may_be_lines_and_polygons_but_land_may_not(today) -> None:
    shapes = [box(-1.5, 51.2, -1.4, 51.3), LineString([(-1.5, 51.2), (-1.4, 51.2)])]
    assert len(read_backdrop(_file(shapes, name=["Mere", "Beck"]), "water", today=today)[0]) == 2
    with pytest.raises(BadInputError, match="expected MultiPolygon or Polygon for land"):
        read_backdrop(_file(shapes, name=["Mere", "Beck"]), "land", today=today)


def test_a_refuge_among_the_settlements_never_enters(today) -> None:
    file = _file([Point(-1.5, 51.2), Point(-1.4, 51.2)], name=["Andover", "Women's refuge"])
    settlements, edition = read_backdrop(file, "settlements", today=today)
    assert settlements["name"].tolist() == ["Andover"]
    assert edition.note == "1 row was left out: no usable place, or not for publication."


@pytest.mark.parametrize("kind", ["roads", "water"])
def test_a_road_or_a_stream_keeps_its_shape_and_no_name(today, kind) -> None:
    """The drive of a refuge may be called after it; a gap in the road would point at what lies there."""
    lines = [LineString([(-1.5, 51.2), (-1.4, 51.2 + at / 100)]) for at in range(2)]
    table, edition = read_backdrop(_file(lines, name=["High Street", "Refuge Drive"]), kind, today=today)
    assert len(table) == edition.rows == 2
    assert set(table["name"]) == {""}
    assert edition.note == ""


def test_the_grounds_of_a_refuge_are_no_land_of_their_own(today) -> None:
    shapes = [box(-1.5, 51.2, -1.4, 51.3), box(-1.45, 51.2, -1.44, 51.21), box(-1.46, 51.2, -1.45, 51.21)]
    names, tags = ["Andover", "Women's Aid house", "Number 12"], ["", "", "woman"]
    file = _file(shapes, name=names, **{"social_facility:for": tags})
    land, edition = read_backdrop(file, "land", today=today)
    assert (len(land), set(land["name"])) == (1, {""})
    assert edition.note == "2 rows were left out: no usable place, or not for publication."
