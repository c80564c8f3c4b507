"""Say how many minutes hubs saved: the way to the hub against the way to the nearest help that stood already."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MinutesSaved:
    """Hold what hubs saved those within their reach, one way.

    Attributes
    ----------
    clients
        All within reach of a hub.
    nearer
        Of them, those to whom a hub is nearer than standing help, who had a way to that too.
    no_way_before
        Of them, those who had no way to standing help at all; no minutes can be told for them.
    not_reached
        Clients without a way to any hub: in none of the figures.
    mean, median
        Minutes saved a journey, over all within reach who had a way before; whoever is nearer to standing help saves 0.
        NaN where nobody is.
    total
        Client-minutes, one journey each.
    sentence
        All this in words.
    """

    clients: float
    nearer: float
    no_way_before: float
    not_reached: float
    mean: float
    median: float
    total: float
    sentence: str


def minutes_saved(to_hub: npt.ArrayLike, to_standing: npt.ArrayLike, weights: npt.ArrayLike) -> MinutesSaved:
    """Compare the journeys of everybody within reach of a hub.

    Parameters
    ----------
    to_hub
        Minutes to the nearest hub, one a place people live in; infinite or NaN where there is no way.
    to_standing
        Minutes to the nearest standing help from there, likewise.
    weights
        Clients there, 0 or more.

    Raises
    ------
    BadInputError
        The three differ in length, or a number is below 0.

    Examples
    --------
    >>> found = minutes_saved([10, 20, 5], [25, 15, np.inf], [2, 1, 4])
    >>> found.mean, found.median, found.total, found.no_way_before
    (10.0, 15.0, 30.0, 4.0)
    """
    hub, standing, clients = (np.asarray(values, dtype=np.float64) for values in (to_hub, to_standing, weights))
    _check(hub, standing, clients)
    reached = np.isfinite(hub)
    before = reached & np.isfinite(standing)
    saved, there = np.maximum(standing[before] - hub[before], 0.0), clients[before]
    total, people = float(saved @ there), float(there.sum())
    figures = {
        "clients": float(clients[reached].sum()),
        "nearer": float(there[saved > 0].sum()),
        "no_way_before": float(clients[reached & ~before].sum()),
        "not_reached": float(clients[~reached].sum()),
        "mean": total / people if people else float("nan"),
        "median": _median(saved, there),
        "total": total,
    }
    return MinutesSaved(**figures, sentence=_tell(figures))


def _check(hub: FloatArray, standing: FloatArray, clients: FloatArray) -> None:
    if not len(hub) == len(standing) == len(clients):
        message = (
            "Minutes saved cannot be worked out: expected as many journeys to a hub as to standing help and clients."
        )
        raise BadInputError(message)
    if any((values < 0).any() for values in (hub, standing, clients)) or not np.isfinite(clients).all():
        message = "Minutes saved cannot be worked out: expected minutes and clients of 0 or more."
        raise BadInputError(message)


def _median(values: FloatArray, weights: FloatArray) -> float:
    """Give the smallest value that at least half of the weight does not exceed."""
    if not weights.sum() > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    passed = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(passed, passed[-1] / 2))])


def _tell(figures: dict[str, float]) -> str:
    if not figures["clients"]:
        return "No client was within reach of a hub, so no minutes were saved."
    nearer = f"{figures['nearer']:,.0f} had it nearer than other help"
    parts = [f"Of {figures['clients']:,.0f} clients within reach of a hub, {nearer}"]
    if not np.isnan(figures["mean"]):
        parts.append(
            f"each journey was {figures['mean']:.1f} minutes shorter on average (half of them by at least "
            f"{figures['median']:.1f}), {figures['total']:,.0f} client-minutes one way"
        )
    if figures["no_way_before"]:
        parts.append(f"{figures['no_way_before']:,.0f} had no way to any help before")
    return "; ".join(parts) + "."
