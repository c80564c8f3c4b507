"""Hide further counts of a new table, as few clients as possible, until nothing hidden can be worked out.

The choice of the least loss is a covering problem. Each time the audit finds that a hidden count cannot have some
value, the linear programme's dual names the shown figures that together hold it; at least one of them must be hidden,
or, where the count was itself hidden for others' sake, be shown again. The cheapest choice that meets all such demands
is solved exactly by integer programming, and audited anew. When the audit passes, no cheaper choice could have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.disclosure.audit import find_lost
from geo.disclosure.intruder import what_it_tells
from geo.disclosure.published import Published
from geo.disclosure.solve import Aim, what_holds_it
from geo.disclosure.system import System

MAX_ROUNDS: Final = 200
_AT_A_TIME: Final = 3


@dataclass(frozen=True)
class Circle:
    """What one circle of readers knows: a system whose first statements are the new table's, figures then total.

    Attributes
    ----------
    system
        Everything this circle has seen, the new table included.
    exposed
        The rows of hidden counts that cannot have some value from 1 to the threshold, with these values, where that is
        the new table's doing.
    excused
        The same where it is not, since it was so without the new table.
    """

    system: System
    exposed: dict[int, frozenset[int]]
    excused: dict[int, frozenset[int]]


@dataclass(frozen=True)
class Protected:
    """A table that may be given out.

    Attributes
    ----------
    table
        With the further counts hidden.
    hidden_besides
        Codes of the areas that were hidden to protect others.
    least
        Whether no smaller loss was possible (by published numbers), or the search was cut short.
    """

    table: Published
    hidden_besides: tuple[str, ...]
    least: bool


def protect(draft: Published, circles: Sequence[Circle], *, seconds: float) -> Protected | None:
    """Find the least loss that protects every hidden count in every circle.

    Parameters
    ----------
    draft
        As `suppress` makes it.
    circles
        Each with the draft's statements first.
    seconds
        The solver's limit for one question.

    Returns
    -------
    Protected or None
        None where no choice protects all. Of choices that lose the same by published numbers, the one with fewer and
        smaller areas by order of value and code.
    """
    demands: list[_Demand] = []
    hidden: frozenset[int] = frozenset()
    for _ in range(MAX_ROUNDS):
        found = [demand for circle in circles for demand in _find_demands(draft, hidden, circle, seconds)]
        if not found:
            return _as_result(draft, hidden, least=True)
        demands += found
        cheapest = _choose(draft, demands, seconds)
        if cheapest is None:
            return None
        hidden = cheapest
    return _hide_more(draft, hidden, circles, seconds)


@dataclass(frozen=True)
class _Demand:
    """At least one figure of `hide` must be hidden, or `show` must not be; by position in the draft."""

    hide: frozenset[int]
    show: int | None


def blame(lost: dict[int, frozenset[int]], excused: dict[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    """Leave out what was lost without the new table."""
    blamed = {row: values - excused.get(row, frozenset()) for row, values in lost.items()}
    return {row: values for row, values in blamed.items() if values}


def _with_hidden(circle: Circle, draft: Published, hidden: frozenset[int], seconds: float) -> Circle:
    """Tell a circle the draft with further figures hidden."""
    if not hidden:
        return circle
    told = what_it_tells(draft.hide(_codes(draft, hidden)))
    rest = circle.system.statements[len(told) :]
    system = circle.system.told((*told, *rest))
    return replace(circle, system=system, exposed=blame(find_lost(system, seconds=seconds), circle.excused))


def _find_demands(draft: Published, hidden: frozenset[int], circle: Circle, seconds: float) -> list[_Demand]:
    now = _with_hidden(circle, draft, hidden, seconds)
    free = frozenset(_candidates(draft)) - hidden
    return [
        _demand(now.system, hidden, free, Aim.at(row, value))
        for row, values in now.exposed.items()
        for value in sorted({min(values), max(values)})
    ]


def _demand(system: System, hidden: frozenset[int], free: frozenset[int], aim: Aim) -> _Demand:
    """Say what would have to change for an aim to come within reach."""
    row = int(aim.rows[0])
    holding = what_holds_it(system, aim, bounds=system.bounds(row))
    helping = free if holding is None else frozenset(number for number in free if holding[system.row_of[number]])
    same = np.flatnonzero((system.row_of == row) & system.hidden).tolist()
    own = same[0] if len(same) == 1 and same[0] in hidden else None
    return _Demand(helping, own)


def _choose(draft: Published, demands: list[_Demand], seconds: float) -> frozenset[int] | None:
    """Choose the figures to hide that meet all demands at the least loss; of equals those that come first."""
    numbers = _candidates(draft)
    if any(not demand.hide and demand.show is None for demand in demands):
        return None
    position = {number: column for column, number in enumerate(numbers)}
    matrix, least = np.zeros((len(demands), len(numbers))), np.ones(len(demands))
    for row, demand in enumerate(demands):
        matrix[row, [position[number] for number in sorted(demand.hide)]] = 1
        if demand.show is not None:
            matrix[row, position[demand.show]] = -1
            least[row] = 0
    met = LinearConstraint(matrix, least, np.inf)
    values = np.array([draft.figures[number].value for number in numbers], dtype=float)
    loss = _solve(values, [met], seconds)
    if loss is None:
        return None
    as_cheap = LinearConstraint(values[None, :], 0, float(values @ loss))
    chosen = _solve(np.arange(1.0, len(numbers) + 1), [met, as_cheap], seconds)
    picked = loss if chosen is None else chosen
    return frozenset(np.array(numbers)[picked > 0].tolist())


def _solve(
    costs: npt.NDArray[np.float64], constraints: list[LinearConstraint], seconds: float
) -> npt.NDArray[np.int64] | None:
    found = milp(
        costs,
        constraints=constraints,
        integrality=np.ones(len(costs), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return None if found.x is None else np.rint(found.x).astype(np.int64)


def _hide_more(draft: Published, hidden: frozenset[int], circles: Sequence[Circle], seconds: float) -> Protected | None:
    """Go on without proof of the least loss: hide the cheapest figures, a few at a time, until the audit passes."""
    left = [number for number in _candidates(draft) if number not in hidden]
    for stop in range(_AT_A_TIME, len(left) + _AT_A_TIME, _AT_A_TIME):
        more = hidden | frozenset(left[:stop])
        if not any(_with_hidden(circle, draft, more, seconds).exposed for circle in circles):
            return _as_result(draft, more, least=False)
    return None


def _candidates(draft: Published) -> list[int]:
    """List the figures that may be hidden, the smallest first: shown ones above nought, never the total."""
    shown = [(figure.value, figure.code, number) for number, figure in enumerate(draft.figures) if figure.value]
    return [number for _, _, number in sorted(shown)]


def _codes(draft: Published, numbers: frozenset[int]) -> frozenset[str]:
    return frozenset(draft.figures[number].code for number in numbers)


def _as_result(draft: Published, hidden: frozenset[int], *, least: bool) -> Protected:
    codes = _codes(draft, hidden)
    return Protected(draft.hide(codes), tuple(sorted(codes)), least)
