"""Lead farm lanes off the country roads, so that the land between the villages is lived in."""

from dataclasses import replace

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from .country import Country
from .draws import Draws, Point
from .gazette import STEMS
from .network import Road
from .shapes import Line, chaikin, distance_m

_ENDS = ("Farm Lane", "Drove", "Lane", "Track", "Carr Lane")


def add_lanes(links: list[Road], country: Country) -> list[Road]:
    """Split each country road where a lane leaves it, and add the lane."""
    draws = Draws("farm lanes")
    wet = shapely.union_all([water.area for water in country.water]).buffer(60)
    taken = [LineString(link.line) for link in links]
    done: list[Road] = []
    for link in links:
        rest = list(link.line)
        for before, mouth in _mouths(link):
            lane = _lane(before, mouth, draws)
            if _fits(lane, country, wet, taken):
                taken.append(LineString(lane))
                name = f"{draws.pick(STEMS)} {draws.pick(_ENDS)}"
                done.append(Road(tuple(lane), "street", name, "", 0, 2, spur=True))
                at = rest.index(mouth)
                done.append(replace(link, line=tuple(rest[: at + 1])))
                rest = rest[at:]
        done.append(replace(link, line=tuple(rest)))
    return done


def _mouths(link: Road) -> list[tuple[Point, Point]]:
    """Choose bends of the road at least 700 m apart and as far from its ends."""
    found: list[tuple[Point, Point]] = []
    start, end = link.ends
    for before, mouth in zip(link.line, link.line[1:], strict=False):
        others = [start, end, *(spot for _, spot in found)]
        if all(distance_m(mouth, other) > 700 for other in others):
            found.append((before, mouth))
    return found


def _lane(before: Point, mouth: Point, draws: Draws) -> Line:
    """Leave the road roughly squarely, to the left or the right, with a bend or two."""
    step = distance_m(before, mouth)
    turn = draws.pick((-1, 1))
    way = (-(mouth[1] - before[1]) / step * turn, (mouth[0] - before[0]) / step * turn)
    spots = [mouth]
    for _ in range(3):
        far, lean = draws.between(120, 330), draws.between(-0.45, 0.45)
        x, y = spots[-1]
        spots.append((x + far * (way[0] - lean * way[1]), y + far * (way[1] + lean * way[0])))
    return [mouth, *((round(x, 1), round(y, 1)) for x, y in chaikin(spots)[1:])]


def _fits(lane: Line, country: Country, wet: BaseGeometry, taken: list[LineString]) -> bool:
    """Keep a lane that stays on dry land of the district and 250 m clear of every other road at its far part."""
    shape = LineString(lane)
    far = LineString(lane[2:])
    dry = country.boundary.buffer(-150).contains(shape) and not shape.intersects(wet)
    return dry and all(far.distance(other) > 100 for other in taken)
