"""Give out a table that has no shapes: as a CSV file, or as rows of a JSON document."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from commands.files import write_table
from geo.crs import WGS84
from geo.errors import BadInputError


def write_rows(table: pd.DataFrame, out: Path) -> None:
    """Write rows as CSV; the file is whole or not there.

    Raises
    ------
    BadInputError
        The name does not end in .csv, or its folder does not exist.
    WorkspaceError
        The file cannot be written.
    """
    if out.suffix.lower() != ".csv":
        message = f"{out.name} is no .csv, and these rows have no shape for a map; end the file's name in .csv."
        raise BadInputError(message)
    write_table(table, gpd.GeoSeries([None] * len(table), index=table.index, crs=WGS84), out)


def json_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as plain values, null where a cell is blank.

    Examples
    --------
    >>> json_rows(pd.DataFrame({"share": [0.5, float("nan")]}))
    [{'share': 0.5}, {'share': None}]
    """
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def percent(share: object) -> str:
    """Write a share in percent; a blank one is too few to tell.

    Examples
    --------
    >>> percent(0.188), percent(0.0), percent(float("nan"))
    ('18.8 %', '0.0 %', 'too few to tell')
    """
    return f"{100 * share:.1f} %" if isinstance(share, float) and share == share else "too few to tell"  # noqa: PLR0124 - a blank is not equal to itself
