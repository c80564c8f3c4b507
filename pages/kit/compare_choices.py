"""The choices above a comparison: two periods, kind of area, and what is compared."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import streamlit as st

from geo.evidence.periods import span_of, told_period, years_of
from geo.review.compare import CompareLevel, CompareMode
from geo.review.maps import KEPT_RESOLUTIONS
from geo.review.placing import AREA_LEVELS
from geo.review.trends import usual_years
from geo.review.workspace import Workspace
from pages.kit import evidence, filters
from pages.kit.words import RESOLUTION, plural

MODES: Final[dict[str, CompareMode]] = {
    "Like for like": "like for like",
    "As recorded": "as recorded",
}
_MODES_HELP: Final = (
    "Like for like counts only sources that reported in both periods, and hubs apart, so that a new partner's file does"
    " not look like growth. As recorded counts everything, as the Map page does."
)
_PERIOD_HELP: Final = (
    "One review year, or several together. Periods of different length are compared by their counts a year."
)
_MOST_POOLED: Final = 5  # more years together than anybody asks for would make the list too long to read


@dataclass(frozen=True)
class CompareChoice:
    """What a comparison was asked for; `resolution` counts only where `by` is "cell"."""

    earlier: str
    later: str
    by: CompareLevel
    resolution: int
    mode: CompareMode


def choose_comparison(workspace: Workspace) -> CompareChoice:
    """Ask which two periods to compare, by which places, and by which sources.

    Raises
    ------
    MissingDataError
        There are records of fewer than two review years.
    """
    usual, years = usual_years(workspace), evidence.periods(workspace)[::-1]
    first, second, third = st.columns(3)
    with first:
        earlier = _choose_period("Earlier period", years[:-1], usual[0])
    with second:
        later = _choose_period("Later period", years[years.index(years_of(earlier)[-1]) + 1 :], usual[1])
    with third:
        by, resolution = _choose_by(workspace)
    mode = MODES[st.radio("Count", list(MODES), horizontal=True, help=_MODES_HELP, key="compare mode")]
    return CompareChoice(earlier, later, by, resolution, mode)


def spans_of(years: list[str]) -> list[str]:
    """List single years, the newest first, and then several together, the shortest first.

    Parameters
    ----------
    years
        Review years on record, oldest first.

    Examples
    --------
    >>> spans_of(["2021-22", "2022-23", "2023-24"])
    ['2023-24', '2022-23', '2021-22', '2022-23..2023-24', '2021-22..2022-23', '2021-22..2023-24']
    """
    whole = [
        span
        for first, last in combinations(years, 2)
        if set(years_of(span := span_of([first, last]))) <= set(years) and len(years_of(span)) <= _MOST_POOLED
    ]
    pooled = sorted(sorted(whole, reverse=True), key=lambda span: len(years_of(span)))
    return [*years[::-1], *pooled]


def _choose_period(label: str, years: list[str], usual: str) -> str:
    spans = spans_of(years)
    named = {_told(span): span for span in spans}
    start = spans.index(usual) if usual in spans else 0
    return named[st.selectbox(label, list(named), index=start, help=_PERIOD_HELP, key=f"compare {label}")]


def _told(span: str) -> str:
    count = len(years_of(span))
    return told_period(span) if count == 1 else f"{told_period(span)} ({plural(count, 'year')} together)"


def _choose_by(workspace: Workspace) -> tuple[CompareLevel, int]:
    sizes: dict[str, tuple[CompareLevel, int]] = {
        RESOLUTION[size]: ("cell", size) for size in sorted(KEPT_RESOLUTIONS, reverse=True)
    }
    loaded: dict[str, tuple[CompareLevel, int]] = {
        filters.AREAS[level]: (level, 8) for level in filters.AREAS if workspace.has(AREA_LEVELS[level])
    }
    named = sizes | loaded
    start = list(named).index(RESOLUTION[evidence.usual_resolution(workspace)])
    return named[st.selectbox("Compare by", list(named), index=start, key="compare by")]
