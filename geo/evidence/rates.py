"""Set clients against homes: rates per 1,000 homes and per 1,000 people a year, by cell or by named area."""

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import AreaCounts, AreaLevel, CellCounts, Selection
from geo.evidence.intervals import count_interval
from geo.evidence.shrinkage import credible_interval, shrink_to_all, shrink_to_neighbours
from geo.places.area_homes import AreaHomes
from geo.places.grid import HexGrid
from geo.schema import AREA_RATES, CELL_RATES, RATES

RateLevel = Literal["cell", AreaLevel]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

UNRELIABLE_BELOW: Final = 16
"""Events from which a rate is reliable: its standard error is then 25 % of it (United States Cancer Statistics)."""
NEWER_POSTCODES: Final = 2
NEWER_SHARE: Final = 0.1
"""A place is marked as newer than its homes from two such postcodes and a tenth of its live ones.

One postcode is often an office, and a tenth of homes unknown to the file makes a rate look a tenth too high. Of the
cells of resolution 8 this marks one in thirty (west Dorset, postcodes ten years newer than the homes) to one in sixteen
(the Southampton postcodes of Test Valley, eleven years); they hold 60 to 73 % of the newer postcodes.
"""
_MONTHS_A_YEAR: Final = 12
_WHOLE: Final = ("count", "institution", "shared_point", "newer_postcodes", "live_postcodes")


@dataclass(frozen=True)
class Rates:
    """Hold the rate of every place that has homes or clients, with what it rests on.

    The counts of the table plus `unmapped` plus `left_out` are all the `episodes`.

    Attributes
    ----------
    table
        CELL_RATES or AREA_RATES table, sorted by cell or code.
    level
        "cell", "ward", "lsoa" or "area".
    resolution
        H3 resolution of cells; 0 for areas.
    selection, unit, episodes, rows, unmapped, left_out
        As in the counts.
    months
        How many months of the period the records cover; `exposure_years` is the same in years.
    mean_per_1000_homes, mean_low, mean_high
        The rate of all places with homes together, and its 95 % interval.
    no_homes
        Clients from places without a home on record: they have no rate and are in no mean.
    homes_source
        Where homes come from.
    homes_year
        The year they were counted in; 0 where the file does not say.
    later_feeds
        Exports whose records begin in a later review year than the period does, each with that year.
    """

    table: pd.DataFrame
    level: RateLevel
    resolution: int
    selection: Selection
    unit: str
    episodes: int
    rows: int
    unmapped: dict[str, int]
    left_out: int
    months: int
    mean_per_1000_homes: float
    mean_low: float
    mean_high: float
    no_homes: int
    homes_source: str
    homes_year: int = 0
    later_feeds: dict[str, str] = field(default_factory=dict)

    @property
    def exposure_years(self) -> float:
        """How long the records cover, in years."""
        return self.months / _MONTHS_A_YEAR

    @property
    def located(self) -> int:
        """Episodes that have a cell, or an area."""
        return int(self.table["count"].sum())


def find_rates(counts: CellCounts | AreaCounts, homes: HexGrid | AreaHomes, *, months: int) -> Rates:
    """Divide clients by homes and years.

    Parameters
    ----------
    counts
        Episodes by cell or by area.
    homes
        Of the same cells (a grid of the same resolution) or areas.
    months
        How many months of the period the records cover, so that a year not over yet is not called low.

    Raises
    ------
    BadInputError
        Counts and homes are of different resolutions or kinds, or no month is covered.
    MissingDataError
        No place has homes.

    Notes
    -----
    Intervals are exact below 10 events and Byar's from 10 (`count_interval`). A rate below 16 events is marked
    unreliable. Smoothing is global and local empirical Bayes (`shrinkage.py`), its range a credible interval.
    """
    key, ground, tally = _paired(counts, homes)
    if months < 1:
        message = "The records cover no month of this period, so there is no rate; choose a period with records."
        raise BadInputError(message)
    if not (ground["homes"] > 0).any():
        message = "No place of the district has homes on record, so there is no rate; add a file of homes first."
        raise MissingDataError(message)
    years = months / _MONTHS_A_YEAR
    places = _joined(ground, tally, key)
    figures = _figures(ground, places, homes, years=years).assign(**{key: ground.loc[ground["homes"] > 0, key]})
    table = _finish(places.merge(figures, on=key, how="left"), years=years)
    counted = table[table["homes"] > 0]
    clients, exposure = int(counted["count"].sum()), float(counted["homes"].sum()) * years / 1000
    low, high = count_interval(clients)
    schema = CELL_RATES if key == "cell" else AREA_RATES
    return Rates(
        table=schema.validate(table[[key, *RATES.columns]]),
        level="cell" if isinstance(counts, CellCounts) else counts.level,
        resolution=counts.resolution if isinstance(counts, CellCounts) else 0,
        selection=counts.selection,
        unit=counts.unit,
        episodes=counts.episodes,
        rows=counts.rows,
        unmapped=counts.unmapped,
        left_out=counts.left_out,
        months=months,
        mean_per_1000_homes=clients / exposure,
        mean_low=float(low) / exposure,
        mean_high=float(high) / exposure,
        no_homes=int(table["count"].sum()) - clients,
        homes_source=homes.homes_source,
    )


def _paired(counts: CellCounts | AreaCounts, homes: HexGrid | AreaHomes) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """Name the key that counts and homes share, and give the table of each."""
    if isinstance(counts, CellCounts) and isinstance(homes, HexGrid) and counts.resolution == homes.resolution:
        return "cell", homes.cells, counts.cells
    if isinstance(counts, AreaCounts) and isinstance(homes, AreaHomes):
        return "code", homes.areas, counts.areas
    message = "Clients and homes must be counted by the same cells or the same areas."
    raise BadInputError(message)


def _joined(ground: pd.DataFrame, tally: pd.DataFrame, key: str) -> pd.DataFrame:
    """List every place that has homes or clients; a place that nobody is known to live in has 0 homes."""
    kept = [key, "homes", "people", "newer_postcodes", "live_postcodes"]
    places = ground[kept].merge(tally, on=key, how="outer").sort_values(key, ignore_index=True)
    places = places.fillna(dict.fromkeys(("homes", *_WHOLE), 0)).astype(dict.fromkeys(_WHOLE, "int64"))
    return places[(places["homes"] > 0) | (places["count"] > 0)].reset_index(drop=True)


def _figures(ground: pd.DataFrame, places: pd.DataFrame, homes: HexGrid | AreaHomes, *, years: float) -> pd.DataFrame:
    """Smooth the rates of the places that have homes, on the index of `ground`."""
    key = "cell" if isinstance(homes, HexGrid) else "code"
    housed = (ground["homes"] > 0).to_numpy()
    counts = places.set_index(key)["count"].reindex(ground.loc[housed, key]).to_numpy(dtype=np.float64)
    exposure = ground.loc[housed, "homes"].to_numpy(dtype=np.float64) * years / 1000
    indptr, indices = _neighbours(homes, housed)
    everywhere = shrink_to_all(counts, exposure)
    local = shrink_to_neighbours(counts, exposure, indptr=indptr, indices=indices)
    low, high = credible_interval(counts, exposure)
    return pd.DataFrame(
        {
            "smoothed_per_1000_homes": everywhere.rate,
            "smoothed_weight": everywhere.weight,
            "smoothed_low_per_1000_homes": low,
            "smoothed_high_per_1000_homes": high,
            "local_per_1000_homes": local.rate,
            "local_weight": local.weight,
        },
        index=ground.index[housed],
    )


def _neighbours(homes: HexGrid | AreaHomes, housed: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    """Keep the places with homes, and in their neighbourhoods only such places."""
    n = len(housed)
    member = csr_array((np.ones(len(homes.indices), dtype=np.int8), homes.indices, homes.indptr), shape=(n, n))
    kept = member[housed][:, housed]
    return kept.indptr.astype(np.int64), kept.indices.astype(np.int64)


def _finish(places: pd.DataFrame, *, years: float) -> pd.DataFrame:
    """Add raw rates with their intervals, and the marks of places to read with care."""
    newer = (places["newer_postcodes"] >= NEWER_POSTCODES) & (
        places["newer_postcodes"] >= NEWER_SHARE * places["live_postcodes"]
    )
    return places.assign(
        newer=newer,
        unreliable=places["count"] < UNRELIABLE_BELOW,
        **_raw(places["count"], places["homes"] * years / 1000, "per_1000_homes"),
        **_raw(places["count"], places["people"] * years / 1000, "per_1000_people"),
    )


def _raw(counts: pd.Series, exposure: pd.Series, unit: str) -> dict[str, pd.Series]:
    divisor = exposure.where(exposure > 0)
    low, high = count_interval(counts.to_numpy())
    return {f"rate_{unit}": counts / divisor, f"low_{unit}": low / divisor, f"high_{unit}": high / divisor}
