"""Draw H3 cells: one canvas, coordinates as small whole numbers, and a card of facts for each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.base import PlannerMap, call
from layers.payload import cell_deltas, indexed
from layers.style import Fill


@dataclass(frozen=True, slots=True)
class Card:
    """What a cell or an area says when it is pointed at: the first column is the heading, the others are facts.

    Attributes
    ----------
    columns
        Column names of the table, in order, with the words to show for each.
    printed
        The column of whole numbers that is printed on the shape itself where it fits; empty for none.
    """

    columns: dict[str, str]
    printed: str = ""


def draw_hexagons(
    target: PlannerMap, table: pd.DataFrame, *, classes: npt.ArrayLike, looks: Sequence[Fill], card: Card
) -> None:
    """Draw the cells of a table.

    Parameters
    ----------
    table
        Has `cell` (int64 H3) and the card's columns.
    classes
        For each row, which of `looks` it wears.

    Notes
    -----
    5,000 cells take less than 0.4 MB of the page.
    """
    order = np.argsort(table["cell"].to_numpy(), kind="stable")  # neighbours in the list are near on the ground
    table = table.iloc[order]
    rings = [h3.cell_to_boundary(int(cell)) for cell in table["cell"]]
    shapes = {"cells": cell_deltas(rings)}
    call(target, "fills", shapes | fill_data(table, classes=np.asarray(classes)[order], looks=looks, card=card))


def fill_data(table: pd.DataFrame, *, classes: npt.NDArray[Any], looks: Sequence[Fill], card: Card) -> dict[str, Any]:
    """Pack everything about filled shapes but their geometry."""
    data = {
        "classes": [int(index) for index in classes],
        "styles": [look.options() for look in looks],
        "facts": [fact_column(label, table[name]) for name, label in card.columns.items()],
    }
    if card.printed:
        data["printed"] = list(card.columns).index(card.printed)
    return data


def fact_column(label: str, values: pd.Series) -> dict[str, Any]:
    """Pack one fact of all shapes: numbers as they are, words once each."""
    if pd.api.types.is_integer_dtype(values) and not values.isna().any():
        return {"label": label, "values": values.tolist()}
    if pd.api.types.is_float_dtype(values):
        return {"label": label, "values": [None if pd.isna(value) else float(f"{value:.3g}") for value in values]}
    words, rows = indexed(values.fillna("").astype(str))
    return {"label": label, "values": rows, "words": words}
