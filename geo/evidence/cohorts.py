"""Look at one group of clients by itself, where there are enough of them and a map of them harms nobody.

A group is one value of one field. Two fields at once would single people out, so there is no way to ask for them.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, get_args

import numpy as np
import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse
from geo.errors import BadInputError
from geo.evidence.counts import Cohort, CohortField, Selection, select_episodes
from geo.evidence.power import smallest_detectable_risk
from geo.evidence.shares import FEWEST
from geo.schema import COHORTS

FIELDS: Final[tuple[CohortField, ...]] = get_args(CohortField)
NOT_STATED: Final = "not stated"
OTHERS: Final = "others"
TOO_FEW: Final = "too few to tell"
ENOUGH_IN_AREA: Final = 16
"""Episodes of an area from which its groups are told: below it a share is unreliable (as a rate is, USCS)."""

LEAST_LOCATED: Final = 30
"""A group of fewer says nothing of places, whatever the district: with 30, one in each of 30 hexagons is no pattern."""
LARGE_RISK: Final = 5.0
TOWN_WINDOW: Final = 0.05
CELLS_TESTED: Final = 400
"""A group must be large enough to show a risk of 5 times the district's in a town with 80 % chance.

The window in which half of the homes lie, a hexagon of resolution 8 with its six neighbours, holds 2.8 % of the
homes of Test Valley and 6.1 % of Hart's, and they have 565 and 249 such hexagons: hence 5 % and 400. By the binomial
(`geo.evidence.power`) this takes 80 located episodes; no group that cannot show even so much is worth a map.
"""

_DISTRICT_ONLY: Final = (
    "Records of domestic abuse are counted for the whole district only: a map of them, however large the group, could"
    " lead to somebody who fled. Choose another group."
)
_SEX: Final = re.compile(r", (?:fe)?male$")
_CALLED: Final[dict[str, CohortField]] = {"age": "age_band", "household": "household_type"}


def parse_cohort(text: str) -> Cohort:
    """Read a group written as FIELD=VALUE.

    Raises
    ------
    BadInputError
        It is not written so, or there is no such field; two groups at once are refused.

    Examples
    --------
    >>> parse_cohort("reason=rent arrears"), parse_cohort("age = 18-24").field
    (Cohort(field='reason', value='rent arrears'), 'age_band')
    """
    named, sign, value = (part.strip() for part in text.partition("="))
    plain = named.casefold().replace(" ", "_").replace("-", "_")
    field = next((name for name in FIELDS if name == _CALLED.get(plain, plain)), None)
    if not (sign and value) or field is None or "=" in value:
        listed = ", ".join(FIELDS)
        message = f"'{text}' names no group; expected one field and one value, as age_band=18-24. Fields: {listed}."
        raise BadInputError(message)
    return Cohort(field, value)


def fit_cohort(episodes: pd.DataFrame, cohort: Cohort) -> Cohort:
    """Spell a group's value as the records do, where only capitals differ; else leave it as it is."""
    spelt = {str(value).casefold(): str(value) for value in episodes[cohort.field].unique()}
    return Cohort(cohort.field, spelt.get(cohort.value.casefold(), cohort.value))


def check_cohort(episodes: pd.DataFrame, selection: Selection, *, window_share: float = TOWN_WINDOW) -> str:
    """Say why a group cannot have a map or a test of places; empty where it can.

    Parameters
    ----------
    episodes
        EPISODES table.
    selection
        The group with its period, source, route and marks left out.
    window_share
        Share of the district's homes in a typical window of a town.

    Returns
    -------
    str
        A plain sentence, or nothing. A group of domestic abuse, and a source that is a service for it, is refused
        whatever its size; another one that is too small to show a risk of 5 times the district's.

    Raises
    ------
    BadInputError
        Nobody in the records is of this group, period, source or route.
    """
    named = [selection.source, selection.cohort.value if selection.cohort else ""]
    if any(is_domestic_abuse(name) for name in named):
        return _DISTRICT_ONLY
    if selection.cohort is None:
        return ""
    return _refusal(located_episodes(select_episodes(episodes, selection), selection.leave_out), window_share)


def located_episodes(chosen: pd.DataFrame, leave_out: Sequence[str] = ()) -> int:
    """Count the episodes that a map of a selection would show."""
    shown = (chosen["status"] == "located") & ~chosen[list(leave_out)].any(axis=1)
    return int(shown.sum())


def list_cohorts(episodes: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """List every group of the chosen episodes, one field after the other, and which of them may have a map.

    Parameters
    ----------
    episodes
        EPISODES table.
    selection
        Period, source, route and marks left out; a group in it is passed over.

    Returns
    -------
    pandas.DataFrame
        COHORTS table, in each field the largest group first. The episodes of each field add up to those chosen.
    """
    everybody = Selection(selection.period, selection.source, selection.route, selection.leave_out)
    chosen = select_episodes(episodes, everybody)
    rows = []
    for field in FIELDS:
        for value, group in sorted(chosen.groupby(field), key=lambda part: (-len(part[1]), str(part[0]))):
            located = located_episodes(group, selection.leave_out)
            apart = is_domestic_abuse(str(value)) or is_domestic_abuse(selection.source)
            refusal = _DISTRICT_ONLY if apart else _refusal(located, TOWN_WINDOW)
            rows.append((field, str(value) or NOT_STATED, len(group), located, refusal))
    table = pd.DataFrame(rows, columns=list(COHORTS.columns))
    return COHORTS.validate(
        table.astype({"episodes": "int64", "located": "int64", "field": "str", "value": "str", "refusal": "str"})
    )


def main_groups(episodes: pd.DataFrame, field: CohortField) -> list[tuple[str, int]]:
    """Name the groups that most clients of an area are of.

    Parameters
    ----------
    episodes
        EPISODES rows of one area.
    field
        Which field. Of types of household the sex is left out, which is told for the whole district only.

    Returns
    -------
    list of (str, int)
        Groups of at least 5 episodes, the largest first; the last may be "others". Empty where the area has fewer
        than 16 episodes or no group to name: `tell_groups` then says "too few to tell". Domestic abuse is never
        named and is always among others that number at least 5 without it, so that it cannot be worked out; nor is a
        group left alone in "others", or "others" smaller than 5.
    """
    if len(episodes) < ENOUGH_IN_AREA:
        return []
    values = episodes[field].replace("", NOT_STATED).str.replace(_SEX, "", regex=True)
    counts = [(str(value), int(count)) for value, count in values.value_counts().items()]
    counts.sort(key=lambda group: (-group[1], group[0]))
    named = [group for group in counts if group[1] >= FEWEST and not is_domestic_abuse(group[0])]
    hidden = [group for group in counts if group not in named]
    while named and hidden and _tells(hidden):
        hidden.append(named.pop())
    others = [(OTHERS, sum(count for _, count in hidden))] if hidden else []
    return [*named, *others] if named else []


def tell_groups(groups: list[tuple[str, int]]) -> str:
    """Write groups with their counts.

    Examples
    --------
    >>> tell_groups([("rent arrears", 12), ("others", 7)]), tell_groups([])
    ('rent arrears 12, others 7', 'too few to tell')
    """
    return ", ".join(f"{name} {count}" for name, count in groups) or TOO_FEW


@cache
def fewest_located(window_share: float = TOWN_WINDOW) -> int:
    """Work out how many located episodes a group needs, by the rule above; never fewer than 30."""
    share, none = np.array([window_share]), np.zeros(1)
    number = LEAST_LOCATED
    while not smallest_detectable_risk(share, none, total=number, tested=CELLS_TESTED)[0] <= LARGE_RISK:
        number += 1
    return number


def _refusal(located: int, window_share: float) -> str:
    if located < LEAST_LOCATED:
        return (
            f"Only {located} of this group have a place on the map; at least {LEAST_LOCATED} are needed before places"
            " can be told apart. Take all years together, or look at everybody."
        )
    fewest = fewest_located(window_share)
    if located < fewest:
        return (
            f"With {located} of this group on the map even a risk {LARGE_RISK:g} times the district's in one part of"
            f" a town would probably be missed; at least {fewest} are needed. Take all years together, or look at"
            " everybody."
        )
    return ""


def _tells(hidden: list[tuple[str, int]]) -> bool:
    """Tell whether one of the hidden groups could be worked out, or nearly, from their sum."""
    plain = sum(count for name, count in hidden if not is_domestic_abuse(name))
    return len(hidden) == 1 or plain < FEWEST
