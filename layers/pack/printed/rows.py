"""The rows of a map's table: where each stands on paper, and what is printed beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.errors import BadInputError
from geo.review.pack.content import Map, Table
from layers.pack.printed.atlas import Atlas
from layers.pack.printed.fonts import printable
from layers.pack.printed.view import View
from layers.pack.words import told


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has a shape.

    Attributes
    ----------
    at
        Its place in the table.
    shape
        In points of the paper.
    text
        What is printed on the map; empty for nothing.
    """

    at: int
    shape: BaseGeometry
    text: str


def rows_of(table: Table, shown: Map, atlas: Atlas, view: View) -> list[Row]:
    """List the rows of a map's table that have a shape.

    Raises
    ------
    BadInputError
        No column ties rows to shapes.
    """
    code = next((column.name for column in table.columns if column.kind == "code"), None)
    if code is None:
        message = f"The table '{table.title}' has no column of codes, so that no map can be drawn of it."
        raise BadInputError(message)
    shapes, texts = atlas.of(shown.level), _texts(table, shown.label)
    codes = [str(value) for value in table.column(code)]
    return [Row(at, view.on_paper(shapes[one]), texts[at]) for at, one in enumerate(codes) if one in shapes]


def _texts(table: Table, label: str) -> Sequence[str]:
    """Write what is printed of each row; a nought is white space enough."""
    column = next((column for column in table.columns if column.name == label), None)
    if column is None:
        return [""] * len(table.rows)
    return ["" if value in (0, None) else printable(told(value, column)) for value in table.column(label)]
