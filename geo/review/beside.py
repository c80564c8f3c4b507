"""Fetch a partner's counts and the council's own of the same months and areas, to be laid beside each other."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.beside import lay_beside, rank_agreement
from geo.evidence.counts import AreaLevel, Selection, count_selected_areas, count_selected_cells, unit_of
from geo.review.partner_counts import APART, PartnerTable

_MOST: Final = 3


@dataclass(frozen=True)
class Beside:
    """Two sources side by side.

    Attributes
    ----------
    sent
        The partner's table.
    table
        BESIDE table.
    unit
        What the council counts.
    own
        The council's clients of these months, those without an area included.
    agreement
        Spearman's rank correlation of the two orders.
    """

    sent: PartnerTable
    table: pd.DataFrame
    unit: str
    own: int
    agreement: float

    @property
    def sentences(self) -> list[str]:
        """Say what is beside what, and where the two disagree most."""
        kept = self.sent.kept
        sent = f"{kept.feed} sent {self.sent.gated.total} ({kept.file.unit})"
        return [
            f"{sent}; the council has {self.own:,} ({self.unit}), both of {kept.period}.",
            APART,
            _alike(self.agreement),
            *[_apart(row, self.sent.kept.feed) for row in self.table.head(_MOST).to_dict("records") if row["apart"]],
        ]


def beside_of(episodes: pd.DataFrame, sent: PartnerTable) -> Beside:
    """Lay a partner's table beside the council's episodes of the same months.

    Parameters
    ----------
    episodes
        EPISODES table of all years.

    Raises
    ------
    BadInputError
        The partner counted the whole district only.
    """
    if sent.level == "district":
        message = (
            f"{sent.kept.feed} counted the whole district only for {sent.kept.period}; there is no area to compare."
        )
        raise BadInputError(message)
    period = sent.published.topic.period
    chosen = episodes[(episodes["month"] >= period.first) & (episodes["month"] <= period.last)]
    table = sent.gated.table
    both = lay_beside(table[table["code"] != ""], _own(chosen, sent))
    unit = unit_of(chosen) if len(chosen) else "none on record"
    return Beside(sent, both, unit, len(chosen), rank_agreement(both))


def _own(chosen: pd.DataFrame, sent: PartnerTable) -> pd.DataFrame:
    if sent.level == "h3_7":
        cells = count_selected_cells(chosen, Selection(), resolution=7).cells
        return pd.DataFrame({"code": [f"{cell:x}" for cell in cells["cell"].tolist()], "count": cells["count"]})
    return count_selected_areas(chosen, Selection(), level=cast("AreaLevel", sent.level)).areas


def _alike(agreement: float) -> str:
    if agreement != agreement:  # noqa: PLR0124 - a blank is not equal to itself
        return "One of the two has no order to compare: all its areas are alike."
    words = "much the same" if agreement >= 0.7 else "partly the same" if agreement >= 0.3 else "different"  # noqa: PLR2004 - Cohen's customary marks
    return f"The order of areas is {words} (rank correlation {agreement:.2f})."


def _apart(row: Mapping[Hashable, Any], feed: str) -> str:
    sent, own = (ranks_told(row[f"{who}_rank"], row[f"{who}_last"]) for who in ("partner", "council"))
    return f"{row['name']}: rank {sent} by {feed} ({row['partner']}), rank {own} by the council ({row['council']})."


def ranks_told(first: int, last: int) -> str:
    """Write the ranks that areas of one count share.

    Examples
    --------
    >>> ranks_told(3, 3), ranks_told(3, 15)
    ('3', '3 to 15')
    """
    return f"{first}" if first == last else f"{first} to {last}"
