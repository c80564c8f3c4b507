"""The bus timetable a workspace keeps, and journeys by it.

It is `layers/timetable.parquet`, a row for each call of a bus at a stop.
"""

from dataclasses import replace
from typing import Final

import numpy.typing as npt
import pandas as pd

from geo.editions import Dataset, Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.bus import Arrival, BusMinutes, by_bus
from geo.places.bus_streets import street_walks
from geo.places.bus_timetable import Timetable
from geo.places.travel import PlacePoints, TravelMinutes
from geo.review.files import read_frame, write_table
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from geo.schema import TIMETABLE

DATASET: Final[Dataset] = "timetable"


def keep_timetable(workspace: Workspace, calls: pd.DataFrame, edition: Edition) -> None:
    """Replace the timetable: TIMETABLE schema.

    Raises
    ------
    BadInputError
        The edition is of another data set.
    WorkspaceError
        The folder cannot be written; the earlier timetable stays.
    """
    if edition.dataset != DATASET:
        message = f"The edition is of '{edition.dataset}'; expected '{DATASET}'."
        raise BadInputError(message)
    path = workspace.root / "layers" / f"{DATASET}.parquet"  # with the layers, so that the fingerprint sees it change
    write_table(path, TIMETABLE.validate(calls), edition)
    workspace.note("dataset added", f"{DATASET}: {edition.title}, rows {len(calls):,}")


def timetable_of(workspace: Workspace) -> Timetable:
    """Return the timetable.

    Raises
    ------
    MissingDataError
        None has been added yet.
    WorkspaceError
        Its file is damaged.
    """
    if not workspace.has(DATASET):
        message = (
            "The workspace has no bus timetable yet; add one in GTFS with: planner add timetable FILE, "
            "or on the Data page."
        )
        raise MissingDataError(message)
    return Timetable.of(read_frame(workspace.root / "layers" / f"{DATASET}.parquet"))


def bus_journeys(
    workspace: Workspace, places: PlacePoints, sites: npt.ArrayLike, *, when: Arrival | None = None
) -> BusMinutes:
    """Measure the journeys by bus from places to sites, with walks along streets where the workspace has them.

    Parameters
    ----------
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    when
        The day and hours; those of the workspace's options by default.

    Raises
    ------
    MissingDataError
        No timetable has been added yet.
    BadInputError
        The timetable does not cover the day, or nothing runs on it.
    """
    scenario, timetable, streets = workspace.scenario, timetable_of(workspace), streets_of(workspace)
    walks = scenario.reach if streets is None else street_walks(streets, timetable, places, sites, scenario)
    return by_bus(timetable, places, sites, when or Arrival.usual(scenario.bus), scenario.bus, on_foot=walks)


def typical_bus_minutes(workspace: Workspace, places: PlacePoints, sites: npt.ArrayLike) -> TravelMinutes:
    """Measure the typical journeys there alone, on the day and hours of the workspace's options.

    Raises
    ------
    MissingDataError, BadInputError
        As `bus_journeys` does.
    """
    there = replace(Arrival.usual(workspace.scenario.bus), leave_at=None)
    return bus_journeys(workspace, places, sites, when=there).typical
