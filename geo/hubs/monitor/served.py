"""Say what share of the need in priority areas was within reach of a hub this year."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import BadInputError
from geo.evidence.shares import share_interval
from geo.hubs.monitor.words import tell_share
from geo.scenario import MonitorOptions

_NEEDED: Final = ("need", "priority", "served")


@dataclass(frozen=True)
class ShareServed:
    """Hold the share of the need of priority areas that was served.

    Attributes
    ----------
    need
        Clients in priority areas.
    served
        Of them, clients in a place that a hub served.
    elsewhere
        Clients outside every priority area: not in the share.
    share, low, high
        0 to 1, and the range that luck leaves; `share` is NaN where there is no need, and the range is then 0 to 1.
    sentence
        All this in words.
    """

    need: float
    served: float
    elsewhere: float
    share: float
    low: float
    high: float
    sentence: str


def share_served(cells: pd.DataFrame, *, options: MonitorOptions | None = None) -> ShareServed:
    """Work out the share of the need of priority areas that this year's hubs served.

    Parameters
    ----------
    cells
        A row a cell: need (clients, 0 or more), priority (whether it is in a priority area), served (whether a hub of
        the year was within reach).
    options
        Level of the range.

    Raises
    ------
    BadInputError
        A column is missing, or a need is not a number of 0 or more.

    Notes
    -----
    Had only luck been different, other clients would have come from the same places: given how many came, those in
    served places are binomial, so the range is that of Clopper and Pearson (1934).

    Examples
    --------
    >>> cells = pd.DataFrame({"need": [6, 4, 9], "priority": [True, True, False], "served": [True, False, True]})
    >>> found = share_served(cells)
    >>> found.share, round(found.low, 2), round(found.high, 2), found.elsewhere
    (0.6, 0.26, 0.88, 9.0)
    """
    missing = [name for name in _NEEDED if name not in cells.columns]
    if missing:
        message = f"The table of cells lacks {', '.join(missing)}; expected {', '.join(_NEEDED)}."
        raise BadInputError(message)
    counts = cells["need"].to_numpy(dtype=np.float64)
    if not (np.isfinite(counts) & (counts >= 0)).all():
        message = "The table of cells holds a need that is not a number of 0 or more."
        raise BadInputError(message)
    level = (options or MonitorOptions()).level
    priority, there = cells["priority"].to_numpy(dtype=np.bool_), cells["served"].to_numpy(dtype=np.bool_)
    need, served = float(counts[priority].sum()), float(counts[priority & there].sum())
    low, high = share_interval(served, need, level=level)
    share = served / need if need else float("nan")
    ends = (float(low), float(high)) if need else (0.0, 1.0)
    return ShareServed(
        need=need,
        served=served,
        elsewhere=float(counts[~priority].sum()),
        share=share,
        low=ends[0],
        high=ends[1],
        sentence=_tell(served, need, ends, level),
    )


def _tell(served: float, need: float, ends: tuple[float, float], level: float) -> str:
    if not need:
        return "No client is on record in a priority area, so no share of their need can be told."
    return (
        f"This year's hubs were within reach of {served:,.0f} of {need:,.0f} clients of the priority areas: "
        f"{tell_share(served / need)} ({100 * level:g} % range {tell_share(ends[0])} to {tell_share(ends[1])})."
    )
