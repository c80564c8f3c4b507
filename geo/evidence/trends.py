"""Say where more clients come from than before, where fewer, and where there are too few to tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError
from geo.evidence.fdr import adjust_fdr
from geo.evidence.rate_ratio import RateRatio, compare_two_counts, compare_with_rest
from geo.evidence.tables import cell_names, cell_numbers
from geo.evidence.two_sides import TwoSides
from geo.scenario import TrendOptions
from geo.schema import TRENDS

TrendLevel = Literal["district", "cell", "ward", "lsoa", "area"]
FloatArray = npt.NDArray[np.float64]

DISTRICT: Final = "district"
_KEPT_RESOLUTIONS: Final = (7, 8)
_SIDES: Final = ("earlier", "later")
_COLUMNS: Final = list(TRENDS.columns)


@dataclass(frozen=True)
class Trends:
    """Hold the change of every unit of one level, with what it rests on.

    Attributes
    ----------
    table
        TRENDS table, the surest change first.
    level
        What the units are; `resolution` is that of cells, else 0.
    earlier, later, unit
        As in the comparison: the two periods, and what one count is.
    unmapped
        Episodes of either period that are in no unit, by reason: (earlier, later). The counts of the table plus these
        are all the episodes compared.
    tested
        Units with anybody in either period, over which the false discovery rate is controlled.
    without_homes
        Units compared by counts alone, for no homes are on record in one of the periods; 0 where homes are not used.
    homes_used
        Whether the homes of either period were set against its clients.
    """

    table: pd.DataFrame
    level: TrendLevel
    resolution: int
    earlier: str
    later: str
    unit: str
    unmapped: dict[str, tuple[int, int]]
    tested: int
    without_homes: int
    homes_used: bool

    def kinds(self) -> dict[str, int]:
        """Count the units by trend; only those that occur."""
        return {str(kind): int(count) for kind, count in sorted(self.table["trend"].value_counts().items())}


def find_trends(
    found: TwoSides,
    *,
    by: TrendLevel,
    resolution: int = 8,
    homes: pd.DataFrame | None = None,
    options: TrendOptions | None = None,
) -> Trends:
    """Test the change of every unit of a level.

    Parameters
    ----------
    found
        Two periods, best compared like for like.
    by
        "district" (everybody, with or without a place), "cell", "ward", "lsoa" or "area".
    resolution
        Of cells: 7 or 8.
    homes
        Homes of each unit in both periods: columns earlier and later, index the unit as in TRENDS. Without it homes
        are taken to be the same in both.
    options
        What is called a change.

    Raises
    ------
    BadInputError
        The resolution is not kept with the records.
    """
    placed = [_place(side, by, resolution) for side in (found.episodes_earlier, found.episodes_later)]
    counts = pd.DataFrame({name: units.value_counts() for name, (units, _) in zip(_SIDES, placed, strict=True)})
    counts = counts.reindex([DISTRICT]) if by == DISTRICT else counts
    counts = counts.fillna(0).astype("int64")
    shares, without = _shares(counts.index, found, homes)
    totals = None if by == DISTRICT else (int(counts["earlier"].sum()), int(counts["later"].sum()))
    table = _tested(counts, shares, totals, options or TrendOptions())
    cells = cell_numbers(table["unit"]) if by == "cell" else np.int64(0)
    return Trends(
        table=TRENDS.validate(table.assign(cell=cells)[_COLUMNS].sort_values(["q", "p", "unit"], ignore_index=True)),
        level=by,
        resolution=resolution if by == "cell" else 0,
        earlier=found.earlier,
        later=found.later,
        unit=found.unit,
        unmapped=_paired(placed[0][1], placed[1][1]),
        tested=int((counts.sum(axis=1) > 0).sum()),
        without_homes=without,
        homes_used=homes is not None,
    )


def trend_of_cells(
    found: TwoSides,
    groups: Mapping[str, Collection[int]],
    resolution: int,
    *,
    homes: pd.DataFrame | None = None,
    options: TrendOptions | None = None,
) -> pd.DataFrame:
    """Test the change of each group of cells, such as a priority area or a cluster.

    Parameters
    ----------
    found
        Two periods, compared like for like.
    groups
        Name to H3 cells. Groups may overlap; a client then counts in each.
    resolution
        Of the cells: 7 or 8.
    homes, options
        As in `find_trends`.

    Returns
    -------
    pandas.DataFrame
        TRENDS table, a row a group in the order given; a group where nobody came is too few to tell.
    """
    column = _cell_column(resolution)
    located = [side.loc[side["status"] == "located", column] for side in (found.episodes_earlier, found.episodes_later)]
    counts = pd.DataFrame(
        {
            name: [int(cells.isin(list(group)).sum()) for group in groups.values()]
            for name, cells in zip(_SIDES, located, strict=True)
        },
        index=pd.Index(list(groups), dtype="str"),
        dtype="int64",
    )
    shares, _ = _shares(counts.index, found, homes)
    table = _tested(counts, shares, (len(located[0]), len(located[1])), options or TrendOptions())
    return TRENDS.validate(table.assign(cell=np.int64(0))[_COLUMNS])


def _cell_column(resolution: int) -> str:
    if resolution not in _KEPT_RESOLUTIONS:
        message = f"Resolution {resolution} is not kept with the records; choose 7 or 8."
        raise BadInputError(message)
    return f"h3_{resolution}"


def _place(episodes: pd.DataFrame, by: TrendLevel, resolution: int) -> tuple[pd.Series, pd.Series]:
    """Give the unit of each episode that has one, and the reason of each that has none."""
    if by == DISTRICT:
        return pd.Series(DISTRICT, index=episodes.index, dtype="str"), episodes["status"].iloc[:0]
    column = _cell_column(resolution) if by == "cell" else by
    here = episodes["status"] == "located"
    units = episodes.loc[here, column]
    if by == "cell":
        return cell_names(units), episodes.loc[~here, "status"]
    nowhere = pd.Series("no_area", index=units.index[units == ""], dtype="str")
    return units[units != ""], pd.concat([episodes.loc[~here, "status"], nowhere])


def _paired(earlier: pd.Series, later: pd.Series) -> dict[str, tuple[int, int]]:
    before, after = earlier.value_counts(), later.value_counts()
    reasons = sorted({str(reason) for reason in (*before.index, *after.index)})
    return {reason: (int(before.get(reason, 0)), int(after.get(reason, 0))) for reason in reasons}


def _shares(units: pd.Index, found: TwoSides, homes: pd.DataFrame | None) -> tuple[FloatArray, int]:
    """Give the later share of each unit's home-months, and say how many units have no homes in a period."""
    months = np.array([found.months_earlier, found.months_later], dtype=np.float64)
    equal = months[1] / months.sum() if months.sum() else 0.5
    if homes is None:
        return np.full(len(units), equal), 0
    exposure = homes.reindex(units)[list(_SIDES)].fillna(0.0).to_numpy(dtype=np.float64) * months
    known = (exposure > 0).all(axis=1)
    shares = np.where(known, exposure[:, 1] / np.where(known, exposure.sum(axis=1), 1.0), equal)
    return shares, int((~known).sum())


def _tested(
    counts: pd.DataFrame, shares: FloatArray, totals: tuple[int, int] | None, options: TrendOptions
) -> pd.DataFrame:
    """Test each unit; without `totals` there is no rest of the district to compare it with."""
    own = compare_two_counts(counts["earlier"], counts["later"], shares)
    somebody = (counts["earlier"] + counts["later"] > 0).to_numpy()
    q = _adjusted(own.p, somebody)
    changed = (q <= options.significance) & somebody
    table = pd.DataFrame(
        {
            "unit": pd.Series(counts.index, dtype="str"),
            "earlier": counts["earlier"].to_numpy(),
            "later": counts["later"].to_numpy(),
            "share_later": shares,
            "ratio": own.ratio,
            "low": own.low,
            "high": own.high,
            "p": own.p,
            "q": q,
            "trend": pd.Series(_kinds(counts, own, changed, options.steady_within), dtype="str"),
            "ratio_to_rest": np.nan,
            "p_rest": np.nan,
            "q_rest": np.nan,
        }
    )
    if totals is None:
        return table
    rest = compare_with_rest(counts["earlier"], counts["later"], totals)
    return table.assign(ratio_to_rest=rest.ratio, p_rest=rest.p, q_rest=_adjusted(rest.p, somebody))


def _adjusted(p: FloatArray, somebody: npt.NDArray[np.bool_]) -> FloatArray:
    q = np.ones(len(p))
    q[somebody] = adjust_fdr(p[somebody])
    return q


def _kinds(
    counts: pd.DataFrame, own: RateRatio, changed: npt.NDArray[np.bool_], within: float
) -> npt.NDArray[np.object_]:
    grew = np.isnan(own.ratio) | (own.ratio > 1)
    kinds = {
        "new": changed & (counts["earlier"] == 0).to_numpy(),
        "growing": changed & grew,
        "fading": changed & ~grew,
        "steady": (own.low >= 1 / within) & (own.high <= within),
    }
    named = [np.array(kind, dtype=object) for kind in kinds]
    return np.select(list(kinds.values()), named, default="too few to tell")
