"""Choose the names by which texts would tell of a listed place."""

from collections.abc import Iterable
from typing import Final

_SHORTEST: Final = 5  # letters; "Hall" would be found in the texts of every other hall


def telling_names(listed: Iterable[str], others: Iterable[str]) -> set[str]:
    """Take the names of listed places that are long enough, and that no other place's name holds.

    Examples
    --------
    >>> telling_names(["Rosemary House", "Hall"], ["Village Hall"])
    {'rosemary house'}
    """
    kept = [name.casefold() for name in others]
    found = {name.casefold() for name in listed if len(name) >= _SHORTEST}
    return {name for name in found if not any(name in other for other in kept)}
