"""Work out from a workspace what is missing, what repeats, which places hang on it and which groups are reached."""

from typing import Final

import pandas as pd

from geo.editions import Dataset
from geo.errors import BadInputError, MissingDataError
from geo.evidence.capture import Capture, find_capture
from geo.evidence.counts import Selection, select_episodes
from geo.evidence.missing import Missing, find_missing
from geo.evidence.periods import ALL_PERIODS, in_period, review_year
from geo.evidence.repeats import Repeats, find_repeats
from geo.evidence.sensitivity import Measure, Sensitivity, find_sensitivity
from geo.evidence.tables import cell_names
from geo.places.numbering import number_places
from geo.review.maps import episodes_of, grid_of
from geo.review.rates import area_homes_of, areas_of
from geo.review.workspace import Workspace

_NAMED: Final[tuple[Dataset, ...]] = ("areas", "wards")  # what may name a district by its code


def missing_of(workspace: Workspace, *, period: str = ALL_PERIODS) -> Missing:
    """Work out what is missing from the records of a period.

    Raises
    ------
    BadInputError
        There are no records of that period.
    """
    first_month = workspace.scenario.review_first_month
    return find_missing(_records(workspace, period), first_month=first_month, names=district_names(workspace))


def repeats_of(workspace: Workspace) -> Repeats:
    """Tell households, approaches, referrals and agencies apart, for all years together and year by year."""
    scenario = workspace.scenario
    return find_repeats(workspace.records(), months=scenario.episode_months, first_month=scenario.review_first_month)


def sensitivity_of(workspace: Workspace, selection: Selection, *, measure: Measure) -> Sensitivity:
    """See how the first ten wards, or hexagons where no wards are loaded, hang on doubtful and missing records.

    Raises
    ------
    BadInputError
        No episode is of the selection's period, source, route or group.
    MissingDataError
        There is no postcode directory.
    """
    chosen = select_episodes(episodes_of(workspace), selection)
    chosen = chosen[~chosen[list(selection.leave_out)].any(axis=1)]
    level = place_level(workspace)
    places = _wards(workspace, selection.period) if level == "ward" else _hexagons(workspace, selection.period)
    return find_sensitivity(chosen, places, level=level, measure=measure)


def place_level(workspace: Workspace) -> str:
    """Say by which column of the records places are ranked: by ward where wards are loaded."""
    return "ward" if workspace.has("wards") else f"h3_{workspace.scenario.resolution}"


def capture_of(workspace: Workspace, selection: Selection) -> Capture:
    """Set the chosen clients against the groups of people in the district.

    Raises
    ------
    BadInputError
        No episode is of the selection's period, source, route or group.
    MissingDataError
        No census has been added.
    """
    census = workspace.census()
    if census is None:
        message = (
            "The workspace has no census to compare with; add Census table TS007 or your own table of groups with:"
            " planner add census FILE, or on the Data page."
        )
        raise MissingDataError(message)
    return find_capture(select_episodes(episodes_of(workspace), selection), census)


def district_names(workspace: Workspace) -> dict[str, str]:
    """Name districts by their codes, as far as the areas loaded do."""
    names: dict[str, str] = {}
    for dataset in _NAMED:
        areas = workspace.areas(dataset)
        if areas is not None:
            names |= dict(zip(areas["code"].tolist(), areas["name"].tolist(), strict=True))
    return names


def _records(workspace: Workspace, period: str) -> pd.DataFrame:
    """Fetch the records of a period: RECORDS table."""
    records = workspace.records()
    if period == ALL_PERIODS:
        return records
    years = review_year(records["month"], first_month=workspace.scenario.review_first_month)
    chosen = records[in_period(years, period)]
    if chosen.empty:
        found = ", ".join(sorted(set(years))) or "none yet"
        message = f"There are no records of the period '{period}'; there are: {found}."
        raise BadInputError(message)
    return chosen.reset_index(drop=True)


def _wards(workspace: Workspace, period: str) -> pd.DataFrame:
    """List the wards with their homes; wards of one name are told apart by their codes."""
    names = areas_of(workspace, level="ward").set_index("code")["name"]
    homes = area_homes_of(workspace, level="ward", period=period).areas
    codes = homes["code"]
    place = codes.map(names).where(~codes.map(names.duplicated(keep=False)), codes.map(names) + " (" + codes + ")")
    return pd.DataFrame({"key": codes, "code": codes, "place": place, "homes": homes["homes"]})


def _hexagons(workspace: Workspace, period: str) -> pd.DataFrame:
    """List the inhabited hexagons with their homes."""
    grid = grid_of(workspace, workspace.scenario.resolution, period=period)
    cells = grid.cells["cell"]
    place = cells.map(number_places(grid))
    return pd.DataFrame({"key": cells, "code": cell_names(cells), "place": place, "homes": grid.cells["homes"]})
