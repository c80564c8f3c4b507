"""Find out what an intruder can infer about every hidden count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from geo.disclosure.external import ExternalTable
from geo.disclosure.intruder import what_it_tells, what_others_tell
from geo.disclosure.published import Published
from geo.disclosure.solve import Aim, furthest, steer
from geo.disclosure.system import IntArray, System, build_system
from geo.errors import BadInputError

Proof = Literal["linear programming, exact for a network", "integer programming"]


@dataclass(frozen=True)
class Range:
    """What can be inferred about one hidden count.

    Attributes
    ----------
    title
        Which count it is.
    low, high
        The smallest and the largest value that agree with everything published; None is no upper end.
    impossible
        The values from 1 to the threshold that it cannot have; none where it is protected.
    """

    title: str
    low: int | None
    high: int | None
    impossible: tuple[int, ...]


@dataclass(frozen=True)
class Audit:
    """What can be inferred about every hidden count of some tables, and how that was worked out."""

    ranges: tuple[Range, ...]
    proof: Proof

    @property
    def protected(self) -> bool:
        """Whether every hidden count can still be anything from 1 to the threshold."""
        return not any(found.impossible for found in self.ranges)


def audit(
    tables: Sequence[Published], *, atoms: pd.DataFrame, external: Sequence[ExternalTable] = (), seconds: float = 20
) -> Audit:
    """Find the smallest and the largest possible value of every hidden count.

    Parameters
    ----------
    tables
        All that were given out.
    atoms
        ATOMS table of the district.
    external
        What others have published of the same clients.
    seconds
        The solver's limit for one question; what it does not find by then counts as impossible.

    Raises
    ------
    BadInputError
        The tables contradict one another.
    """
    statements = [statement for table in tables for statement in what_it_tells(table)]
    statements += [statement for table in external for statement in what_others_tell(table)]
    if not any(statement.hidden for statement in statements):
        return Audit((), "linear programming, exact for a network")
    system = build_system(statements, atoms)
    if not is_possible(system, seconds=seconds):
        message = "These tables cannot all be true of the same clients: the records have changed, or one is mistyped."
        raise BadInputError(message)
    lost = find_lost(system, seconds=seconds)
    ranges = tuple(range_of(system, row, lost.get(row, frozenset()), seconds=seconds) for row in system.targets())
    return Audit(ranges, proof_of(system))


def is_possible(system: System, *, seconds: float) -> bool:
    """Say whether any whole numbers agree with all statements."""
    nowhere = Aim(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    return steer(system, nowhere, bounds=system.bounds(), seconds=seconds) is not None


def find_lost(system: System, *, seconds: float) -> dict[int, frozenset[int]]:
    """Find the hidden counts that cannot have some value from 1 to the threshold any more.

    Parameters
    ----------
    system
        Must be possible.
    seconds
        The solver's limit for one question.

    Returns
    -------
    dict
        Row of the system to the values that it cannot have; protected rows are left out.
    """
    wanted = {row: _wanted(system, row) for row in system.targets()}
    plain = {row: values for row, values in wanted.items() if not _is_complementary(system, row)}
    lost = _reach_together(system, plain, seconds)
    for row in sorted(set(wanted) - set(plain)):
        lost |= _reach_alone(system, row, wanted[row], seconds)
    return lost


def range_of(system: System, row: int, impossible: frozenset[int], *, seconds: float) -> Range:
    """Work out one hidden count's whole range for a report."""
    low, high = furthest(system, row, bounds=system.bounds(row), seconds=seconds)
    number = np.flatnonzero((system.row_of == row) & system.hidden)[0]
    return Range(system.statements[number].title, low, high, tuple(sorted(impossible)))


def proof_of(system: System) -> Proof:
    """Say how the answers for a system are found."""
    return "linear programming, exact for a network" if system.network else "integer programming"


def threshold_of(system: System, row: int) -> int:
    """Return the largest value that a hidden count must still be able to have."""
    numbers = np.flatnonzero((system.row_of == row) & system.hidden)
    return max(system.statements[number].threshold for number in numbers)


def _wanted(system: System, row: int) -> frozenset[int]:
    """List the values that must be reached: the two ends prove all between them where there are no gaps."""
    threshold = threshold_of(system, row)
    return frozenset({1, threshold} if system.network else range(1, threshold + 1))


def _is_complementary(system: System, row: int) -> bool:
    """Say whether a row's own bounds are looser as a target: then no other row's question answers for it."""
    return bool((system.bounds()[0][row] > 1) and (system.bounds(row)[0][row] <= 1))


def _reach_together(system: System, wanted: dict[int, frozenset[int]], seconds: float) -> dict[int, frozenset[int]]:
    """Aim many rows at once, since one answer may serve several; then ask singly for what is left."""
    bounds, left = system.bounds(), {row: set(values) for row, values in wanted.items()}
    turn = 0
    while any(left.values()):
        rows = [row for row, values in left.items() if values]
        aimed = [(max if (number + turn) % 2 else min)(left[row]) for number, row in enumerate(rows)]
        sums = steer(system, Aim(np.array(rows), np.array(aimed)), bounds=bounds, seconds=seconds)
        turn += 1
        if not _tick_off(system, left, sums) and turn > 1:
            break
    lost: dict[int, frozenset[int]] = {}
    for row, values in left.items():
        lost |= _reach_alone(system, row, frozenset(values), seconds) if values else {}
    return lost


def _tick_off(system: System, left: dict[int, set[int]], sums: IntArray | None) -> bool:
    """Take the values that an answer shows to be possible off the list; say whether there was any."""
    if sums is None:
        return False
    done = [(row, value) for row, values in left.items() for value in values if _shows(system, int(sums[row]), value)]
    for row, value in done:
        left[row].discard(value)
    return bool(done)


def _shows(system: System, found: int, value: int) -> bool:
    """Say whether a row's answer settles a value: where there are no gaps, something beyond an end settles the end."""
    return found == value or (system.network and (found <= value if value == 1 else found >= value))


def _reach_alone(system: System, row: int, wanted: frozenset[int], seconds: float) -> dict[int, frozenset[int]]:
    """Aim one row at each value by itself."""
    bounds, threshold = system.bounds(row), threshold_of(system, row)
    lost: set[int] = set()
    for value in sorted(wanted):
        sums = steer(system, Aim.at(row, value), bounds=bounds, seconds=seconds)
        reached = None if sums is None else int(sums[row])
        if reached == value:
            continue
        lost |= _beyond(value, reached, threshold) if system.network else {value}
    return {row: frozenset(lost)} if lost else {}


def _beyond(value: int, reached: int | None, threshold: int) -> set[int]:
    """List the values that a range without gaps leaves out, when the closest to `value` in it is `reached`."""
    if reached is None:
        return set(range(1, threshold + 1))
    if reached > value:
        return set(range(1, min(reached, threshold + 1)))
    return set(range(max(reached + 1, 1), threshold + 1))
