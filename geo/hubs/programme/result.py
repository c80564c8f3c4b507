"""What a year's programme is: hubs in order of time, what they reach together, and what that rests on."""

from dataclasses import dataclass

import pandas as pd

from geo.hubs.programme.candidates import Setting
from geo.hubs.programme.cuts import PROVED_WITHIN
from geo.hubs.programme.rules import Visit


@dataclass(frozen=True)
class Programme:
    """A year of hubs.

    Attributes
    ----------
    year
        The review year.
    hubs
        PROGRAMME table, in order of time.
    quarters
        PROGRAMME_QUARTERS table: how many different clients the year has reached by the end of each.
    areas
        PROGRAMME_AREAS table: which hubs visit each priority area.
    bound
        No programme under the rules reaches more different clients.
    by_hand
        Whether a hub was moved by hand since it was planned, so that it need not be the best any more.
    rules
        What was kept to, one sentence each.
    notes
        What a reader must know besides, one sentence each.
    visits, setting
        What it was laid out from, for a hub to be moved and all rules to be held against it again.
    """

    year: str
    hubs: pd.DataFrame
    quarters: pd.DataFrame
    areas: pd.DataFrame
    bound: float
    by_hand: bool
    rules: tuple[str, ...]
    notes: tuple[str, ...]
    visits: tuple[Visit, ...]
    setting: Setting

    @property
    def reached(self) -> float:
        """Different clients reached over the year, those further away counting less."""
        return float(self.quarters["so_far"].iloc[-1])

    @property
    def total(self) -> float:
        """Clients with a place on the map."""
        return self.setting.inputs.need.total

    @property
    def gap(self) -> float:
        """How many more clients another programme might reach, at the most."""
        return max(self.bound - self.reached, 0.0)

    @property
    def proved(self) -> bool:
        """Whether no programme under the rules reaches more."""
        return self.gap < PROVED_WITHIN

    @property
    def to_ask(self) -> int:
        """Hubs whose host must be asked before anything is announced."""
        return int((self.hubs["hours"] == "ask").sum())
