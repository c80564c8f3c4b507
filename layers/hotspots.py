"""Draw hotspots: which cells are hot or cold, and how sure the test is."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.hotspots import Test
from layers.base import PlannerMap
from layers.hexagons import Card, draw_hexagons
from layers.style import KIND_LABELS, KIND_LOOKS, LegendEntry, legend_of

_QUESTIONS: Final[dict[Test, str]] = {
    "counts": "Where are most clients?",
    "excess": "Where are there more clients than the homes explain?",
}
_FACTS: Final = {
    "place": "Place",
    "finding": "Finding",
    "count": "Clients in this cell",
    "window_count": "With the cells around it",
}
_EXCESS_FACTS: Final = {"expected": "Expected there from the homes", "q_uneven": "q against ordinary unevenness"}


def question(test: Test) -> str:
    """Say in plain words which question a test answers; every hotspot map must."""
    return _QUESTIONS[test]


def draw_hotspots(
    target: PlannerMap, table: pd.DataFrame, *, test: Test, places: Mapping[int, str] | None = None
) -> None:
    """Draw the cells tested.

    Parameters
    ----------
    table
        HOTSPOTS table.
    test
        Which question it answers.
    places
        The name of the place each cell is in, where known.
    """
    names = table["cell"].map(dict(places or {})).fillna("")
    shown = table.assign(place=names, finding=table["kind"].map(KIND_LABELS))
    facts = _FACTS | (_EXCESS_FACTS if test == "excess" else {}) | {"q": "q (false discovery rate)"}
    kinds = list(KIND_LOOKS)
    classes = np.array([kinds.index(kind) for kind in table["kind"]], dtype=np.int64)
    draw_hexagons(target, shown, classes=classes, looks=list(KIND_LOOKS.values()), card=Card(facts, printed="count"))


def legend_entries() -> tuple[LegendEntry, ...]:
    """Name the kinds, hottest first."""
    return legend_of(list(KIND_LABELS.values()), list(KIND_LOOKS.values()))
