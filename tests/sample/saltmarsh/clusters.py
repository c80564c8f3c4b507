"""Say where risk is high: an uneven background, and three planted clusters that the tests must find."""

from dataclasses import dataclass
from typing import Final

from .draws import Point
from .gazette import grid
from .postcodes import Postcode
from .shapes import distance_m

YEARS: Final = ("2022-23", "2023-24", "2024-25")


@dataclass(frozen=True)
class Cluster:
    name: str
    trend: str  # growing, steady, fading
    east_km: float
    north_km: float
    radius_m: int
    relative_risk: tuple[float, float, float]  # by review year, over the ward's own background

    @property
    def centre(self) -> Point:
        return grid(self.east_km, self.north_km)

    def holds(self, postcode: Postcode) -> bool:
        return postcode.kind == "ordinary" and distance_m(self.centre, postcode.point) <= self.radius_m


CLUSTERS: Final = (
    Cluster("Saltpans estate", "growing", 15.55, 5.2, 480, (4.0, 7.0, 11.0)),
    Cluster("Tanyard estate", "steady", 7.75, 14.2, 450, (7.0, 7.0, 7.0)),
    Cluster("Hesselmere", "fading", 20.4, 8.6, 600, (9.0, 6.0, 3.0)),
)

# Against the district's mean; renting and age differ from ward to ward before anything is "hot".
_BACKGROUND: Final = {
    "Aldersea Quay": 1.55,
    "Aldersea Northgate": 1.25,
    "Aldersea Saltpans": 1.15,
    "Aldersea Priory": 0.85,
    "Aldersea Eastfield": 0.75,
    "Orrick Market": 1.35,
    "Orrick Beckside": 1.1,
    "Orrick Moorside": 0.8,
    "Orrick Westfields": 0.7,
    "Hollinsea & Kelderby": 1.2,
}
_RURAL: Final = 0.75


def background(ward: str) -> float:
    return _BACKGROUND.get(ward, _RURAL)


def risk(postcode: Postcode, year: int) -> float:
    """Weigh a postcode for one review year: its homes, its ward, its cluster."""
    raised = [cluster.relative_risk[year] for cluster in CLUSTERS if cluster.holds(postcode)]
    return postcode.homes * background(postcode.ward) * (raised[0] if raised else 1)
