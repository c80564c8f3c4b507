"""Join the settlements by roads, name every street, and hold the whole as one network."""

import heapq
from dataclasses import replace
from itertools import pairwise

from shapely.geometry import LineString

from .country import Country
from .draws import Draws, Point, Warp
from .gazette import ENDS, LINKS, SETTLEMENTS, STEMS, Settlement
from .lanes import add_lanes
from .network import Road
from .shapes import Line, chaikin, densify, distance_m, length_m
from .town import Street, draw_streets

_RANK = {"main": 0, "minor": 1, "street": 2}


def make_roads(country: Country) -> list[Road]:
    """Draw every street and road of the island's mapped part, one connected network."""
    names = Draws("street names")
    towns = {place.name: _named(place, draw_streets(place, country.rivers), names) for place in SETTLEMENTS}
    links: list[Road] = []
    for kind, name, stops in LINKS:
        for start, end in pairwise(stops):
            line = _join(_place(start), towns[start], _place(end), towns[end])
            links.append(Road(line, kind, name, "", 0, 0, spur=False))
            for stop, gate in ((start, line[0]), (end, line[-1])):
                towns[stop] = _lead_in(towns[stop], _place(stop), gate, kind)
    return [road for roads in towns.values() for road in roads] + add_lanes(links, country)


def _place(name: str) -> Settlement:
    return next(place for place in SETTLEMENTS if place.name == name)


def _named(place: Settlement, streets: list[Street], draws: Draws) -> list[Road]:
    """Name each street once in its settlement."""
    used: set[str] = set()
    names: dict[int, str] = {}
    for piece in streets:
        if piece.street not in names:
            ends = ENDS["spur" if piece.spur else place.kind]
            name = "High Street" if not names and place.kind != "hamlet" else _new_name(draws, ends, used)
            used.add(name)
            names[piece.street] = name
    return [Road(p.line, "street", names[p.street], place.name, p.street, p.sides, p.spur, p.through) for p in streets]


def _new_name(draws: Draws, ends: list[str], used: set[str]) -> str:
    while True:
        name = f"{draws.pick(STEMS)} {draws.pick(ends)}"
        if name not in used:
            return name


def _join(start: Settlement, streets: list[Road], end: Settlement, others: list[Road]) -> tuple[Point, ...]:
    """Lead a road from one place's edge to the other's, wandering a little between."""
    a, b = _gate(streets, start, end.centre), _gate(others, end, start.centre)
    wander = Warp(f"road {start.name} {end.name}", 1500, 0.075 * distance_m(a, b))
    line = densify([a, b], 160)
    last = len(line) - 1
    bent: Line = []
    for index, point in enumerate(line):
        ease = min(1.0, 4 * (index / last) * (1 - index / last))
        moved = wander.at(point)
        bent.append((point[0] + ease * (moved[0] - point[0]), point[1] + ease * (moved[1] - point[1])))
    smooth = [(round(x, 1), round(y, 1)) for x, y in chaikin(bent)[1:-1]]
    return (a, *LineString(smooth).simplify(4).coords, b)


def _gate(streets: list[Road], place: Settlement, target: Point) -> Point:
    """Choose the junction where a road towards the target leaves the place, on a through street if it can."""
    bonus = {end: 0.0 for road in streets if not road.spur for end in road.ends}
    bonus |= {end: 0.12 * place.homes**0.5 * 10 for road in streets if road.through for end in road.ends}
    far = distance_m(place.centre, target)
    way = ((target[0] - place.centre[0]) / far, (target[1] - place.centre[1]) / far)

    def worth(node: Point) -> tuple[float, Point]:
        x, y = node[0] - place.centre[0], node[1] - place.centre[1]
        return x * way[0] + y * way[1] - 1.1 * abs(x * way[1] - y * way[0]) + bonus[node], node

    return max(bonus, key=worth)


def _lead_in(streets: list[Road], place: Settlement, gate: Point, kind: str) -> list[Road]:
    """Raise the streets from the gate to the middle to the road's own class."""
    middle = min((end for road in streets for end in road.ends), key=lambda end: (distance_m(end, place.centre), end))
    path = set(shortest_path(streets, gate, middle))
    return [
        replace(road, kind=kind) if at in path and _RANK[kind] < _RANK[road.kind] else road
        for at, road in enumerate(streets)
    ]


def shortest_path(roads: list[Road], start: Point, end: Point) -> list[int]:
    """Find the pieces on the shortest way, straight streets preferred to turns."""
    exits: dict[Point, list[tuple[Point, float, int]]] = {}
    for at, road in enumerate(roads):
        a, b = road.ends
        cost = length_m(road.line) * (0.55 if road.through else 0.8 if road.kind != "street" else 1)
        exits.setdefault(a, []).append((b, cost, at))
        exits.setdefault(b, []).append((a, cost, at))
    queue: list[tuple[float, Point, tuple[int, ...]]] = [(0.0, start, ())]
    seen: set[Point] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == end:
            return list(path)
        if node in seen:
            continue
        seen.add(node)
        for other, step, at in exits[node]:
            if other not in seen:
                heapq.heappush(queue, (cost + step, other, (*path, at)))
    return []
