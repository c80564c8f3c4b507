"""Draw the streets of a settlement: a plan of straight cuts, bent into the ground.

On the plan every block is convex and every street a straight cut, so plain arithmetic is enough; the bend then
turns cuts into curves. Blocks near the centre are small, suburbs large, and the edge frays.
"""

from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry import LineString, Polygon

from .draws import Draws, Noise, Point, Warp
from .gazette import Settlement
from .plan import THROUGH, Block, Plan, cut_blocks, homes_per_ha, pieces_of, radius_m
from .shapes import Line, area_m2, between, distance_m, middle

_BEND: Final = Warp("street bend", 620, 105)


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
        return self.street in THROUGH


def on_ground(point: Point) -> Point:
    x, y = _BEND.at(point)
    return round(x, 1), round(y, 1)


def draw_streets(place: Settlement, rivers: tuple[LineString, ...]) -> list[Street]:
    """Draw a settlement's street pieces, one connected network."""
    plan = Plan(place, Draws("streets of " + place.name))
    blocks = cut_blocks(plan)
    kept = _keep_blocks(plan, blocks, rivers)
    spurs = _draw_spurs(plan, kept)
    pieces = _street_pieces(plan, kept, spurs)
    pieces += _bridges(plan, blocks, pieces)
    pieces = _across_rivers(pieces, rivers)
    return _connected(_open_rim(plan, _without_stubs(pieces)))


def _keep_blocks(plan: Plan, blocks: list[Block], rivers: tuple[LineString, ...]) -> list[Block]:
    """Keep the blocks nearest the middle, the edge frayed by noise, until there is room for the homes."""
    fray = Noise("edge of " + plan.place.name, radius_m(plan.place) * 0.6)
    dry = [block for block in blocks if _clear_of(block, rivers)]

    def remoteness(block: Block) -> float:
        spot = middle(block.corners)
        return distance_m(spot, plan.place.centre) * (1 + 0.4 * fray.at(spot))

    dry.sort(key=remoteness)
    room_m2 = plan.place.homes * 10000 / homes_per_ha(plan.place)
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
        for piece in pieces_of(plan, block):
            sides[piece] = sides.get(piece, 0) + 1
    pieces = [_piece(a, b, street, min(count, 2)) for (a, b, street), count in sides.items()]
    return pieces + [_piece(a, b, street, 2, spur=True) for a, b, street in spurs]


def _piece(a: Point, b: Point, street: int, sides: int, *, spur: bool = False) -> Street:
    steps = max(1, int(distance_m(a, b) / 55))
    line: Line = [on_ground(between(a, b, step / steps)) for step in range(steps + 1)]
    return Street(line[0], line[-1], tuple(line), street, sides, spur)


def _bridges(plan: Plan, blocks: list[Block], pieces: list[Street]) -> list[Street]:
    """Carry the through streets over the river, between the kept parts of the town."""
    have = {(piece.a, piece.b) for piece in pieces}
    wanted: dict[tuple[Point, Point], Street] = {}
    for block in blocks:
        for a, b, street in pieces_of(plan, block):
            if street in THROUGH:
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
