"""The same few streets in every form they are published in."""

import json

from geo.crs import to_wgs84

# A town of four streets on the square district at Andover; B carries a bollard, and D to A is one-way.
SPOTS = {
    1: (437_000, 145_000),
    2: (438_000, 145_000),
    3: (438_000, 146_000),
    4: (437_000, 146_000),
    5: (437_500, 145_000),
    6: (437_500, 145_500),
}
BARRIER = 5
WAYS = {
    11: ([1, 5, 2], {"highway": "residential", "maxspeed": "30 mph", "name": "Elm Road"}),
    12: ([2, 3], {"highway": "tertiary", "ref": "B4237", "lit": "yes"}),
    13: ([3, 4], {"highway": "residential"}),
    14: ([4, 1], {"highway": "residential", "oneway": "yes"}),
    15: ([5, 6], {"highway": "footway", "lit": "no"}),
    16: ([6, 3], {"waterway": "stream"}),
    17: ([1, 6], {"highway": "proposed"}),
}


def degrees(moved=(0.0, 0.0)) -> dict[int, tuple[float, float]]:
    """Give longitude and latitude of each spot, all moved by so many metres."""
    east, north = zip(*SPOTS.values(), strict=True)
    lon, lat = to_wgs84([x + moved[0] for x in east], [y + moved[1] for y in north])
    return {name: (float(x), float(y)) for name, x, y in zip(SPOTS, lon, lat, strict=True)}


def osm_text(moved=(0.0, 0.0), *, ways=WAYS, number=lambda name: name) -> str:
    nodes = [
        f'<node id="{number(name)}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">'
        + ('<tag k="barrier" v="bollard"/>' if name == BARRIER else "")
        + "</node>"
        for name, (lon, lat) in degrees(moved).items()
    ]
    drawn = [
        f'<way id="{name}" version="1">'
        + "".join(f'<nd ref="{number(ref)}"/>' for ref in refs)
        + "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        + "</way>"
        for name, (refs, tags) in ways.items()
    ]
    return '<?xml version="1.0"?>\n<osm version="0.6">\n' + "\n".join([*nodes, *drawn]) + "\n</osm>\n"


def write_pbf(path, moved=(0.0, 0.0)) -> None:
    import osmium  # noqa: PLC0415 - only here

    writer = osmium.SimpleWriter(str(path))
    for name, spot in degrees(moved).items():
        tags = {"barrier": "bollard"} if name == BARRIER else {}
        writer.add_node(osmium.osm.mutable.Node(id=name, location=spot, tags=tags))
    for name, (refs, tags) in WAYS.items():
        writer.add_way(osmium.osm.mutable.Way(id=name, nodes=refs, tags=tags))
    writer.close()


def overpass_answer(*, ways=WAYS) -> str:
    nodes = [
        {"type": "node", "id": name, "lon": lon, "lat": lat}
        | ({"tags": {"barrier": "bollard"}} if name == BARRIER else {})
        for name, (lon, lat) in degrees().items()
    ]
    drawn = [{"type": "way", "id": name, "nodes": refs, "tags": tags} for name, (refs, tags) in ways.items()]
    return json.dumps({"version": 0.6, "elements": [*nodes, *drawn]})
