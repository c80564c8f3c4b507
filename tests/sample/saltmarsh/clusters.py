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
    Cluster("Saltpans", "growing", 13.5, 4.4, 520, (3.0, 6.0, 9.0)),
    Cluster("Tanyard", "steady", 9.75, 13.75, 520, (8.0, 8.0, 8.0)),
    Cluster("Hesselmere", "fading", 20.4, 8.6, 600, (9.0, 6.0, 3.0)),
)

# Against the district's mean; renting and age differ from ward to ward before anything is "hot".
_BACKGROUND: Final = {
    "Aldersea Quay": 1.5,
    "Aldersea Northgate": 1.2,
    "Aldersea Saltpans": 1.0,
    "Aldersea Priory": 0.75,
    "Aldersea Eastfield": 0.65,
    "Orrick Market": 1.4,
    "Orrick Beckside": 0.9,
    "Orrick Moorside": 0.75,
    "Orrick Westfields": 0.65,
    "Hollinsea & Kelderby": 1.3,
    "Pellingholt & Sandlewick": 1.15,
    "Inglethorn & St Osmer": 1.05,
}
_RURAL: Final = 0.8


def background(ward: str) -> float:
    return _BACKGROUND.get(ward, _RURAL)


def risk(postcode: Postcode, year: int) -> float:
    """Weigh a postcode for one review year: its homes, its ward, its cluster."""
    raised = [cluster.relative_risk[year] for cluster in CLUSTERS if cluster.holds(postcode)]
    return postcode.homes * background(postcode.ward) * (raised[0] if raised else 1)
