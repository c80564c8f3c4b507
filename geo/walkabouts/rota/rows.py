"""Rows of an integer programme, and one aim after another: the next never costs what the one before has gained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from geo.walkabouts.rota.whole import Programme, solve_whole

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_HALF: Final = 0.5  # aims are whole numbers


@dataclass(frozen=True)
class Row:
    """The sum of some variables, each times a factor, lies between two bounds."""

    variables: IntArray
    factors: FloatArray
    low: float
    high: float


@dataclass(frozen=True)
class Aim:
    """What is to be as small as can be.

    Attributes
    ----------
    cost
        (v,) of each variable.
    gap
        So near to the least, relative to it, is near enough; 0 asks for a proof.
    """

    cost: FloatArray
    gap: float = 0.0


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes
    ----------
    values
        (v,) of the variables.
    least
        What each aim came to.
    proved
        Whether each aim was proved to be the least.
    """

    values: FloatArray
    least: tuple[float, ...]
    proved: bool


def solve_in_turn(
    rows: Sequence[Row], aims: Sequence[Aim], most: FloatArray, whole: npt.NDArray[np.bool_]
) -> Found | None:
    """Make the first aim least, then the second among what is left, and so on, with HiGHS.

    Parameters
    ----------
    most
        (v,) each variable lies between 0 and this.
    whole
        (v,) whether a variable must be a whole number.

    Returns
    -------
    Found or None
        None where the rows allow nothing.
    """
    kept = list(rows)
    least: list[float] = []
    values, proved = np.zeros(len(most)), True
    for aim in aims:
        matrix, low, high = _assemble(kept, len(most))
        answer = solve_whole(Programme(aim.cost, most, whole, matrix, low, high), gap=aim.gap)
        if answer is None:
            return Found(values, tuple(least), proved=False) if least else None
        values = answer.values
        least.append(float(answer.cost if aim.gap else np.rint(answer.cost)))
        proved = proved and answer.proved
        used = np.flatnonzero(aim.cost)
        kept.append(Row(used, aim.cost[used], -np.inf, least[-1] + _HALF))
    return Found(values, tuple(least), proved)


def _assemble(rows: Sequence[Row], width: int) -> tuple[csr_array, FloatArray, FloatArray]:
    sizes = np.array([len(row.variables) for row in rows])
    number = np.repeat(np.arange(len(rows)), sizes)
    column = np.concatenate([row.variables for row in rows])
    factor = np.concatenate([row.factors for row in rows])
    matrix = coo_array((factor.astype(np.float64), (number, column)), shape=(len(rows), width))
    return csr_array(matrix), np.array([row.low for row in rows]), np.array([row.high for row in rows])
