"""Ask whether all groups are reached: clients of the whole district against its census, and nothing finer.

Age and type of household are looked at here and nowhere in a score; no area is, for that would single people out.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.counts import unit_of
from geo.evidence.shares import share_interval
from geo.schema import CAPTURE

MORE: Final = "more than its share"
ABOUT: Final = "about its share"
FEWER: Final = "fewer than its share"
TOO_FEW: Final = "too few to tell"
NOT_IN_CENSUS: Final = "not in the census"
COMPARED: Final = ("age_band", "household_type")  # what records say of clients and a census of people
LEVEL: Final = 0.95
HALF_AS_MANY_AGAIN: Final = 1.5
"""A group whose ratio is sure to lie within two thirds and half as many again has about its share."""
_NOT_COUNTED: Final = ("under 16", "not stated")  # clients of 16 and over are set against people of 16 and over
_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Capture:
    """Hold clients and people by group.

    Attributes
    ----------
    table
        CAPTURE table: every group of the census, in its order, one field after the other. The ranges of a field hold
        together with a chance of 95 % (Bonferroni).
    clients
        By field, the clients set against the census.
    beside
        By field, those who are not: of a group that the census does not have, under 16, or not stated. With the
        clients they add up to `households`.
    not_compared
        Fields of the census that the records do not hold, such as sex.
    households
        Clients in all: each household once, by its first approach or referral among those chosen.
    unit
        As in the counts: "rows, not households" where no household is given.
    """

    table: pd.DataFrame
    clients: dict[str, int]
    beside: dict[str, dict[str, int]]
    not_compared: tuple[str, ...]
    households: int
    unit: str


def find_capture(episodes: pd.DataFrame, census: pd.DataFrame) -> Capture:
    """Set the shares of clients by group against the shares of people.

    Parameters
    ----------
    episodes
        The EPISODES rows chosen, in order of month.
    census
        CENSUS table of the district.

    Notes
    -----
    Of n clients x are of a group that holds a share q of the people. The ratio is (x / n) / q, its range the exact one
    of x / n (Clopper and Pearson 1934) over q; the census is taken as known.
    """
    first = episodes[(episodes["household"] == "") | ~episodes["household"].duplicated()]
    people = census[~census["group"].isin(_NOT_COUNTED)]
    fields = [field for field in COMPARED if field in set(people["field"])]
    clients: dict[str, int] = {}
    beside: dict[str, dict[str, int]] = {}
    parts = []
    for field in fields:
        groups = people[people["field"] == field].reset_index(drop=True)
        counts, beside[field] = _matched(first[field], groups["group"].to_list())
        clients[field] = sum(counts)
        parts.append(_compared(groups.assign(clients=np.array(counts, dtype=np.int64))))
    table = pd.concat(parts, ignore_index=True) if parts else _nothing()
    return Capture(
        table=CAPTURE.validate(table),
        clients=clients,
        beside=beside,
        not_compared=tuple(sorted(set(people["field"]) - set(fields))),
        households=len(first),
        unit=unit_of(episodes),
    )


def _matched(values: pd.Series, groups: list[str]) -> tuple[list[int], dict[str, int]]:
    """Count the clients of each group, capitals and punctuation aside, and beside them those of no group."""
    known = {_plain(group): row for row, group in enumerate(groups)}
    found = values.replace("", _NOT_COUNTED[1]).value_counts()
    counts = [0] * len(groups)
    beside: dict[str, int] = {}
    for value, number in sorted(found.items(), key=lambda item: (-item[1], str(item[0]))):
        row = known.get(_plain(str(value)))
        if row is None:
            beside[str(value)] = int(number)
        else:
            counts[row] += int(number)
    return counts, beside


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def _compared(groups: pd.DataFrame) -> pd.DataFrame:
    """Work out the shares, their ratio and what it says."""
    clients, people = groups["clients"].to_numpy(dtype=np.float64), groups["people"].to_numpy(dtype=np.float64)
    total, everybody = float(clients.sum()), float(people.sum())
    level = 1 - (1 - LEVEL) / max(len(groups), 1)
    low, high = share_interval(clients, np.full(len(groups), total), level=level)
    share = np.divide(people, everybody, out=np.full(len(groups), np.nan), where=everybody > 0)
    known = (people > 0) & (total > 0)
    ratios = [
        np.divide(value, share, out=np.full(len(groups), np.nan), where=known)
        for value in (clients / (total or 1.0), low, high)
    ]
    table = groups.assign(
        client_share=clients / total if total else np.nan,
        people_share=share,
        **dict(zip(("ratio", "low", "high"), ratios, strict=True)),
    )
    said = [_said(row) for row in table[["people", "low", "high"]].itertuples(index=False)]
    return table.assign(said=pd.Series(said, index=table.index, dtype="str"))[list(CAPTURE.columns)]


def _said(row: tuple[float, float, float]) -> str:
    people, low, high = row
    if people == 0:
        return NOT_IN_CENSUS
    if np.isnan(low):
        return TOO_FEW
    if low > 1:
        return MORE
    if high < 1:
        return FEWER
    return ABOUT if low >= 1 / HALF_AS_MANY_AGAIN and high <= HALF_AS_MANY_AGAIN else TOO_FEW


def _nothing() -> pd.DataFrame:
    types = {name: str(column.dtype) for name, column in CAPTURE.columns.items()}
    return pd.DataFrame(columns=list(types)).astype(types)
