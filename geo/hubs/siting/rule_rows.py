"""The rules of a choice as rows of a programme whose first columns are the sites."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]


def rule_rows(
    rules: Rules, *, least_hubs: float | None = None
) -> tuple["sparse.csr_array[np.float64]", FloatArray, FloatArray]:
    """Write how many, how much money, one a town and how far apart.

    Parameters
    ----------
    rules
        The rules.
    least_hubs
        At least so many, and at most `rules.hubs`; exactly `rules.hubs` where not given.

    Returns
    -------
    tuple
        (r, m) rows with their lower and upper limits.
    """
    count = len(rules.free)
    rows = [np.ones((1, count))]
    low, high = [float(rules.hubs) if least_hubs is None else least_hubs], [float(rules.hubs)]
    if np.isfinite(rules.budget):
        rows.append(rules.prices[None, :])
        low, high = [*low, -np.inf], [*high, rules.budget * (1 + 1e-12)]
    towns = [rules.towns == town for town in np.unique(rules.towns[rules.towns >= 0])]
    towns = [town for town in towns if town.sum() > 1]
    pairs = _too_near(rules)
    rows += [town.astype(np.float64)[None, :] for town in towns]
    together = len(towns) + pairs.shape[0]
    matrix = sparse.vstack([sparse.csr_array(np.vstack(rows)), pairs], format="csr")
    return matrix, np.array([*low, *[-np.inf] * together]), np.array([*high, *[1.0] * together])


def _too_near(rules: Rules) -> "sparse.csr_array[np.float64]":
    """Cover the pairs that stand too near by cliques, each a row: at most one of these sites.

    Sites whose pairs are all written already need no row; a clique says more than its pairs one by one.
    """
    count = len(rules.free)
    if rules.spacing_m <= 0:
        return sparse.csr_array((0, count))
    gap = rules.points[:, None, :] - rules.points[None, :, :]
    near = np.einsum("ijk,ijk->ij", gap, gap) < rules.spacing_m**2
    near &= rules.free[:, None] & rules.free[None, :]
    np.fill_diagonal(near, val=False)
    open_pairs, cliques = np.triu(near), []
    while open_pairs.any():
        first, second = np.unravel_index(int(np.argmax(open_pairs)), open_pairs.shape)
        clique = [int(first), int(second)]
        common = near[first] & near[second]
        while common.any():
            clique.append(int(np.argmax(common)))
            common &= near[clique[-1]]
        cliques.append(np.isin(np.arange(count), clique))
        open_pairs[np.ix_(clique, clique)] = False
    return sparse.csr_array(np.array(cliques, dtype=np.float64).reshape(-1, count))
