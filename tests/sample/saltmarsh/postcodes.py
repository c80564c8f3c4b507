"""House the people of the district, and give every fifteen homes or so a postcode."""

from dataclasses import dataclass, replace
from typing import Final

import shapely

from .country import Country
from .draws import Draws, Point
from .gazette import DISTRICT_CODE, NEIGHBOUR_CODE, SETTLEMENTS, TOWN_WARDS, TOWNS, Settlement
from .network import Road
from .shapes import along, distance_m, length_m

_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"  # the letters an inward code may use
_SKIPPED_SHARE: Final = 0.08
_NEW_ESTATE: Final = 45  # postcodes of Market Orrick that the older edition does not know yet
SHARED_POINTS: Final = 31
WITHOUT_LOCATION: Final = 92
TERMINATED: Final = 60


@dataclass(frozen=True)
class Postcode:
    code: str  # "ZZ1 1AA"
    east: int
    north: int
    homes: int
    people: int
    place: str
    ward: str  # empty beyond the boundary
    kind: str  # ordinary, outside, shared, unlocated, terminated, or an institution's kind
    new: bool = False  # not yet in the older edition

    @property
    def point(self) -> Point:
        return float(self.east), float(self.north)

    @property
    def district(self) -> str:
        return DISTRICT_CODE if self.ward or self.kind == "unlocated" else NEIGHBOUR_CODE


# Kind, place, metres east and north of the place's centre.
_INSTITUTIONS: Final = (
    ("council_office", "Aldersea", 180, 240),
    ("hospital", "Aldersea", 760, 620),
    ("hostel", "Aldersea", 60, -140),
    ("temporary_accommodation", "Aldersea", -330, 420),
    ("temporary_accommodation", "Market Orrick", 210, 120),
    ("temporary_accommodation", "Sandlewick", 90, -180),
    ("prison", "Ulverholt", 420, 560),
)


class Register:
    """Hands out postcodes, a few left unused in every sector."""

    def __init__(self) -> None:
        self._draws = Draws("postcode register")
        self._next: dict[str, int] = {}
        self.unused: list[str] = []

    def issue(self, outward: str, sector: str) -> str:
        while True:
            at = self._next.get(outward + sector, 0)
            self._next[outward + sector] = at + 1
            code = f"{outward} {sector}{_LETTERS[at // len(_LETTERS)]}{_LETTERS[at % len(_LETTERS)]}"
            if not self._draws.chance(_SKIPPED_SHARE):
                return code
            self.unused.append(code)


def make_postcodes(country: Country, roads: list[Road]) -> tuple[list[Postcode], list[str]]:
    """Return every postcode of the gazetteer, and codes that were never issued."""
    register, wards = Register(), _WardFinder(country)
    found: list[Postcode] = []
    for place in SETTLEMENTS:
        found += _settle(place, [road for road in roads if road.place == place.name], register, wards)
    found += _farms([road for road in roads if not road.place and road.spur], register, wards)
    found = _mark_new_estate(found)
    found += _institutions(register, wards)
    found += _shared_point(register, wards)
    found += _lost(found, register, wards)
    return sorted(found, key=lambda postcode: postcode.code), register.unused


class _WardFinder:
    def __init__(self, country: Country) -> None:
        self._wards = country.wards

    def at(self, point: Point) -> str:
        spot = shapely.Point(point)
        return next((ward for ward, area in self._wards.items() if area.contains(spot)), "")


def _settle(place: Settlement, roads: list[Road], register: Register, wards: _WardFinder) -> list[Postcode]:
    draws = Draws("homes of " + place.name)
    found = []
    for group, point in _doors(place, roads, draws):
        east, north = round(point[0]), round(point[1])
        ward = wards.at((east, north))
        code = register.issue(place.outward, _sector(place, point))
        people = round(group * draws.between(1.7, 2.9))
        found.append(Postcode(code, east, north, group, people, place.name, ward, "ordinary" if ward else "outside"))
    return found


def _doors(place: Settlement, roads: list[Road], draws: Draws) -> list[tuple[int, Point]]:
    """Spread the homes along the streets, denser in the middle, and cut each street into postcodes."""
    streets: dict[int, list[Road]] = {}
    for road in roads:
        if road.sides:
            streets.setdefault(road.street, []).append(road)
    room = {number: sum(_room(place, piece) for piece in pieces) for number, pieces in streets.items()}
    whole = sum(room.values())
    found: list[tuple[int, Point]] = []
    for number, pieces in streets.items():
        homes = place.homes * room[number] / whole
        groups = max(1, round(homes / draws.between(15.5, 20)))
        line = _ordered(pieces)
        for group in range(groups):
            spot = _beside(line, (group + draws.between(0.3, 0.7)) / groups, draws)
            found.append((max(1, round(homes / groups * draws.between(0.7, 1.3))), spot))
    return found


def _room(place: Settlement, piece: Road) -> float:
    out = distance_m(piece.line[0], place.centre) / 1000
    return length_m(piece.line) * piece.sides * (1.6 - 0.6 * min(out, 1.2))


def _ordered(pieces: list[Road]) -> list[Road]:
    ends = [end for piece in pieces for end in piece.ends]
    wide = max(x for x, _ in ends) - min(x for x, _ in ends)
    tall = max(y for _, y in ends) - min(y for _, y in ends)
    axis = 0 if wide > tall else 1
    return sorted(pieces, key=lambda piece: min(end[axis] for end in piece.ends))


def _beside(pieces: list[Road], share: float, draws: Draws) -> Point:
    """Stand at a share of the way along the pieces, a few metres to one side."""
    left = share * sum(length_m(piece.line) for piece in pieces)
    for piece in pieces:
        long_m = length_m(piece.line)
        if left <= long_m or piece is pieces[-1]:
            (x, y), (ax, ay) = along(piece.line, min(left / long_m, 1))
            side = draws.pick((-1, 1)) * draws.between(9, 22)
            return x - side * ay, y + side * ax
        left -= long_m
    raise AssertionError


def _sector(place: Settlement, point: Point) -> str:
    if place not in TOWNS:
        return place.sectors[0]
    seeds = TOWN_WARDS[place.name]
    x, y = point[0] - place.centre[0], point[1] - place.centre[1]
    nearest = min(range(len(seeds)), key=lambda at: (1000 * seeds[at][1] - x) ** 2 + (1000 * seeds[at][2] - y) ** 2)
    return place.sectors[nearest]


def _nearest(point: Point) -> Settlement:
    return min(SETTLEMENTS, key=lambda place: distance_m(place.centre, point))


def _farms(lanes: list[Road], register: Register, wards: _WardFinder) -> list[Postcode]:
    draws = Draws("farms")
    found = []
    for lane in lanes:
        for share in (0.45, 0.97) if draws.chance(0.5) else (0.9,):
            point = _beside([lane], share, draws)
            place, homes = _nearest(point), 2 + draws.below(7)
            east, north = round(point[0]), round(point[1])
            code = register.issue(place.outward, _sector(place, point))
            people = round(homes * draws.between(1.9, 3.1))
            found.append(Postcode(code, east, north, homes, people, "", wards.at((east, north)), "ordinary"))
    return found


def _mark_new_estate(found: list[Postcode]) -> list[Postcode]:
    """Take the northernmost streets of Market Orrick for an estate built after the older edition."""
    north = sorted((p for p in found if p.place == "Market Orrick"), key=lambda p: (-p.north, p.code))
    new = {postcode.code for postcode in north[:_NEW_ESTATE]}
    return [replace(postcode, new=postcode.code in new) for postcode in found]


def _institutions(register: Register, wards: _WardFinder) -> list[Postcode]:
    found = []
    for kind, name, x, y in _INSTITUTIONS:
        place = next(place for place in SETTLEMENTS if place.name == name)
        east, north = round(place.centre[0] + x), round(place.centre[1] + y)
        sector = "8" if place in TOWNS else place.sectors[0]
        code = register.issue(place.outward, sector)
        found.append(Postcode(code, east, north, 0, 0, name, wards.at((east, north)), kind))
    return found


def _shared_point(register: Register, wards: _WardFinder) -> list[Postcode]:
    """Stand the post-office boxes of Aldersea on one point: its delivery office."""
    x, y = TOWNS[0].centre
    east, north = round(x) + 420, round(y) - 60
    codes = [register.issue("ZZ1", "9") for _ in range(SHARED_POINTS)]
    return [Postcode(code, east, north, 0, 0, "Aldersea", wards.at((east, north)), "shared") for code in codes]


def _lost(found: list[Postcode], register: Register, wards: _WardFinder) -> list[Postcode]:
    """Add postcodes without a location, and postcodes that only the older edition knows."""
    draws = Draws("lost postcodes")
    homes = [postcode for postcode in found if postcode.kind == "ordinary" and postcode.ward and postcode.place]
    lost = []
    for number in range(WITHOUT_LOCATION + TERMINATED):
        near = draws.pick(homes)
        code = register.issue(near.code[:3], near.code[4])
        if number < WITHOUT_LOCATION:
            lost.append(Postcode(code, 0, 0, 0, 0, near.place, "", "unlocated"))
        else:
            east, north = near.east + 7 + draws.below(30), near.north - 7 - draws.below(30)
            lost.append(Postcode(code, east, north, 0, 0, near.place, wards.at((east, north)), "terminated"))
    return lost
