"""How places where people are found are drawn: a colour for the rate, paler where it is unsure, marks for evidence."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.marks import draw_mark
from layers.pack.classes import MapClass
from layers.style import INK, WHITE, Fill

# ColorBrewer's oranges, in even steps of lightness: no other layer of the planner has the hue.
_ORANGES: Final = ("#fee8c8", "#fdc38d", "#f08a4b", "#c24a1d", "#7a1f06")
_DARK_CLASSES: Final = 3
_TIMES: Final = (0.5, 1.0, 2.0, 4.0)
_ROUND: Final = (1.0, 2.0, 5.0, 10.0)
_PALE: Final = 0.22
_SURE: Final = tuple(
    Fill(colour=colour, line="#5c1804", line_px=1.4, text=WHITE if rank >= _DARK_CLASSES else INK)
    for rank, colour in enumerate(_ORANGES)
)
_UNSURE: Final = tuple(
    replace(look, opacity=_PALE, line="#8a6a5e", line_px=1.0, dash="3 3", text=INK) for look in _SURE
)
_NEVER: Final = Fill(colour="#c9c9c6", opacity=0.55, line="#6d6a63", hatch="lines", hatch_colour="#6d6a63", text="")
_NEVER_WORDS: Final = "Never visited: nobody knows"
_BESIDE: Final = Fill(colour=WHITE, opacity=0.4, line="#6d6a63", hatch="dots", hatch_colour="#6d6a63", text="")
_BESIDE_WORDS: Final = "Not visited itself, next to a visited place"
LOOKS: Final = (*_SURE, *_UNSURE, _BESIDE, _NEVER)
RATED: Final = len(_SURE)
"""So many of `LOOKS` are of rates that are known, the first ones; so many after them of rates that are not sure."""

EVIDENCE: Final = {
    "reported": ("diamond", "R", "#00457c", "Reported within the year"),
    "intelligence": ("octagon", "P", "#5a3a7e", "Intelligence of partners that still counts"),
    "found": ("circle", "F", "#1b6e3c", "Found by a team within the year"),
}
"""Shape, letter, colour and words of each kind of evidence: never told apart by colour alone."""


def evidence_mark(kind: str) -> str:
    """Draw the mark of a kind of evidence."""
    shape, letter, colour, _ = EVIDENCE[kind]
    return draw_mark(shape, letter, colour)


def class_steps(mean: float, *, minutes: float) -> tuple[float, ...]:
    """Give the four edges between classes, in people found at ten stops: round numbers about the district's rate.

    Parameters
    ----------
    mean
        The district's rate, people in an hour, above 0.
    minutes
        At a stop.

    Examples
    --------
    >>> class_steps(0.81, minutes=8)
    (0.5, 1.0, 2.0, 4.0)
    >>> class_steps(0.2, minutes=8)
    (0.1, 0.2, 0.4, 0.8)
    """
    ten = mean * minutes / 6
    scale = 10.0 ** np.floor(np.log10(ten))
    middle = min((scale * one for one in _ROUND), key=lambda one: abs(float(np.log(one / ten))))
    return tuple(float(f"{times * middle:.6g}") for times in _TIMES)


def rate_classes(rows: pd.DataFrame, *, mean: float, minutes: float) -> npt.NDArray[np.int64]:
    """Give each row the number of its look in `LOOKS`: by its rate, and how sure it is.

    Parameters
    ----------
    rows
        Rows of WALK_RATES of one band, with `beside_visited` as `band_rows` gives it.
    mean
        The district's rate in that band.
    minutes
        At a stop.
    """
    ten = rows["rate"].to_numpy() * minutes / 6
    step = np.searchsorted(np.array(class_steps(mean, minutes=minutes)), ten, side="right")
    unsure = (rows["verdict"] == "too few to tell").to_numpy()
    found = np.where(unsure, step + len(_SURE), step)
    unseen = np.where(rows["beside_visited"], LOOKS.index(_BESIDE), LOOKS.index(_NEVER))
    return np.asarray(np.where(rows["verdict"] == "never visited", unseen, found), dtype=np.int64)


def class_words(mean: float, *, minutes: float) -> tuple[str, ...]:
    """Say what each of `LOOKS` stands for, in people found at ten stops of so many minutes."""
    lows = [0.0, *class_steps(mean, minutes=minutes)]
    spans = [f"{low:g} to {high:g}" for low, high in pairwise(lows)] + [f"{lows[-1]:g} or more"]
    return (*spans, *(f"{span}, too few visits to tell" for span in spans), _BESIDE_WORDS, _NEVER_WORDS)


def map_classes(mean: float, *, minutes: float) -> tuple[MapClass, ...]:
    """Pair words and looks, for legends and files."""
    return tuple(MapClass(said, look) for said, look in zip(class_words(mean, minutes=minutes), LOOKS, strict=True))
