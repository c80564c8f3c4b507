"""What deprivation says of H3 cells: a mean score by people, its national tenth, and the tenths of the areas inside.

Scores are averaged, ranks and tenths never: the mean of a 1 and a 9 is no 5. A cell's tenth (decile) is told from its
mean score against the national cut points: the score of the least deprived LSOA of each tenth in the whole file. The
mean by people is the publisher's own "average score" of larger areas [English Indices of Deprivation 2019, Research
report, higher-area summaries].
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.places.interpolate import BEYOND, mean_by_cell
from geo.schema import CELL_DEPRIVATION

TENTHS: Final = 10
COVERED_ENOUGH: Final = 0.8
"""A cell whose areas have a score for fewer of its people than this is not given a tenth."""


def cut_points(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Give the lowest score of each tenth but the last.

    Parameters
    ----------
    table
        DEPRIVATION table.

    Returns
    -------
    numpy.ndarray
        Nine scores, falling; empty where the file was not of the whole country or had no scores.
    """
    marks = table[table["marks_tenth"] & (table["decile"] < TENTHS)].sort_values("decile")
    scores = marks["score"].to_numpy(dtype=np.float64)
    whole = len(scores) == TENTHS - 1 and not np.isnan(scores).any()
    return scores if whole else np.empty(0, dtype=np.float64)


def tenths_of(scores: pd.Series, cuts: npt.NDArray[np.float64]) -> pd.Series:
    """Tell the national tenth of scores: 1 is the most deprived; blank for a blank, and without cut points.

    Examples
    --------
    >>> cuts = np.array([45.0, 34.0, 27.0, 22.0, 17.0, 14.0, 11.0, 8.0, 5.0])
    >>> tenths_of(pd.Series([60.0, 45.0, 44.9, 3.0]), cuts).tolist()
    [1, 1, 2, 10]
    """
    values = scores.to_numpy(dtype=np.float64)
    found = 1 + (values[:, None] < cuts[None, :]).sum(axis=1)
    known = pd.Series(~np.isnan(values) & (len(cuts) > 0), index=scores.index)
    return pd.Series(found, index=scores.index, dtype="Int64").where(known)


def deprived_cells(table: pd.DataFrame, shares: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Describe the cells of a district.

    Parameters
    ----------
    table
        DEPRIVATION table.
    shares
        Of the LSOAs, from `geo.places.interpolate.share_areas`.
    people
        By code, of every LSOA among the shares; those that the file does not hold among them.

    Returns
    -------
    pandas.DataFrame
        CELL_DEPRIVATION table, by cell.
    """
    known = table.set_index("code")
    found = mean_by_cell(known["score"], people, shares)
    lived_in = people.reindex(shares["code"]).to_numpy() > 0
    pieces = shares[(shares["cell"] != BEYOND) & lived_in]
    deciles = pd.Series(known["decile"].reindex(pieces["code"]).to_numpy(), index=pieces["cell"].to_numpy())
    spans = deciles.groupby(level=0).agg(["min", "max"]).reindex(found.index).astype("Int64")
    told = found["mean"].where(found["covered"] >= COVERED_ENOUGH)
    described = found.assign(
        score=found["mean"], decile=tenths_of(told, cut_points(table)), least=spans["min"], most=spans["max"]
    )
    return CELL_DEPRIVATION.validate(described.rename_axis("cell").reset_index()[list(CELL_DEPRIVATION.columns)])


def people_of(told: pd.Series, own: pd.Series) -> pd.Series:
    """Complete the people that a file tells of areas by the workspace's own numbers, brought to the file's scale.

    Parameters
    ----------
    told
        By code; blank where the file does not say.
    own
        By code, of every area: people, or homes where no people are known.

    Returns
    -------
    pandas.Series
        On the index of `own`.

    Examples
    --------
    >>> people_of(pd.Series({"A": 1_000.0}), pd.Series({"A": 400.0, "B": 200.0})).to_dict()
    {'A': 1000.0, 'B': 500.0}
    """
    stated = told.reindex(own.index).astype("float64")
    both = stated.notna() & (own > 0)
    scale = float(stated[both].sum() / own[both].sum()) if both.any() else 1.0
    return stated.fillna(own * scale)
