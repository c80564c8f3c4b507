"""Read a p-median question of the OR-Library (Beasley 1985, European Journal of Operational Research 21)."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from geo.errors import BadInputError
from geo.hubs.siting.problem import SiteList, SitingProblem, SitingRules

FloatArray = npt.NDArray[np.float64]

_HEAD: Final = 3
_MOST: Final = 20_000  # vertices: their distances alone are 3.2 GB
_EXPECTED: Final = "expected 'vertices edges p' and then one edge a line, 'u v cost', as in pmed1 to pmed40"


def read_or_library(text: str, *, name: str) -> SitingProblem:
    """Turn a file of the p-median set into a question.

    Parameters
    ----------
    text
        `n edges p`, then one edge a line `u v cost`, vertices from 1. Of several edges between the same two vertices
        the last one counts, as the set's own notes say; every vertex is a place with one client, and a site;
        distances are shortest paths.
    name
        What the file is called, for messages.

    Raises
    ------
    BadInputError
        The file is something else, says one thing and holds another, or its graph falls apart.

    Examples
    --------
    >>> read_or_library("3 3 1  1 2 9  2 3 1  1 2 2", name="tiny").minutes.tolist()
    [[0.0, 2.0, 3.0], [2.0, 0.0, 1.0], [3.0, 1.0, 0.0]]
    """
    count, hubs, edges = _parse(text, name)
    distances = _shortest(count, edges)
    if not np.isfinite(distances).all():
        message = f"{name}: some vertices have no path between them; {_EXPECTED}, with one connected graph."
        raise BadInputError(message)
    names = tuple(str(vertex) for vertex in range(1, count + 1))
    return SitingProblem(
        question="average",
        need=np.ones(count),
        places=names,
        minutes=distances,
        standing_minutes=np.full(count, np.inf),
        sites=SiteList(
            ids=names,
            names=names,
            towns=("",) * count,
            points=np.zeros((count, 2)),
            prices=np.zeros(count),
            capacity=np.full(count, np.inf),
        ),
        rules=SitingRules(hubs=hubs),
        within_minutes=0.0,
        beyond_minutes=float(distances.max()),
    )


def _parse(text: str, name: str) -> tuple[int, int, FloatArray]:
    """Read the numbers; give vertices, p and (edges, 3)."""
    try:
        numbers = np.array([float(word) for word in text.split()])
    except ValueError as error:
        message = f"{name} holds something that is no number; {_EXPECTED}."
        raise BadInputError(message) from error
    if len(numbers) < _HEAD or not np.isfinite(numbers).all() or (numbers[:_HEAD] != np.rint(numbers[:_HEAD])).any():
        message = f"{name} does not begin with three whole numbers; {_EXPECTED}."
        raise BadInputError(message)
    count, lines, hubs = (int(number) for number in numbers[:_HEAD])
    if len(numbers) != _HEAD * (lines + 1):
        held = (len(numbers) - _HEAD) / _HEAD
        message = f"{name} announces {lines} edges and holds {held:g}; {_EXPECTED}."
        raise BadInputError(message)
    if not 1 <= hubs <= count:
        message = f"{name} asks for {hubs} of {count} vertices; expected 1 to {count}."
        raise BadInputError(message)
    if count > _MOST:
        message = f"{name} has {count:,} vertices; {_MOST:,} are the most that fit in memory."
        raise BadInputError(message)
    edges = numbers[_HEAD:].reshape(-1, _HEAD)
    ends = edges[:, :2]
    if (ends != np.rint(ends)).any() or (ends < 1).any() or (ends > count).any() or (edges[:, 2] < 0).any():
        message = f"{name} has an edge with a vertex outside 1 to {count} or a cost below 0; {_EXPECTED}."
        raise BadInputError(message)
    return count, hubs, edges


def _shortest(count: int, edges: FloatArray) -> FloatArray:
    """Find the shortest paths, the last of several edges between the same two vertices counting."""
    ends = np.sort(edges[:, :2].astype(np.int64) - 1, axis=1)
    key = ends[:, 0] * count + ends[:, 1]
    _, last_from_the_end = np.unique(key[::-1], return_index=True)
    kept = len(key) - 1 - last_from_the_end
    graph = sparse.csr_array((edges[kept, 2], (ends[kept, 0], ends[kept, 1])), shape=(count, count))
    return np.asarray(csgraph.dijkstra(graph, directed=False), dtype=np.float64)
