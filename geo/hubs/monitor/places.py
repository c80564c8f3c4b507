"""Read the table of places with and without a hub: what is wrong with it is said in one sentence."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandera.errors import SchemaError

from geo.errors import BadInputError
from geo.hubs.monitor.ordinary import Places
from geo.schema import MONITOR_PLACES

BoolArray = npt.NDArray[np.bool_]

_COUNTS: Final = ("before", "after", "hubs")
_HOMES: Final = ("home_years_before", "home_years_after")
_NEEDED: Final = [name for name in MONITOR_PLACES.columns if name != "hubs"]


@dataclass(frozen=True)
class Known:
    """Hold the places that can be used.

    Attributes
    ----------
    table
        MONITOR_PLACES table, sorted by place, every place with homes in both years.
    without_homes
        Places left out since they have no homes in one of the years.
    clients_without_homes
        Clients of both years in them.
    """

    table: pd.DataFrame
    without_homes: int
    clients_without_homes: int

    @property
    def near_hub(self) -> BoolArray:
        """Which places had a hub."""
        return self.table["near_hub"].to_numpy(dtype=np.bool_)

    def values(self) -> Places:
        """Give the counts and homes as arrays; none is compared yet."""
        before, homes_before, after, homes_after = (
            self.table[name].to_numpy(dtype=np.float64) for name in _NEEDED[1:5]
        )
        return Places(before, homes_before, after, homes_after, np.zeros(len(self.table), dtype=np.bool_))


def read_places(places: pd.DataFrame) -> Known:
    """Check the table, and set aside places without homes.

    Parameters
    ----------
    places
        Columns of MONITOR_PLACES, in any order; `hubs` may be left out and is then 1 near a hub, else 0.

    Raises
    ------
    BadInputError
        A column is missing or holds something else, or there is no place near a hub, or one of them has no homes.
    """
    missing = [name for name in _NEEDED if name not in places.columns]
    if missing:
        message = f"The table of places lacks {', '.join(missing)}; expected {', '.join(_NEEDED)}."
        raise BadInputError(message)
    table = _checked(places)
    homeless = (table[list(_HOMES)] <= 0).any(axis=1)
    if not table["near_hub"].any():
        message = "No place is near a hub, so there is nothing to judge; record the hubs that were held first."
        raise BadInputError(message)
    if (homeless & table["near_hub"]).any():
        count = int((homeless & table["near_hub"]).sum())
        who = "1 place near a hub has" if count == 1 else f"{count} places near a hub have"
        message = f"{who} no homes on record in one of the years; add homes there first."
        raise BadInputError(message)
    lost = table.loc[homeless, ["before", "after"]]
    kept = table[~homeless].sort_values("place", ignore_index=True)
    return Known(kept, len(lost), int(lost.to_numpy().sum()))


def _checked(places: pd.DataFrame) -> pd.DataFrame:
    near = places["near_hub"]
    table = places if "hubs" in places.columns else places.assign(hubs=near)
    try:
        table = table[list(MONITOR_PLACES.columns)].astype(
            {"place": "str", **dict.fromkeys(_COUNTS, "int64"), **dict.fromkeys(_HOMES, "float64"), "near_hub": "bool"}
        )
        same = all((table[name] == places[name]).all() for name in _COUNTS if name in places.columns)
        if not same or not np.isfinite(table[list(_HOMES)].to_numpy()).all():
            message = "The table of places holds a count that is not whole, or homes that are not a number."
            raise BadInputError(message)
        return MONITOR_PLACES.validate(table)
    except (SchemaError, ValueError, TypeError) as error:
        message = (
            "The table of places cannot be used: expected each place once, counts as whole numbers of 0 or more, and "
            "homes times years of 0 or more."
        )
        raise BadInputError(message) from error
