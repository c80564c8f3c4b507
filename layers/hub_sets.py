"""Draw a chosen set of hubs: lettered pins, and rings where help stands already."""

from string import ascii_uppercase
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.crs import to_wgs84
from layers.base import PlannerMap, call
from layers.hexagons import fact_column
from layers.marks import HUB_PX, draw_mark
from layers.payload import path_deltas
from layers.style import LegendEntry

_PIN: Final = "#8a1538"


def letters(count: int) -> list[str]:
    """Name the chosen sites A, B, C ...; after Z come AA, AB ...

    Examples
    --------
    >>> letters(3), letters(28)[-2:]
    (['A', 'B', 'C'], ['AA', 'AB'])
    """
    twice = (first + second for first in ("", *ascii_uppercase) for second in ascii_uppercase)
    return [letter for letter, _ in zip(twice, range(count), strict=False)]


def draw_set(target: PlannerMap, chosen: pd.DataFrame) -> None:
    """Draw the chosen sites.

    Parameters
    ----------
    chosen
        SITING_CHOSEN table; eastings and northings are EPSG:27700 metres.
    """
    if len(chosen):
        call(target, "marks", _packed(chosen.reset_index(drop=True)))


def legend_entries() -> tuple[LegendEntry, ...]:
    """Explain the pins."""
    return (LegendEntry("Chosen", svg=draw_mark("pin", "A", _PIN)),)


def _packed(chosen: pd.DataFrame) -> dict[str, Any]:
    lon, lat = to_wgs84(chosen["easting"].to_numpy(), chosen["northing"].to_numpy())
    names = letters(len(chosen))
    facts = {
        "Nearest help for": chosen["clients_nearest"].round(0).astype("int64"),
        "The only one in reach for": chosen["only_by_it"].round(0).astype("int64"),
    }
    return {
        "points": path_deltas(np.column_stack([lon, lat])),
        "icons": list(range(len(chosen))),
        "svgs": [draw_mark("pin", name, _PIN) for name in names],
        "sizes": [HUB_PX + 6] * len(chosen),
        "names": [f"{letter}: {name}" for letter, name in zip(names, chosen["name"], strict=True)],
        "facts": [fact_column(label, values) for label, values in facts.items()],
        "pins": True,
    }
