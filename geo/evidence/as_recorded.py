"""Take two periods as they are recorded: every source of either, hubs with it, whether or not it reported in both."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo.evidence.counts import Selection, unit_of
from geo.evidence.exposure import covered_months
from geo.evidence.periods import in_period
from geo.evidence.two_periods import find_periods
from geo.evidence.two_sides import TwoSides


@dataclass(frozen=True)
class AsRecorded(TwoSides):
    """Hold two periods as they are recorded.

    Attributes
    ----------
    left_out
        Episodes of either period that are set aside because of a flag: (earlier, later).
    """

    left_out: tuple[int, int]


def take_as_recorded(
    records: pd.DataFrame,
    episodes: pd.DataFrame,
    *,
    earlier: str,
    later: str,
    first_month: int,
    leave_out: Sequence[str],
) -> AsRecorded:
    """Take every episode of either period, as a map of that period alone counts them.

    Parameters
    ----------
    records
        RECORDS table.
    episodes
        EPISODES table made of all of them.
    earlier, later
        Review years, or several as `years_of` reads them; they need not be neighbours, nor of one length.
    first_month
        The month in which a review year begins, 1 to 12.
    leave_out
        Flags; an episode that carries one is set aside and counted.

    Raises
    ------
    MissingDataError
        There is no record, or records of one review year only.
    BadInputError
        A period is not on record, or the earlier one does not come before the later.
    """
    months = records.loc[records["status"] != "duplicate", "month"]
    find_periods(months, earlier, later, first_month=first_month)
    whole = [episodes[in_period(episodes["period"], period)] for period in (earlier, later)]
    flagged = [side[list(leave_out)].any(axis=1).to_numpy(dtype=bool) for side in whole]
    before, after = (side[~aside] for side, aside in zip(whole, flagged, strict=True))
    covered = [covered_months(records, Selection(period), first_month=first_month) for period in (earlier, later)]
    return AsRecorded(
        earlier=earlier,
        later=later,
        episodes_earlier=before,
        episodes_later=after,
        months_earlier=covered[0],
        months_later=covered[1],
        unit=unit_of(pd.concat([before, after])),
        left_out=(int(flagged[0].sum()), int(flagged[1].sum())),
    )
