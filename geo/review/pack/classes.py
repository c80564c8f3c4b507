"""Choose where the classes of a map begin, the same for all the maps that are compared."""

from collections.abc import Iterable
from typing import Final

import numpy as np

MOST: Final = 5


def count_classes(values: Iterable[int], *, most: int = MOST) -> tuple[float, ...]:
    """Part whole numbers into classes that hold about as many places each; the first begins at 1.

    Parameters
    ----------
    values
        Of every map that is compared; noughts play no part.
    most
        So many classes at most.

    Examples
    --------
    >>> count_classes([0, 1, 1, 2, 9]), count_classes(range(1, 101)), count_classes([])
    ((1.0, 2.0, 9.0), (1.0, 20.0, 40.0, 60.0, 80.0), ())
    """
    found = np.array(sorted(value for value in values if value > 0), dtype=np.float64)
    if not len(found):
        return ()
    distinct = np.unique(found)
    lows = distinct if len(distinct) <= most else np.floor(np.quantile(found, np.arange(most) / most))
    return tuple(sorted({1.0, *(float(low) for low in lows[1:])}))


def rate_classes(values: Iterable[float], *, most: int = MOST) -> tuple[float, ...]:
    """Part rates likewise, each class beginning at a tenth.

    Examples
    --------
    >>> rate_classes([0.0, 1.04, 2.26, 2.5])
    (1.0, 2.2, 2.5)
    """
    found = np.array(sorted(value for value in values if value > 0), dtype=np.float64)
    if not len(found):
        return ()
    distinct = np.unique(np.floor(found * 10) / 10)
    lows = distinct if len(distinct) <= most else np.floor(np.quantile(found, np.arange(most) / most) * 10) / 10
    return tuple(sorted({max(round(float(low), 1), 0.1) for low in lows}))
