"""Solve an integer programme with HiGHS, by its own library: the one in SciPy writes lines of its own on the screen."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Untyped = Any  # of highspy, which is imported where it is used

_NODES: Final = 500  # of the search: a bound that gives the same answer on every machine, as seconds would not


@dataclass(frozen=True)
class Programme:
    """Minimise cost x, with low <= rows x <= high and 0 <= x <= most; x whole where `whole` says so."""

    cost: FloatArray
    most: FloatArray
    whole: BoolArray
    rows: "csr_array[np.float64]"
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Solved:
    """The best that was found.

    Attributes
    ----------
    values
        (v,) of the variables.
    cost
        What they come to.
    proved
        Whether nothing costs less, or less than the gap allows.
    """

    values: FloatArray
    cost: float
    proved: bool


def solve_whole(programme: Programme, *, gap: float) -> Solved | None:
    """Solve; None where nothing was found.

    Parameters
    ----------
    gap
        So near to the least, relative to it, is near enough.
    """
    import highspy  # noqa: PLC0415 - takes a moment to load

    solver: Untyped = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy's own
    for name, value in _options(gap).items():
        solver.setOptionValue(name, value)
    solver.passModel(_as_highs(programme))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    values = np.array(solver.getSolution().col_value, dtype=np.float64)
    proved = bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)
    return Solved(np.where(programme.whole, np.rint(values), values), float(info.objective_function_value), proved)


def _options(gap: float) -> dict[str, object]:
    # One thread, for the same answer on every machine.
    return {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": gap, "mip_max_nodes": _NODES}


def _as_highs(programme: Programme) -> Untyped:
    import highspy  # noqa: PLC0415 - takes a moment to load

    highs = highspy.HighsLp()
    highs.num_row_, highs.num_col_ = programme.rows.shape
    highs.col_cost_, highs.col_lower_, highs.col_upper_ = programme.cost, np.zeros_like(programme.most), programme.most
    highs.row_lower_, highs.row_upper_ = programme.low, programme.high
    highs.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    highs.a_matrix_.start_ = programme.rows.indptr.astype(np.int32)
    highs.a_matrix_.index_ = programme.rows.indices.astype(np.int32)
    highs.a_matrix_.value_ = programme.rows.data.astype(np.float64)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    highs.integrality_ = [kinds[int(whole)] for whole in programme.whole]
    return highs
