"""How each row of a map is drawn, with the legend that says so: never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from geo.errors import BadInputError
from geo.review.pack.content import Column, Map, Pack, Value
from layers.pack.words import HIDDEN, plain, told
from layers.style import INK, NO_RATE, UNRELIABLE, WHITE, ZERO, Fill, count_classes, rate_classes
from layers.trends import TREND_LABELS, TREND_LOOKS

_MOST_CLASSES: Final = 5
_PURPLES: Final = count_classes(1).looks[1:]
_TEALS: Final = rate_classes(1.0).looks[:_MOST_CLASSES]
_NOT_KNOWN: Final = "Not known"
_HIDDEN: Final = "c: a small count, hidden"
# Filled and solid against open and dashed.
_AREAS: Final[dict[str, Fill]] = {
    "priority": Fill(colour="#f7b267", opacity=0.75, line=INK, line_px=2.8),
    "watch": Fill(colour=WHITE, opacity=0.55, line=INK, line_px=2.0, dash="6 4"),
}
_AREA_LABELS: Final = {"priority": "Priority area", "watch": "Area to watch"}


@dataclass(frozen=True, slots=True)
class Looked:
    """The looks of a map's legend, in its order, and which of them each row has.

    Attributes
    ----------
    title
        Of the legend.
    labels, looks
        As many of one as of the other.
    rows
        For each row of the table, its place among them.
    """

    title: str
    labels: tuple[str, ...]
    looks: tuple[Fill, ...]
    rows: tuple[int, ...]


def look_at(pack: Pack, shown: Map) -> Looked:
    """Give each row of a map of areas its look.

    Raises
    ------
    BadInputError
        The map has no classes, or more than there are colours.
    """
    table = pack.table(shown.table)
    column = next(column for column in table.columns if column.name == shown.value)
    values = table.column(shown.value)
    if shown.kind == "counts":
        return _by_class(values, column, shown.classes)
    known = (TREND_LOOKS, TREND_LABELS) if shown.kind == "change" else (_AREAS, _AREA_LABELS)
    return _by_word(values, column.label, *known)


def _by_class(values: Sequence[Value], column: Column, lows: tuple[float, ...]) -> Looked:
    colours = _ramp(column, lows)
    numbers = [float(value) for value in values if _is_number(value) and value is not None]
    words = _words_of(values)
    place = {word: len(lows) + 1 + at for at, word in enumerate(words)}
    rows = tuple(
        int(np.searchsorted(lows, float(value), side="right"))
        if _is_number(value) and value is not None
        else place[_word(value)]
        for value in values
    )
    beginning = "0" if all(value <= 0 or value >= lows[0] for value in numbers) else f"below {_low(lows[0], column)}"
    labels = (beginning, *_class_labels(lows, column), *(_HIDDEN if word == HIDDEN else word for word in words))
    hatched = (UNRELIABLE if word == HIDDEN else NO_RATE for word in words)
    title = f"{plain(column.label)} ({plain(column.unit)})" if column.unit else plain(column.label)
    return Looked(title, labels, (ZERO, *colours, *hatched), rows)


def _ramp(column: Column, lows: tuple[float, ...]) -> tuple[Fill, ...]:
    if not 0 < len(lows) <= _MOST_CLASSES:
        message = f"A map of '{column.label}' has {len(lows)} classes; expected 1 to {_MOST_CLASSES}."
        raise BadInputError(message)
    ramp = _PURPLES if column.kind == "count" else _TEALS
    step = (_MOST_CLASSES - 1) / max(len(lows) - 1, 1)
    return tuple(ramp[round(at * step)] for at in range(len(lows)))


def _class_labels(lows: tuple[float, ...], column: Column) -> tuple[str, ...]:
    if column.kind == "count":
        spans = [_whole_span(int(low), int(high) - 1) for low, high in pairwise(lows)]
    else:
        spans = [f"{_low(low, column)} to below {_low(high, column)}" for low, high in pairwise(lows)]
    return (*spans, f"{_low(lows[-1], column)} or more")


def _low(low: float, column: Column) -> str:
    return told(low, column)


def _whole_span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _by_word(values: Sequence[Value], title: str, looks: dict[str, Fill], names: dict[str, str]) -> Looked:
    others = [word for word in _words_of(values) if word not in looks]
    words = [*looks, *others]
    labels = tuple(names.get(word, _HIDDEN if word == HIDDEN else word) for word in words)
    styles = tuple(looks.get(word, UNRELIABLE if word == HIDDEN else NO_RATE) for word in words)
    return Looked(plain(title), labels, styles, tuple(words.index(_word(value)) for value in values))


def _words_of(values: Sequence[Value]) -> list[str]:
    """List the words among numbers, the hidden first, each once."""
    words = dict.fromkeys(_word(value) for value in values if not _is_number(value))
    return sorted(words, key=lambda word: (word != HIDDEN, word == _NOT_KNOWN, word))


def _word(value: Value) -> str:
    return plain(str(value)) if value is not None and value != "" else _NOT_KNOWN


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
