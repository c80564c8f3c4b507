"""Ask HiGHS for whole numbers that agree with everything published.

Where the sums are the flows of a network, linear programming is exact. Elsewhere integer programming is used. Either
way an answer counts only once it was rounded and checked in whole numbers: what is called possible is possible. What
the solver did not find in its time is called impossible, which is the safe side.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csc_array

from geo.disclosure.system import BoolArray, FloatArray, IntArray, System

_DUAL_ZERO: Final = 1e-9
_NEARLY: Final = 1e-6
_OPTIMAL: Final = 0


@dataclass(frozen=True)
class Aim:
    """Say which rows should have which values.

    Attributes
    ----------
    rows, values
        Of the same length.
    """

    rows: IntArray
    values: IntArray

    @classmethod
    def at(cls, row: int, value: int) -> "Aim":
        """Aim a single row at a value."""
        return cls(np.array([row]), np.array([value]))


@dataclass(frozen=True)
class _Programme:
    """Costs, and rows between bounds: the pieces first, then two slacks for each row."""

    cost: FloatArray
    matrix: csc_array
    low: FloatArray
    high: FloatArray


def steer(system: System, aim: Aim, *, bounds: tuple[FloatArray, FloatArray], seconds: float) -> IntArray | None:
    """Find whole numbers within all bounds whose rows come closest to an aim, by summed distance.

    Returns
    -------
    numpy.ndarray or None
        The value of every row; None where nothing was found.
    """
    problem = _towards(system, aim, bounds)
    found = _run(system, problem, seconds, whole=False)
    if found.x is not None and not system.network and not _is_whole(found.x):
        found = _run(system, problem, seconds, whole=True)
    if found.x is None:
        return None
    pieces = np.rint(found.x[: system.matrix.shape[1]]).astype(np.int64)
    sums = np.asarray(system.matrix.astype(np.int64) @ pieces)
    within = (sums >= bounds[0]) & (sums <= bounds[1])
    return sums if bool(within.all()) and bool((pieces >= 0).all()) else None


def furthest(
    system: System, row: int, *, bounds: tuple[FloatArray, FloatArray], seconds: float
) -> tuple[int | None, int | None]:
    """Find the smallest and the largest possible value of a row; None where it has no end or none was proved."""
    weights = np.asarray(system.matrix[[row]].toarray(), dtype=float).ravel()
    smallest, largest = (
        _run(system, _Programme(sign * weights, csc_array(system.matrix), *bounds), seconds, whole=not system.network)
        for sign in (1.0, -1.0)
    )
    return (
        round(smallest.fun) if smallest.status == _OPTIMAL else None,
        -round(largest.fun) if largest.status == _OPTIMAL else None,
    )


def what_holds_it(system: System, aim: Aim, *, bounds: tuple[FloatArray, FloatArray]) -> BoolArray | None:
    """Find rows whose bounds together keep an aim out of reach.

    Returns
    -------
    numpy.ndarray or None
        Boolean, one entry a row: the rows with a dual value in the linear programme. Freeing any other row leaves the
        aim out of reach, by linear duality. None where fractions would reach the aim, so that it tells nothing.
    """
    problem = _towards(system, aim, bounds)
    matrix = problem.matrix.toarray()
    above, below = np.flatnonzero(np.isfinite(problem.high)), np.flatnonzero(problem.low > 0)
    found = linprog(
        problem.cost,
        A_ub=np.vstack([matrix[above], -matrix[below]]),
        b_ub=np.concatenate([problem.high[above], -problem.low[below]]),
        bounds=(0, None),
    )
    if found.status != _OPTIMAL or not found.fun or found.fun < _DUAL_ZERO:
        return None
    holding = np.zeros(len(problem.low), dtype=bool)
    holding[np.concatenate([above, below])[np.abs(found.ineqlin.marginals) > _DUAL_ZERO]] = True
    return holding[: system.matrix.shape[0]]


def _towards(system: System, aim: Aim, bounds: tuple[FloatArray, FloatArray]) -> _Programme:
    """Write the distance to an aim as costs of two slacks a row; rows that are not aimed may have any distance."""
    rows, count = system.matrix.shape
    aimed_low, aimed_high = np.full(rows, -np.inf), np.full(rows, np.inf)
    aimed_low[aim.rows] = aimed_high[aim.rows] = aim.values
    price = np.zeros(rows)
    price[aim.rows] = 1
    return _Programme(
        cost=np.concatenate([np.zeros(count), price, price]),
        matrix=system.with_slacks,
        low=np.concatenate([bounds[0], aimed_low]),
        high=np.concatenate([bounds[1], aimed_high]),
    )


def _run(system: System, problem: _Programme, seconds: float, *, whole: bool) -> OptimizeResult:
    """Solve with the pieces whole, or free to be fractions; slacks follow."""
    integrality = np.zeros(len(problem.cost), dtype=np.int64)
    integrality[: system.matrix.shape[1]] = whole
    return milp(
        problem.cost,
        integrality=integrality,
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(problem.matrix, problem.low, problem.high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )


def _is_whole(numbers: FloatArray) -> bool:
    """Say whether a linear answer happens to be whole, so that nothing whole comes closer."""
    return bool((np.abs(numbers - np.rint(numbers)) < _NEARLY).all())
