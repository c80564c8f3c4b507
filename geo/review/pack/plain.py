"""Turn tables and values into plain values that JSON can hold, and back."""

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

import numpy as np
import pandas as pd
from h3.api.basic_int import int_to_str, str_to_int


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of a table's cell
    """Give a value of a table as JSON has it; a blank is None, and so is a range's end that there is not.

    Examples
    --------
    >>> plain(np.int64(3)), plain(float("nan")), plain(pd.NA), plain("x"), plain(np.bool_(True)), plain(np.inf)
    (3, None, None, 'x', True, None)
    """
    if value is None or isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    plainly = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(plainly, float) and isinf(plainly) else plainly


def plain_rows(table: pd.DataFrame, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Write the rows of a table, all columns or some."""
    names = [str(name) for name in columns or table.columns]
    return [
        {name: plain(value) for name, value in zip(names, row, strict=True)}
        for row in table[names].itertuples(index=False, name=None)
    ]


def frame_of(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Read rows back as a table of stated columns.

    Parameters
    ----------
    rows
        As `plain_rows` writes them.
    kinds
        The type of each column; others are left out.
    """
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in kinds.items()}
    return pd.DataFrame(columns)


def cell_text(cell: int) -> str:
    """Write an H3 cell as hexadecimal text."""
    return str(int_to_str(cell))


def cell_number(text: str) -> int:
    """Read an H3 cell from hexadecimal text."""
    return int(str_to_int(text))
