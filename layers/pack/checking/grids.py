"""Find where two tables differ, cell by cell, and say it in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_SHOWN = 60  # letters of a value


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a file: its name, its headings, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def difference(found: Grid, made: Grid) -> str:
    """Say where a table of a file differs from the one made again; empty where it does not.

    Examples
    --------
    >>> difference(Grid("", ("n",), ((3,),)), Grid("", ("n",), ((4,),)))
    "row 1, column 'n': the file says 3, the frozen numbers give 4"
    """
    where = f"'{made.name}': " if made.name else ""
    if found.columns != made.columns:
        odd = _first_odd(found.columns, made.columns)
        return f"{where}its columns are not those of the frozen numbers{odd}"
    cells = _cells(found, made)
    if cells:
        more = f", and {len(cells) - 1:,} more" if len(cells) > 1 else ""
        return f"{where}{cells[0]}{more}"
    if len(found.rows) != len(made.rows):
        return f"{where}the file has {len(found.rows):,} rows, the frozen numbers give {len(made.rows):,}"
    return ""


def differences(found: Sequence[Grid], made: Sequence[Grid]) -> str:
    """Say where the tables of a file differ from those made again: the first place; empty where none does."""
    there, here = {grid.name: grid for grid in found}, {grid.name: grid for grid in made}
    missing, extra = sorted(set(here) - set(there)), sorted(set(there) - set(here))
    if missing or extra:
        lost = f"it lacks '{missing[0]}'" if missing else f"it holds '{extra[0]}', which the pack does not"
        return f"its tables are not those of the frozen numbers: {lost}"
    return next((told for name, grid in here.items() if (told := difference(there[name], grid))), "")


def _cells(found: Grid, made: Grid) -> list[str]:
    return [
        f"row {at}, column '{column}': the file says {_shown(there)}, the frozen numbers give {_shown(here)}"
        for at, (row, again) in enumerate(zip(found.rows, made.rows, strict=False), start=1)
        for column, there, here in zip(made.columns, row, again, strict=False)
        if there != here
    ]


def _first_odd(found: tuple[str, ...], made: tuple[str, ...]) -> str:
    odd = next((one for one in (*found, *made) if one not in found or one not in made), "")
    return f" ('{odd[:_MOST_SHOWN]}')" if odd else ""


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return "another shape"
    text = str(value) if value not in {None, ""} else "nothing"
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "..."
