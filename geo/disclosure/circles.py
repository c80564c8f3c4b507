"""Put together what each circle of readers knows: everybody, and those who hold exact counts by agreement."""

from dataclasses import dataclass, replace

import pandas as pd

from geo.disclosure.audit import find_lost, is_possible
from geo.disclosure.external import ExternalTable
from geo.disclosure.intruder import Statement, what_it_tells, what_others_tell
from geo.disclosure.protect import Circle, blame
from geo.disclosure.published import Published
from geo.disclosure.system import System, build_system
from geo.errors import BadInputError


@dataclass(frozen=True)
class Known:
    """What is known besides a new table.

    Attributes
    ----------
    earlier
        Tables given to anybody outside the team.
    external
        What others have published.
    atoms
        ATOMS table.
    seconds
        The solver's limit for one question.
    """

    earlier: tuple[Published, ...]
    external: tuple[ExternalTable, ...]
    atoms: pd.DataFrame
    seconds: float


def find_circles(new: Published, known: Known) -> tuple[Circle, ...]:
    """Work out what everybody knows and, where exact counts are held by agreement, what their holders know.

    Everybody must be kept from every hidden count of the new table, and from learning more about those of earlier
    ones. Holders of exact counts must be kept from learning more about any.

    Raises
    ------
    BadInputError
        The tables contradict one another; the message says which to look at.
    """
    everybody = replace(known, earlier=tuple(table for table in known.earlier if table.audience != "agreement"))
    unsaid = tuple(replace(told, low=0, high=None, free_low=0, hidden=False) for told in what_it_tells(new))
    circles = [_circle(new, everybody, unsaid)]
    if len(everybody.earlier) < len(known.earlier):
        circles.append(_circle(new, known, tuple(replace(told, hidden=True) for told in unsaid)))
    return tuple(circles)


def _circle(new: Published, known: Known, unsaid: tuple[Statement, ...]) -> Circle:
    """Build one circle; `unsaid` are the new table's statements before anybody has seen it."""
    rest = _told_by(known)
    system = build_system((*what_it_tells(new), *rest), known.atoms)
    lost = find_lost(system, seconds=known.seconds)
    if system.targets() and not lost:  # every one of them was found in numbers that agree with everything
        return Circle(system, {}, {})
    if not is_possible(system, seconds=known.seconds):
        raise BadInputError(_contradiction(new, known))
    excused = _lost_before(system, unsaid, rest, known.seconds) if lost else {}
    return Circle(system, blame(lost, excused), excused)


def _lost_before(
    system: System, unsaid: tuple[Statement, ...], rest: tuple[Statement, ...], seconds: float
) -> dict[int, frozenset[int]]:
    """Find what could not be had even without the new table; of its own counts only where those are asked for."""
    before = system.told((*unsaid, *rest))
    if not before.targets():
        return {}
    own = {int(row) for row, told in zip(before.row_of, unsaid, strict=False) if not told.hidden}
    return {row: values for row, values in find_lost(before, seconds=seconds).items() if row not in own}


def _told_by(known: Known) -> tuple[Statement, ...]:
    tables = [told for table in known.earlier for told in what_it_tells(table)]
    return (*tables, *(told for table in known.external for told in what_others_tell(table)))


def _contradiction(new: Published, known: Known) -> str:
    """Name the one table without which all others agree, if there is one."""
    mend = "The records have changed since, or it counts other clients: publish other months, or correct it."
    for table in known.earlier:
        if _agrees(new, replace(known, earlier=tuple(other for other in known.earlier if other is not table))):
            return f"This table and the one already given out {table.topic.in_words} cannot both be true. {mend}"
    for entered in known.external:
        if _agrees(new, replace(known, external=tuple(other for other in known.external if other is not entered))):
            return f"This table and '{entered.name}', as entered, cannot both be true. {mend}"
    return f"This table does not agree with what has been published of the same clients. {mend}"


def _agrees(new: Published, known: Known) -> bool:
    statements = (*what_it_tells(new), *_told_by(known))
    return is_possible(build_system(statements, known.atoms), seconds=known.seconds)
