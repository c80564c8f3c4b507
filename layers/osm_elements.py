"""Places of OpenStreetMap as they were read, whatever file they came in: tags, and the points they are drawn by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import shapely

from layers.osm_shapes import Ring, Spot, point_in_rings, point_of_relation

Kind = Literal["node", "way", "relation"]
Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Member:
    """A way that a relation is drawn by; its role says whether it goes round the outside or round a hole."""

    way: int
    role: str


@dataclass(frozen=True, slots=True)
class OsmPlace:
    """A place: what it is, and a point on its surface in degrees, or None where the file does not say where it is."""

    code: str
    tags: Tags
    spot: Spot | None


@dataclass
class Elements:
    """What was gathered of a file, or of several: an element that two of them hold counts once.

    Attributes
    ----------
    spots
        Node to longitude and latitude.
    ways
        Way to its nodes in order.
    relations
        Multipolygon to its ways.
    tags
        Kind and number of each element that is a site, to its tags.
    settlements
        Node of a settlement to its name.
    social
        Kind and number of each element that is a social facility and no site, to its tags: a site may have become one.
    """

    spots: dict[int, Spot] = field(default_factory=dict)
    ways: dict[int, list[int]] = field(default_factory=dict)
    relations: dict[int, list[Member]] = field(default_factory=dict)
    tags: dict[tuple[Kind, int], dict[str, str]] = field(default_factory=dict)
    settlements: dict[int, str] = field(default_factory=dict)
    social: dict[tuple[Kind, int], dict[str, str]] = field(default_factory=dict)

    def nodes_wanted(self) -> set[int]:
        """List the nodes that something is drawn by."""
        return {node for nodes in self.ways.values() for node in nodes}

    def ways_wanted(self) -> set[int]:
        """List the ways that a relation is drawn by and that are not known yet."""
        return {member.way for members in self.relations.values() for member in members} - set(self.ways)

    def places(self) -> tuple[OsmPlace, ...]:
        """Give every site with a point on its surface, in the order of their numbers."""
        return self._placed(self.tags)

    def social_facilities(self) -> tuple[OsmPlace, ...]:
        """Give every social facility that is no site, likewise."""
        return self._placed(self.social)

    def towns(self) -> list[tuple[str, Spot]]:
        """Give the settlements with where they are, by name."""
        found = [(name, self.spots[node]) for node, name in self.settlements.items() if node in self.spots]
        return sorted(found)

    def _placed(self, tagged: Mapping[tuple[Kind, int], Tags]) -> tuple[OsmPlace, ...]:
        return tuple(
            OsmPlace(f"{kind[0]}{number}", tags, self._spot(kind, number))
            for (kind, number), tags in sorted(tagged.items())
        )

    def _spot(self, kind: Kind, number: int) -> Spot | None:
        if kind == "node":
            return self.spots.get(number)
        if kind == "way":
            return point_in_rings([self._ring(number)])
        members = self.relations.get(number, [])
        outer = [self._ring(member.way) for member in members if member.role != "inner"]
        inner = [self._ring(member.way) for member in members if member.role == "inner"]
        return point_of_relation(outer, inner)

    def _ring(self, way: int) -> Ring:
        return Ring(tuple(self._known(self.ways.get(way, []))), closed=_is_closed(self.ways.get(way, [])))

    def _known(self, nodes: Iterable[int]) -> Iterable[Spot]:
        return (self.spots[node] for node in nodes if node in self.spots)


def within(places: Iterable[OsmPlace], area: shapely.Geometry) -> tuple[list[OsmPlace], int]:
    """Part places into those in an area (degrees), or nobody knows where, and the number of the others."""
    found = list(places)
    here = [place for place in found if place.spot is None or shapely.intersects_xy(area, *place.spot)]
    return here, len(found) - len(here)


def _is_closed(nodes: list[int]) -> bool:
    return len(nodes) > 3 and nodes[0] == nodes[-1]  # noqa: PLR2004 - three corners, and the first one again
