"""The choices of the Hubs page: whose need, how far and how people travel, what counts how much and how sure one is."""

from typing import Final

import geopandas as gpd
import streamlit as st

from geo.evidence.counts import Selection
from geo.hubs.need import NeedKind
from geo.hubs.result import Ranking
from geo.places.travel import Mode
from geo.review.workspace import Workspace
from geo.scenario import RankingWeights, Scenario
from pages.kit import filters, session
from pages.kit.hub_evidence import Asked

CRITERION: Final = {
    "need_reached": "Clients within reach",
    "new_reach": "Of them, new ones",
    "co_location": "Services near by",
    "suitability": "Suitable building",
}
KIND: Final[dict[str, NeedKind]] = {"Clients who came": "clients", "Clients expected from the homes": "expected"}
MODE: Final[dict[Mode, str]] = {"walk": "On foot", "drive": "By car", "bus": "By bus"}
SURE: Final = {
    0.0: "Exactly these",
    0.25: "Give or take a quarter",
    0.5: "Give or take a half",
    1.0: "From nothing to twice as much",
}
NO_SITE: Final = "None"
MINUTES: Final = (10.0, 15.0, 20.0, 30.0, 45.0, 60.0)


def choose(workspace: Workspace) -> Asked:
    """Ask for everything that the ranking and the reach rest on."""
    chosen, kind, mode = choose_journeys(workspace)
    saved = workspace.scenario.reach.cutoff_minutes
    steps = sorted({*MINUTES, saved})
    minutes = st.selectbox(
        "Within how many minutes", steps, index=steps.index(saved), format_func=lambda step: f"{step:g}"
    )
    scenario = _weighed(workspace)
    reach = scenario.reach.model_copy(update={"cutoff_minutes": minutes})
    return Asked(chosen, kind, mode, scenario.model_copy(update={"reach": reach}))


def choose_journeys(workspace: Workspace) -> tuple[Selection, NeedKind, Mode]:
    """Ask whose need counts, and how people come."""
    chosen = filters.choose_need(workspace)
    first, second = st.columns(2)
    kind = KIND[first.selectbox("Need", list(KIND), help="Expected: homes times the smoothed rate of each place.")]
    modes = {MODE[mode]: mode for mode in _modes(workspace)}
    return chosen, kind, modes[second.selectbox("How people come", list(modes))]


def choose_site(ranked: Ranking, sites: gpd.GeoDataFrame) -> tuple[str, str]:
    """Ask whose reach to draw, of the ranked places and of all others known; gives a site's id and name, or nothing."""
    named = dict(zip(sites["site_id"].tolist(), sites["name"].tolist(), strict=True))
    ranks = dict(zip(ranked.table["site_id"].tolist(), ranked.table["rank"].tolist(), strict=True))
    others = sorted(set(named) - set(ranks), key=lambda site: (named[site], site))
    shown = {"": NO_SITE} | {site: f"{rank}. {named[site]}" for site, rank in ranks.items()}
    shown |= {site: named[site] for site in others}
    chosen = st.selectbox("Draw how far people come to", list(shown), index=1, format_func=lambda site: shown[site])
    return chosen, named.get(chosen, "")


def percents(weights: RankingWeights) -> dict[str, int]:
    """Write weights for sliders from 0 to 100; a scenario may hold larger ones, and only their proportions matter.

    Examples
    --------
    >>> percents(RankingWeights(need_reached=4, new_reach=2, co_location=1, suitability=0))
    {'need_reached': 100, 'new_reach': 50, 'co_location': 25, 'suitability': 0}
    >>> percents(RankingWeights())
    {'need_reached': 35, 'new_reach': 30, 'co_location': 20, 'suitability': 15}
    """
    given: dict[str, float] = weights.model_dump()
    largest = max(1.0, *given.values())
    return {name: round(100 * weight / largest) for name, weight in given.items()}


def _modes(workspace: Workspace) -> list[Mode]:
    """List how one may travel: on foot always, by car where there are streets, by bus where there is a timetable."""
    there: dict[Mode, bool] = {"walk": True, "drive": workspace.has("streets"), "bus": workspace.has("timetable")}
    return [mode for mode, possible in there.items() if possible]


def _weighed(workspace: Workspace) -> Scenario:
    """Ask how much each criterion counts; only this tab sees it until the weights are saved."""
    saved = workspace.scenario
    with st.expander("What should count, and how much?"):
        st.caption("Only the proportions matter. Changes are yours alone until you save them.")
        start, columns = percents(saved.weights), st.columns(len(CRITERION))
        values = {
            name: column.slider(label, 0, 100, start[name], step=5, key=f"weight_{name}")
            for column, (name, label) in zip(columns, CRITERION.items(), strict=True)
        }
        unsure = _choose_unsure(saved.ranking.unsure)
        weights = RankingWeights(**{name: value / 100 for name, value in values.items()})
        ranking = saved.ranking.model_copy(update={"unsure": unsure})
        changed = saved.model_copy(update={"weights": weights, "ranking": ranking})
        _offer_saving(workspace, changed)
    return changed


def _choose_unsure(saved: float) -> float:
    steps = sorted({*SURE, saved})
    return st.selectbox(
        "How sure are you of these weights?",
        steps,
        index=steps.index(saved),
        format_func=lambda step: SURE.get(step, f"Give or take {100 * step:.0f} %"),
        help="The order is tried with thousands of other weights within this range. Ranges of single weights can be "
        "set in scenario.toml, under [ranking.ranges]; they go before this choice.",
    )


def _offer_saving(workspace: Workspace, changed: Scenario) -> None:
    if session.is_sample(workspace):
        st.caption("The sample district keeps no weights.")
    elif st.button("Save these weights for everybody"):
        workspace.save_scenario(changed)
        st.rerun()
