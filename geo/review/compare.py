"""Set any two periods of a workspace side by side: each place's two counts, the change, and how sure it is."""

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.as_recorded import AsRecorded, take_as_recorded
from geo.evidence.compare_words import tell_as_recorded
from geo.evidence.counts import Selection
from geo.evidence.feed_months import MONTHS_A_YEAR
from geo.evidence.periods import years_of
from geo.evidence.trend_sentences import tell_comparison
from geo.evidence.trends import DISTRICT, Trends
from geo.evidence.two_sides import TwoSides
from geo.places.numbering import number_places
from geo.review.maps import episodes_of, grid_of
from geo.review.placing import AREA_LEVELS
from geo.review.rates import areas_of
from geo.review.trends import like_for_like_of, trends_of
from geo.review.workspace import Workspace
from geo.schema import COMPARED

CompareLevel = Literal["cell", "ward", "area", "lsoa"]
CompareMode = Literal["like for like", "as recorded"]

_NOBODY: Final = {"earlier": 0, "later": 0, "p": 1.0, "q": 1.0, "trend": "too few to tell"}


@dataclass(frozen=True)
class Compared:
    """Hold two periods side by side.

    Attributes
    ----------
    table
        COMPARED table, the surest change first; of areas every one that is loaded, of cells those with anybody.
    district
        COMPARED table of one row: everybody, with or without a place.
    level, resolution
        What the units are; `resolution` is that of cells, else 0.
    earlier, later
        The periods, such as "2022-23" or "2021-22..2022-23".
    mode
        "like for like": by the sources that reported in both, hubs apart; "as recorded": by everything there is.
    unit
        What one count is.
    months
        How many months of records each period has.
    unmapped
        Episodes of either period that are in no unit, by reason. The counts of the table plus these are those of the
        district.
    left_out
        Episodes of either period set aside because of a flag, as recorded. Like for like it is rows that are left out,
        before they are collapsed into episodes, and `notes` tells them.
    tested
        Units with anybody in either period, over which the false discovery rate is controlled.
    homes_used, without_homes
        As in `geo.evidence.trends.Trends`.
    notes
        What was compared and what was left out, one sentence each.
    """

    table: pd.DataFrame
    district: pd.DataFrame
    level: CompareLevel
    resolution: int
    earlier: str
    later: str
    mode: CompareMode
    unit: str
    months: tuple[int, int]
    unmapped: dict[str, tuple[int, int]]
    left_out: tuple[int, int]
    tested: int
    homes_used: bool
    without_homes: int
    notes: tuple[str, ...]

    @property
    def per_year(self) -> bool:
        """Whether the periods are of different length, so that only counts a year may be compared."""
        return self.months[0] != self.months[1]

    @property
    def totals(self) -> tuple[int, int]:
        """Episodes of either period, with or without a place."""
        row = self.district.iloc[0]
        return int(row["earlier"]), int(row["later"])

    @property
    def lost(self) -> tuple[int, int]:
        """Episodes of either period that are in no unit."""
        return sum(both[0] for both in self.unmapped.values()), sum(both[1] for both in self.unmapped.values())

    @property
    def look(self) -> tuple[str, Selection]:
        """What is looked at, for the count of looks: the same on a screen and in a terminal."""
        return f"comparison by {self.level}, {self.mode}", Selection(f"{self.earlier} with {self.later}")

    def kinds(self) -> dict[str, int]:
        """Count the units by trend; only those that occur."""
        return {str(kind): int(count) for kind, count in sorted(self.table["trend"].value_counts().items())}


def compare_periods(
    workspace: Workspace,
    *,
    earlier: str,
    later: str,
    by: CompareLevel = "cell",
    resolution: int = 8,
    mode: CompareMode = "like for like",
) -> Compared:
    """Set two periods side by side.

    Parameters
    ----------
    earlier, later
        A review year such as "2024-25", or several as "2022-23..2024-25". They need not be neighbours, nor of one
        length: counts are then set against each other a year.
    by, resolution
        Cells of a resolution, 7 or 8, or areas that are loaded.
    mode
        Like for like, or as recorded.

    Raises
    ------
    MissingDataError
        There are no records, records of one review year only, or no such areas.
    BadInputError
        A period is not on record, they overlap, or the earlier does not come before the later; or the resolution is
        not kept.
    """
    _require_spans(earlier, later)
    alike = like_for_like_of(workspace, earlier=earlier, later=later)
    sides: TwoSides = alike
    left_out, notes = (0, 0), tell_comparison(alike)
    if mode == "as recorded":
        recorded = _as_recorded(workspace, earlier=earlier, later=later)
        sides, left_out, notes = recorded, recorded.left_out, tell_as_recorded(recorded, alike)
    found = trends_of(workspace, sides, by=by, resolution=resolution)
    whole = trends_of(workspace, sides, by=DISTRICT)
    months = (sides.months_earlier, sides.months_later)
    district = _table(whole.table, {DISTRICT: workspace.scenario.name}, months)
    return Compared(
        table=_table(*_named(workspace, found), months),
        district=district,
        level=by,
        resolution=found.resolution,
        earlier=earlier,
        later=later,
        mode=mode,
        unit=found.unit,
        months=months,
        unmapped=found.unmapped,
        left_out=left_out,
        tested=found.tested,
        homes_used=found.homes_used,
        without_homes=found.without_homes,
        notes=tuple(notes),
    )


def _as_recorded(workspace: Workspace, *, earlier: str, later: str) -> AsRecorded:
    return take_as_recorded(
        workspace.records(),
        episodes_of(workspace),
        earlier=earlier,
        later=later,
        first_month=workspace.scenario.review_first_month,
        leave_out=workspace.scenario.leave_out,
    )


def _require_spans(*periods: str) -> None:
    for period in periods:
        if not years_of(period):
            first, _, last = period.partition("..")
            message = f"'{period}' ends before it begins; write the first year first: {last}..{first}."
            raise BadInputError(message)


def _named(workspace: Workspace, found: Trends) -> tuple[pd.DataFrame, dict[str, str]]:
    """Name every unit, and add the areas where nobody came in either period."""
    if found.level not in AREA_LEVELS:
        numbered = number_places(grid_of(workspace, found.resolution))
        cells = zip(found.table["unit"].tolist(), found.table["cell"].tolist(), strict=True)
        return found.table, {unit: numbered.get(cell, "") for unit, cell in cells}
    areas = areas_of(workspace, level=_area_level(found))
    names = dict(zip(areas["code"].tolist(), areas["name"].tolist(), strict=True))
    return _with_empty(found.table, sorted(names.keys() - set(found.table["unit"]))), names


def _area_level(found: Trends) -> Literal["ward", "area", "lsoa"]:
    levels: dict[str, Literal["ward", "area", "lsoa"]] = {"ward": "ward", "area": "area", "lsoa": "lsoa"}
    return levels[found.level]


def _with_empty(table: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    if not codes:
        return table
    empty = pd.DataFrame({"unit": pd.Series(codes, dtype="str"), "cell": 0, **_NOBODY})
    kinds = table.dtypes[list(empty.columns)].to_dict()
    return pd.concat([table, empty.reindex(columns=table.columns).astype(kinds)], ignore_index=True)


def _table(table: pd.DataFrame, names: dict[str, str], months: tuple[int, int]) -> pd.DataFrame:
    """Set the counts of a year beside those of the period."""
    years = [count / MONTHS_A_YEAR or 1.0 for count in months]  # without a month on record there is nobody either
    before, after = table["earlier"] / years[0], table["later"] / years[1]
    place = pd.Series([names.get(unit, "") for unit in table["unit"].tolist()], index=table.index, dtype="str")
    whole = table.assign(place=place, earlier_a_year=before, later_a_year=after, change_a_year=after - before)
    return COMPARED.validate(whole[list(COMPARED.columns)])
