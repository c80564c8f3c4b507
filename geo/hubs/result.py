"""What a ranking is: sites in order, each with its reasons, and the evidence the order rests on."""

from dataclasses import dataclass

import pandas as pd

from geo.hubs.firmness import firmness_label
from geo.hubs.need import Need
from geo.hubs.sentences import Wording
from geo.hubs.smaa import Tried
from geo.hubs.ties import told_tie


@dataclass(frozen=True)
class Ranking:
    """Sites in order, each with its reasons.

    Attributes
    ----------
    table
        RANKING table of geo.hubs.table, best first; the `points_...` columns of a row sum to its score.
    criteria, units
        The question behind each contribution, and what its raw amount is counted in, by name.
    weights, lowest_weights, highest_weights
        What each criterion can contribute at most, by name (these sum to 100), and the range that was tried.
    need
        Whose need: the clients who came, or as many as the homes let one expect.
    wording
        What is reached now, and how journeys were measured.
    tried
        How the sites fared under other weights and other counts, in the order of the table.
    draws
        How often weights and counts were drawn.
    top
        How many places count as among the first.
    tied_below
        Two sites are tied unless one is ahead in this share of the draws.
    notes
        What a reader must know besides, one sentence each.
    """

    table: pd.DataFrame
    criteria: dict[str, str]
    units: dict[str, str]
    weights: dict[str, float]
    lowest_weights: dict[str, float]
    highest_weights: dict[str, float]
    need: Need
    wording: Wording
    tried: Tried
    draws: int
    top: int
    tied_below: float
    notes: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What one count is."""
        return self.need.counted.unit

    @property
    def period(self) -> str:
        """Which review year or years."""
        return self.need.counted.period

    @property
    def resolution(self) -> int:
        """The H3 resolution of the counts."""
        return self.need.counted.resolution

    @property
    def clients(self) -> int:
        """Clients with a place on the map."""
        return self.need.counted.located

    @property
    def unmapped(self) -> dict[str, int]:
        """Clients without one, by status."""
        return self.need.counted.unmapped

    @property
    def left_out(self) -> int:
        """Clients set aside because of a flag."""
        return self.need.counted.left_out

    @property
    def unmapped_share(self) -> float:
        """Of the clients not set aside, the share without a place on the map, 0 to 1."""
        lost = sum(self.unmapped.values())
        return lost / (lost + self.clients)

    @property
    def travel_label(self) -> str:
        """How journeys were measured."""
        return self.wording.label

    @property
    def firm_label(self) -> str:
        """What the column `chance_top` says."""
        return firmness_label(self.draws, top=self.top)

    @property
    def tie(self) -> str:
        """Which places cannot be told apart from the first."""
        tied = self.table.loc[self.table["tied_with_first"], "rank"].tolist()
        return (
            told_tie(tied, below=self.tied_below, sites=len(self.table))
            if len(self.table) > 1
            else "There is only one site to rank."
        )
