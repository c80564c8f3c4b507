"""One part of the monitor's report: answers, what is missing, figures with their ranges, tables, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

Scale = Literal["times", "seen", "share"]
FIGURE_COLUMNS: Final = ("question", "what", "scale", "value", "low", "high", "reference")


@dataclass(frozen=True)
class Figure:
    """One figure with its range.

    Attributes
    ----------
    question
        Which question it answers.
    what
        Of whom or what.
    scale
        "times" as many as expected, people "seen" for every 100 clients within reach, or a "share", 0 to 1.
    value, low, high
        The figure and its range; `high` is infinite where there is no upper limit.
    reference
        What no difference would look like; NaN where nothing would.
    """

    question: str
    what: str
    scale: Scale
    value: float
    low: float
    high: float
    reference: float = float("nan")


@dataclass(frozen=True)
class Part:
    """What one question brought.

    Attributes
    ----------
    question
        What was asked.
    answers, missing
        Sentences: what can be said, and what cannot and why.
    figures
        With their ranges.
    tables
        Title to table, for reading.
    notes
        What the answers rest on.
    """

    question: str = ""
    answers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def figure_table(parts: list[Part]) -> pd.DataFrame:
    """Lay the figures of all parts out, a row each."""
    rows = [[getattr(one, name) for name in FIGURE_COLUMNS] for part in parts for one in part.figures]
    table = pd.DataFrame(rows, columns=list(FIGURE_COLUMNS))
    return table.astype(dict.fromkeys(("value", "low", "high", "reference"), "float64"))
