"""Count episodes by cell or by named area, with what could not be mapped beside them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.periods import ALL_PERIODS, in_period, periods_of, years_of
from geo.schema import CELLS, FLAGS, ROUTES

AreaLevel = Literal["ward", "lsoa", "area"]
CohortField = Literal["age_band", "household_type", "reason", "route"]
_KEPT_RESOLUTIONS: Final = (7, 8)
FINEST: Final = 9
FINEST_REFUSED: Final = (
    "Hexagons of resolution 9 are kept only where the workspace is encrypted (planner encrypt) and its scenario.toml "
    "says finest = 9 under [keeping], with the exports added again after that; choose 7 or 8."
)


@dataclass(frozen=True)
class Cohort:
    """One group of clients by one field; two fields at once would single somebody out and cannot be asked for."""

    field: CohortField
    value: str


@dataclass(frozen=True)
class Selection:
    """Say which episodes are counted.

    Attributes
    ----------
    period
        A review year such as "2024-25", several such as "2022-23..2024-25", or "all".
    source
        Only episodes whose first row came from this source or feed; empty for every one.
    route
        Only episodes whose first row came by this route; empty for every one.
    leave_out
        Episodes that carry any of these flags are set aside and counted as `left_out`.
    cohort
        Only episodes whose first row is of this group; None for everybody.
    """

    period: str = ALL_PERIODS
    source: str = ""
    route: str = ""
    leave_out: tuple[str, ...] = ()
    cohort: Cohort | None = None


@dataclass(frozen=True)
class CellCounts:
    """Episodes by H3 cell; located ones plus `unmapped` plus `left_out` are all the `episodes`.

    Attributes
    ----------
    cells
        CELLS table of every cell with an episode, inhabited or not.
    resolution
        H3 resolution.
    selection
        What was asked for.
    unit
        What one count is: "household episodes", "rows, not households", or both said.
    episodes, rows
        How many were selected in all, and how many approaches and referrals they collapse.
    unmapped
        Episodes without a cell, by status; only statuses that occur. "no_fine_cell" are located ones that were taken
        in before resolution 9 was kept.
    left_out
        Episodes set aside because of a flag.
    """

    cells: pd.DataFrame
    resolution: int
    selection: Selection
    unit: str
    episodes: int
    rows: int
    unmapped: dict[str, int]
    left_out: int

    @property
    def period(self) -> str:
        """The review year or years counted, or "all"."""
        return self.selection.period

    @property
    def located(self) -> int:
        """Episodes that have a cell."""
        return int(self.cells["count"].sum())


@dataclass(frozen=True)
class AreaCounts:
    """Episodes by named area; the counts plus `unmapped` plus `left_out` are all the `episodes`.

    `areas` has columns code, count, institution, shared_point; `level` is "ward", "lsoa" or "area" (the council's own
    named areas); the other fields are those of `CellCounts`. Located
    episodes that carry no code, because no area loaded when they were taken in holds them, are under "no_area" in
    `unmapped`.
    """

    areas: pd.DataFrame
    level: AreaLevel
    selection: Selection
    unit: str
    episodes: int
    rows: int
    unmapped: dict[str, int]
    left_out: int


def count_cells(
    episodes: pd.DataFrame,
    *,
    resolution: int,
    period: str = ALL_PERIODS,
    source: str = "",
    route: str = "",
    leave_out: Sequence[str] = (),
) -> CellCounts:
    """Count the chosen episodes by H3 cell.

    Parameters
    ----------
    episodes
        EPISODES table.
    resolution
        7 or 8; or 9, where the episodes carry such cells, which are nearly postcodes.
    period, source, route, leave_out
        As in `Selection`.

    Raises
    ------
    BadInputError
        The resolution is not kept, there is no such flag, or no episode is of this period, source or route; the
        message lists what exists.
    """
    selection = Selection(period, source, route, tuple(leave_out))
    return count_selected_cells(episodes, selection, resolution=resolution)


def count_selected_cells(episodes: pd.DataFrame, selection: Selection, *, resolution: int) -> CellCounts:
    """Count a selection of episodes by H3 cell; errors as `count_cells`."""
    column = f"h3_{resolution}"
    if resolution not in _KEPT_RESOLUTIONS and not (resolution == FINEST and column in episodes):
        message = f"Resolution {resolution} is not kept with the records; choose 7 or 8."
        raise BadInputError(FINEST_REFUSED if resolution == FINEST else message)
    chosen = select_episodes(episodes, selection)
    located, unmapped, left_out = _split(chosen, selection.leave_out)
    if resolution == FINEST:
        located, unmapped = _with_a_fine_cell(located, unmapped)
    cells = _tally(located, column, "cell")
    return CellCounts(
        CELLS.validate(cells), resolution, selection, unit_of(chosen), *_totals(chosen), unmapped, left_out
    )


def _with_a_fine_cell(located: pd.DataFrame, unmapped: dict[str, int]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Set rows aside that were taken in before resolution 9 was kept."""
    coarse = (located[f"h3_{FINEST}"] == 0).to_numpy()
    return located[~coarse], unmapped | ({"no_fine_cell": int(coarse.sum())} if coarse.any() else {})


def count_areas(
    episodes: pd.DataFrame,
    *,
    level: AreaLevel,
    period: str = ALL_PERIODS,
    source: str = "",
    route: str = "",
    leave_out: Sequence[str] = (),
) -> AreaCounts:
    """Count the chosen episodes by ward, LSOA or own named area, as tagged when the records were taken in.

    Raises
    ------
    BadInputError
        No episode is of this period, source or route; the message lists what exists.
    """
    return count_selected_areas(episodes, Selection(period, source, route, tuple(leave_out)), level=level)


def count_selected_areas(episodes: pd.DataFrame, selection: Selection, *, level: AreaLevel) -> AreaCounts:
    """Count a selection of episodes by named area; errors as `count_areas`."""
    chosen = select_episodes(episodes, selection)
    located, unmapped, left_out = _split(chosen, selection.leave_out)
    nowhere = located[level] == ""
    if nowhere.any():
        unmapped = {**unmapped, "no_area": int(nowhere.sum())}
    areas = _tally(located[~nowhere], level, "code")
    return AreaCounts(areas, level, selection, unit_of(chosen), *_totals(chosen), unmapped, left_out)


def only_areas(counts: AreaCounts, codes: Collection[str]) -> AreaCounts:
    """Move the episodes of areas that are not loaded any more to "no_area", so that no map loses them in silence.

    Parameters
    ----------
    counts
        Counted by the codes that records were tagged with when they were taken in.
    codes
        The codes of the areas loaded now.
    """
    known = counts.areas["code"].isin(list(codes))
    lost = int(counts.areas.loc[~known, "count"].sum())
    if not lost:
        return counts
    unmapped = {**counts.unmapped, "no_area": counts.unmapped.get("no_area", 0) + lost}
    return replace(counts, areas=counts.areas[known].reset_index(drop=True), unmapped=unmapped)


def unit_of(episodes: pd.DataFrame) -> str:
    """Say what one count stands for, so that rows are never taken for households."""
    known = episodes["household"] != ""
    if known.all():
        return "household episodes"
    return "household episodes, and rows where no household is given" if known.any() else "rows, not households"


def select_episodes(episodes: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Choose the episodes of a period, source, route and group; flags to leave out are only checked, not applied.

    Raises
    ------
    BadInputError
        There is no such flag, or no episode is of this period, source, route or group.
    """
    chosen = episodes
    for flag in selection.leave_out:
        _require(flag, list(FLAGS), "flag")
    if selection.period != ALL_PERIODS:
        for year in years_of(selection.period):
            _require(year, periods_of(episodes), "period")
        chosen = chosen[in_period(chosen["period"], selection.period)]
    if selection.source:
        named = set(episodes["source"]) | set(episodes["feed"])
        _require(selection.source, sorted(named), "source")
        chosen = chosen[(chosen["source"] == selection.source) | (chosen["feed"] == selection.source)]
    if selection.route:
        _require(selection.route, list(ROUTES), "route")
        chosen = chosen[chosen["route"] == selection.route]
    return _of_cohort(chosen, selection.cohort)


def _of_cohort(chosen: pd.DataFrame, cohort: Cohort | None) -> pd.DataFrame:
    if cohort is None:
        return chosen
    _require(cohort.field, list(get_args(CohortField)), "group of clients by")
    _require(cohort.value, sorted(set(chosen[cohort.field]) - {""}), cohort.field.replace("_", " "))
    return chosen[chosen[cohort.field] == cohort.value]


def _require(value: str, existing: list[str], what: str) -> None:
    if value not in existing:
        there = ", ".join(f"'{name}'" for name in existing) or "none yet"
        message = f"There is no {what} '{value}'; there is: {there}."
        raise BadInputError(message)


def _split(chosen: pd.DataFrame, leave_out: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, int], int]:
    """Part the episodes into located ones, unmapped ones by status, and the number set aside."""
    aside = chosen[list(leave_out)].any(axis=1).to_numpy(dtype=bool)
    rest = chosen[~aside]
    lost = rest.loc[rest["status"] != "located", "status"].value_counts()
    unmapped = {str(status): int(count) for status, count in sorted(lost.items())}
    return rest[rest["status"] == "located"], unmapped, int(aside.sum())


def _tally(located: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    counted = located.assign(count=1)[[column, "count", "institution", "shared_point"]]
    return counted.groupby(column, sort=True).sum().astype("int64").rename_axis(name).reset_index()


def _totals(chosen: pd.DataFrame) -> tuple[int, int]:
    return len(chosen), int(chosen["rows"].sum())
