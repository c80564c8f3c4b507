"""Hold a piece of the road network."""

from dataclasses import dataclass

from .draws import Point


@dataclass(frozen=True)
class Road:
    """One piece of the network between two junctions."""

    line: tuple[Point, ...]
    kind: str  # main, minor, street
    name: str
    place: str  # settlement it stands in; empty in open country
    street: int
    sides: int
    spur: bool
    through: bool = False

    @property
    def ends(self) -> tuple[Point, Point]:
        return self.line[0], self.line[-1]
