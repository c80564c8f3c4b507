"""Choose the places without a hub that are compared with those that had one.

The rule is one line: their homes (or their steadied rate before) lie within so many times of the smallest and the
largest place with a hub. It looks at nothing that happened afterwards, so it cannot favour an answer.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import MissingDataError
from geo.evidence.shrinkage import shrink_to_all
from geo.hubs.monitor.ordinary import Places
from geo.scenario import MonitorOptions
from geo.scenario.monitor import Comparison

BoolArray = npt.NDArray[np.bool_]

_ALIKE: Final[dict[Comparison, str]] = {
    "homes": "with about as many homes",
    "rate": "with about as high a rate before",
    "all": "of the district, whatever their size",
}


def compare_similar(places: Places, near_hub: BoolArray, options: MonitorOptions) -> tuple[Places, str]:
    """Mark the places to compare, and say in words which they are.

    Parameters
    ----------
    places
        All places of the district.
    near_hub
        Whether each had a hub.
    options
        The rule. Where too few places are alike, all without a hub are taken, and the words say so.

    Raises
    ------
    MissingDataError
        There are too few places without a hub, or too few clients in them.
    """
    measure = places.homes_after if options.comparison == "homes" else _rates(places)
    least, most = measure[near_hub].min(), measure[near_hub].max()
    alike = (measure >= least / options.similar_within) & (measure <= most * options.similar_within) & ~near_hub
    everywhere = options.comparison == "all" or alike.sum() < options.least_places
    compared = ~near_hub if everywhere else alike
    _refuse_few(places, compared, options)
    words = f"{int(compared.sum())} places without a hub, {_ALIKE['all' if everywhere else options.comparison]}"
    if everywhere and options.comparison != "all":
        words += f" (only {int(alike.sum())} were {_ALIKE[options.comparison]})"
    return replace(places, compared=compared), words


def _rates(places: Places) -> npt.NDArray[np.float64]:
    return shrink_to_all(places.before, places.homes_before).rate


def _refuse_few(places: Places, compared: BoolArray, options: MonitorOptions) -> None:
    count = int(compared.sum())
    if count < options.least_places:
        message = (
            f"Whether the hubs worked cannot be told: {count} {'place is' if count == 1 else 'places are'} without a "
            f"hub, and at least {options.least_places} are needed to know how clients change by themselves. "
            "Use smaller places, such as hexagons in place of wards."
        )
        raise MissingDataError(message)
    clients = int(min(places.before[compared].sum(), places.after[compared].sum()))
    if clients < options.least_clients:
        message = (
            f"Whether the hubs worked cannot be told: the places without a hub had {clients} clients in one of the "
            f"years, and at least {options.least_clients} are needed to know how clients change by themselves. "
            "Pool more years, or compare with all places."
        )
        raise MissingDataError(message)
