"""Read an orienteering question of the OPLib, which is written as the TSPLIB writes its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.walkabouts.routing.op_lib_distances import ceiling, euclidean, geographical, pseudo_euclidean
from geo.walkabouts.routing.question import RouteQuestion

FloatArray = npt.NDArray[np.float64]
Lines = dict[str, list[str]]

_KINDS: Final[dict[str, Callable[[FloatArray], FloatArray]]] = {
    "EUC_2D": euclidean,
    "CEIL_2D": ceiling,
    "ATT": pseudo_euclidean,
    "GEO": geographical,
}
_FORMATS: Final = ("FULL_MATRIX", "UPPER_ROW", "LOWER_ROW", "UPPER_DIAG_ROW", "LOWER_DIAG_ROW")
_SECTIONS: Final = (
    "NODE_COORD_SECTION",
    "NODE_SCORE_SECTION",
    "DEPOT_SECTION",
    "EDGE_WEIGHT_SECTION",
    "DISPLAY_DATA_SECTION",
)
_MOST: Final = 5_000  # vertices: their distances alone are 200 MB
_EXPECTED: Final = (
    "expected an orienteering file of the OPLib: TYPE: OP, DIMENSION, COST_LIMIT, EDGE_WEIGHT_TYPE, then "
    "NODE_COORD_SECTION or EDGE_WEIGHT_SECTION, NODE_SCORE_SECTION and DEPOT_SECTION"
)


@dataclass(frozen=True)
class OpLibFile:
    """A question of the OPLib.

    Attributes
    ----------
    question
        Distances stand for minutes; start and end are the depot.
    depot_score
        What the depot itself is worth: published scores count it, `RouteQuestion` does not.
    """

    question: RouteQuestion
    depot_score: float


def read_op_lib(text: str, *, name: str) -> OpLibFile:
    r"""Turn a file of the OPLib into a question.

    Parameters
    ----------
    text
        Keywords with values after a colon, then sections; vertices from 1. Distances are EUC_2D, CEIL_2D, ATT, GEO or
        EXPLICIT, rounded as TSPLIB 95 says. Of several depots the first counts.
    name
        What the file is called, for messages.

    Raises
    ------
    BadInputError
        The file is something else, says one thing and holds another, or measures in a way not read.

    Examples
    --------
    >>> text = "TYPE: OP\nDIMENSION: 2\nCOST_LIMIT: 9\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4"
    >>> text += "\nNODE_SCORE_SECTION\n1 0\n2 7\nDEPOT_SECTION\n1\n-1\nEOF"
    >>> read_op_lib(text, name="tiny").question.minutes.tolist()
    [[0.0, 5.0], [5.0, 0.0]]
    """
    heads, sections = _split(text)
    if heads.get("TYPE", "").split(maxsplit=1)[:1] != ["OP"]:
        message = f"{name} is of TYPE '{heads.get('TYPE', '')[:20]}'; {_EXPECTED}."
        raise BadInputError(message)
    count = int(_head(heads, "DIMENSION", name, most=_MOST))
    limit = _head(heads, "COST_LIMIT", name)
    scores = _by_vertex(sections, "NODE_SCORE_SECTION", (count, 1), name)[:, 0]
    depot = _depot(sections, count, name)
    question = RouteQuestion(
        minutes=_distances(heads, sections, count, name),
        prizes=scores,
        stop_minutes=np.zeros(count),
        start=depot,
        end=depot,
        limit_minutes=limit,
        names=tuple(str(vertex) for vertex in range(1, count + 1)),
    )
    return OpLibFile(question, float(scores[depot]))


def _split(text: str) -> tuple[dict[str, str], Lines]:
    """Give the keywords with their values, and each section's lines."""
    heads: dict[str, str] = {}
    sections: Lines = {}
    lines: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        word = line.split(":", 1)[0].strip().upper()
        if word == "EOF":
            break
        if word in _SECTIONS:
            lines = sections.setdefault(word, [])
        elif ":" in line:
            heads[word], lines = line.split(":", 1)[1].strip(), None
        elif line and lines is not None:
            lines.append(line)
    return heads, sections


def _head(heads: dict[str, str], word: str, name: str, *, most: int | None = None) -> float:
    """Read a keyword's number; a whole one from 1 to `most` where that is given."""
    value = _number(heads.get(word, ""))
    if value is None or value < 0 or (most is not None and (value != int(value) or not 1 <= value <= most)):
        span = "0 or more" if most is None else f"a whole number from 1 to {most:,}"
        message = f"{name} gives '{heads.get(word, '')[:20]}' as {word}; expected {span}."
        raise BadInputError(message)
    return value


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _numbers(sections: Lines, section: str, name: str) -> FloatArray:
    if section not in sections:
        message = f"{name} has no {section}; {_EXPECTED}."
        raise BadInputError(message)
    words = " ".join(sections[section]).split()
    values = [_number(word) for word in words]
    if None in values:
        message = f"{section} of {name} holds '{words[values.index(None)][:20]}', which is no number; {_EXPECTED}."
        raise BadInputError(message)
    return np.array(values, dtype=np.float64)


def _by_vertex(sections: Lines, section: str, shape: tuple[int, int], name: str) -> FloatArray:
    """Read a section of one line a vertex, in any order."""
    count, width = shape
    numbers = _numbers(sections, section, name)
    if len(numbers) != count * (width + 1):
        message = (
            f"{section} of {name} holds {len(numbers)} numbers; expected {width + 1} for each of {count} vertices."
        )
        raise BadInputError(message)
    rows = numbers.reshape(count, width + 1)
    if sorted(rows[:, 0].tolist()) != list(range(1, count + 1)):
        message = f"{section} of {name} does not name each vertex from 1 to {count} once."
        raise BadInputError(message)
    return rows[np.argsort(rows[:, 0], kind="stable"), 1:]


def _depot(sections: Lines, count: int, name: str) -> int:
    numbers = _numbers(sections, "DEPOT_SECTION", name)
    if not len(numbers) or numbers[0] != np.rint(numbers[0]) or not 1 <= numbers[0] <= count:
        message = f"DEPOT_SECTION of {name} names no vertex from 1 to {count} first; expected the depot, then -1."
        raise BadInputError(message)
    return int(numbers[0]) - 1


def _distances(heads: dict[str, str], sections: Lines, count: int, name: str) -> FloatArray:
    kind = heads.get("EDGE_WEIGHT_TYPE", "").upper()
    if kind in _KINDS:
        return _KINDS[kind](_by_vertex(sections, "NODE_COORD_SECTION", (count, 2), name))
    if kind != "EXPLICIT":
        message = f"{name} measures by '{kind[:20]}'; read are {', '.join(_KINDS)} and EXPLICIT."
        raise BadInputError(message)
    layout = heads.get("EDGE_WEIGHT_FORMAT", "").upper()
    if layout not in _FORMATS:
        message = f"{name} writes its distances as '{layout[:20]}'; read are {', '.join(_FORMATS)}."
        raise BadInputError(message)
    return _explicit(_numbers(sections, "EDGE_WEIGHT_SECTION", name), layout, count, name)


def _explicit(numbers: FloatArray, layout: str, count: int, name: str) -> FloatArray:
    """Lay out the distances given one by one, row by row."""
    away = np.zeros((count, count))
    if layout == "FULL_MATRIX":
        where = np.indices((count, count)).reshape(2, -1)
    else:
        inner = 0 if "DIAG" in layout else 1
        where = np.array(np.triu_indices(count, inner) if "UPPER" in layout else np.tril_indices(count, -inner))
    if len(numbers) != where.shape[1]:
        message = f"EDGE_WEIGHT_SECTION of {name} holds {len(numbers)} numbers; expected {where.shape[1]} as {layout}."
        raise BadInputError(message)
    if (numbers < 0).any():
        message = f"EDGE_WEIGHT_SECTION of {name} holds a distance below 0; expected 0 or more."
        raise BadInputError(message)
    away[where[0], where[1]] = numbers
    if layout != "FULL_MATRIX":
        away[where[1], where[0]] = numbers
    np.fill_diagonal(away, 0.0)
    return away
