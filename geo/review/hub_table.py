"""Lay hubs held out as tables for people: with every reason in a column of its own, so that a file comes back."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from geo.review.hub_file import HEADINGS
from geo.review.hub_reasons import REASONS
from geo.review.hub_sessions import HubSession
from geo.review.review_quarters import ReviewQuarter

_NUMBER: Final = "No."
_QUARTER: Final = "Quarter"


def hub_table(sessions: Sequence[HubSession], *, first_month: int) -> pd.DataFrame:
    """Lay hubs out, a row each in the order given.

    Returns
    -------
    pandas.DataFrame
        No., Quarter, the columns of `HEADINGS`, then one a reason; days as ISO texts.
    """
    rows = [
        {
            _NUMBER: one.number,
            _QUARTER: ReviewQuarter.at(one.day, first_month=first_month).name,
            HEADINGS["day"]: one.day.isoformat(),
            HEADINGS["site"]: one.place,
            HEADINGS["agencies"]: ", ".join(one.agencies),
            HEADINGS["people"]: one.people,
            **{label: int(one.reasons.get(name, 0)) for name, label in REASONS.items()},
            HEADINGS["who"]: one.who,
        }
        for one in sessions
    ]
    return pd.DataFrame(rows, columns=[_NUMBER, _QUARTER, *template_columns()])


def template_columns() -> list[str]:
    """List the columns of a file of hubs, in the order of the template."""
    reasons = list(REASONS.values())
    return [*(HEADINGS[name] for name in ("day", "site", "agencies", "people")), *reasons, HEADINGS["who"]]
