"""The system of intervals that all statements make together, over atoms, months and kinds of clients."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csc_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from geo.disclosure.atoms import place_atoms
from geo.disclosure.intruder import Statement
from geo.disclosure.slices import cut_clients, cut_time

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class System:
    """Hold what is known of the sums that statements speak of.

    Attributes
    ----------
    statements
        In the order given.
    row_of
        The row of each statement; statements about the same clients share one.
    matrix
        Rows are sums, columns the pieces that they add up; entries 0 or 1.
    network
        Whether the sums are the flows of a network, so that linear programming gives whole numbers without gaps.
    low, high
        Of each statement; `high` is infinite where there is no upper end.
    """

    statements: tuple[Statement, ...]
    row_of: IntArray
    matrix: csr_array
    network: bool
    low: FloatArray
    high: FloatArray

    @cached_property
    def with_slacks(self) -> csc_array:
        """The matrix, and below it the same rows with a slack each way, for measuring distances."""
        rows = self.matrix.shape[0]
        unit, none = eye_array(rows), csr_array((rows, 2 * rows))
        return csc_array(vstack([hstack([self.matrix, none]), hstack([self.matrix, unit, -unit])]))

    @property
    def hidden(self) -> BoolArray:
        """Which statements are of a hidden figure."""
        return np.array([statement.hidden for statement in self.statements], dtype=bool)

    def bounds(self, target: int | None = None) -> tuple[FloatArray, FloatArray]:
        """Return the bounds of every row; of a target row without the reason why it is hidden."""
        low, high = self.low.copy(), self.high.copy()
        if target is not None:
            for number in np.flatnonzero((self.row_of == target) & self.hidden):
                low[number], high[number] = self.statements[number].free_low, np.inf
        floor, ceiling = np.zeros(self.matrix.shape[0]), np.full(self.matrix.shape[0], np.inf)
        np.maximum.at(floor, self.row_of, low)
        np.minimum.at(ceiling, self.row_of, high)
        return floor, ceiling

    def targets(self) -> list[int]:
        """List the rows of hidden figures, ascending."""
        return sorted({int(row) for row in self.row_of[self.hidden]})

    def told(self, statements: Sequence[Statement]) -> "System":
        """Return the same sums with other statements about them, in the same order."""
        low, high = _limits(statements)
        return replace(self, statements=tuple(statements), low=low, high=high)


def build_system(statements: Sequence[Statement], atoms: pd.DataFrame) -> System:
    """Put statements together.

    Parameters
    ----------
    statements
        At least one.
    atoms
        ATOMS table; may be empty where all tables count by the same areas.
    """
    found = np.array(_pieces(statements, atoms), dtype=bool).T
    rows: dict[bytes, int] = {}
    row_of = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in found], dtype=np.int64)
    first = [int(np.flatnonzero(row_of == row)[0]) for row in range(len(rows))]
    matrix = csr_array(found[first].astype(float))
    return System(tuple(statements), row_of, matrix, is_network(matrix), *_limits(statements))


def is_network(matrix: csr_array) -> bool:
    """Say whether the rows fall into two families in each of which sets are nested or apart.

    Such a family is a tree. Let every piece be an arc from its place in the one tree to its place in the other: then
    every sum is the flow through one arc of a tree, and with whole bounds every corner is whole and a whole flow
    exists for each whole value between the smallest and the largest (Ford and Fulkerson 1962, integral flows). Two
    rows that overlap without nesting must be in different families, so there are two such families exactly where the
    graph of those overlaps has no odd cycle.
    """
    both = (matrix @ matrix.T).toarray()
    size = both.diagonal()
    crossing = (both > 0) & (both < np.minimum(size[:, None], size[None, :]))
    first, second = np.nonzero(crossing)
    count = len(size)
    doubled = coo_array((np.ones(len(first)), (first, second + count)), shape=(2 * count, 2 * count))
    _, part = connected_components(doubled, directed=False)
    return bool((part[:count] != part[count:]).all())


def _pieces(statements: Sequence[Statement], atoms: pd.DataFrame) -> list[tuple[bool, ...]]:
    """List the kinds of pieces: which statements each is counted in; pieces counted alike are one."""
    where = _grounds(statements, atoms)
    when = cut_time([statement.topic.period for statement in statements])
    whom = cut_clients([statement.topic.filters for statement in statements])
    kinds: dict[tuple[bool, ...], None] = {}
    for stretch in when.T:
        for client in whom.T:
            counted = stretch & client
            alike = np.unique(where & counted[:, None], axis=1).T
            kinds.update(dict.fromkeys(tuple(piece.tolist()) for piece in alike if piece.any()))
    return sorted(kinds)


def _grounds(statements: Sequence[Statement], atoms: pd.DataFrame) -> BoolArray:
    """Say which atoms each statement adds up."""
    places = [(statement.topic.geography, code) for statement in statements for code in statement.codes]
    inside = place_atoms(atoms, places)
    begins = np.cumsum([0, *(len(statement.codes) for statement in statements)])[:-1]
    summed = np.logical_or.reduceat(inside, begins, axis=0)
    return np.unique(summed, axis=1)


def _limits(statements: Sequence[Statement]) -> tuple[FloatArray, FloatArray]:
    low = [float(statement.low) for statement in statements]
    high = [np.inf if statement.high is None else float(statement.high) for statement in statements]
    return np.array(low), np.array(high)
