"""From need, sites and journeys to the question of a set of hubs."""

from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.hubs.candidates import candidates_among
from geo.hubs.facts import Facts, Surroundings, gather_facts
from geo.hubs.need import Need
from geo.hubs.points import site_points
from geo.hubs.siting.problem import Question, SiteList, SitingProblem, SitingRules
from geo.places.grid import HexGrid
from geo.places.naming import PlaceNames, name_places
from geo.scenario import ReachOptions

FloatArray = npt.NDArray[np.float64]

_TWICE: Final = 2.0  # a journey that cannot be made counts as twice the longest that can


@dataclass(frozen=True)
class Ask:
    """What somebody asks for.

    Attributes
    ----------
    question
        cover, average, worst or fewest.
    rules
        Must-keep and never as ids or as names.
    within_minutes
        Who counts as reached.
    prices
        Pounds a site costs, by id or name; sites that are not named cost nothing.
    clients_a_hub
        A hub can see so many clients at most; infinite where nobody has said.
    categories
        Only sites of these; all where empty.
    """

    question: Question = "cover"
    rules: SitingRules = field(default_factory=SitingRules)
    within_minutes: float = 30.0
    prices: dict[str, float] = field(default_factory=dict)
    clients_a_hub: float = float("inf")
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The question, with what its answer is told by.

    Attributes
    ----------
    problem
        The question itself.
    candidates
        SITES table in the order of the problem's sites.
    facts
        What is known of the sites and the journeys.
    """

    problem: SitingProblem
    candidates: gpd.GeoDataFrame
    facts: Facts


def gather_question(
    ask: Ask, need: Need, surroundings: Surroundings, grid: HexGrid, *, names: PlaceNames, options: ReachOptions
) -> Asked:
    """Put a question together.

    Parameters
    ----------
    ask
        What is asked.
    need, grid
        Clients by cell, and what the cells are called.
    surroundings
        The sites, the office, and how journeys are measured.
    names
        Settlements and wards: the towns that sites lie in.
    options
        Pace and detour.

    Raises
    ------
    MissingDataError
        There is no site, or one hub a town is asked for where no towns are known.
    BadInputError
        A site that is named does not exist, or two sites have that name.
    """
    candidates = candidates_among(surroundings.open_sites, ask.categories)
    facts = gather_facts(need, candidates, surroundings, options=options)
    towns = _towns(candidates, names, required=ask.rules.one_per_town)
    minutes = facts.journeys.minutes
    count = len(candidates)
    prices = np.zeros(count)
    if np.isfinite(ask.rules.budget) and not ask.prices:
        message = (
            "A budget needs to know what each site costs; write costs into the register, or give --costs FILE with the "
            "columns site and cost."
        )
        raise BadInputError(message)
    others = _words_of(surroundings.sites) - _words_of(candidates)  # known, and not among those that compete
    for word, price in ask.prices.items():
        if word.casefold().strip() not in others:
            prices[_position(candidates, word)] = price
    problem = SitingProblem(
        question=ask.question,
        need=facts.counts,
        places=_place_names(need, grid),
        minutes=minutes,
        standing_minutes=facts.minutes_now,
        sites=SiteList(
            ids=tuple(candidates["site_id"]),
            names=tuple(candidates["name"]),
            towns=towns,
            points=site_points(candidates),
            prices=prices,
            capacity=np.full(count, ask.clients_a_hub),
        ),
        rules=_named(ask.rules, candidates),
        within_minutes=ask.within_minutes,
        beyond_minutes=_beyond(minutes, facts.journeys.cutoff_minutes),
    )
    return Asked(problem, candidates, facts)


def _beyond(minutes: FloatArray, cutoff: float) -> float:
    """Say what a journey counts as that was not measured or cannot be made."""
    longest = float(minutes[np.isfinite(minutes)].max(initial=0.0))
    return _TWICE * (cutoff if np.isfinite(cutoff) else longest)


def _named(rules: SitingRules, candidates: gpd.GeoDataFrame) -> SitingRules:
    ids = candidates["site_id"].to_numpy()
    return SitingRules(
        hubs=rules.hubs,
        must_keep=tuple(dict.fromkeys(ids[_position(candidates, word)] for word in rules.must_keep)),
        never=tuple(dict.fromkeys(ids[_position(candidates, word)] for word in rules.never)),
        budget=rules.budget,
        one_per_town=rules.one_per_town,
        spacing_m=rules.spacing_m,
    )


def _words_of(sites: gpd.GeoDataFrame) -> set[str]:
    """Give the ids and names that sites may be called by."""
    return {word.casefold().strip() for column in ("site_id", "name") for word in sites[column]}


def _position(candidates: gpd.GeoDataFrame, word: str) -> int:
    """Find a site by its id, else by its name, whatever the case."""
    by_id = np.flatnonzero(candidates["site_id"].to_numpy() == word)
    names = candidates["name"].str.casefold().str.strip().to_numpy()
    found = by_id if by_id.size else np.flatnonzero(names == word.casefold().strip())
    if not found.size:
        message = f"No site that competes is called '{word}'; `planner hubs rank --json` lists them with their ids."
        raise BadInputError(message)
    if found.size > 1:
        ids = ", ".join(candidates["site_id"].to_numpy()[found])
        message = f"{found.size} sites are called '{word}'; name the one you mean by its id: {ids}."
        raise BadInputError(message)
    return int(found[0])


def _towns(candidates: gpd.GeoDataFrame, names: PlaceNames, *, required: bool) -> tuple[str, ...]:
    """Name the settlement each site lies in, else its ward; empty where neither is known."""
    if required and names.settlements is None and names.wards is None:
        message = "One hub a town needs to know the towns; add settlements or wards with `planner add backdrop`."
        raise MissingDataError(message)
    east, north = site_points(candidates).T
    points = pd.DataFrame({"easting": east, "northing": north, "sector": ""})
    return tuple(name_places(points, names))


def _place_names(need: Need, grid: HexGrid) -> tuple[str, ...]:
    places = grid.cells.set_index("cell")["place"].reindex(need.points.cells).fillna("a cell without homes")
    return tuple(str(place) for place in places)
