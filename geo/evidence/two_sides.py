"""Two periods set side by side: the episodes of each, and how many months of records they stand for."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class TwoSides:
    """Hold two periods, whichever way their episodes were chosen.

    Attributes
    ----------
    earlier, later
        The periods, such as "2022-23" or "2021-22..2022-23".
    episodes_earlier, episodes_later
        EPISODES tables, possibly empty.
    months_earlier, months_later
        How many months of records each period has: the exposures.
    unit
        What one count is.
    """

    earlier: str
    later: str
    episodes_earlier: pd.DataFrame
    episodes_later: pd.DataFrame
    months_earlier: int
    months_later: int
    unit: str
