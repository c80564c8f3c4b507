"""Write the district's own map: boundary, wards, land, water, roads, settlements, streets."""

from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from .country import Country
from .draws import Draws
from .gazette import DISTRICT, DISTRICT_CODE, SETTLEMENTS
from .network import Road
from .postcodes import Postcode
from .writers import to_degrees, write_geojson

_RANKS: Final = ("main", "minor", "street")
_HIGHWAYS: Final = {"main": "secondary", "minor": "tertiary", "street": "residential"}


def ward_codes(country: Country) -> dict[str, str]:
    return {ward: f"Z05{number:06d}" for number, ward in enumerate(country.wards, start=1)}


def write_maps(out: Path, country: Country, roads: list[Road], postcodes: list[Postcode]) -> None:
    named = {"LAD25CD": DISTRICT_CODE, "LAD25NM": DISTRICT}
    write_geojson(out / "boundary.geojson", [(dict(named), country.boundary)])
    codes = ward_codes(country)
    write_geojson(
        out / "wards.geojson",
        [({"WD25CD": codes[ward], "WD25NM": ward, **named}, area) for ward, area in country.wards.items()],
    )
    write_geojson(out / "land.geojson", [({"name": name}, area) for name, area in _land(country)])
    water = [({"name": water.name, "kind": water.kind}, water.area.simplify(2)) for water in country.water]
    write_geojson(out / "water.geojson", water)
    ordered = sorted(roads, key=lambda road: _RANKS.index(road.kind))
    write_geojson(
        out / "roads.geojson", [({"class": kind, "name": name}, line) for kind, name, line in _joined(ordered)]
    )
    write_geojson(out / "settlements.geojson", _settlements(postcodes))
    write_geojson(out / "built_up.geojson", _built_up(roads))
    _write_streets(out / "streets.osm", roads)


def _land(country: Country) -> list[tuple[str, BaseGeometry]]:
    names = ["Saltmarsh Island", "Great Gull Rock", "Little Gull Rock", "Tide Holm", "West Skerry", "North Skerry"]
    return list(zip(names, country.land, strict=True))


def _joined(roads: list[Road]) -> list[tuple[str, str, BaseGeometry]]:
    """Join the pieces of one road into one feature."""
    pieces: dict[tuple[str, str, str], list[LineString]] = {}
    for road in roads:
        pieces.setdefault((road.kind, road.name, road.place), []).append(LineString(road.line))
    merged = []
    for (kind, name, _), lines in pieces.items():
        shape = shapely.normalize(shapely.line_merge(shapely.MultiLineString(lines)))
        merged.append((kind, name, shape))
    return merged


def _settlements(postcodes: list[Postcode]) -> list[tuple[dict[str, object], BaseGeometry]]:
    people: dict[str, int] = {}
    for postcode in postcodes:
        people[postcode.place] = people.get(postcode.place, 0) + postcode.people
    return [
        ({"name": p.name, "kind": p.kind, "population": round(people[p.name], -1)}, Point(p.centre))
        for p in SETTLEMENTS
    ]


def _built_up(roads: list[Road]) -> list[tuple[dict[str, object], BaseGeometry]]:
    """Draw the ground within 55 m of a settlement's streets, its small gaps closed."""
    shapes: list[tuple[dict[str, object], BaseGeometry]] = []
    for place in SETTLEMENTS:
        lines = shapely.MultiLineString([list(road.line) for road in roads if road.place == place.name and road.sides])
        ground = lines.buffer(115, quad_segs=2).buffer(-60, quad_segs=2).simplify(8)
        parts = [shapely.Polygon(part.exterior) for part in shapely.get_parts(ground)]
        shapes.append(({"name": place.name}, shapely.normalize(shapely.set_precision(shapely.union_all(parts), 5))))
    return shapes


def _write_streets(path: Path, roads: list[Road]) -> None:
    """Write the network as OpenStreetMap XML: shared nodes at junctions, a few one-way streets, one barrier, lamps."""
    draws, lamps = Draws("street tags"), _lamps(roads)
    numbers: dict[tuple[float, float], int] = {}
    ways = []
    for number, road in enumerate(roads, start=1):
        refs = "".join(f'<nd ref="{numbers.setdefault(point, len(numbers) + 1)}"/>' for point in road.line)
        tags = _tags(road, draws, lamps[road.place, road.name])
        ways.append(f' <way id="{number}" version="1">{refs}{tags}</way>')
    barrier = next(road for road in roads if road.place == "Aldersea" and not road.spur and len(road.line) > 2).line[1]
    spots = to_degrees(shapely.MultiPoint(list(numbers)), 6)
    nodes = []
    for point, spot in zip(numbers, shapely.get_parts(spots), strict=True):
        end = '><tag k="barrier" v="bollard"/></node>' if point == barrier else "/>"
        nodes.append(f' <node id="{numbers[point]}" version="1" lat="{spot.y:.6f}" lon="{spot.x:.6f}"{end}')
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="fictional district of Saltmarsh">\n'
    path.write_bytes((head + "\n".join([*nodes, *ways]) + "\n</osm>\n").encode())


def _tags(road: Road, draws: Draws, lamps: float) -> str:
    tags = {"highway": _HIGHWAYS[road.kind], "name": road.name}
    if road.kind == "street" and not road.place:
        tags["highway"] = "unclassified"
    elif road.spur and draws.chance(0.12):
        tags["highway"] = "footway"
    elif road.kind == "street" and road.sides == 2 and draws.chance(0.02):
        tags["oneway"] = "yes"
    if lit := _lit(road, tags["highway"], lamps):
        tags["lit"] = lit
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def _lamps(roads: list[Road]) -> dict[tuple[str, str], float]:
    """Draw one chance of lamps for all the pieces of a street."""
    draws = Draws("street lighting")
    return {street: draws.unit() for street in dict.fromkeys((road.place, road.name) for road in roads)}


def _lit(road: Road, highway: str, chance: float) -> str:
    """Light main roads, most streets of a settlement and some of its paths, no country lane; some say nothing."""
    if road.kind == "main":
        return "yes"
    lit, said = (0.0, 0.7) if not road.place else (0.4, 0.8) if highway == "footway" else (0.75, 0.8)
    if chance < lit:
        return "yes"
    return "no" if chance < said else ""
