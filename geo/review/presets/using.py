"""Hold a preset against the columns of a file, and make one of what was confirmed."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from geo.review.presets.checks import check_preset
from geo.review.presets.preset import Meanings, Preset

_OTHER_THAN_WORDS: Final = re.compile(r"[\W_]+")


def columns_for(preset: Preset, columns: Sequence[str]) -> dict[str, str]:
    """Say which column of a file is which field, as far as the preset knows; "" for fields it leaves out.

    Capitals, spaces and punctuation do not matter. A column is named for one field only, the first that asks for it.

    Examples
    --------
    >>> ours = Preset("ours", columns={"date": ("Date of approach", "Approached"), "outcome": ()})
    >>> columns_for(ours, ["APPROACHED ", "Postcode"])
    {'date': 'APPROACHED ', 'outcome': ''}
    """
    tidy: dict[str, str] = {}
    for column in columns:
        tidy.setdefault(_tidy(column), column)
    found: dict[str, str] = {}
    for field, names in preset.columns.items():
        fits = [tidy[_tidy(name)] for name in names if _tidy(name) in tidy]
        free = [column for column in fits if column not in found.values()]
        if free or not names:
            found[field] = free[0] if free else ""
    return found


def missing_from(preset: Preset, columns: Sequence[str]) -> list[str]:
    """List the fields whose column a file does not have under any of the preset's names."""
    found = columns_for(preset, columns)
    return [field for field in preset.columns if field not in found]


def preset_of(name: str, columns: Mapping[str, str], meanings: Meanings, *, about: str = "") -> Preset:
    """Make a preset of a mapping that was confirmed.

    Parameters
    ----------
    columns
        Field to column; "" where a field is left out.

    Raises
    ------
    BadInputError
        The name, or the name of a column, cannot be given away.
    """
    names = {field: (column,) if column else () for field, column in columns.items()}
    return check_preset(Preset(" ".join(name.split()), about, names, meanings))


def _tidy(name: str) -> str:
    return _OTHER_THAN_WORDS.sub(" ", name.casefold()).strip()
