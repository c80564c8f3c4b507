"""Tell trends in plain English: what was compared, what was left out, what changed and how sure that is."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from geo.evidence.begun_or_stopped import SetAside
from geo.evidence.feed_months import MONTHS_A_YEAR, calendar_words, month_words
from geo.evidence.like_for_like import LikeForLike
from geo.evidence.run_charts import RunChart
from geo.evidence.run_signals import LEAST_MEDIAN, USEFUL_QUARTERS, Signal

VERDICT: Final = {
    "new": "New",
    "growing": "Growing",
    "steady": "Steady",
    "fading": "Fading",
    "too few to tell": "Too few to tell",
}
ROWS: Final = {
    "compared": "compared",
    "charted": "counted in the chart",
    "hub": "came by hubs, counted apart",
    "feed": "of sources that do not cover both",
    "agency": "of agencies that began or stopped",
    "other_months": "of months that are not compared",
    "other_years": "of other years",
    "other_quarters": "of other quarters",
    "duplicate": "repeated rows",
    "month_not_over": "of a month that was not over when the file was added",
    "left_out": "left out because of a flag, as your options say",
}
_NOTHING_LEFT: Final = (
    "Nothing is left to compare like for like: no source reported in both years. Choose later years, or wait until a"
    " source covers two."
)
_SMALL: Final = 0.1
_NEAR_ONE: Final = 2.0
_LARGE: Final = 10.0


def tell_change(row: Mapping[Hashable, Any] | pd.Series) -> str:
    """Say what changed, with its range and its verdict.

    Parameters
    ----------
    row
        A row of a TRENDS table.

    Examples
    --------
    >>> tell_change({"earlier": 10, "later": 25, "ratio": 2.5, "low": 1.16, "high": 5.84, "trend": "growing"})
    'from 10 to 25: 2.5 times as many (could be 1.16 to 5.8). Growing.'
    """
    before, after = int(row["earlier"]), int(row["later"])
    verdict = f"{VERDICT[str(row['trend'])]}."
    if not before and not after:
        return f"nobody in either year. {verdict}"
    if not before:
        return (
            f"from none to {after:,}: at least {tell_ratio(row['low'])} times as many, and no upper limit can be given,"
            f" for nobody came before. {verdict}"
        )
    if not after:
        gone = "Fading: gone." if row["trend"] == "fading" else verdict
        return f"from {before:,} to none: at most {tell_ratio(row['high'])} times as many. {gone}"
    said = f"from {before:,} to {after:,}: {tell_ratio(row['ratio'])} times as many"
    return f"{said} (could be {tell_ratio(row['low'])} to {tell_ratio(row['high'])}). {verdict}"


def tell_range(row: Mapping[Hashable, Any] | pd.Series) -> str:
    """Write the 95 % range of a ratio for a table, with words where it has no end.

    Examples
    --------
    >>> tell_range({"earlier": 0, "later": 6, "low": 1.18, "high": float("nan")})
    '1.18 or more'
    """
    if not int(row["earlier"]) and not int(row["later"]):
        return "nobody came"
    if not int(row["earlier"]):
        return f"{tell_ratio(row['low'])} or more"
    return f"{tell_ratio(row['low'])} to {tell_ratio(row['high'])}"


def tell_ratio(ratio: float) -> str:
    """Write a ratio with as many figures as it deserves; blank where it has no value.

    Examples
    --------
    >>> [tell_ratio(ratio) for ratio in (0.0, 0.029, 0.918, 1.04, 2.54, 31.2, float("nan"))]
    ['0', '0.029', '0.92', '1.04', '2.5', '31', '']
    """
    if pd.isna(ratio):
        return ""
    if ratio < _SMALL:
        return f"{ratio:.2g}"
    if ratio < _NEAR_ONE:
        return f"{ratio:.2f}"
    return f"{ratio:.1f}" if ratio < _LARGE else f"{ratio:,.0f}"


def tell_against_rest(row: Mapping[Hashable, Any] | pd.Series, *, level: float) -> str:
    """Say how a place changed beside the rest of its district.

    Examples
    --------
    >>> tell_against_rest({"ratio_to_rest": 2.4, "q_rest": 0.01}, level=0.05)
    '2.4 times the change elsewhere'
    >>> tell_against_rest({"ratio_to_rest": 1.3, "q_rest": 0.4}, level=0.05)
    'no clear difference'
    """
    if pd.isna(row["q_rest"]) or row["q_rest"] > level:
        return "no clear difference"
    if pd.isna(row["ratio_to_rest"]):
        return "nobody came before, unlike elsewhere"
    return f"{tell_ratio(row['ratio_to_rest'])} times the change elsewhere"


def tell_left_out(aside: SetAside) -> str:
    """Say who was left out, and why.

    Examples
    --------
    >>> tell_left_out(SetAside("feed", "Food banks", "began in April 2023", 92))
    'Food banks began in April 2023: its 92 rows are left out.'
    """
    rows = "its 1 row is" if aside.rows == 1 else f"its {aside.rows:,} rows are"
    who = aside.name if aside.kind == "feed" else f"{aside.name} (an agency within the files that stay)"
    return f"{who} {aside.why}: {rows} left out."


def tell_comparison(found: LikeForLike) -> list[str]:
    """Say what was compared and what was left out, one sentence each, the most important first."""
    if not found.feeds:
        return [
            _NOTHING_LEFT,
            *map(tell_left_out, found.set_aside),
            *_hubs(found),
        ]
    return [
        f"Compared are the records of {_listed(found.feeds)}, which cover both years.",
        *map(tell_left_out, found.set_aside),
        *_months(found),
        *_hubs(found),
        *found.notes,
        *_rows_left(found.rows),
    ]


def tell_chart(chart: RunChart) -> str:
    """Say what a run chart shows, and whether it may be read as a lasting change."""
    if chart.table.empty:
        return "There is no whole quarter on record yet, so there is no chart."
    if chart.verdict == "too few":
        return f"Too few to tell: half of the quarters hold fewer than {LEAST_MEDIAN}."
    if chart.verdict == "too short":
        useful = f"{chart.useful} of {len(chart.table)} quarters lie off the middle"
        return f"No lasting change is claimed: {useful}, and it takes {USEFUL_QUARTERS} such quarters to tell one."
    if chart.verdict == "no signal":
        return f"No lasting change: the quarters go up and down around {chart.median:g} as chance has it."
    return " ".join(_signal(signal, chart.median) for signal in chart.signals)


def _signal(signal: Signal, median: float) -> str:
    span = f"{signal.quarters} quarters in a row ({signal.first} to {signal.last})"
    if signal.kind == "shift":
        side = "above" if signal.direction == "up" else "below"
        return f"A lasting change: {span} lie {side} the middle, {median:g}."
    course = "up" if signal.direction == "up" else "down"
    return f"A lasting change: {span} go {course} each time."


def _months(found: LikeForLike) -> list[str]:
    if len(found.months) == MONTHS_A_YEAR:
        return []
    over = (
        f"{found.later} is on record up to {month_words(found.until)}"
        if found.unfinished
        else "Some months are missing"
    )
    return [f"{over}, so only {calendar_words(found.months)} of each year are compared."]


def _hubs(found: LikeForLike) -> list[str]:
    if not found.hubs.names:
        return []
    counts = f"{found.hubs.earlier:,} in {found.earlier} and {found.hubs.later:,} in {found.later}"
    return [
        f"Counted apart, for hubs raise referrals by design: {_listed(found.hubs.names)}, with {counts}.",
    ]


def _rows_left(rows: Mapping[str, int]) -> list[str]:
    """Say what the sentences before have not named."""
    told = [f"{rows[reason]:,} {ROWS[reason]}" for reason in ("month_not_over", "left_out") if rows.get(reason)]
    return [f"Left out besides: {', '.join(told)}."] if told else []


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
