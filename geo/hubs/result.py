"""What a ranking is: sites in order, each with its reasons, and the evidence the order rests on."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Ranking:
    """Sites in order, each with its reasons.

    Attributes
    ----------
    table
        RANKING table of geo.hubs.table, best first; the `points_...` columns of a row sum to its score.
    criteria
        The question behind each contribution, by name.
    weights
        What each criterion can contribute at most, by name; they sum to 100.
    unit, period, resolution
        What one count is, which review year, which H3 resolution.
    clients
        Clients with a place on the map.
    unmapped
        Clients without one, by status.
    left_out
        Clients set aside because of a flag.
    travel_label
        How walks were measured.
    firm_label
        What the column `firm` says.
    notes
        What a reader must know besides, one sentence each.
    """

    table: pd.DataFrame
    criteria: dict[str, str]
    weights: dict[str, float]
    unit: str
    period: str
    resolution: int
    clients: int
    unmapped: dict[str, int]
    left_out: int
    travel_label: str
    firm_label: str
    notes: tuple[str, ...]

    @property
    def unmapped_share(self) -> float:
        """Of the clients not set aside, the share without a place on the map, 0 to 1."""
        lost = sum(self.unmapped.values())
        return lost / (lost + self.clients)
