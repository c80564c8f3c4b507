"""Count what could be given out: every area of a geography with its homes, and the clients who are in none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from geo.disclosure.atoms import codes_of, find_atoms
from geo.disclosure.counted import complete_counts
from geo.disclosure.external import EVERYWHERE
from geo.disclosure.loss import Option
from geo.disclosure.merge import choose_merge
from geo.disclosure.rules import Audience, Rule, rule_for
from geo.disclosure.topics import Filters, Geography, Level, Topic
from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import Selection, select_episodes
from geo.evidence.periods import years_of
from geo.places.homes import homes_for, housed_postcodes
from geo.places.numbering import number_places
from geo.review.maps import episodes_of, grid_of
from geo.review.placing import AREA_LEVELS, area_codes
from geo.review.release_years import is_over, whole_period
from geo.review.workspace import Workspace
from geo.scenario import DisclosureOptions

FILTER_FIELDS: Final = ("route", "source", "feed")
NO_PLACE: Final = "Not counted by area"
WHOLE_DISTRICT: Final = "Whole district"
_STALE_SHARE: Final = 0.01  # a few old postcodes may have left the directory since their rows were placed


@dataclass(frozen=True)
class Ask:
    """What is to be given out, and to whom.

    Attributes
    ----------
    audience
        "partner", "public" or "agreement".
    level
        By which areas.
    period
        Whole review years, such as "2024-25" or "2022-23..2024-25".
    filters
        At most one (field, value) pair by "route", "source" or "feed"; nothing is everybody.
    """

    audience: Audience
    level: Level
    period: str
    filters: Filters = ()


@dataclass(frozen=True)
class Material:
    """What every table of a workspace is made from, read once.

    Attributes
    ----------
    episodes
        EPISODES table of all years. Nobody is left out by a flag: two tables of one name must count the same people.
    postcodes
        GAZETTEER rows of the district with the ward, LSOA and named area that each lies in.
    atoms
        ATOMS table of them.
    homes
        HOMES table of all years, or None.
    names
        Of areas, by level and code.
    levels
        The geographies there are, without the district.
    options
        The council's rules.
    homes_per_postcode, first_month
        Of the scenario.
    """

    episodes: pd.DataFrame
    postcodes: pd.DataFrame
    atoms: pd.DataFrame
    homes: pd.DataFrame | None
    names: dict[Level, dict[str, str]]
    levels: tuple[Level, ...]
    options: DisclosureOptions
    homes_per_postcode: float
    first_month: int


def material_of(workspace: Workspace) -> Material:
    """Read what tables are made from.

    Raises
    ------
    MissingDataError
        There are no records, or no postcode directory.
    """
    episodes = episodes_of(workspace)
    if episodes.empty:
        message = "There are no records yet, so there is nothing to give out; add an export first."
        raise MissingDataError(message)
    scenario = workspace.scenario
    postcodes = _placed_postcodes(workspace)
    areas: list[Level] = [level for level in ("ward", "lsoa", "area") if workspace.has(AREA_LEVELS[level])]
    return Material(
        episodes=episodes,
        postcodes=postcodes,
        atoms=find_atoms(postcodes),
        homes=workspace.homes(),
        names=_names(workspace, areas),
        levels=(*areas, "h3_7", "merged"),
        options=scenario.disclosure,
        homes_per_postcode=scenario.homes_per_postcode,
        first_month=scenario.review_first_month,
    )


def years_over(material: Material, *, today: date) -> list[str]:
    """List the review years on record that are over, oldest first: only whole years are given out."""
    years = sorted({str(year) for year in material.episodes["period"]})
    return [year for year in years if is_over(year, material.first_month, today)]


def filter_values(material: Material) -> dict[str, list[str]]:
    """List what can be chosen for each field: the routes, referring agencies and sources of files on record."""
    return {field: sorted(set(material.episodes[field]) - {""}) for field in FILTER_FIELDS}


def option_for(material: Material, ask: Ask, *, today: date, members: Geography | None = None) -> Option:
    """Count one table.

    Parameters
    ----------
    today
        A year that is not over yet is refused: its table would be given out once more, of nearly the same months.
    members
        Merged hexagons to use again; without them they are chosen for these clients.

    Returns
    -------
    Option
        The topic, and the COUNTED table: every area that a postcode of the district lies in, whether a client came
        from it or not, so that no row tells anything by being there. Clients without a place, from outside the
        district or its areas, or kept back for safety are one row with an empty code, whatever the reason: they may be
        from anywhere, so its homes are all homes. All selected clients are counted, once each.

    Raises
    ------
    BadInputError
        There is no such geography, period or filter value, the period is not over, or the records were placed in
        other areas than those loaded now.
    """
    topic_period = whole_period(ask.period, first_month=material.first_month, today=today)
    chosen = _choose(material, ask)
    homes = _homes_by_postcode(material, ask.period)
    geography = _geography(material, ask, chosen, homes) if members is None else members
    counted = _counted(material, chosen, geography, homes)
    return Option(Topic(geography, topic_period, ask.filters), counted)


def _placed_postcodes(workspace: Workspace) -> pd.DataFrame:
    found = workspace.gazetteer().within(workspace.boundary())
    every = np.ones(len(found), dtype=bool)
    points = found[["easting", "northing"]].astype(float)
    codes = {level: area_codes(points, workspace.areas(dataset), every) for level, dataset in AREA_LEVELS.items()}
    return found.assign(**codes)


def _names(workspace: Workspace, levels: Sequence[Level]) -> dict[Level, dict[str, str]]:
    names: dict[Level, dict[str, str]] = {"district": {EVERYWHERE: WHOLE_DISTRICT}}
    for level in levels:
        areas = workspace.areas(AREA_LEVELS[level])
        names[level] = {} if areas is None else dict(zip(areas["code"], areas["name"], strict=True))
    for level, resolution in (("h3_7", 7), ("h3_8", 8)):
        numbered = number_places(grid_of(workspace, resolution))
        names[level] = {f"{cell:x}": name for cell, name in numbered.items()}
    return names


def _choose(material: Material, ask: Ask) -> pd.DataFrame:
    if ask.level not in (*material.levels, "district"):
        there = ", ".join((*material.levels, "district"))
        message = f"Nothing can be counted by '{ask.level}' here; there is: {there}."
        raise BadInputError(message)
    chosen = select_episodes(material.episodes, Selection(period=ask.period))
    values = filter_values(material)
    for field, value in ask.filters:
        if value not in values.get(field, []):
            there = ", ".join(f"'{name}'" for name in values.get(field, [])) or "none"
            message = f"There is no {field} '{value}' on record; there is: {there}."
            raise BadInputError(message)
        chosen = chosen[chosen[field] == value]
    return chosen


def _homes_by_postcode(material: Material, period: str) -> pd.Series:
    homes = homes_for(material.homes, year=int(years_of(period)[-1][:4]))
    housed = housed_postcodes(material.postcodes, homes, homes_per_postcode=material.homes_per_postcode)
    return housed["homes"].astype(float)


def _geography(material: Material, ask: Ask, chosen: pd.DataFrame, homes: pd.Series) -> Geography:
    """Take the geography asked for; merged hexagons are chosen for these very clients."""
    if ask.level != "merged":
        return Geography(ask.level)
    cells = sorted(set(material.postcodes["h3_8"].tolist()) - {0})
    counts = chosen["h3_8"].value_counts().reindex(cells, fill_value=0)
    by_cell = homes.groupby(material.postcodes["h3_8"]).sum().reindex(cells, fill_value=0.0)
    table = pd.DataFrame({"cell": cells, "count": counts.to_numpy(), "homes": by_cell.to_numpy()})
    return choose_merge(table, rule=_rule(ask.audience, material.options))


def _rule(audience: Audience, options: DisclosureOptions) -> Rule:
    """Give the rule that merged hexagons are sized by; holders of exact counts get those of partners."""
    return rule_for("partner" if audience in ("team", "agreement") else audience, options)


def _counted(material: Material, chosen: pd.DataFrame, geography: Geography, homes: pd.Series) -> pd.DataFrame:
    known = sorted(set(codes_of(material.atoms, geography)) - {""})
    found = pd.Series(codes_of(chosen, geography), index=chosen.index, dtype="str")
    placed = found.where(found.isin(known), "")
    _require_current(material, geography, chosen, placed)
    by_area = homes.groupby(codes_of(material.postcodes, geography)).sum().reindex(known, fill_value=0.0)
    if geography.level != "district":
        by_area[""] = float(homes.sum())
    counts = pd.DataFrame({"code": placed, "count": 1})
    return complete_counts(counts, by_area, names=_names_for(material, geography, homes) | {"": NO_PLACE})


def _names_for(material: Material, geography: Geography, homes: pd.Series) -> dict[str, str]:
    """Name the areas; a merged hexagon by its cell with most homes."""
    if geography.level != "merged":
        return material.names[geography.level]
    by_cell = homes.groupby(material.postcodes["h3_8"]).sum()
    members = pd.DataFrame(list(geography.members), columns=["cell", "code"])
    largest = members.assign(homes=members["cell"].map(by_cell).fillna(0.0)).sort_values(["homes", "cell"])
    main = largest.drop_duplicates("code", keep="last")
    cell_names = material.names["h3_8"]
    named = {code: cell_names.get(f"{cell:x}", "") for cell, code in zip(main["cell"], main["code"], strict=True)}
    return {code: f"Around {name}" for code, name in named.items() if name}


def _require_current(material: Material, geography: Geography, chosen: pd.DataFrame, placed: pd.Series) -> None:
    """Refuse to print noughts for areas that were loaded after the records were placed."""
    level = geography.level
    if level not in AREA_LEVELS:
        return
    covered = set(material.atoms["h3_8"]) - set(material.atoms.loc[material.atoms[level] == "", "h3_8"])
    located = (chosen["status"] == "located") & chosen["h3_8"].isin(covered)
    stale = int((located & (placed == "")).sum())
    if stale > _STALE_SHARE * max(int(located.sum()), 1):
        message = (
            f"{stale:,} located clients do not carry the code of one of the areas loaded now ({level}); add the exports"
            " again to place their records in these areas."
        )
        raise BadInputError(message)
