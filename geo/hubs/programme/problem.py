"""The pieces of the integer programmes: variables in blocks, rows between bounds, and the solver behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from geo.errors import PlannerError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_OUT_OF_TIME: Final = 1  # scipy's status

Term = tuple[int, float]
Row = tuple[Sequence[Term], float, float]  # its terms, and the bounds of their sum


@dataclass(frozen=True)
class Problem:
    """Maximise `worth` times the variables, subject to rows; the variables lie between 0 and `most`.

    Attributes
    ----------
    worth, most
        (v,) of each variable.
    whole
        (v,) whether a variable must be a whole number.
    rows
        Each with its bounds.
    """

    worth: FloatArray
    most: FloatArray
    whole: npt.NDArray[np.bool_]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Solution:
    """What the solver found.

    Attributes
    ----------
    values
        (v,) of the variables.
    bound
        No solution is worth more than this.
    """

    values: FloatArray
    bound: float


def solve(problem: Problem, *, seconds: float, gap: float = 0.0) -> Solution | None:
    """Solve with HiGHS; the same problem gives the same answer.

    Parameters
    ----------
    seconds
        The solver may take this long.
    gap
        A solution this near to the bound, relative to it, is near enough.

    Returns
    -------
    Solution or None
        None where there is proved to be none.

    Raises
    ------
    PlannerError
        The time was up before anything was found or ruled out.
    """
    matrix, low, high = _assemble(problem)
    found = milp(
        -problem.worth,
        integrality=problem.whole.astype(np.int64),
        bounds=Bounds(0, problem.most),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    if found.x is None and found.status == _OUT_OF_TIME:
        message = (
            f"No programme was found in {seconds:g} seconds, and none was ruled out; allow the solver more seconds."
        )
        raise PlannerError(message)
    if found.x is None:
        return None
    values = np.where(problem.whole, np.rint(found.x), found.x)
    bound = -found.mip_dual_bound if found.mip_dual_bound is not None else -found.fun
    return Solution(values, float(bound))


def total(terms: Iterable[int], *, low: float = -np.inf, high: float = np.inf) -> Row:
    """Bound the sum of some variables."""
    return [(term, 1.0) for term in terms], low, high


def at_most(first: Iterable[int], second: Iterable[int]) -> Row:
    """Let the sum of the first variables be at most the sum of the second."""
    return [*((term, 1.0) for term in first), *((term, -1.0) for term in second)], -np.inf, 0.0


def _assemble(problem: Problem) -> tuple[csr_array, FloatArray, FloatArray]:
    sizes = np.array([len(terms) for terms, _, _ in problem.rows])
    row = np.repeat(np.arange(len(sizes)), sizes)
    terms = [term for terms, _, _ in problem.rows for term in terms]
    column = np.array([variable for variable, _ in terms], dtype=np.int64)
    factor = np.array([value for _, value in terms], dtype=np.float64)
    matrix = coo_array((factor, (row, column)), shape=(len(sizes), len(problem.worth)))
    bounds = np.array([(low, high) for _, low, high in problem.rows], dtype=np.float64).reshape(-1, 2)
    return csr_array(matrix), bounds[:, 0], bounds[:, 1]
