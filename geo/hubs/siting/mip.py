"""A whole-number programme, and HiGHS to solve it with a time limit, a way to stop it and news on the way."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
News = Callable[[float, float], None]  # best value so far, bound so far
Ending = Literal["solved", "impossible", "unfinished"]
Untyped = Any  # of highspy, which is imported where it is used

_SEED: Final = 1
_TOLERANCE: Final = 1e-7


@dataclass(frozen=True)
class Model:
    """Minimise `constant` + costs x, with row_low <= rows x <= row_high and low <= x <= high.

    Attributes
    ----------
    costs, low, high
        (c,) of the columns.
    whole
        (c,) which columns are whole numbers.
    rows
        (r, c) sparse.
    row_low, row_high
        (r,).
    constant
        Added to every value.
    """

    costs: FloatArray
    low: FloatArray
    high: FloatArray
    whole: BoolArray
    rows: "sparse.csr_array[np.float64]"
    row_low: FloatArray
    row_high: FloatArray
    constant: float = 0.0


@dataclass(frozen=True)
class Patience:
    """How long to go on.

    Attributes
    ----------
    until
        Reading of `clock` at which to stop.
    stop
        Asked now and then; True ends the work.
    clock
        Seconds, from any beginning.
    """

    until: float = float("inf")
    stop: Callable[[], bool] = field(default=lambda: False)
    clock: Callable[[], float] = time.monotonic

    @property
    def left(self) -> float:
        """Give the seconds left."""
        return max(0.0, self.until - self.clock())

    @property
    def over(self) -> bool:
        """Tell whether to stop."""
        return self.stop() or self.clock() >= self.until

    def at_most(self, seconds: float) -> "Patience":
        """Give the same patience, but for no longer than so many seconds from now."""
        return Patience(min(self.until, self.clock() + seconds), self.stop, self.clock)


@dataclass(frozen=True)
class Answer:
    """What HiGHS found.

    Attributes
    ----------
    ending
        solved: `values` is best. impossible: nothing keeps the rows. unfinished: time was up.
    values
        (c,) the best found; None where nothing was.
    bound
        No solution is lower.
    """

    ending: Ending
    values: FloatArray | None
    bound: float


def minimise(model: Model, patience: Patience, *, start: FloatArray | None = None, news: News | None = None) -> Answer:
    """Solve a programme.

    Parameters
    ----------
    model
        The programme.
    patience
        When to stop.
    start
        Values of the first columns in a solution that is known.
    news
        Told the best value and the bound now and then.
    """
    import highspy  # noqa: PLC0415 - takes a moment to load

    if patience.over:
        return Answer("unfinished", None, -np.inf)
    solver: Untyped = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy's own
    _set(solver, patience)
    solver.passModel(_as_highs(model))
    if start is not None:
        solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    _listen(solver, patience, news)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value, dtype=np.float64) if found else None
    kinds = highspy.HighsModelStatus
    if status == kinds.kOptimal:
        return Answer("solved", values, float(info.objective_function_value))
    if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
        return Answer("impossible", None, np.inf)
    return Answer("unfinished", values, float(info.mip_dual_bound))


def _set(solver: Untyped, patience: Patience) -> None:
    options: dict[str, object] = {
        "output_flag": False,
        "threads": 1,  # the same answer on every machine, and room for others
        "random_seed": _SEED,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-6,
        "mip_feasibility_tolerance": _TOLERANCE,
    }
    if np.isfinite(patience.left):
        options["time_limit"] = patience.left
    for name, value in options.items():
        solver.setOptionValue(name, value)


def _as_highs(model: Model) -> Untyped:
    import highspy  # noqa: PLC0415 - takes a moment to load

    highs = highspy.HighsLp()
    highs.num_row_, highs.num_col_ = model.rows.shape
    highs.col_cost_, highs.col_lower_, highs.col_upper_ = model.costs, model.low, model.high
    highs.row_lower_, highs.row_upper_, highs.offset_ = model.row_low, model.row_high, model.constant
    highs.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    highs.a_matrix_.start_ = model.rows.indptr.astype(np.int32)
    highs.a_matrix_.index_ = model.rows.indices.astype(np.int32)
    highs.a_matrix_.value_ = model.rows.data.astype(np.float64)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    highs.integrality_ = [kinds[int(whole)] for whole in model.whole]
    return highs


def _listen(solver: Untyped, patience: Patience, news: News | None) -> None:
    """Let a click on Stop reach the solver, and its news the screen."""

    def hear(event: Untyped) -> None:
        out = event.data_out
        if news is not None and np.isfinite(out.mip_dual_bound):
            news(float(out.mip_primal_bound), float(out.mip_dual_bound))
        if patience.stop():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(hear)
