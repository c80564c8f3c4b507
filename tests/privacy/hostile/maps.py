"""Map files that lie about their numbers, their shapes or their size, or hold more than a map; made in memory."""

import json
import math
import sqlite3
import tempfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely

from tests.privacy.hostile.archives import zipped
from tests.tinytown.council import wards

_SQUARE: Final = [[0.9, 53.6], [0.95, 53.6], [0.95, 53.65], [0.9, 53.65], [0.9, 53.6]]


def geojson(name: str, rings: Any = None, **more: Any) -> bytes:
    """Write two wards, the first named `name`, or of other rings."""
    shapes = json.loads(wards().to_json())["features"]
    if rings is not None:
        shapes[0]["geometry"] = {"type": "Polygon", "coordinates": rings}
    shapes[0]["properties"] = {"WD24CD": name, "WD24NM": name}
    return json.dumps({"type": "FeatureCollection", "features": shapes, **more}).encode("utf-8", "surrogatepass")


def _crs(name: object) -> dict[str, Any]:
    return {"crs": {"type": "name", "properties": {"name": name}}}


def _square(*points: list[float]) -> list[Any]:
    return [[_SQUARE[0], *points, _SQUARE[0]]]


def _star(corners: int) -> list[list[float]]:
    """Draw an outline each of whose edges crosses nearly every other."""
    turns = [2 * math.pi * (corners // 2) * at / corners for at in range(corners)]
    ring = [[0.925 + 0.02 * math.cos(turn), 53.625 + 0.02 * math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


def json_maps() -> dict[str, bytes]:
    """Make GeoJSON that is hostile in one way each."""
    return {**_odd_shapes(), **_odd_json()}


def _odd_shapes() -> dict[str, bytes]:
    sound = geojson("A ward")
    return {
        "NaN in a shape": sound.replace(b"53.", b"NaN,53.", 1),
        "infinity in a shape": geojson("W", _square([float("inf"), 53.6], [0.95, float("nan")])),
        "1e400 in a shape": sound.replace(b"53.", b"1e400,53.", 1),
        "coordinates beyond the world": geojson("W", _square([1e300, 53.6], [0.95, -1e300])),
        "National Grid called degrees": geojson("W", _square([640_000, 420_000], [641_000, 421_000])),
        "latitude first": geojson("W", [[[lat, lon] for lon, lat in _SQUARE]]),
        "outline that crosses itself": geojson("HOSTILE<script>", _square(_SQUARE[2], _SQUARE[1], _SQUARE[3])),
        "outline that is a star of 101 corners": geojson("W", [_star(101)]),
        "outline that is a star of 30,001 corners": geojson("W", [_star(30_001)]),
        "outline of one point": geojson("W", [[_SQUARE[0]] * 4]),
        "outline of no point": geojson("W", [[]]),
        "outline of words": geojson("W", [[["a", "b"]] * 5]),
        "outline in thirty dimensions": geojson("W", [[[0.9] * 30] * 5]),
        "outline of 100,000 points": geojson("W", [[[0.9, 53.6], *([0.9 + at / 1e6, 53.65] for at in range(100_000))]]),
        "10,000 holes": geojson(
            "W", [_SQUARE, *[[[0.91, 53.61], [0.92, 53.61], [0.92, 53.62], [0.91, 53.61]]] * 10_000]
        ),
        "coordinate system of another planet": geojson("W", **_crs("ESRI:104905")),
        "coordinate system that is a file": geojson("W", **_crs("/etc/passwd")),
        "coordinate system that is an address": geojson("W", **_crs("http://hostile.invalid/crs")),
        "coordinate system that runs": geojson(
            "W", **_crs("+init=epsg:4326 +nadgrids=@/etc/passwd,http://hostile.invalid")
        ),
        "coordinate system of no kind": geojson("W", **_crs({"a": [1]})),
        "linked coordinate system": geojson(
            "W", crs={"type": "link", "properties": {"href": "http://hostile.invalid"}}
        ),
    }


def _odd_json() -> dict[str, bytes]:
    sound = geojson("A ward")
    deep = b'{"type":"FeatureCollection","features":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    nest = b'{"type":"GeometryCollection","geometries":[' * 5_000
    return {
        "name in half a pair": geojson("\ud800 HOSTILE"),
        "name that clears the terminal": geojson("\u001b[2J\u001b]0;HOSTILE\u0007"),
        "name of NUL": geojson("HOSTILE\u0000 after"),
        "name that is a list": sound.replace(b'"A ward"', b'[1,{"a":null}]'),
        "name that is a number": sound.replace(b'"A ward"', b"1e400"),
        "property named geometry": sound.replace(b"WD24NM", b"geometry"),
        "property named __proto__": sound.replace(b"WD24NM", b"__proto__"),
        "10,000 properties": _many_properties(),
        "deep JSON": deep,
        "collections in collections": nest + b"]}" * 5_000,
        "JSON cut short": sound[: len(sound) // 2],
        "JSON twice": sound + sound,
        "JSON with NUL": sound.replace(b"A ward", b"A\0ward"),
        "JSON in UTF-16": sound.decode().encode("utf-16"),
        "JSON with three marks": b"\xef\xbb\xbf" * 3 + sound,
        "JSON of nothing": b"{}",
        "JSON of points": b'{"type":"Point","coordinates":[0.9,53.6]}',
        "service that asks a host": b'{"type":"FeatureCollection","features":[],"links":[{"href":"http://x.invalid"}]}',
        "ESRI page that asks for more": b'{"exceededTransferLimit":true,"fields":[],"features":[],"geometryType":"x"}',
        "references to other files": b'{"version":1,"refs":{".zgroup":"{}","a/0":["http://hostile.invalid/x",0,9]}}',
        "TopoJSON": b'{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[99999]]}},"arcs":[]}',
    }


def other_maps() -> dict[str, bytes]:
    """Make GeoPackages, Shapefiles and what only calls itself a map."""
    package, shapefile = geopackage(), _shapefile()
    (shp, rest) = shapefile["a.shp"], {name: part for name, part in shapefile.items() if name != "a.shp"}
    return {
        "virtual map that reads a file": b"<OGRVRTDataSource><OGRVRTLayer name='passwd'/></OGRVRTDataSource>",
        "KML with an entity": b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY e SYSTEM "file:///etc/passwd">]><kml>&e;</kml>',
        "GPX with an entity bomb": b'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "b">]><gpx><name>&a;</name></gpx>',
        "OSM file": b'<osm version="0.6"><node id="1" lat="53" lon="1"/></osm>',
        "connection in words": b"PG:host=hostile.invalid dbname=x",
        "GeoPackage with a trigger": geopackage("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END"),
        "GeoPackage with a view of files": geopackage("CREATE VIEW v AS SELECT load_extension('/tmp/HOSTILE')"),
        "GeoPackage cut short": package[:5000],
        "GeoPackage with bits turned": package[:3000]
        + bytes(byte ^ 0x55 for byte in package[3000:3600])
        + package[3600:],
        "GeoPackage of its name only": b"SQLite format 3\0",
        "Shapefile without its index": zipped({"a.shp": shp}),
        "Shapefile cut short": zipped({**rest, "a.shp": shp[:60]}),
        "Shapefile of a negative size": zipped({**rest, "a.shp": shp[:104] + b"\xff" * 8 + shp[112:]}),
        "Shapefile of four billion points": zipped({**rest, "a.shp": shp[:144] + b"\xff\xff\xff\x7f" * 2 + shp[152:]}),
        "Shapefile whose table says much": zipped({**shapefile, "a.dbf": b"\x03" + b"\xff" * 31 + b"\r"}),
        "Shapefile with a hostile projection": zipped({**shapefile, "a.prj": "HOSTILE" * 10_000}),
        "Shapefile twice": zipped({**shapefile, "b.shp": shp}),
        "map of the wrong kind in a zip": zipped({"a.geojson": b"<OGRVRTDataSource/>"}),
    }


def geopackage(*statements: str) -> bytes:
    """Write the wards as a GeoPackage, and run statements on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.gpkg")
        wards().rename(columns={"code": "WD24CD", "name": "WD24NM"}).to_file(path, layer="a")
        database = sqlite3.connect(path)
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        return path.read_bytes()


def _shapefile() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        frame = gpd.GeoDataFrame({"WD24CD": ["W1"]}, geometry=[shapely.Polygon(_SQUARE)], crs=4326)
        frame.to_file(Path(folder, "a.shp"))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def _many_properties() -> bytes:
    properties = {f"p{at}": "HOSTILE" for at in range(10_000)}
    shape = {"type": "Polygon", "coordinates": [_SQUARE]}
    feature = {"type": "Feature", "geometry": shape, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
