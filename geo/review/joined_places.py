"""Join sites that officers said are one place into one site: its facts, its services and its most precise point."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.hubs.points import STANDING
from geo.hubs.services import SERVICES_COLUMN, joined_services
from geo.review.register_words import CATEGORY
from geo.review.same_answers import Pair, PairAnswer, by_site, places_of, services_of

_FACTS_FROM: Final = (
    "register",
    "sites",
    "gp_surgeries",
    "gp_branches",
    "libraries",
    "food_banks",
    "osm_sites",
)
"""Whose word goes first, where two lists say different things of one place: the council's own."""
_POINT_FROM: Final = ("osm_sites", "libraries", "sites", "food_banks", "register", "gp_branches", "gp_surgeries")
"""Whose point goes first: OpenStreetMap draws the building, libraries give the door; NHS ODS has a postcode alone."""
Facts = Mapping[str, str]


@dataclass(frozen=True)
class JoinedPlace:
    """A place that several lists have.

    Attributes
    ----------
    members
        The ids of its sites; the first one stands for the place.
    services
        Of its sites, one for each service that it holds: a service listed twice counts once.
    """

    members: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def head(self) -> str:
        """The id of the site that stands for the place."""
        return self.members[0]


def joined_places(
    categories: Mapping[str, str], datasets: Mapping[str, str], answers: Mapping[Pair, PairAnswer]
) -> tuple[JoinedPlace, ...]:
    """Join the sites that are in their files now.

    Parameters
    ----------
    categories, datasets
        By site id, of every site that is in its file.
    answers
        Those that count.

    Returns
    -------
    tuple
        Places of two sites or more. Where help stands already goes first, then whose word goes first.
    """

    def rank(site: str) -> tuple[bool, int, str]:
        return categories[site] not in STANDING, _place_in(_FACTS_FROM, datasets[site]), site

    same = by_site(services_of(answers))
    found = []
    for group in places_of(answers):
        members = tuple(sorted((site for site in group if site in categories), key=rank))
        if len(members) > 1:
            services = {min(same.get(site, {site}) & set(members), key=rank) for site in members}
            found.append(JoinedPlace(members, tuple(sorted(services, key=rank))))
    return tuple(found)


def joined_facts(place: JoinedPlace, facts: Mapping[str, Facts]) -> dict[str, str]:
    """Give the facts of a place: of each, the first that one of its sites has.

    What clients find there is, unless somebody wrote it down, the services that its sites are.
    """
    found: dict[str, str] = {}
    for site in place.members:
        found |= {field: text for field, text in facts[site].items() if text and not found.get(field)}
    if not found.get("services") and len(place.services) > 1:
        found["services"] = _service_words(place, facts)
    return {**facts[place.head], **found}


def join_sites(sites: gpd.GeoDataFrame, places: Sequence[JoinedPlace]) -> gpd.GeoDataFrame:
    """Take one row for each place.

    Parameters
    ----------
    sites
        SITES table, EPSG:27700, whose heads have the facts of their places already.
    places
        Which of them are one.

    Returns
    -------
    geopandas.GeoDataFrame
        SITES table; where sites were joined, with the column `services`.
    """
    if not places:
        return sites
    rows = sites.set_index("site_id", drop=False)
    points, inside = rows.geometry.copy(), rows["inside"].copy()
    services = rows["category"].copy()
    for place in places:
        precise = min(place.members, key=lambda site: (_place_in(_POINT_FROM, str(rows["dataset"][site])), site))
        points[place.head], inside[place.head] = points[precise], inside[precise]
        services[place.head] = joined_services(_categories(place, rows["category"]))
    table = rows.assign(inside=inside, **{SERVICES_COLUMN: services.astype(str)}).set_geometry(points)
    spare = {site for place in places for site in place.members[1:]}
    return table[~table["site_id"].isin(spare)].reset_index(drop=True)


def _categories(place: JoinedPlace, categories: pd.Series) -> Iterable[str]:
    return (str(categories[site]) for site in place.services)


def _service_words(place: JoinedPlace, facts: Mapping[str, Facts]) -> str:
    """Name the services by their kinds, and those of one kind by their names."""
    kinds = [facts[site].get("category", "") for site in place.services]
    words = [
        CATEGORY.get(kind, kind) if kinds.count(kind) == 1 else facts[site]["name"].replace(";", ",")
        for site, kind in zip(place.services, kinds, strict=True)
    ]
    return "; ".join(dict.fromkeys(words))


def _place_in(order: Sequence[str], dataset: str) -> int:
    return order.index(dataset) if dataset in order else len(order)
