"""Tell which names of streets may be printed on what is handed out."""

from collections.abc import Sequence

import pandas as pd

from geo.disclosure.safe_places import is_safe_place


def printable_streets(names: Sequence[str]) -> list[bool]:
    """Tell which names may be printed: the drive of a refuge may be called after it.

    Examples
    --------
    >>> printable_streets(["Bell Street", "Women's Refuge Drive"])
    [True, False]
    """
    if not names:
        return []
    return [not told for told in is_safe_place(pd.DataFrame({"name": list(names)}, dtype="object")).tolist()]
