"""Draw the streets of a settlement: a plan of straight cuts, bent into the ground.

On the plan every block is convex and every street a straight cut, so plain arithmetic is enough; the bend then
turns cuts into curves. Blocks near the centre are small, suburbs large, and the edge frays.
"""

import math
from dataclasses import dataclass, field
from typing import Final

import shapely
from shapely.geometry import LineString, Polygon

from .draws import Draws, Noise, Point, Warp
from .gazette import Settlement
from .shapes import Line, area_m2, between, distance_m, middle

_NEAR_M: Final = 18.0  # a new street end this close to a corner meets it there
_RING: Final = ((1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7))
_THROUGH: Final = (9, 10, 11)  # the numbers of the through streets: those after the eight of the ring
_BEND: Final = Warp("street bend", 620, 105)


@dataclass(frozen=True)
class Block:
    corners: tuple[Point, ...]
    streets: tuple[int, ...]  # the street on the side from corner i to corner i + 1


@dataclass(frozen=True)
class Street:
    """One piece of street between two junctions, on the ground."""

    a: Point
    b: Point
    line: tuple[Point, ...]
    street: int
    sides: int  # 1 or 2 sides with houses
    spur: bool

    @property
    def through(self) -> bool:
        return self.street in _THROUGH


@dataclass
class Plan:
    """A settlement's plan while it is being cut."""

    place: Settlement
    draws: Draws
    nodes: dict[int, list[Point]] = field(default_factory=dict)  # points known to lie on each street
    streets: int = 0

    def new_street(self) -> int:
        self.streets += 1
        self.nodes[self.streets] = []
        return self.streets


def on_ground(point: Point) -> Point:
    x, y = _BEND.at(point)
    return round(x, 1), round(y, 1)


def draw_streets(place: Settlement, rivers: tuple[LineString, ...]) -> list[Street]:
    """Draw a settlement's street pieces, one connected network."""
    plan = Plan(place, Draws("streets of " + place.name))
    blocks = _cut_blocks(plan)
    kept = _keep_blocks(plan, blocks, rivers)
    spurs = _draw_spurs(plan, kept)
    pieces = _street_pieces(plan, kept, spurs)
    pieces += _bridges(plan, blocks, pieces)
    pieces = _across_rivers(pieces, rivers)
    return _connected(_open_rim(plan, _without_stubs(pieces)))


def _radius_m(place: Settlement) -> float:
    return math.sqrt(place.homes * 10000 / _homes_per_ha(place) / 3.14)


def _homes_per_ha(place: Settlement) -> int:
    return 31 if place.kind == "town" else 24


def _cut_blocks(plan: Plan) -> list[Block]:
    """Cut the ground by the through streets, then each block across its longer way until it is small enough."""
    x, y = plan.place.centre
    reach = _radius_m(plan.place) * 1.8
    corners = tuple((x + reach * dx, y + reach * dy) for dx, dy in _RING)
    blocks = [Block(corners, tuple(plan.new_street() for _ in _RING))]
    for street, way, share in zip(
        [plan.new_street() for _ in _THROUGH], plan.place.axes, (0.0, 0.3, -0.3), strict=False
    ):
        shift = share * _radius_m(plan.place)
        spot = (x + shift * way[1], y - shift * way[0])
        blocks = [part for block in blocks for part in _cut(plan, block, spot, way, street)]
    done: list[Block] = []
    while blocks:
        block = blocks.pop()
        if area_m2(block.corners) < _limit_m2(plan, block):
            done.append(block)
        else:
            blocks += _halve(plan, block)
    return done


def _limit_m2(plan: Plan, block: Block) -> float:
    """Say how large a block may stay: 0.8 hectares in a town's middle, 2.4 at its edge."""
    out = distance_m(middle(block.corners), plan.place.centre) / _radius_m(plan.place)
    base = 7000 + 9500 * out if plan.place.kind == "town" else 11000 + 6000 * out
    return base * plan.draws.between(0.8, 1.5)


def _halve(plan: Plan, block: Block) -> list[Block]:
    sides = list(zip(block.corners, [*block.corners[1:], block.corners[0]], strict=True))
    a, b = max(sides, key=lambda side: _extent(block, side))
    spot = between(middle(block.corners), between(a, b, 0.5), 0.3)
    slide = plan.draws.between(-0.09, 0.09)
    spot = spot[0] + slide * (b[0] - a[0]), spot[1] + slide * (b[1] - a[1])
    lean = plan.draws.between(-0.13, 0.13)
    way = (-(b[1] - a[1]) + lean * (b[0] - a[0]), (b[0] - a[0]) + lean * (b[1] - a[1]))
    parts = _cut(plan, block, spot, way, plan.new_street())
    return parts if len(parts) == 2 else _cut(plan, block, middle(block.corners), way, plan.new_street())


def _extent(block: Block, side: tuple[Point, Point]) -> float:
    """Measure how far the block reaches along one of its sides."""
    (ax, ay), (bx, by) = side
    long_m = distance_m(*side) or 1
    shares = [((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long_m for x, y in block.corners]
    return max(shares) - min(shares)


def _cut(plan: Plan, block: Block, spot: Point, way: Point, street: int) -> list[Block]:
    """Cut a convex block by the line through a spot; a block the line misses comes back whole."""
    sides = [(x - spot[0]) * way[1] - (y - spot[1]) * way[0] for x, y in block.corners]
    if min(sides) >= 0 or max(sides) <= 0:
        return [block]
    left: list[tuple[Point, int]] = []
    right: list[tuple[Point, int]] = []
    count = len(block.corners)
    for index, (corner, side) in enumerate(zip(block.corners, block.streets, strict=True)):
        after = (index + 1) % count
        here, there = sides[index], sides[after]
        (left if here >= 0 else right).append((corner, side))
        if (here >= 0) != (there >= 0):
            cross = _meet(plan, side, corner, block.corners[after], here / (here - there))
            plan.nodes[street].append(cross)
            leaving, entering = (left, right) if here >= 0 else (right, left)
            leaving.append((cross, street))
            entering.append((cross, side))
    parts = [_block(part) for part in (left, right)]
    return parts if all(len(part.corners) > 2 for part in parts) else [block]


def _block(sides: list[tuple[Point, int]]) -> Block:
    """Close a ring of corners, leaving out corners that repeat."""
    kept = [side for index, side in enumerate(sides) if side[0] != sides[(index + 1) % len(sides)][0]]
    return Block(tuple(corner for corner, _ in kept), tuple(street for _, street in kept))


def _meet(plan: Plan, street: int, a: Point, b: Point, share: float) -> Point:
    """Find where a cut meets a street: at a junction already there if one is near, so that streets cross squarely."""
    cross = between(a, b, share)
    known = [node for node in [*plan.nodes[street], a, b] if distance_m(node, cross) < _NEAR_M]
    known = [node for node in known if distance_m(a, node) + distance_m(node, b) < distance_m(a, b) + 0.01]
    if known:
        return min(known, key=lambda node: distance_m(node, cross))
    plan.nodes[street].append(cross)
    return cross


def _keep_blocks(plan: Plan, blocks: list[Block], rivers: tuple[LineString, ...]) -> list[Block]:
    """Keep the blocks nearest the middle, the edge frayed by noise, until there is room for the homes."""
    fray = Noise("edge of " + plan.place.name, _radius_m(plan.place) * 0.6)
    dry = [block for block in blocks if _clear_of(block, rivers)]

    def remoteness(block: Block) -> float:
        spot = middle(block.corners)
        return distance_m(spot, plan.place.centre) * (1 + 0.4 * fray.at(spot))

    dry.sort(key=remoteness)
    room_m2 = plan.place.homes * 10000 / _homes_per_ha(plan.place)
    kept = []
    for block in dry:
        if room_m2 <= 0:
            break
        room_m2 -= area_m2(block.corners)
        kept.append(block)
    return kept


def _clear_of(block: Block, rivers: tuple[LineString, ...]) -> bool:
    ground = Polygon([on_ground(corner) for corner in block.corners])
    return all(ground.distance(river) > 45 for river in rivers)


def _draw_spurs(plan: Plan, kept: list[Block]) -> list[tuple[Point, Point, int]]:
    """Lead a close into many of the larger blocks."""
    spurs = []
    for block in kept:
        if area_m2(block.corners) < 13000 or plan.draws.chance(0.35):
            continue
        side = plan.draws.below(len(block.corners))
        a, b = block.corners[side], block.corners[(side + 1) % len(block.corners)]
        if distance_m(a, b) < 70:
            continue
        mouth = between(a, b, plan.draws.between(0.4, 0.6))
        plan.nodes[block.streets[side]].append(mouth)
        spurs.append((mouth, between(mouth, middle(block.corners), plan.draws.between(0.9, 1.25)), plan.new_street()))
    return spurs


def _street_pieces(plan: Plan, kept: list[Block], spurs: list[tuple[Point, Point, int]]) -> list[Street]:
    sides: dict[tuple[Point, Point, int], int] = {}
    for block in kept:
        for piece in _pieces_of(plan, block):
            sides[piece] = sides.get(piece, 0) + 1
    pieces = [_piece(a, b, street, min(count, 2)) for (a, b, street), count in sides.items()]
    return pieces + [_piece(a, b, street, 2, spur=True) for a, b, street in spurs]


def _pieces_of(plan: Plan, block: Block) -> list[tuple[Point, Point, int]]:
    """Split the sides of a block at every junction that lies on them."""
    found = []
    for index, (a, street) in enumerate(zip(block.corners, block.streets, strict=True)):
        b = block.corners[(index + 1) % len(block.corners)]
        whole = distance_m(a, b)
        inner = [n for n in plan.nodes[street] if distance_m(a, n) + distance_m(n, b) < whole + 1e-6]
        stops = sorted({a, b, *inner}, key=lambda node: (distance_m(a, node), node))
        found += [
            (min(p, q), max(p, q), street) for p, q in zip(stops, stops[1:], strict=False) if distance_m(p, q) > 0.5
        ]
    return found


def _piece(a: Point, b: Point, street: int, sides: int, *, spur: bool = False) -> Street:
    steps = max(1, int(distance_m(a, b) / 55))
    line: Line = [on_ground(between(a, b, step / steps)) for step in range(steps + 1)]
    return Street(line[0], line[-1], tuple(line), street, sides, spur)


def _bridges(plan: Plan, blocks: list[Block], pieces: list[Street]) -> list[Street]:
    """Carry the through streets over the river, between the kept parts of the town."""
    have = {(piece.a, piece.b) for piece in pieces}
    wanted: dict[tuple[Point, Point], Street] = {}
    for block in blocks:
        for a, b, street in _pieces_of(plan, block):
            if street in _THROUGH:
                piece = _piece(a, b, street, 0)
                wanted[(piece.a, piece.b)] = piece
    return [piece for pair, piece in wanted.items() if pair not in have]


def _across_rivers(pieces: list[Street], rivers: tuple[LineString, ...]) -> list[Street]:
    """Leave out every street that would cross water without being a through street."""
    wet = shapely.union_all([river.buffer(20) for river in rivers])
    return [piece for piece in pieces if piece.through or not LineString(piece.line).intersects(wet)]


def _without_stubs(pieces: list[Street]) -> list[Street]:
    """Leave out bridge pieces that end in the open country."""
    while True:
        uses = _uses(pieces)
        kept = [piece for piece in pieces if piece.sides or (uses[piece.a] > 1 and uses[piece.b] > 1)]
        if len(kept) == len(pieces):
            return kept
        pieces = kept


def _open_rim(plan: Plan, pieces: list[Street]) -> list[Street]:
    """Leave out some streets with houses on one side only, so that lanes end in the fields."""
    uses = _uses(pieces)
    kept = []
    for piece in pieces:
        rim = piece.sides == 1 and not piece.through and min(uses[piece.a], uses[piece.b]) > 2
        if rim and plan.draws.chance(0.6):
            uses[piece.a] -= 1
            uses[piece.b] -= 1
        else:
            kept.append(piece)
    return kept


def _uses(pieces: list[Street]) -> dict[Point, int]:
    uses: dict[Point, int] = {}
    for piece in pieces:
        for end in (piece.a, piece.b):
            uses[end] = uses.get(end, 0) + 1
    return uses


def _connected(pieces: list[Street]) -> list[Street]:
    """Keep the largest connected part."""
    group: dict[Point, Point] = {}

    def root(node: Point) -> Point:
        while group.setdefault(node, node) != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for piece in pieces:
        group[root(piece.a)] = root(piece.b)
    size: dict[Point, int] = {}
    for piece in pieces:
        size[root(piece.a)] = size.get(root(piece.a), 0) + 1
    best = max(size, key=lambda node: (size[node], node))
    return [piece for piece in pieces if root(piece.a) == best]
