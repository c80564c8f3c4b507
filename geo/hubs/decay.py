"""How much somebody counts who lives so many minutes away: the decay curves, each with its formula and source."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.scenario import Decay, ReachOptions

FloatArray = npt.NDArray[np.float64]

FORMULAS: Final[dict[Decay, str]] = {
    "linear": "1 - x",
    "step": "1",
    "gaussian": "0.01 ^ (x ^ 2)",
    "exponential": "0.01 ^ x",
}
"""The weight at x, the share of the way from `full_minutes` (x = 0) to the cutoff (x = 1); beyond the cutoff it is 0.

Negative exponential and Gaussian curves: Kwan, M.-P. (1998), Geographical Analysis 30: 191-216. That they reach a
hundredth at the cutoff is our choice, so that a curve ends where the cutoff does. The straight fall and the step are
the plainest that a panel can check by hand; the step is the coverage of Church and ReVelle (1974), maximal covering.
"""
_AT_CUTOFF: Final = 0.01
_LINES: Final = 6


def fall(share: FloatArray, decay: Decay) -> FloatArray:
    """Give the weight at a share of the way from full weight to the cutoff.

    Parameters
    ----------
    share
        0 to 1, any shape.
    decay
        Which curve.

    Examples
    --------
    >>> half = np.array([0.5])
    >>> [round(float(fall(half, decay)[0]), 3) for decay in FORMULAS]
    [0.5, 1.0, 0.316, 0.1]
    """
    if decay == "step":
        return np.ones_like(share)
    if decay == "linear":
        return 1 - share
    power = share**2 if decay == "gaussian" else share
    return np.asarray(_AT_CUTOFF**power, dtype=np.float64)


def reach_weights(minutes: FloatArray, options: ReachOptions) -> FloatArray:
    """Say how much of the people so many minutes away count as reached.

    Parameters
    ----------
    minutes
        Any shape; infinite where there is no way.
    options
        Full minutes, cutoff and decay.

    Returns
    -------
    numpy.ndarray
        1 up to `full_minutes`, then falling as chosen, 0 beyond `cutoff_minutes`; of the shape of `minutes`.

    Examples
    --------
    >>> reach_weights(np.array([0.0, 10, 20, 30, 40]), ReachOptions()).tolist()
    [1.0, 1.0, 0.5, 0.0, 0.0]
    """
    near = minutes <= options.cutoff_minutes
    if options.full_minutes >= options.cutoff_minutes:
        return near.astype(np.float64)
    share = (minutes - options.full_minutes) / (options.cutoff_minutes - options.full_minutes)
    return np.where(near, fall(np.clip(share, 0, 1), options.decay), 0.0)


def decay_curve(options: ReachOptions, *, lines: int = _LINES) -> pd.DataFrame:
    """List the weight at even steps of minutes, from 0 to the cutoff.

    Returns
    -------
    pandas.DataFrame
        Columns `minutes` and `weight`, `lines` + 1 rows.

    Examples
    --------
    >>> decay_curve(ReachOptions(), lines=3)["weight"].tolist()
    [1.0, 1.0, 0.5, 0.0]
    """
    minutes = np.linspace(0, options.cutoff_minutes, lines + 1)
    return pd.DataFrame({"minutes": minutes, "weight": reach_weights(minutes, options)})


def told_decay(options: ReachOptions) -> str:
    """Say in words how people further away count.

    Examples
    --------
    >>> told_decay(ReachOptions())
    'everybody within 10 minutes counts in full, from there the weight falls in a straight line to 0 at 30 minutes'
    """
    cutoff = f"{options.cutoff_minutes:g} minutes"
    if options.decay == "step" or options.full_minutes >= options.cutoff_minutes:
        return f"everybody within {cutoff} counts in full, nobody beyond"
    how = "in a straight line to 0" if options.decay == "linear" else f"to a hundredth ({options.decay} curve)"
    full = f"everybody within {options.full_minutes:g} minutes counts in full"
    return f"{full}, from there the weight falls {how} at {cutoff}"
