"""Say what share of a whole a part is, how far luck could have moved it, and when it is too small to tell."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import betaincinv

FloatArray = npt.NDArray[np.float64]

FEWEST: Final = 5  # a part or a whole of fewer rows says nothing of the share behind it
LEVEL: Final = 0.95


def share_interval(
    parts: npt.ArrayLike, wholes: npt.ArrayLike, *, alike: npt.ArrayLike = 1.0, level: float = LEVEL
) -> tuple[FloatArray, FloatArray]:
    """Give the exact interval of the share behind each part of a whole.

    Parameters
    ----------
    parts, wholes
        Whole numbers of one shape, each part at most its whole.
    alike
        How many rows count as one independent one, 1 or more: `rows_alike`.
    level
        Coverage, at least; 0 to 1.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limit, 0 to 1; a whole of 0 could be anything.

    Notes
    -----
    Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26; with the effective number of rows of Korn, E. L. and
    Graubard, B. I. (1998), Survey Methodology 24, where rows of one household are no independent evidence.

    Examples
    --------
    >>> low, high = share_interval([0, 5], [10, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.187], [0.308, 0.813])
    """
    part, whole, rows = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (parts, wholes, alike)))
    part, rest, tail = part / rows, (whole - part) / rows, (1 - level) / 2
    low = np.where(part > 0, betaincinv(np.maximum(part, 1e-9), rest + 1, tail), 0.0)
    high = np.where(rest > 0, betaincinv(part + 1, np.maximum(rest, 1e-9), 1 - tail), 1.0)
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def rows_alike(households: pd.Series) -> float:
    """Say how many rows count as one independent one, if a household's rows are all alike.

    Parameters
    ----------
    households
        Household reference of every row; a row without one stands for itself.

    Returns
    -------
    float
        Rows of the household of a typical row, at least 1: the largest design effect (Kish 1965) of such clusters.

    Examples
    --------
    >>> rows_alike(pd.Series(["A", "A", "", ""]))  # two rows see two rows, two see one
    1.5
    """
    if households.empty:
        return 1.0
    sizes = households[households != ""].value_counts().to_numpy(dtype=np.float64)
    alone = float((households == "").sum())
    return float(((sizes**2).sum() + alone) / len(households))


def told_shares(table: pd.DataFrame, *, part: str, whole: str, alike: npt.ArrayLike = 1.0) -> pd.DataFrame:
    """Work out the share, low and high of every row of a table; blank where it is too few to tell.

    Parameters
    ----------
    table
        Any rows.
    part, whole
        Names of its columns of counts.
    alike
        As in `share_interval`, one a row or one for all.

    Returns
    -------
    pandas.DataFrame
        Columns share, low, high on the same index. They are blank where the whole is under 5, or the part is 1 to 4;
        a part of none has a share of 0, and its upper limit says what it may hide.
    """
    low, high = share_interval(table[part], table[whole], alike=alike)
    known = (table[whole] >= FEWEST) & ((table[part] >= FEWEST) | (table[part] == 0))
    share = table[part] / table[whole].where(table[whole] > 0)
    told = pd.DataFrame({"share": share, "low": low, "high": high}, index=table.index, dtype="float64")
    return told.where(known)
