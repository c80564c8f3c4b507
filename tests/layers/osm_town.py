"""A made-up town of OpenStreetMap at Andover, with every trap that a map of community sites has."""

import json
from xml.sax.saxutils import quoteattr

from geo.crs import to_wgs84

# Points in EPSG:27700 metres; a way is drawn through points of its own.
NODES = {
    1: ((437_000, 145_000), {"amenity": "library", "name": "Andover Library", "addr:postcode": "sp101dp"}),
    2: ((438_000, 145_000), {"amenity": "community_centre", "name": "Harbour Refuge"}),
    3: (
        (438_200, 145_000),
        {"amenity": "community_centre", "name": "Lantern Centre", "social_facility": "shelter"},
    ),
    4: (
        (438_400, 145_000),
        {"amenity": "place_of_worship", "name": "Night Chapel", "disused:social_facility:for": "woman"},
    ),
    5: ((439_000, 147_010), {"amenity": "social_centre", "name": "Quiet Centre"}),  # on the council's list
    6: (
        (438_600, 145_000),
        {"amenity": "community_centre", "community_centre": "village_hall", "wheelchair": "yes"},
    ),  # without a name
    7: ((436_500, 147_900), {"amenity": "place_of_worship"}),  # without a name, and no settlement within 3 km
    8: ((437_200, 146_000), {"disused:amenity": "library", "name": "Old Library"}),
    9: ((437_300, 146_000), {"amenity": "community_centre", "disused": "yes", "name": "Shut Centre"}),
    10: ((437_400, 146_000), {"amenity": "place_of_worship", "access": "private", "name": "Prison Chapel"}),
    11: (
        (437_500, 146_000),
        {
            "amenity": "community_centre",
            "disused:amenity": "place_of_worship",
            "name": "Chapel Arts",
            "opening_hours": "whenever Dave is in",
            "wheelchair": "limited",
            "phone": "01264 000000",
            "email": "dave@example.org",
            "operator": "Dave Smith",
            "capacity": "80",
        },
    ),
    12: ((470_000, 146_000), {"amenity": "library", "name": "Far Library"}),
    13: ((438_700, 145_100), {"place": "village", "name": "Enham"}),
    14: ((439_500, 144_500), {"amenity": "bench"}),
    # corners, without tags
    21: ((437_005, 145_005), {}),
    22: ((437_025, 145_005), {}),
    23: ((437_025, 145_025), {}),
    24: ((437_005, 145_025), {}),
    31: ((438_000, 146_500), {}),
    32: ((438_100, 146_500), {}),
    33: ((438_100, 146_600), {}),
    34: ((438_000, 146_600), {}),
    41: ((438_010, 146_520), {}),
    42: ((438_060, 146_520), {}),
    43: ((438_060, 146_580), {}),
    44: ((438_010, 146_580), {}),
}
HOURS = "Mo-Fr 10:00-16:00; PH off"
WAYS = {
    101: ([21, 22, 23, 24, 21], {"amenity": "library", "name": "Andover Library", "opening_hours": HOURS}),
    102: ([31, 32, 33], {}),  # the outline of the relation, cut in two
    103: ([33, 34, 31], {}),
    104: ([41, 42, 43, 44, 41], {}),  # its hole, where the middle of it lies
    105: ([21, 22, 23], {"amenity": "place_of_worship", "name": "Open Line Chapel"}),  # not closed
    106: ([31, 99, 34, 31], {"building": "village_hall", "name": "Cut Hall"}),  # 99 is missing
}
RELATIONS = {
    201: (
        [(102, "outer"), (103, "outer"), (104, "inner")],
        {"type": "multipolygon", "amenity": "place_of_worship", "name": "St Mary"},
    ),
    202: ([(101, "")], {"type": "site", "amenity": "library", "name": "Not drawn"}),
}


def _degrees(nodes):
    numbers = sorted(nodes)
    lon, lat = to_wgs84([nodes[one][0][0] for one in numbers], [nodes[one][0][1] for one in numbers])
    return {one: (float(x), float(y)) for one, x, y in zip(numbers, lon, lat, strict=True)}


def _tags(tags):
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def osm_xml(nodes=NODES, ways=WAYS, relations=RELATIONS) -> bytes:
    """Write the town as `.osm`."""
    spots = _degrees(nodes)
    lines = [
        f'<node id="{one}" version="1" lat="{spots[one][1]:.7f}" lon="{spots[one][0]:.7f}">'
        f"{_tags(nodes[one][1])}</node>"
        for one in sorted(nodes)
    ]
    lines += [
        f'<way id="{one}" version="1">{"".join(f"""<nd ref="{ref}"/>""" for ref in refs)}{_tags(tags)}</way>'
        for one, (refs, tags) in sorted(ways.items())
    ]
    lines += [
        f'<relation id="{one}" version="1">'
        + "".join(f'<member type="way" ref="{way}" role="{role}"/>' for way, role in members)
        + f"{_tags(tags)}</relation>"
        for one, (members, tags) in sorted(relations.items())
    ]
    return ('<?xml version="1.0"?>\n<osm version="0.6">\n' + "\n".join(lines) + "\n</osm>\n").encode()


def write_pbf(path) -> None:
    """Write the town as `.osm.pbf`."""
    import osmium  # noqa: PLC0415 - only here

    spots = _degrees(NODES)
    make = osmium.osm.mutable
    writer = osmium.SimpleWriter(str(path))
    for one in sorted(NODES):
        writer.add_node(make.Node(id=one, location=spots[one], tags=NODES[one][1]))
    for one, (refs, tags) in sorted(WAYS.items()):
        writer.add_way(make.Way(id=one, nodes=refs, tags=tags))
    for one, (members, tags) in sorted(RELATIONS.items()):
        drawn = [("w", way, role) for way, role in members]
        writer.add_relation(make.Relation(id=one, members=drawn, tags=tags))
    writer.close()


def overpass_json() -> str:
    """Give the town as an Overpass server answers, every element that the question draws in."""
    spots = _degrees(NODES)
    elements = [
        {"type": "node", "id": one, "lon": spots[one][0], "lat": spots[one][1], "tags": NODES[one][1]} for one in NODES
    ]
    elements += [{"type": "way", "id": one, "nodes": refs, "tags": tags} for one, (refs, tags) in WAYS.items()]
    elements += [
        {
            "type": "relation",
            "id": one,
            "members": [{"type": "way", "ref": way, "role": role} for way, role in members],
            "tags": tags,
        }
        for one, (members, tags) in RELATIONS.items()
    ]
    return json.dumps({"version": 0.6, "elements": elements})
