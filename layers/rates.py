"""Draw rates: clients per 1,000 homes a year, by H3 cell or named area, hatched where too few clients stand behind."""

from collections.abc import Mapping
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84, require_crs
from geo.evidence.rates import UNRELIABLE_BELOW, Rates
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.referrals import area_shapes
from layers.style import NO_RATE, UNRELIABLE, LegendEntry, RateClasses, legend_of, newer_look, rate_classes

Measure = Literal["rate", "smoothed"]

OWN_SHARE: Final = 0.5
"""A smoothed rate is drawn in colour where at least half of it is the place's own: elsewhere the map would mostly show
the district's mean under many names."""
_DRAWN: Final[dict[Measure, str]] = {"rate": "rate_per_1000_homes", "smoothed": "smoothed_per_1000_homes"}
_FACTS: Final = {
    "place": "Place",
    "count": "Clients",
    "homes": "Homes",
    "rate_per_1000_homes": "Clients per 1,000 homes a year",
    "low_per_1000_homes": "95 % range, from",
    "high_per_1000_homes": "95 % range, to",
    "smoothed_per_1000_homes": "Smoothed",
    "own_percent": "Its own share in that (%)",
    "care": "Read with care",
}


def classes_for(*rates: Rates) -> RateClasses:
    """Choose one set of classes, so that two maps side by side can be compared."""
    return rate_classes(float(np.mean([one.mean_per_1000_homes for one in rates])))


def is_hatched(table: pd.DataFrame, measure: Measure) -> npt.NDArray[np.bool_]:
    """Tell which places have too little of their own for a colour."""
    hatched = table["unreliable"] if measure == "rate" else ~(table["smoothed_weight"] >= OWN_SHARE)
    return hatched.to_numpy(dtype=bool)


def draw_cells(
    target: PlannerMap, rates: Rates, *, measure: Measure, classes: RateClasses, places: Mapping[int, str] | None = None
) -> None:
    """Draw rates by H3 cell.

    Parameters
    ----------
    rates
        By cell.
    measure
        The rate as counted, or smoothed.
    classes
        From `classes_for`.
    places
        The name of the place each cell is in, where known.
    """
    named = places or {}
    names = [named.get(cell, "A cell outside the inhabited ones") for cell in rates.table["cell"].tolist()]
    shown = _facts(rates.table.assign(place=names))
    looks = classes.looks
    draw_hexagons(target, shown, classes=_index(shown, measure, classes), looks=looks, card=_card(measure))


def draw_areas(
    target: PlannerMap, rates: Rates, areas: gpd.GeoDataFrame, *, measure: Measure, classes: RateClasses
) -> None:
    """Draw rates by named area; one where nobody is known to live has none.

    Parameters
    ----------
    areas
        AREAS table of polygons, EPSG:4326.
    """
    require_crs(areas, WGS84)
    table = pd.DataFrame(areas[["code", "name"]]).merge(rates.table, on="code", how="left")
    nobody = {"count": 0, "homes": 0.0, "institution": 0, "newer": False, "unreliable": True}
    shown = _facts(
        table.assign(**{name: table[name].fillna(value) for name, value in nobody.items()}, place=table["name"])
    )
    index = _index(shown, measure, classes)
    call(
        target, "fills", area_shapes(areas) | fill_data(shown, classes=index, looks=classes.looks, card=_card(measure))
    )


def legend_entries(
    rates: Rates, *, measure: Measure, classes: RateClasses, areas: gpd.GeoDataFrame | None = None
) -> tuple[LegendEntry, ...]:
    """Name the classes and explain the hatch, and the other marks where they occur on the map."""
    words = (
        f"Fewer than {UNRELIABLE_BELOW} clients: no firm rate" if measure == "rate" else "Mostly the district's mean"
    )
    entries = (*legend_of(classes.labels(), classes.looks[: len(classes.lows)]), LegendEntry(words, UNRELIABLE))
    empty = areas is not None and len(areas) > len(rates.table)
    if empty or (rates.table["homes"] == 0).any():
        entries = (*entries, LegendEntry("No home on record", NO_RATE))
    if rates.table["newer"].any():
        entries = (*entries, LegendEntry("Postcodes newer than the homes", newer_look(UNRELIABLE)))
    return entries


def _index(shown: pd.DataFrame, measure: Measure, classes: RateClasses) -> npt.NDArray[np.int64]:
    return classes.index(shown[_DRAWN[measure]], hatched=is_hatched(shown, measure), newer=shown["newer"])


def _facts(table: pd.DataFrame) -> pd.DataFrame:
    rates = [name for name in _FACTS if name.endswith("per_1000_homes")]
    return table.assign(
        **{name: legible(table[name]) for name in rates},
        count=table["count"].astype("int64"),
        homes=table["homes"].round().astype("int64"),
        newer=table["newer"].astype(bool),
        unreliable=table["unreliable"].astype(bool),
        own_percent=(100 * table["smoothed_weight"]).round(),
        care=care_words(table),
    )


def care_words(table: pd.DataFrame) -> list[str]:
    """Say of each place why its rate is to be read with care; empty where it is not."""
    marks = {
        "no home on record": table["homes"] == 0,
        f"fewer than {UNRELIABLE_BELOW} clients": table["unreliable"] & (table["homes"] > 0),
        "postcodes newer than the homes": table["newer"],
    }
    at_institution = [f"{count:,.0f} at an institution" if count else "" for count in table["institution"].tolist()]
    said = [[words if marked else "" for marked in column] for words, column in marks.items()]
    return ["; ".join(part for part in parts if part) for parts in zip(*said, at_institution, strict=True)]


def legible(rates: pd.Series) -> pd.Series:
    """Round rates for reading: one decimal, and two figures below 1, so that a small one is never shown as none.

    Examples
    --------
    >>> legible(pd.Series([13.24, 0.0412, 0.0])).tolist()
    [13.2, 0.041, 0.0]
    """
    small = pd.Series([float(f"{rate:.2g}") for rate in rates.tolist()], index=rates.index, dtype="float64")
    return rates.round(1).where(rates >= 1, small)


def _card(measure: Measure) -> Card:
    return Card(_FACTS, printed=_DRAWN[measure])
