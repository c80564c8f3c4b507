"""What the rooms of known size offer to those in reach: places a session for each client."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.e2sfca import two_step
from geo.hubs.facts import Facts

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Capacity:
    """Places for each client, were a session held in every room of known size.

    Attributes
    ----------
    table
        One row a site of known capacity that reaches anybody, the fewest places a client first: site_id, name,
        capacity, clients (those further away counting less), places_a_client.
    known, sites
        How many sites have a known capacity, of how many.
    clients
        All clients with a place on the map.
    without
        Of them, those with no place in reach.
    fewest, middle
        Places a client that the worst-served tenth and half of those with any have at most.
    """

    table: pd.DataFrame
    known: int
    sites: int
    clients: float
    without: float
    fewest: float
    middle: float


def find_capacity(facts: Facts, candidates: gpd.GeoDataFrame) -> Capacity | None:
    """Share out the places of the candidates whose capacity is known; None where none is.

    Parameters
    ----------
    facts
        What is known of the candidates, in their order.
    candidates
        SITES table.
    """
    capacity = candidates["capacity"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.flatnonzero(np.isfinite(capacity))
    if not len(known):
        return None
    access = two_step(facts.counts, capacity[known], facts.reach[:, known].toarray())
    table = pd.DataFrame(
        {
            "site_id": candidates["site_id"].to_numpy()[known],
            "name": candidates["name"].to_numpy()[known],
            "capacity": capacity[known].astype(np.int64),
            "clients": access.demand.round(1),
            "places_a_client": access.ratio.round(3),
        }
    )[access.demand > 0].sort_values(["places_a_client", "name", "site_id"], ignore_index=True)
    served = access.score > 0
    fewest, middle = _quantiles(access.score[served], facts.counts[served])
    without = float(facts.counts[~served].sum())
    return Capacity(table, len(known), len(candidates), float(facts.counts.sum()), without, fewest, middle)


def told_capacity(found: Capacity) -> str:
    """Say how many rooms have a known size, and what they offer."""
    said = f"{found.known:,} of {found.sites:,} sites have a known capacity. Were a session held in each of them, "
    if found.without >= found.clients:
        return said + "no client would have a place in reach."
    served = found.clients - found.without
    return (
        f"{said}{served:,.0f} of {found.clients:,.0f} clients would have a place in reach; half of these at most "
        f"{found.middle:.2g} places a client, the worst-served tenth at most {found.fewest:.2g}. That is one session "
        "in each against all clients of the period: it compares places, and promises nobody a seat."
    )


def _quantiles(scores: FloatArray, clients: FloatArray) -> tuple[float, float]:
    """Give the score that a tenth, and half, of the clients do not exceed."""
    if not len(scores):
        return 0.0, 0.0
    order = np.argsort(scores, kind="stable")
    share = np.cumsum(clients[order]) / clients.sum()
    fewest, middle = (float(scores[order][np.searchsorted(share, part)]) for part in (0.1, 0.5))
    return fewest, middle
