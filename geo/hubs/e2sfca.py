"""Access where capacity matters: places a session for each client in reach (enhanced two-step floating catchment)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Access:
    """What m sites of known capacity offer to the clients of n cells.

    Attributes
    ----------
    demand
        (m,) clients in reach of each site, those further away counting less.
    ratio
        (m,) places for each of them; 0 where a site reaches nobody.
    score
        (n,) places that each cell's clients have in reach, a client.
    """

    demand: FloatArray
    ratio: FloatArray
    score: FloatArray


def two_step(clients: FloatArray, capacity: FloatArray, weights: FloatArray) -> Access:
    """Share out the places of each site among those in reach, then add up what each cell has in reach.

    Parameters
    ----------
    clients
        (n,) in each cell.
    capacity
        (m,) places of each site, 0 or more.
    weights
        (n, m) how much of a cell each site reaches, 0 to 1.

    Notes
    -----
    Luo, W. and Qi, Y. (2009), "An enhanced two-step floating catchment area (E2SFCA) method", Health & Place 15:
    1100-1107, with the decay curve of the scenario in place of their three zones. The scores weighed by the
    clients add up to the places of all sites that reach anybody.

    Examples
    --------
    >>> found = two_step(np.array([10.0, 30]), np.array([20.0]), np.array([[1.0], [0.5]]))
    >>> found.ratio.tolist(), found.score.tolist()
    ([0.8], [0.8, 0.4])
    """
    demand = clients @ weights
    ratio = np.divide(capacity, demand, out=np.zeros(len(capacity)), where=demand > 0)
    return Access(demand=demand, ratio=ratio, score=weights @ ratio)
