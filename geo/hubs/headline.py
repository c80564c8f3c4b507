"""The headline of any question of reach: what is reached now, and what one more site would add."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.hubs.sentences import Wording

Site = Mapping[Any, Any]


def told_now(wording: Wording) -> str:
    """Say how much of the need the office and the standing hubs reach now."""
    if not wording.standing:
        return f"No office or hub is known to the planner, so all {wording.total:,} {wording.noun} are to be reached."
    reached = f"{wording.now:,}" if wording.now else "none"
    return (
        f"{reached[0].upper()}{reached[1:]} of {wording.total:,} {wording.noun} are within {wording.journey} of "
        f"{wording.standing} now."
    )


def told_added(table: pd.DataFrame, *, named: str) -> str:
    """Say what the first site of a table would add, and which other one would add most.

    Parameters
    ----------
    table
        Columns name, newly_reached, new_low and new_high; at least one row.
    named
        What the first row is, such as "ranked first".
    """
    first, most = table.iloc[0], table.iloc[int(table["newly_reached"].to_numpy().argmax())]
    said = f"{first['name']}, {named}, would add {added_words(first.to_dict())}."
    if most["newly_reached"] > first["newly_reached"]:
        said += f" {most['name']} would add most: {added_words(most.to_dict())}."
    return said


def added_words(site: Site) -> str:
    """Say how many a site would add, with the range of that count.

    Examples
    --------
    >>> added_words({"newly_reached": 18, "new_low": 10.7, "new_high": 28.4})
    '18 (95 % range 11 to 28)'
    """
    if not site["newly_reached"]:
        return "none"
    return f"{site['newly_reached']:,} (95 % range {site['new_low']:.0f} to {site['new_high']:.0f})"
