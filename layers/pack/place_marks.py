"""The marks of places on printed maps: a shape and a colour for each word, safe for colour blindness."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.review.pack.content import Value
from geo.schema.register import LIAISON
from layers.pack.words import plain

# Colours of Okabe and Ito (2008); no two marks share a shape.
_STYLES: Final = (
    ("o", "#0072b2"),
    ("s", "#d55e00"),
    ("^", "#009e73"),
    ("D", "#7a1f5c"),
    ("v", "#e69f00"),
    ("P", "#56b4e9"),
    ("X", "#5b5b57"),
    ("p", "#cc79a7"),
    ("h", "#1d1d1b"),
    ("*", "#8a3c00"),
)
_LIAISON: Final = {
    "agreed": ("o", "#0072b2"),
    "visited": ("^", "#009e73"),
    "contacted": ("s", "#e69f00"),
    "idea": ("D", "#cc79a7"),
    "refused": ("X", "#d55e00"),
    "ended": ("v", "#5b5b57"),
}
_TAKEN: Final = frozenset(shape for shape, _ in _LIAISON.values())
_OTHER: Final = (".", "#1d1d1b")
_OTHERS: Final = "another kind: see the table"
_NOTHING: Final = "nothing written yet"


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A mark: its word, its shape in matplotlib's letters, its colour."""

    word: str
    shape: str
    colour: str


def marks_of(values: Sequence[Value]) -> tuple[tuple[PlaceMark, ...], tuple[int, ...]]:
    """Choose a mark for each word; words of liaison have theirs in every pack.

    Returns
    -------
    tuple of PlaceMark, tuple of int
        The marks in the order of the legend, and the mark of each value.

    Examples
    --------
    >>> marks, rows = marks_of(["library", "church", "library"])
    >>> [mark.word for mark in marks], rows
    (['church', 'library'], (1, 0, 1))
    """
    words = [plain(str(value)) if value not in (None, "") else _NOTHING for value in values]
    ordered = sorted(dict.fromkeys(words), key=lambda word: (_rank(word), word == _NOTHING, word))
    spare = [style for style in _STYLES if not set(ordered) & set(_LIAISON) or style[0] not in _TAKEN]
    free = [word for word in ordered if word not in _LIAISON]
    styles = _LIAISON | dict(zip(free, spare, strict=False))
    kept = [word for word in ordered if word in styles]
    marks = [PlaceMark(word, *styles[word]) for word in kept]
    lumped = [PlaceMark(_OTHERS, *_OTHER)] if len(kept) < len(ordered) else []
    return (*marks, *lumped), tuple(kept.index(word) if word in styles else len(kept) for word in words)


def _rank(word: str) -> int:
    """Put what is agreed first, and what ended last."""
    known = list(_LIAISON)
    return known.index(word) if word in known and word in LIAISON else len(known)
