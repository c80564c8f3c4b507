"""Read a partner's counts for a map or a table: a source of its own, labelled, never added to the council's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np

from geo.crs import WGS84
from geo.disclosure.external import EVERYWHERE
from geo.disclosure.gate import Gated, show
from geo.disclosure.published import Published
from geo.disclosure.topics import Level
from geo.errors import BadInputError
from geo.places.grid import cell_polygons
from geo.places.numbering import number_places
from geo.review.counts_file import reason_of
from geo.review.counts_kept import KeptCounts, read_counts
from geo.review.feed_names import settled_name
from geo.review.hub_reasons import REASONS
from geo.review.maps import grid_of
from geo.review.release_tables import NO_PLACE, WHOLE_DISTRICT
from geo.review.workspace import Workspace

APART: Final = "They are not added to the council's households: the same people may be in both."
NOBODY: Final = "Nobody on record lives here"


@dataclass(frozen=True)
class PartnerTable:
    """One table of a partner's counts, as the team sees it.

    Attributes
    ----------
    kept
        Where it comes from.
    reason
        The broad reason counted; empty for everybody.
    published
        The areas of this district, named, and those in none under "".
    beyond_areas, beyond
        Areas of the file that are none of this district, and the counts shown there added up.
    """

    kept: KeptCounts
    reason: str
    published: Published
    beyond_areas: int
    beyond: int

    @property
    def gated(self) -> Gated:
        """The same as it is drawn and listed."""
        return show(self.published)

    @property
    def level(self) -> Level:
        """By which areas it counts."""
        return self.published.topic.geography.level

    @property
    def title(self) -> str:
        """Whose counts, and when."""
        about = f", {REASONS[self.reason]}" if self.reason else ""
        return f"Counts sent by {self.kept.feed}, {self.kept.period}{about}"

    @property
    def kind(self) -> str:
        """Say whether they are exact, in a sentence."""
        return kind_of(self.kept)


def counts_of(workspace: Workspace, feed: str = "", period: str = "") -> tuple[KeptCounts, ...]:
    """Find what was sent, by sender and period, the oldest first; nothing said is every one.

    Raises
    ------
    BadInputError
        There is none of this sender or period; the message lists what there is.
    """
    name = settled_name(workspace, feed) if feed else ""
    every = read_counts(workspace)
    found = [one for one in every if name in ("", one.feed) and period in ("", one.period)]
    if not found and (feed or period):
        there = ", ".join(f"{one.feed} {one.period}" for one in every) or "none yet"
        message = f"No counts of that sender and period have been sent; there is: {there}."
        raise BadInputError(message)
    return tuple(found)


def reasons_in(kept: KeptCounts) -> tuple[str, ...]:
    """List the broad reasons that are counted by the same areas as everybody; empty for everybody, the first."""
    return tuple(reason_of(table) for table in kept.file.tables if table.topic.geography.level == kept.level)


def partner_table(kept: KeptCounts, names: Mapping[str, str], *, reason: str = "") -> PartnerTable:
    """Lay one table out for this district.

    Parameters
    ----------
    names
        Of the district's areas, by code; every other code is beyond.

    Raises
    ------
    BadInputError
        The reason is not counted in what was sent.
    """
    found = next((table for table in kept.file.tables if reason_of(table) == reason), None)
    if found is None:
        listed = ", ".join(word for word in reasons_in(kept) if word) or "everybody together alone"
        message = f"The reason '{reason}' is not counted in what was sent; there is: {listed}."
        raise BadInputError(message)
    known = {**names, "": NO_PLACE, EVERYWHERE: WHOLE_DISTRICT}
    inside = tuple(replace(one, name=known[one.code]) for one in found.figures if one.code in known)
    beyond = [one for one in found.figures if one.code not in known]
    shown = sum(one.value or 0 for one in beyond)
    return PartnerTable(kept, reason, replace(found, figures=inside), len(beyond), shown)


def names_of(workspace: Workspace, level: Level) -> dict[str, str]:
    """Name the district's areas of a level, by code: wards, or hexagons of resolution 7; of others there are none."""
    wards = workspace.areas("wards") if level == "ward" else None
    if wards is not None:
        return dict(zip(wards["code"], wards["name"], strict=True))
    if level == "h3_7":
        cells = set(workspace.gazetteer().within(workspace.boundary())["h3_7"]) - {0}
        named = number_places(grid_of(workspace, 7))
        return {f"{cell:x}": named.get(cell, NOBODY) for cell in sorted(cells)}
    return {}


def shapes_for(workspace: Workspace, table: PartnerTable) -> gpd.GeoDataFrame:
    """Draw the areas of a table: AREAS table, EPSG:4326; of one number for the whole district, the district."""
    figures = [one for one in table.published.figures if one.code]
    named = {"code": [one.code for one in figures], "name": [one.name for one in figures]}
    wards = workspace.areas("wards") if table.level == "ward" else None
    if wards is not None:
        return wards[wards["code"].isin(named["code"])].reset_index(drop=True)
    if table.level == "h3_7":
        cells = np.array([int(code, 16) for code in named["code"]], dtype=np.int64)
        return gpd.GeoDataFrame(named, geometry=list(cell_polygons(cells)), crs=WGS84)
    return gpd.GeoDataFrame(named, geometry=list(workspace.boundary().geometry)[: len(figures)], crs=WGS84)


def kind_of(kept: KeptCounts) -> str:
    """Say whether counts are exact or suppressed, for a legend."""
    file = kept.file
    if file.exact:
        return f"Exact counts under the sharing agreement {file.agreement}: for the team only."
    rule = file.rule
    return (
        f"Suppressed by the sender: c hides a count from 1 to {rule.threshold}, or one that would give another away; "
        f"other numbers are rounded to the nearest {rule.round_to}."
    )


def told(table: PartnerTable) -> list[str]:
    """Say what goes with the table wherever it is seen: whose, how exact, how many are in none of its areas."""
    gated, file = table.gated, table.kept.file
    nowhere = next((one.text for one in table.published.figures if not one.code), "")
    beyond = (
        f"{table.beyond_areas:,} areas of the file are none of this district; {table.beyond:,} are shown there."
        if table.beyond_areas
        else ""
    )
    sentences = [
        f"Counts sent by {table.kept.feed}, {table.kept.period}: {gated.total} in all ({file.unit}).",
        table.kind,
        APART,
        f"In none of these areas: {nowhere}." if nowhere else "",
        beyond,
    ]
    return [sentence for sentence in sentences if sentence]
