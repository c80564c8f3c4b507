"""The streets of a workspace as a network for one way of travelling, ready to be searched."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array, csr_array

from geo.crs import NATIONAL_GRID, require_crs
from geo.places.streets_tags import AGAINST, ALONG
from geo.places.travel import FloatArray, Mode, as_points, minutes_a_metre
from geo.scenario import ReachOptions, RoadSpeeds, TravelOptions

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_NO_DOORS: Final = ("motorway",)  # nobody's journey begins or ends on one


@dataclass(frozen=True)
class Streets:
    """Streets between junctions.

    Attributes
    ----------
    table
        STREETS table, EPSG:27700.
    """

    table: gpd.GeoDataFrame

    def __post_init__(self) -> None:
        """Refuse streets in another coordinate system."""
        require_crs(self.table, NATIONAL_GRID)

    def network(self, mode: Mode, options: ReachOptions, travel: TravelOptions) -> "StreetNetwork":
        """Give the part that can be walked, or driven, with the minutes that a metre of each street takes."""
        used = (self.table[f"{mode}_ways"] > 0).to_numpy()
        table = self.table[used]
        lines = table.geometry.to_numpy()
        if mode == "walk":
            pace = np.full(len(table), minutes_a_metre(options.walk_km_per_hour))
        else:
            pace = _driving_pace(table, travel)
        return StreetNetwork(
            start=table[f"{mode}_from"].to_numpy(dtype=np.int64),
            end=table[f"{mode}_to"].to_numpy(dtype=np.int64),
            ways=table[f"{mode}_ways"].to_numpy(dtype=np.int64),
            lines=np.asarray(lines, dtype=np.object_),
            pace=pace,
            doors=~table["road"].isin(_NO_DOORS).to_numpy(),
            name=table["name"].to_numpy(dtype=np.object_),
            lit=table["lit"].to_numpy(dtype=np.object_),
        )


@dataclass(frozen=True)
class Snapped:
    """Points put on the nearest street.

    Attributes
    ----------
    street
        (k,) which street; -1 where the network has none.
    along_m
        (k,) metres from the street's start to the place on it.
    snap_m
        (k,) metres from the point to that place; infinite where the network has no street.
    """

    street: IntArray
    along_m: FloatArray
    snap_m: FloatArray


@dataclass(frozen=True)
class StreetNetwork:
    """Streets for one way of travelling.

    Attributes
    ----------
    start, end
        (e,) numbers of the junctions at the ends of each street, from 0.
    ways
        (e,) ALONG, AGAINST or BOTH.
    lines
        (e,) shapely lines, EPSG:27700.
    pace
        (e,) minutes that a metre takes.
    doors
        (e,) True where a journey may begin or end.
    name
        (e,) what each street is called; "" where it has no name.
    lit
        (e,) "lit", "unlit" or "not known".
    """

    start: IntArray
    end: IntArray
    ways: IntArray
    lines: npt.NDArray[np.object_]
    pace: FloatArray
    doors: BoolArray
    name: npt.NDArray[np.object_]
    lit: npt.NDArray[np.object_]

    @cached_property
    def junctions(self) -> int:
        """Count the junctions."""
        return int(max(self.start.max(initial=-1), self.end.max(initial=-1))) + 1

    @cached_property
    def metres(self) -> FloatArray:
        """(e,) length of each street."""
        return np.asarray(shapely.length(self.lines), dtype=np.float64)

    @cached_property
    def minutes(self) -> FloatArray:
        """(e,) minutes from end to end of each street."""
        return self.metres * self.pace

    @cached_property
    def backward(self) -> "csr_array[np.float64]":
        """Minutes from junction to junction, turned round: row j, column i is the way from i to j.

        Journeys are searched from the sites, which are fewer than the places, and so against their direction.
        Of two streets between the same junctions the quicker counts.
        """
        along, against = self.ways & ALONG > 0, self.ways & AGAINST > 0
        rows = np.concatenate([self.end[along], self.start[against]])
        columns = np.concatenate([self.start[along], self.end[against]])
        minutes = np.concatenate([self.minutes[along], self.minutes[against]])
        order = np.lexsort((minutes, columns, rows))
        rows, columns, minutes = rows[order], columns[order], minutes[order]
        first = np.ones(len(rows), dtype=np.bool_)
        first[1:] = (np.diff(rows) != 0) | (np.diff(columns) != 0)
        links = (minutes[first], (rows[first], columns[first]))
        return csr_array(coo_array(links, shape=(self.junctions, self.junctions)))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.lines[self.doors])

    def snap(self, points: npt.ArrayLike) -> Snapped:
        """Put points on the nearest place of the nearest street; of equals, the first."""
        spots = as_points(points)
        street = np.full(len(spots), -1, dtype=np.int64)
        along, away = np.zeros(len(spots)), np.full(len(spots), np.inf)
        if not self.doors.any() or not len(spots):
            return Snapped(street, along, away)
        shapes = np.asarray(shapely.points(spots), dtype=np.object_)
        (which, found), distance = self._tree.query_nearest(shapes, return_distance=True)
        order = np.lexsort((found, which))
        rows, first = np.unique(which[order], return_index=True)
        nearest = np.flatnonzero(self.doors)[found[order][first]]
        street[rows], away[rows] = nearest, distance[order][first]
        along[rows] = shapely.line_locate_point(self.lines[nearest], shapes[rows])
        return Snapped(street, along, away)


def _driving_pace(table: gpd.GeoDataFrame, travel: TravelOptions) -> FloatArray:
    limits = {name: getattr(travel.speeds, name) for name in RoadSpeeds.model_fields}
    unsaid = table["road"].map(limits).to_numpy(dtype=np.float64)
    stated = table["km_per_hour"].to_numpy(dtype=np.float64)
    speed = np.where(stated > 0, stated, unsaid) * travel.share_of_limit
    return np.asarray(minutes_a_metre(1.0) / speed, dtype=np.float64)
