"""Offer the names that come nearest to one that was misspelt."""

import difflib
from collections.abc import Iterable
from typing import Final

MOST: Final = 6
_ALIKE: Final = 0.5


def nearest_names(names: Iterable[str], text: str) -> list[str]:
    """List the names most like a text, the likest first; those that hold all of its words count as alike.

    Examples
    --------
    >>> nearest_names(["Hart", "Test Valley", "West Berkshire"], "Tset Vally")
    ['Test Valley']
    >>> nearest_names(["Basingstoke and Deane", "Hart"], "basingstoke")
    ['Basingstoke and Deane']
    """
    wanted = " ".join(text.casefold().split())
    by_text = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted, by_text, n=MOST, cutoff=_ALIKE)
    held = [name for name in by_text if wanted and wanted in name]
    return [by_text[name] for name in dict.fromkeys([*held, *near])][:MOST]
