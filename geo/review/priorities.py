"""Find a review's priority areas: both tests, how firm, which way they go, who came and what stands near."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from geo.evidence.areas import HotArea, area_of_cells, find_areas
from geo.evidence.clusters import Clusters, find_clusters
from geo.evidence.counts import CellCounts, count_selected_cells, select_episodes
from geo.evidence.exposure import covered_months
from geo.evidence.hotspots import Hotspots, find_hotspots
from geo.evidence.power import detectable_risks
from geo.evidence.priorities import area_figures
from geo.evidence.priority_words import explain_area
from geo.evidence.scan_null import NullStore
from geo.evidence.stability import Stability
from geo.places.grid import HexGrid
from geo.review.area_context import area_groups, area_services, area_trends
from geo.review.area_names import cell_names
from geo.review.area_notes import note_on, read_notes
from geo.review.maps import episodes_of, grid_of
from geo.review.review_plan import ReviewPlan
from geo.review.stability import stability_of
from geo.review.workspace import Workspace
from geo.schema import PRIORITIES

Progress = Callable[[str, float], None]

_MONTHS_A_YEAR: Final = 12
_A_THOUSAND: Final = 1_000.0


@dataclass(frozen=True)
class StandingOut:
    """Hold the areas that stand out, and what both tests found, without what else is known of them.

    Attributes
    ----------
    areas
        Priorities first.
    plan
        Which review, and what its rule counts.
    counts, grid
        Episodes by cell, and the cells tested.
    found, clusters
        The two ways in which places were tested.
    """

    areas: tuple[HotArea, ...]
    plan: ReviewPlan
    counts: CellCounts
    grid: HexGrid
    found: Hotspots
    clusters: Clusters


@dataclass(frozen=True)
class Priorities:
    """Hold the areas that stand out, with all they rest on.

    Attributes
    ----------
    table
        PRIORITIES table, priorities first.
    areas
        The same areas with their cells, in the same order.
    plan
        Which review, and what its rule counts.
    counts, grid
        Episodes by cell, and the cells tested.
    found, clusters, stability
        The three ways in which places were looked at.
    exposure_years
        Years that the records cover.
    notes
        What a reader should know of the comparison of years.
    """

    table: pd.DataFrame
    areas: tuple[HotArea, ...]
    plan: ReviewPlan
    counts: CellCounts
    grid: HexGrid
    found: Hotspots
    clusters: Clusters
    stability: Stability
    exposure_years: float
    notes: tuple[str, ...]

    @property
    def district_rate(self) -> float | None:
        """Clients per 1,000 homes a year of all tested cells; None where no home is known."""
        home_years = float(self.grid.cells["homes"].sum()) * self.exposure_years
        return _A_THOUSAND * self.found.clients / home_years if home_years else None

    @property
    def rule(self) -> str:
        """The rule in plain words, as it is frozen."""
        scan = self.clusters.options
        return (
            "An area is a priority where the test of every place against the homes and the district's ordinary "
            f"unevenness (false discovery rate) and the search for clusters ({scan.replicates:,} simulated districts, "
            f"up to {100 * scan.population_share:g} % of the homes) both find it; where one of them does, it is "
            f"watched. {self.stability.rule}"
        )


def standing_out(
    workspace: Workspace, plan: ReviewPlan, *, nulls: NullStore | None = None, progress: Progress | None = None
) -> StandingOut:
    """Find the areas that stand out, by the two tests alone; what is raised, and the parameters, as `priorities_of`."""
    tell, scenario = progress or _silent, workspace.scenario
    tell("Testing every place", 0.0)
    grid = grid_of(workspace, plan.resolution, period=plan.selection.period)
    counts = count_selected_cells(episodes_of(workspace), plan.selection, resolution=plan.resolution)
    found = find_hotspots(counts, grid, test="excess")
    scanning = _part(tell, start=0.2, stop=1.0)
    clusters = find_clusters(counts, grid, options=scenario.scan, nulls=nulls, progress=scanning)
    names = cell_names(workspace, grid)
    areas = find_areas(found, clusters, grid, level=scenario.priority.level, names=names)
    return StandingOut(tuple(areas), plan, counts, grid, found, clusters)


def priorities_of(
    workspace: Workspace, plan: ReviewPlan, *, nulls: NullStore | None = None, progress: Progress | None = None
) -> Priorities:
    """Run the review's analysis: the same workspace and plan give the same answer.

    Parameters
    ----------
    plan
        As `plan_review` gives it.
    nulls
        Where simulated districts are kept between runs.
    progress
        Told the step and the share done, 0 to 1.

    Raises
    ------
    MissingDataError
        There are no records, no postcode directory or no homes.
    """
    tell, scenario = progress or _silent, workspace.scenario
    first = standing_out(workspace, plan, nulls=nulls, progress=_part(tell, start=0.0, stop=0.5))
    stability = stability_of(
        workspace,
        area_of_cells(list(first.areas)),
        selection=plan.selection,
        resolution=plan.resolution,
        progress=_part(tell, start=0.5, stop=0.95),
    )
    tell("Comparing with the year before", 0.95)
    trend, notes = area_trends(workspace, first.areas, plan)
    months = covered_months(workspace.records(), plan.selection, first_month=scenario.review_first_month)
    tested = (first.counts, first.grid, first.found, first.clusters)
    whole = Priorities(trend, first.areas, plan, *tested, stability, months / _MONTHS_A_YEAR, notes)
    return replace(whole, table=_table(workspace, whole, trend))


def _table(workspace: Workspace, whole: Priorities, trend: pd.DataFrame) -> pd.DataFrame:
    """Set everything known of each area side by side, all but notes and sentences."""
    found, grid, areas, plan = whole.found, whole.grid, list(whole.areas), whole.plan
    risks = detectable_risks(found, grid, level=workspace.scenario.priority.level).dropna()
    detectable = dict(zip(risks.index.tolist(), risks.tolist(), strict=True))
    figures = area_figures(
        areas, found, whole.clusters, grid, exposure_years=whole.exposure_years, detectable=detectable
    )
    firm = whole.stability.table.set_index("area").reindex(figures["area"])
    # Words and numbers by name: without any area the frame would not know.
    words = pd.Series(firm["word"].to_numpy(), index=figures.index, dtype="str")
    parts = [
        figures.assign(stability=words, stability_share=firm["share"].to_numpy(dtype=float)),
        trend,
        area_groups(select_episodes(episodes_of(workspace), plan.selection), areas, plan.resolution),
        area_services(workspace, areas, grid),
    ]
    return pd.concat(parts, axis="columns")


def with_notes(found: Priorities, workspace: Workspace) -> Priorities:
    """Add what officers noted on the areas, and put each area into a sentence: PRIORITIES table."""
    notes = read_notes(workspace)
    known = [note_on(notes, area.cells, resolution=found.plan.resolution) for area in found.areas]
    table = found.table.assign(already_known=pd.Series(known, index=found.table.index, dtype="str"))
    sentences = [
        explain_area(row, unit=found.counts.unit, district_rate=found.district_rate) for row in table.to_dict("records")
    ]
    table = table.assign(sentence=pd.Series(sentences, index=table.index, dtype="str"))
    return replace(found, table=PRIORITIES.validate(table[list(PRIORITIES.columns)]))


def _part(tell: Progress, *, start: float, stop: float) -> Progress:
    """Tell the progress of one part as progress of the whole."""
    return lambda step, share: tell(step, start + (stop - start) * share)


def _silent(step: str, share: float) -> None:
    del step, share
