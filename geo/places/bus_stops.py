"""The stops of a GTFS zip: which lie in an area, and how long a change between two of them takes at least."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.crs import to_national_grid
from geo.errors import BadInputError
from geo.places.bus_tables import GtfsZip, Wanted
from geo.places.inside import inside_shape

_COLUMNS: Final = ("stop_id", "stop_name", "stop_lat", "stop_lon", "parent_station")
_BRITAIN: Final = ((49.0, 61.5), (-9.5, 2.5))  # latitudes and longitudes; the National Grid means nothing beyond
_LONGEST_CHANGE_S: Final = 7200
_NOT_POSSIBLE: Final = "3"  # transfer_type of the GTFS reference
_TAKES_TIME: Final = "2"


def stops_within(gtfs: GtfsZip, area: shapely.Geometry) -> tuple[pd.DataFrame, int]:
    """Read the stops of an area, and count those of the whole file.

    Returns
    -------
    pandas.DataFrame, int
        `stop_id`, `stop_name`, `easting`, `northing` (EPSG:27700 metres); a stop without a place of its own takes that
        of its station. Then the stops of the file.

    Raises
    ------
    BadInputError
        None lies in the area.
    """
    table = gtfs.read("stops", _COLUMNS)
    stops = table.rows.drop_duplicates("stop_id").set_index("stop_id")
    lat, lon = (pd.to_numeric(stops[name], errors="coerce") for name in ("stop_lat", "stop_lon"))
    lat = lat.fillna(stops["parent_station"].map(lat.to_dict()))
    lon = lon.fillna(stops["parent_station"].map(lon.to_dict()))
    (south, north), (west, east) = _BRITAIN
    here = stops[lat.between(south, north) & lon.between(west, east)]
    easting, northing = to_national_grid(lon[here.index].to_numpy(), lat[here.index].to_numpy())
    placed = here.assign(easting=easting, northing=northing)[inside_shape(easting, northing, area)]
    if not len(placed):
        message = (
            f"{gtfs.name} has {table.read:,} stops, and none of them lies in or near the district; "
            "it is the timetable of another place."
        )
        raise BadInputError(message)
    return placed[["stop_name", "easting", "northing"]].reset_index(), table.read


def changes_of(gtfs: GtfsZip, numbers: Mapping[str, int]) -> dict[str, str]:
    """Read how long a change takes at least, or where there is none, as TIMETABLE's `changes` writes it.

    Only types 2 (takes a time) and 3 (not possible) are used; a bus that waits for another (type 1) is not counted on.

    Parameters
    ----------
    numbers
        The number of each stop kept, by its id.
    """
    ids = frozenset(numbers)
    columns = ("from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time", "from_trip_id", "from_route_id")
    rows = gtfs.read("transfers", columns, wanted=Wanted((("from_stop_id", ids),))).rows
    general = rows[rows["to_stop_id"].isin(ids) & (rows["from_trip_id"] == "") & (rows["from_route_id"] == "")]
    least = pd.to_numeric(general["min_transfer_time"], errors="coerce")
    timed = (general["transfer_type"] == _TAKES_TIME) & least.between(0, _LONGEST_CHANGE_S)
    known = general[timed | (general["transfer_type"] == _NOT_POSSIBLE)]
    seconds = np.where(known["transfer_type"] == _NOT_POSSIBLE, -1, least[known.index].fillna(0)).astype(np.int64)
    found: dict[str, list[str]] = {}
    for start, end, least_s in zip(known["from_stop_id"], known["to_stop_id"], seconds.tolist(), strict=True):
        found.setdefault(start, []).append(f"{numbers[end]}:{least_s}")
    return {start: " ".join(dict.fromkeys(ends)) for start, ends in found.items()}
