"""Set the people seen at each hub against those whom the programme had within reach, and count new households."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandera.errors import SchemaError

from geo.errors import BadInputError
from geo.evidence.intervals import poisson_interval
from geo.evidence.rate_ratio import compare_two_counts
from geo.evidence.shares import FEWEST, share_interval
from geo.hubs.monitor.several import adjust_holm
from geo.hubs.monitor.words import tell_count
from geo.scenario import MonitorOptions
from geo.schema import HUB_ATTENDANCE

FloatArray = npt.NDArray[np.float64]

TOO_FEW: Final = "too few to tell"
_COLUMNS: Final = list(HUB_ATTENDANCE.columns)
_NEEDED: Final = ("hub", "seen", "predicted", "predicted_low", "predicted_high")
_HOUSEHOLDS: Final = ("households", "new_households")


@dataclass(frozen=True)
class Attendance:
    """Hold who came to the hubs of a year.

    Attributes
    ----------
    table
        HUB_ATTENDANCE table, a row a hub, in the order given.
    seen, predicted
        People seen at all hubs, and people within reach of each, added up: who lives near two hubs counts at both.
    ratio, low, high
        Seen over predicted; its range is wide on purpose, see `attendance_of`. NaN where nobody was predicted.
    households, new_households
        Households on record by hubs, and those of them that were not on record before.
    new_low, new_high
        Exact range of the share that was new, 0 to 1.
    sentence
        All hubs together in words.
    """

    table: pd.DataFrame
    seen: int
    predicted: float
    ratio: float
    low: float
    high: float
    households: int
    new_households: int
    new_low: float
    new_high: float
    sentence: str


def attendance_of(hubs: pd.DataFrame, *, options: MonitorOptions | None = None) -> Attendance:
    """Compare attendance with the predicted reach of the programme, hub by hub.

    Parameters
    ----------
    hubs
        A row a hub: hub (name), seen (people, whole number), predicted with predicted_low and predicted_high (people
        within reach and their range), and if known households (on record by this hub, with a household reference) and
        new_households (of them, not on record before).
    options
        Levels.

    Returns
    -------
    Attendance
        A hub is "more" or "fewer than the other hubs" where its share of all people seen differs from its share of the
        predicted (exact conditional test, Holm), "too few to tell" where it is the only hub or fewer than 5 people
        would be its share, else "no clear difference".

    Raises
    ------
    BadInputError
        A column is missing, a hub stands twice, or a number is not possible.

    Notes
    -----
    People within reach are people who live there, not people who will come: a ratio far below 1 is usual, and hubs are
    compared with each other. The range divides the lower end of Garwood's (1936) interval of the people seen by the
    upper end of the prediction, and the upper end by the lower: both uncertainties at their worst.
    """
    chosen = options or MonitorOptions()
    given = _read(hubs)
    seen = given["seen"].to_numpy(dtype=np.int64)
    ratio, low, high = _ratios(given, chosen.level)
    q, verdicts = _against_others(seen, given["predicted"].to_numpy(dtype=np.float64), chosen.level)
    table = given.assign(ratio=ratio, low=low, high=high, q=q, verdict=verdicts)
    new_low, new_high = share_interval(given["new_households"], given["households"], level=chosen.level)
    some = given["households"].to_numpy() > 0
    share = given["new_households"] / given["households"].where(given["households"] > 0)
    table = table.assign(
        new_share=share, new_low=np.where(some, new_low, np.nan), new_high=np.where(some, new_high, np.nan)
    )
    said = [_tell(str(row["hub"]), row, chosen.level) for row in table.to_dict("records")]
    return _together(HUB_ATTENDANCE.validate(table.assign(sentence=said)[_COLUMNS]), chosen.level)


def _read(hubs: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in _NEEDED if name not in hubs.columns]
    if missing:
        message = f"The table of hubs lacks {', '.join(missing)}; expected {', '.join(_NEEDED)}."
        raise BadInputError(message)
    filled = hubs.assign(**{name: 0 for name in _HOUSEHOLDS if name not in hubs.columns})
    given = [*_NEEDED, *_HOUSEHOLDS]
    schema = HUB_ATTENDANCE.select_columns(given)
    try:
        kinds = {
            "hub": "str",
            "seen": "int64",
            **dict.fromkeys(_NEEDED[2:], "float64"),
            **dict.fromkeys(_HOUSEHOLDS, "int64"),
        }
        table = schema.validate(filled[given].astype(kinds).reset_index(drop=True))
    except (SchemaError, ValueError, TypeError) as error:
        message = "The table of hubs cannot be used: expected each hub once, with whole numbers of people, 0 or more."
        raise BadInputError(message) from error
    ordered = (table["predicted_low"] <= table["predicted"]) & (table["predicted"] <= table["predicted_high"])
    if not ordered.all() or (table["new_households"] > table["households"]).any():
        message = (
            "The table of hubs cannot be used: expected each prediction within its range, and no more new households "
            "than households."
        )
        raise BadInputError(message)
    return table


def _ratios(table: pd.DataFrame, level: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Divide the people seen by those predicted; blank where nobody was predicted."""
    seen, predicted, least, most = (table[name].to_numpy(dtype=np.float64) for name in _NEEDED[1:])
    few, many = poisson_interval(seen, level=level)
    known = predicted > 0
    blank = np.full(len(seen), np.nan)
    ratio = np.divide(seen, predicted, out=blank.copy(), where=known)
    low = np.divide(few, most, out=blank.copy(), where=known)
    high = np.divide(many, least, out=np.where(known, np.inf, np.nan), where=known & (least > 0))
    return ratio, low, high


def _against_others(seen: npt.NDArray[np.int64], predicted: FloatArray, level: float) -> tuple[FloatArray, list[str]]:
    """Test each hub's share of the people seen against its share of those predicted."""
    total, everybody = int(seen.sum()), float(predicted.sum())
    share = predicted / everybody if everybody > 0 else np.zeros(len(predicted))
    testable = (share > 0) & (share < 1)
    p = np.ones(len(seen))
    p[testable] = compare_two_counts((total - seen)[testable], seen[testable], share[testable]).p
    q = adjust_holm(p)
    few = ~testable | (np.minimum(share, 1 - share) * total < FEWEST)
    return q, [
        _verdict(float(each), bool(more), bool(too_few), level)
        for each, more, too_few in zip(q, seen > share * total, few, strict=True)
    ]


def _verdict(q: float, more: bool, too_few: bool, level: float) -> str:  # noqa: FBT001 - one row's three facts
    if q <= 1 - level:
        return "more than the other hubs" if more else "fewer than the other hubs"
    return TOO_FEW if too_few else "no clear difference"


def _tell(where: str, row: Mapping[Hashable, Any], level: float) -> str:
    """Say how many were seen out of those within reach, and how many households were new."""
    seen, predicted, ratio = int(row["seen"]), float(row["predicted"]), float(row["ratio"])
    people = "1 person was" if seen == 1 else f"{seen:,} people were"
    if np.isnan(ratio):
        return f"{where}: {people} seen; nobody was predicted to be within reach."
    most = "or more" if np.isinf(row["high"]) else f"to {100 * row['high']:,.0f}"
    ends = f"{100 * level:g} % range {100 * row['low']:,.0f} {most}"
    reach = f"about {tell_count(predicted)} were within reach: {100 * ratio:,.0f} for every 100 ({ends})"
    households, new = int(row["households"]), int(row["new_households"])
    known = f" {new:,} of {households:,} households were not on record before." if households else ""
    verdict = str(row.get("verdict", ""))
    judged = f" {verdict[0].upper()}{verdict[1:]}." if verdict else ""
    return f"{where}: {people} seen where {reach}.{judged}{known}"


def _together(table: pd.DataFrame, level: float) -> Attendance:
    sums = table[[*_NEEDED[1:], *_HOUSEHOLDS]].sum()
    one = pd.DataFrame([sums])
    ratio, low, high = (float(value[0]) for value in _ratios(one, level))
    households, new = int(sums["households"]), int(sums["new_households"])
    new_low, new_high = share_interval(new, households, level=level)
    facts = {**sums.to_dict(), "ratio": ratio, "low": low, "high": high}
    return Attendance(
        table=table,
        seen=int(sums["seen"]),
        predicted=float(sums["predicted"]),
        ratio=ratio,
        low=low,
        high=high,
        households=households,
        new_households=new,
        new_low=float(new_low) if households else float("nan"),
        new_high=float(new_high) if households else float("nan"),
        sentence=_tell("All hubs together", facts, level),
    )
