"""The choices above a map: which year, which source, hexagons or wards, what else to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import streamlit as st

from geo.evidence.counts import AreaLevel, Selection
from geo.evidence.periods import ALL_PERIODS
from geo.review.finest import kept_resolutions
from geo.review.placing import AREA_LEVELS
from geo.review.register_words import CATEGORY
from geo.review.workspace import Workspace
from geo.scenario import Flag
from pages.kit import evidence
from pages.kit.ground import ground_of
from pages.kit.words import FLAG, RESOLUTION

ALL_SOURCES: Final = "Every source"
ALL_YEARS: Final = "All years together"
NO_SECOND: Final = "Nothing"
AREAS: Final[dict[AreaLevel, str]] = {
    "ward": "Wards",
    "lsoa": "Small census areas (LSOA)",
    "area": "Your own named areas",
}
Shown = Literal["clients", "rate", "smoothed"]
Drawn = Literal["clients", "rate", "smoothed", "homes", "deprivation"]
SHOWN: Final[dict[str, Shown]] = {
    "Clients": "clients",
    "Clients per 1,000 homes": "rate",
    "The same, smoothed": "smoothed",
}
DRAWN: Final[dict[str, Drawn]] = {**SHOWN, "Homes": "homes", "Deprivation": "deprivation"}
WARD_LINES: Final = "Ward boundaries"


@dataclass(frozen=True)
class MapChoice:
    """What the Map page was asked for: a selection for each map, and what is shown `by` which areas.

    `by` is the H3 resolution of hexagons, or the level of named areas.
    """

    selections: tuple[Selection, ...]
    shown: Shown
    by: int | AreaLevel
    overlays: tuple[str, ...]
    tiles: bool

    @property
    def hexagons(self) -> int:
        """The resolution of hexagons; 0 for named areas."""
        return self.by if isinstance(self.by, int) else 0


@dataclass(frozen=True)
class GroundChoice:
    """How homes or deprivation are to be drawn: `by` hexagons of a resolution or the level of named areas."""

    by: int | AreaLevel
    overlays: tuple[str, ...]
    tiles: bool


def choose_drawn() -> Drawn:
    """Ask what the map is to show: clients, or the district they come from."""
    return DRAWN[st.radio("What to draw", list(DRAWN), horizontal=True)]


def choose_ground(workspace: Workspace, levels: Sequence[AreaLevel]) -> GroundChoice:
    """Ask for hexagons or areas, and what else to show, where no client is shown."""
    by = _choose_areas(workspace, levels)
    with st.expander("More to show"):
        return GroundChoice(by, choose_overlays(workspace), tiles=_choose_tiles(workspace))


def choose_map(workspace: Workspace, shown: Shown) -> MapChoice:
    """Ask for years, source, areas, and what to leave out."""
    first, second, third, fourth = st.columns(4)
    with first:
        period = _choose_period(workspace, newest=True)
    with second:
        others = [NO_SECOND, *(year for year in evidence.periods(workspace) if year != period)]
        other = st.selectbox("Compare with", others, help="Puts a second year beside the first, in the same colours.")
    with third:
        source = _choose_source(workspace)
    with fourth:
        by = _choose_areas(workspace)
    with st.expander("More to show, or to leave out"):
        overlays = choose_overlays(workspace)
        left_out = _choose_left_out(workspace)
        tiles = _choose_tiles(workspace)
    years = (period,) if other == NO_SECOND else (other, period)
    selections = tuple(Selection(year, source, leave_out=left_out) for year in years)
    return MapChoice(selections, shown, by, overlays, tiles=tiles)


def choose_test(workspace: Workspace) -> tuple[Selection, int]:
    """Ask what to test: year, source, size of hexagons, and what to leave out."""
    first, second, third = st.columns(3)
    with first:
        period = _choose_period(workspace)
    with second:
        source = _choose_source(workspace)
    with third:
        resolution = _choose_resolution(workspace)
    return Selection(period, source, leave_out=_choose_left_out(workspace)), resolution


def choose_need(workspace: Workspace) -> Selection:
    """Ask whose need hubs are to meet: year, source, and what to leave out."""
    first, second = st.columns(2)
    with first:
        period = _choose_period(workspace)
    with second:
        source = _choose_source(workspace)
    return Selection(period, source, leave_out=_choose_left_out(workspace))


def choose_overlays(workspace: Workspace) -> tuple[str, ...]:
    """Ask which kinds of places and lines to show on top; gives site categories and perhaps `WARD_LINES`."""
    kinds = [kind for kind in CATEGORY if kind in set(ground_of(workspace).sites["category"])]
    names = {CATEGORY[kind]: kind for kind in kinds}
    lines = {WARD_LINES: WARD_LINES} if workspace.has("wards") else {}
    first = [name for name, kind in names.items() if kind in {"gp_surgery", "food_bank"}]
    picked = st.pills("Also show", list(names | lines), selection_mode="multi", default=first)
    return tuple((names | lines)[name] for name in picked)


def bearings(workspace: Workspace) -> tuple[str, ...]:
    """Choose what helps to find one's way on a map: ward lines where no town or village names are loaded."""
    return (WARD_LINES,) if workspace.has("wards") and not workspace.has("settlements") else ()


def _choose_tiles(workspace: Workspace) -> bool:
    """Ask for a background from outside, where the council has named a server; never by default."""
    if not workspace.scenario.tiles_url:
        return False
    return st.toggle(
        "Fetch a background map from outside this machine",
        value=False,
        help=f"Your browser will ask {workspace.scenario.tiles_url} for pictures of the places you look at.",
    )


def _choose_period(workspace: Workspace, *, newest: bool = False) -> str:
    named = {ALL_YEARS: ALL_PERIODS} | {year: year for year in evidence.periods(workspace)}
    return named[st.selectbox("Review year", list(named), index=1 if newest else 0)]


def _choose_source(workspace: Workspace) -> str:
    chosen = st.selectbox("Source", [ALL_SOURCES, *evidence.sources(workspace)])
    return "" if chosen == ALL_SOURCES else chosen


def _choose_areas(workspace: Workspace, levels: Sequence[AreaLevel] = tuple(AREAS)) -> int | AreaLevel:
    """Ask for hexagons of a size, or for wards or other named areas where they are loaded."""
    loaded = {AREAS[level]: level for level in levels if workspace.has(AREA_LEVELS[level])}
    named: dict[str, int | AreaLevel] = {**_sizes(workspace), **loaded}
    start = list(named.values()).index(evidence.usual_resolution(workspace))
    return named[st.selectbox("Show by", list(named), index=start)]


def _choose_resolution(workspace: Workspace) -> int:
    named = _sizes(workspace)
    start = list(named.values()).index(evidence.usual_resolution(workspace))
    return named[st.selectbox("Hexagons", list(named), index=start)]


def _sizes(workspace: Workspace) -> dict[str, int]:
    return {RESOLUTION[resolution]: resolution for resolution in sorted(kept_resolutions(workspace), reverse=True)}


def _choose_left_out(workspace: Workspace) -> tuple[Flag, ...]:
    """Ask which marked records to set aside; only marks that occur."""
    names: dict[str, Flag] = {FLAG[flag][0]: flag for flag in get_args(Flag) if evidence.flagged(workspace, flag)}
    usual = [name for name, flag in names.items() if flag in workspace.scenario.leave_out]
    if not names:
        return ()
    picked = st.pills(
        "Leave out records marked as",
        list(names),
        selection_mode="multi",
        default=usual,
        help=" ".join(f"{FLAG[flag][0]}: {FLAG[flag][1]}" for flag in names.values()),
    )
    return tuple(names[name] for name in picked)
