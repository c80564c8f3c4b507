"""Walks to and from bus stops, measured along streets."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.places.bus_timetable import Timetable
from geo.places.bus_walks import BusWalks, Walks, changes_between, walks_in
from geo.places.streets import Streets
from geo.places.streets_travel import along_streets
from geo.places.travel import PlacePoints, as_points, minutes_a_metre
from geo.scenario import Scenario

_PLACES_AT_ONCE: Final = 500  # a table of 500 places and 5,000 stops takes 20 MB; all places of a county 500 MB


def street_walks(
    streets: Streets, timetable: Timetable, places: PlacePoints, sites: npt.ArrayLike, scenario: Scenario
) -> BusWalks:
    """Measure every walk along streets, but those between two stops where people change, which are short.

    As with straight walks, a stop is near enough if it is so from the middle of a place; the walk then counts the
    spread of its homes too.

    Parameters
    ----------
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    scenario
        Pace, longest walks, and how far a street may be.
    """
    ends = as_points(sites)
    return BusWalks(
        from_places=_to_stops(streets, timetable, places, scenario),
        from_sites=_to_stops(streets, timetable, PlacePoints(ends, np.zeros(len(ends))), scenario),
        changes=changes_between(timetable, scenario.bus, scenario.reach),
        all_the_way=along_streets(streets, places, ends, scenario.reach, travel=scenario.travel),
    )


def _to_stops(streets: Streets, timetable: Timetable, places: PlacePoints, scenario: Scenario) -> Walks:
    stops, points = timetable.stop_points(), as_points(places.points)
    travel = scenario.travel.model_copy(update={"longest_minutes": scenario.bus.walk_to_stop_minutes})
    spread = places.spread_m * scenario.reach.detour * minutes_a_metre(scenario.reach.walk_km_per_hour)
    parts = []
    for first in range(0, max(len(points), 1), _PLACES_AT_ONCE):
        some = slice(first, first + _PLACES_AT_ONCE)
        middles = PlacePoints(points[some], np.zeros(len(points[some])))
        minutes = along_streets(streets, middles, stops, scenario.reach, travel=travel).minutes
        parts.append(walks_in(np.hypot(minutes, spread[some, None])))
    return _joined(parts)


def _joined(parts: list[Walks]) -> Walks:
    """Put the walks of several groups of places one after another."""
    sizes = np.cumsum([0, *(len(part.ends) for part in parts)])
    starts = [part.starts[1:] + size for part, size in zip(parts, sizes[:-1], strict=True)]
    return Walks(
        np.concatenate([[0], *starts]).astype(np.int64),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.seconds for part in parts]),
    )
