"""Homes and clients by how long their way to one site is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]


def minute_bands(minutes: FloatArray, amounts: dict[str, FloatArray], *, limits: Sequence[float]) -> pd.DataFrame:
    """Add up what lies within so many minutes of a site, and beyond all of them.

    Parameters
    ----------
    minutes
        (n,) minutes from each place to the site; infinite where there is no way.
    amounts
        (n,) such as homes or clients of each place, by name.
    limits
        The upper end of each band, ascending.

    Returns
    -------
    pandas.DataFrame
        Columns `from_minutes`, `to_minutes` (infinite in the last row) and one for each amount; the rows add up to all.

    Examples
    --------
    >>> found = minute_bands(np.array([5.0, 12, 40]), {"homes": np.array([100.0, 50, 10])}, limits=[10, 30])
    >>> found["homes"].tolist()
    [100.0, 50.0, 10.0]
    """
    ends = np.array([*limits, np.inf])
    band = np.searchsorted(ends[:-1], minutes, side="left")
    sums = {name: np.bincount(band, weights=values, minlength=len(ends)) for name, values in amounts.items()}
    return pd.DataFrame({"from_minutes": np.array([0.0, *limits]), "to_minutes": ends} | sums)
