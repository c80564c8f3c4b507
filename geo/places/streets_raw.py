"""The streets of a file as they were drawn, before they become a network."""

from array import array
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.crs import to_national_grid
from geo.places.streets_tags import Use

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

Box = tuple[float, float, float, float]  # west, south, east, north, EPSG:4326 degrees
EVERYWHERE: Final[Box] = (-180.0, -90.0, 180.0, 90.0)
_MOST: Final = 100_000  # of the points elsewhere are kept, to say where the file's streets are


@dataclass(frozen=True)
class RawStreets:
    """Streets as drawn: points, and ways that go from point to point. Two ways meet where they share a point.

    Attributes
    ----------
    points
        (k, 2) eastings and northings, EPSG:27700 metres.
    stops_walk, stops_cars
        (k,) True where a gate or a bollard stands that stops people on foot, or cars.
    members
        Rows of `points`, way after way.
    starts
        (w + 1,) way i goes through `members[starts[i]:starts[i + 1]]`, at least two.
    uses
        (w,) who may use each way.
    elsewhere
        (e, 2) some points of streets that were left out because they are far from the district.
    streets_seen
        Streets of the file, here or elsewhere.
    """

    points: FloatArray
    stops_walk: BoolArray
    stops_cars: BoolArray
    members: IntArray
    starts: IntArray
    uses: tuple[Use, ...]
    elsewhere: FloatArray
    streets_seen: int


@dataclass
class Gathering:
    """Collects the streets of a file while it is read, point by point and way by way."""

    box: Box = EVERYWHERE
    streets_seen: int = 0
    _rows: dict[object, int] = field(default_factory=dict)
    _lon: "array[float]" = field(default_factory=lambda: array("d"))
    _lat: "array[float]" = field(default_factory=lambda: array("d"))
    _shut: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    _members: "array[int]" = field(default_factory=lambda: array("q"))
    _starts: "array[int]" = field(default_factory=lambda: array("q", [0]))
    _uses: list[Use] = field(default_factory=list)
    _far: list[tuple[float, float]] = field(default_factory=list)

    def place(self, name: object, *, lon: float, lat: float, shut: tuple[bool, bool] = (False, False)) -> None:
        """Keep a point where it lies in the box; it is known by its name from then on."""
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            if len(self._far) < _MOST:
                self._far.append((lon, lat))
            return
        if name in self._rows:  # pieces of one district overlap
            return
        row = self._rows[name] = len(self._lon)
        self._lon.append(lon)
        self._lat.append(lat)
        if any(shut):
            self._shut[row] = shut

    def way(self, names: list[object], use: Use) -> None:
        """Keep a way, in pieces where some of its points are not in the box."""
        piece: list[int] = []
        for name in [*names, None]:
            row = self._rows.get(name, -1) if name is not None else -1
            if row >= 0:
                piece.append(row)
                continue
            if len(piece) > 1:
                self._members.extend(piece)
                self._starts.append(len(self._members))
                self._uses.append(use)
            piece = []

    def knows_any(self, names: list[object]) -> bool:
        """Tell whether any of these points is kept."""
        return any(name in self._rows for name in names)

    def done(self) -> RawStreets:
        """Give what was gathered, in metres."""
        points = np.column_stack(to_national_grid(lon=np.array(self._lon), lat=np.array(self._lat)))
        far = np.array(self._far, dtype=np.float64).reshape(-1, 2)
        return RawStreets(
            points=points,
            stops_walk=self._stops(0),
            stops_cars=self._stops(1),
            members=np.array(self._members, dtype=np.int64),
            starts=np.array(self._starts, dtype=np.int64),
            uses=tuple(self._uses),
            elsewhere=np.column_stack(to_national_grid(lon=far[:, 0], lat=far[:, 1])),
            streets_seen=self.streets_seen,
        )

    def _stops(self, whom: int) -> BoolArray:
        stops = np.zeros(len(self._lon), dtype=np.bool_)
        stops[[row for row, shut in self._shut.items() if shut[whom]]] = True
        return stops
