"""Say how small a risk could have been seen: a quiet place with few homes may be quiet because nothing could show.

For a window that holds a share e of the homes, the excess test calls it hot at a level when its count reaches some
critical count c: the smallest with

    2 max( P(Binomial(N, e) >= c), P(beta-binomial >= c) ) <= level / tested

which is what Benjamini and Hochberg (1995) ask of a window that is hot alone. The beta-binomial has the district's
ordinary unevenness (`geo.evidence.unevenness`): the window's share of clients is R, beta with mean e and variance v.

Now let every client of the window be f times as likely as elsewhere. Odds of R become f times what they were,

    R_f = f R / (1 - R + f R),     chance of being seen = E[ P(Binomial(N, R_f) >= c) ]

so the place keeps its own unevenness and only the risk rises. The chance grows with f, and the smallest risk that
could have been seen is the f at which it reaches 80 %. The mean over R is taken by Gauss-Legendre quadrature over its
quantiles.

As counts are whole, one client more may raise c by one and the risk by a little; twice the clients never do, nor do
twice the homes of a window that holds a small part of them, each of its cells as uneven as the next. (A window that
holds much of the district has little left to be compared with.) The unevenness is taken as known, and the window as
the only hot one.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import betaincinv
from scipy.stats import binom

from geo.errors import BadInputError
from geo.evidence.beta_binomial import beta_binomial_tails
from geo.evidence.hotspots import Hotspots
from geo.evidence.unevenness import share_variances
from geo.evidence.windows import windows_of_grid
from geo.places.grid import HexGrid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

LARGEST_RISK: Final = 50.0
"""A risk beyond so many times the rest's is not looked for: none so large is known of a place people live in."""

_NODES: Final = 32
_HALVINGS: Final = 30  # brings the risk to one part in 10^8
_NO_VARIANCE: Final = 1e-9  # of e (1 - e): a share that is as good as fixed, below what a beta law can be drawn for


def smallest_detectable_risk(
    shares: FloatArray,
    variances: FloatArray,
    *,
    total: int,
    tested: int,
    level: float = 0.05,
    chance: float = 0.8,
) -> FloatArray:
    """Find the smallest relative risk, against the rest of the district, that a lone window would have shown.

    Parameters
    ----------
    shares
        Share of the tested homes in each window, 0 to 1, shape (n,).
    variances
        Variance of each window's share of clients by ordinary unevenness, as `share_variances` gives it; 0 for none.
    total
        Clients in all.
    tested
        Windows tested together.
    level
        False discovery rate at which a window counts as hot.
    chance
        With what chance it is to be seen.

    Returns
    -------
    numpy.ndarray
        Relative risks from 1 to 50; NaN where no risk up to 50 times would have been seen with that chance.

    Examples
    --------
    >>> none = np.zeros(2)
    >>> smallest_detectable_risk(np.array([0.01, 0.1]), none, total=300, tested=200).round(1).tolist()
    [5.1, 2.1]
    >>> smallest_detectable_risk(np.array([0.1]), none[:1], total=3, tested=200).tolist()
    [nan]
    """
    risks = np.full(len(shares), np.nan)
    counts = critical_counts(shares, variances, total=total, limit=level / max(tested, 1))
    rows = np.flatnonzero((counts <= total) & (shares > 0) & (shares < 1))
    laws = _share_laws(shares[rows], variances[rows])
    weights = _quadrature()[1]

    def seen(risk: FloatArray) -> FloatArray:
        raised = risk[:, None] * laws / (1 - laws + risk[:, None] * laws)
        return np.asarray(binom.sf(counts[rows, None] - 1, total, raised) @ weights, dtype=np.float64)

    low, high = np.ones(len(rows)), np.full(len(rows), LARGEST_RISK)
    possible = seen(high) >= chance
    for _ in range(_HALVINGS):
        middle = np.sqrt(low * high)
        enough = seen(middle) >= chance
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    risks[rows] = np.where(possible, high, np.nan)
    return risks


def critical_counts(shares: FloatArray, variances: FloatArray, *, total: int, limit: float) -> IntArray:
    """Find the smallest count of each window whose two-sided p is at most a limit; `total` + 1 where none is.

    Parameters
    ----------
    shares, variances, total
        As in `smallest_detectable_risk`.
    limit
        Largest p.
    """
    low = np.floor(total * shares).astype(np.int64)  # at or below the mean no count is hot
    high = np.full(len(shares), total + 1, dtype=np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        _, upper = beta_binomial_tails(middle, total, shares, variances)
        p = 2 * np.maximum(upper, binom.sf(middle - 1, total, shares))
        hot = (p <= limit) & (middle > low)  # where the two have met, middle is low and nothing moves any more
        low, high = np.where(hot, low, middle), np.where(hot, middle, high)
    return high


def detectable_risks(found: Hotspots, grid: HexGrid, *, level: float = 0.05, chance: float = 0.8) -> pd.Series:
    """Find for every tested cell the smallest risk of its window that the excess test would have shown.

    Parameters
    ----------
    found
        The excess test of `grid`.
    grid
        The same cells and homes.
    level, chance
        As in `smallest_detectable_risk`.

    Returns
    -------
    pandas.Series
        Relative risks by cell, NaN where no risk up to 50 times would have been seen.

    Raises
    ------
    BadInputError
        The test is another one, or of another grid.
    """
    tested = grid.cells["homes"].to_numpy(dtype=np.float64) > 0
    cells = grid.cells["cell"].to_numpy(dtype=np.int64)[tested]
    if found.unevenness is None or found.table["cell"].tolist() != cells.tolist():
        message = "The smallest risk that could be seen belongs to the excess test of the same cells; run that first."
        raise BadInputError(message)
    windows = windows_of_grid(grid, tested)
    risks = smallest_detectable_risk(
        windows.share_sums(),
        share_variances(windows, found.unevenness),
        total=found.clients,
        tested=found.tested,
        level=level,
        chance=chance,
    )
    return pd.Series(risks, index=pd.Index(cells, name="cell"), name="detectable_risk")


def tell_detectable(risk: float, *, chance: float = 0.8) -> str:
    """Say in a sentence what could have been seen at a place.

    Examples
    --------
    >>> tell_detectable(2.44)
    'A risk 2.4 times that of the rest would have been seen with 80 % chance; a smaller one may well be missed.'
    >>> tell_detectable(float("nan"))
    'No risk, however large, would have been seen here: there are too few homes or too few clients.'
    """
    if np.isnan(risk):
        return "No risk, however large, would have been seen here: there are too few homes or too few clients."
    return (
        f"A risk {risk:.1f} times that of the rest would have been seen with {100 * chance:.0f} % chance; "
        "a smaller one may well be missed."
    )


def _share_laws(shares: FloatArray, variances: FloatArray) -> FloatArray:
    """Take the window's random share at the nodes of the quadrature, shape (n, nodes)."""
    room = shares * (1 - shares)
    fixed = variances <= _NO_VARIANCE * room
    concentration = np.where(fixed, 1.0, room / np.where(fixed, 1.0, variances) - 1)
    alpha, beta = shares * concentration, (1 - shares) * concentration
    laws = betaincinv(alpha[:, None], beta[:, None], _quadrature()[0])
    return np.where(fixed[:, None], shares[:, None], laws)


def _quadrature() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return np.asarray((nodes + 1) / 2), np.asarray(weights / 2)
