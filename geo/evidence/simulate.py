"""Draw the records of made-up districts: without a hotspot, in the ways that real records come about, or with one.

The point of a district without a hotspot is that whatever a test finds there is a false alarm. So everything that makes
records uneven without any place being "hot" is drawn here: households that come back, agencies that refer the same
household, and places that differ in risk (Clayton and Kaldor 1987, Biometrics 43:671-681, the gamma law of area risks).
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import MissingDataError
from geo.evidence.windows import window_sums
from geo.places.grid import HexGrid
from geo.schema import RECORDS

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

YEARS: Final = ("2023-24", "2024-25")
FIRST_MONTH: Final = 4
REPEATS: Final = 0.4
"""Rows of a household beyond its first, on average: 1.4 rows a household."""
CV: Final = 0.5
"""Coefficient of variation of uneven risk."""
FEEDS: Final = ("Housing system", "Citizens Advice", "Food bank")

_MONTHS_A_YEAR: Final = 12
_WITHIN_MONTHS: Final = 6
_FLAGS: Final = ("terminated", "shared_point", "institution", "repaired")
_SAID: Final = {"route": "self", "address_kind": "at_approach", "date_kind": "approach", "status": "located"}


@dataclass(frozen=True)
class Design:
    """Say how the records of a district come about.

    Attributes
    ----------
    key
        What it is called in tables.
    rows
        "one" row a household; "repeats": 1 and a Poisson number of mean 0.4 more; "agencies": one to three feeds
        refer the household, each once.
    referenced
        Whether the rows carry a household reference.
    risk
        "even": in proportion to homes. "own": gamma with a coefficient of variation of 0.5, each cell its own.
        "shared": lognormal with the same, over normal values smoothed over every cell and its ring.
    """

    key: str
    rows: Literal["one", "repeats", "agencies"] = "one"
    referenced: bool = True
    risk: Literal["even", "own", "shared"] = "even"


INDEPENDENT: Final = Design("independent")
UNEVEN: Final = Design("uneven", risk="own")
NULLS: Final = (
    INDEPENDENT,
    Design("repeats", rows="repeats"),
    Design("repeats_without_reference", rows="repeats", referenced=False),
    Design("agencies", rows="agencies"),
    UNEVEN,
    Design("uneven_shared", risk="shared"),
)
"""Districts without a hotspot."""


def draw_weights(rng: np.random.Generator, design: Design, grid: HexGrid) -> FloatArray:
    """Draw each cell's share of the clients to come: its homes times its risk.

    Returns
    -------
    numpy.ndarray
        Shape (cells,), summing to 1; 0 where there are no homes.

    Raises
    ------
    MissingDataError
        No cell of the grid has homes.
    """
    homes = grid.cells["homes"].to_numpy(dtype=np.float64)
    if not homes.any():
        message = "No cell of the district has homes, so no clients can be placed at random; add households."
        raise MissingDataError(message)
    weights = homes * _risks(rng, design, grid)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def plant(weights: FloatArray, rows: IntArray, relative_risk: float) -> FloatArray:
    """Multiply the risk of some cells; the rest keeps its own.

    Examples
    --------
    >>> plant(np.array([0.5, 0.25, 0.25]), np.array([1]), 2.0).tolist()
    [0.4, 0.4, 0.2]
    """
    raised = weights.copy()
    raised[rows] *= relative_risk
    return np.asarray(raised / raised.sum(), dtype=np.float64)


def draw_records(
    rng: np.random.Generator, design: Design, grid: HexGrid, weights: FloatArray, *, cases: int, years: int = len(YEARS)
) -> pd.DataFrame:
    """Draw the records of the last review year, or of the last two, each year from the same weights.

    Parameters
    ----------
    rng
        Source of randomness.
    design
        How rows come about.
    grid
        Where the cells are; records carry cells of its resolution only.
    weights
        As `draw_weights` gives them.
    cases
        Households a year; rows a year where no household reference is given, for then rows are all that is known.
    years
        1 or 2.

    Returns
    -------
    pandas.DataFrame
        RECORDS table. All rows of a household are of one cell and one review year, at most six months apart.
    """
    cells = grid.cells["cell"].to_numpy(dtype=np.int64)
    drawn = [_draw_year(rng, design, cells, weights, year=year, cases=cases) for year in YEARS[-years:]]
    rows = pd.concat(drawn, ignore_index=True)
    rows["record"] = [f"{number:07d}" for number in range(len(rows))]
    return RECORDS.validate(_finish(rows, f"h3_{grid.resolution}"))


def _risks(rng: np.random.Generator, design: Design, grid: HexGrid) -> FloatArray:
    cells = len(grid.cells)
    if design.risk == "own":
        return rng.gamma(1 / CV**2, CV**2, cells)
    if design.risk == "shared":
        field = window_sums(rng.standard_normal(cells), grid.indptr, grid.indices) / np.sqrt(np.diff(grid.indptr))
        return np.asarray(np.exp(np.sqrt(np.log1p(CV**2)) * field), dtype=np.float64)
    return np.ones(cells)


def _draw_year(
    rng: np.random.Generator, design: Design, cells: IntArray, weights: FloatArray, *, year: str, cases: int
) -> pd.DataFrame:
    """Draw the households of one year, then their rows."""
    sizes = _rows_each(rng, design, cases)
    places = rng.choice(cells, len(sizes), p=weights)
    begins = rng.integers(0, _MONTHS_A_YEAR, len(sizes))
    feeds = rng.integers(0, len(FEEDS), len(sizes)) if design.rows == "agencies" else np.zeros_like(sizes)
    household = np.repeat(np.arange(len(sizes)), sizes)
    order = np.arange(len(household)) - (np.cumsum(sizes) - sizes)[household]
    delay = np.where(order > 0, rng.integers(0, _WITHIN_MONTHS, len(household)), 0)
    month = np.minimum(begins[household] + delay, _MONTHS_A_YEAR - 1)
    feed = (feeds[household] + (order if design.rows == "agencies" else 0)) % len(FEEDS)
    names = np.array([f"{year} {number}" for number in range(len(sizes))], dtype=object)
    return pd.DataFrame(
        {
            "household": names[household] if design.referenced else "",
            "month": np.array(_months(year), dtype=object)[month],
            "feed": np.array(FEEDS, dtype=object)[feed],
            "cell": places[household],
        }
    )


def _rows_each(rng: np.random.Generator, design: Design, cases: int) -> IntArray:
    """Draw how many rows each household has; without reference the rows, not the households, number `cases`."""
    if design.rows == "one":
        return np.ones(cases, dtype=np.int64)
    agencies = design.rows == "agencies"
    sizes = rng.integers(1, len(FEEDS) + 1, cases) if agencies else 1 + rng.poisson(REPEATS, cases)
    if design.referenced:
        return sizes
    before = np.cumsum(sizes) - sizes
    return sizes[before < cases].clip(max=(cases - before)[before < cases])


def _months(year: str) -> list[str]:
    begins = int(year[:4]) * _MONTHS_A_YEAR + FIRST_MONTH - 1
    months = range(begins, begins + _MONTHS_A_YEAR)
    return [f"{month // _MONTHS_A_YEAR:04d}-{month % _MONTHS_A_YEAR + 1:02d}" for month in months]


def _finish(rows: pd.DataFrame, cell_column: str) -> pd.DataFrame:
    """Add what every record has, the same for all."""
    numbers: dict[str, Any] = {"h3_7": np.int64(0), "h3_8": np.int64(0), cell_column: rows["cell"]}
    same: dict[str, Any] = {name: _SAID.get(name, "") for name in RECORDS.columns if name not in rows}
    full = rows.assign(**(same | numbers | dict.fromkeys(_FLAGS, False) | {"source": rows["feed"]}))
    text = full.columns.difference([*numbers, *_FLAGS, "cell"])
    return full.astype(dict.fromkeys(text, "str"))[list(RECORDS.columns)]
