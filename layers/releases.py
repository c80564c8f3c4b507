"""Draw a release: areas in classes of the published numbers, hatched where a count is hidden, and nothing else."""

from collections.abc import Callable
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import WGS84, require_crs
from geo.disclosure.gate import Gated
from geo.disclosure.rules import Rule
from geo.review.release_words import FOR_WHOM, told_topic
from geo.review.releases import Release, given_out
from layers.assets import AssetUrls
from layers.base import PlannerMap, add_legend, add_sources, call, new_map
from layers.hexagons import Card, fill_data
from layers.outlines import draw_boundary
from layers.outlines import legend_entries as boundary_entries
from layers.referrals import area_shapes
from layers.release_files import all_notes, notes_of, release_table
from layers.standalone import standalone_html
from layers.style import UNRELIABLE, CountClasses, LegendEntry, LegendSection, count_classes, legend_of

HIDDEN: Final = UNRELIABLE
_HIDDEN_WORDS: Final = "c: hidden"
_BREAKS: Final = (
    (49, (15, 20, 30, 40)),
    (149, (20, 40, 60, 100)),
    (499, (25, 50, 100, 250)),
    (1_999, (50, 100, 250, 1_000)),
)
_LARGE: Final = (250, 1_000, 5_000, 20_000)


def release_map(
    release: Release,
    *,
    boundary: gpd.GeoDataFrame,
    beneath: Callable[[PlannerMap], None] | None = None,
    urls: AssetUrls | None = None,
) -> PlannerMap:
    """Draw a release as a map of its own, from what was given out and the district's outline.

    Parameters
    ----------
    boundary
        The district, EPSG:4326.
    beneath
        Draws land, water and roads; nothing without it.
    urls
        Where a page finds Leaflet; without it the map can only stand alone.
    """
    gated = given_out(release)
    target = new_map(boundary, title=release_title(release), urls=urls)
    if beneath is not None:
        beneath(target)
    classes = classes_for(gated, release.published.rule)
    draw_release(target, gated, release.shapes, classes=classes)
    draw_boundary(target, boundary)
    entries = (*legend_entries(gated, classes, rule=release.published.rule), *boundary_entries())
    add_legend(target, [LegendSection("Clients", entries)], notes=notes_of(release))
    add_sources(target, release.attributions)
    return target


def release_html(
    release: Release, *, boundary: gpd.GeoDataFrame, beneath: Callable[[PlannerMap], None] | None = None
) -> bytes:
    """Write the map, the table and the notes as one page that asks no other host; parameters as `release_map`."""
    target = release_map(release, boundary=boundary, beneath=beneath)
    whom = FOR_WHOM[release.audience]
    return standalone_html(target, table=release_table(release), notes=all_notes(release), whom=whom).encode("utf-8")


def release_title(release: Release) -> str:
    """Head the map."""
    told = told_topic(release.published.topic)
    return f"{release.title}: {told}" if release.title else told


def draw_release(target: PlannerMap, gated: Gated, shapes: gpd.GeoDataFrame, *, classes: CountClasses) -> None:
    """Draw the areas of a table that passed the gate.

    Parameters
    ----------
    gated
        As its audience may see it.
    shapes
        AREAS table, EPSG:4326; an area that the table does not know is not drawn.
    classes
        From `classes_for`.
    """
    require_crs(shapes, WGS84)
    table = shapes[["code", "geometry"]].merge(gated.table, on="code", how="inner")
    hidden = table["count"].isna().to_numpy(dtype=bool)
    index = np.where(hidden, len(classes.looks), classes.index(table["count"].fillna(0)))
    shown = pd.DataFrame({"place": table["name"].where(table["name"] != "", table["code"]), "shown": table["shown"]})
    looks = (*classes.looks, HIDDEN)
    card = Card({"place": "Place", "shown": "Clients"})
    call(target, "fills", area_shapes(table) | fill_data(shown, classes=index, looks=looks, card=card))


def classes_for(gated: Gated, rule: Rule) -> CountClasses:
    """Choose classes from the published numbers and the rule alone."""
    most = int(gated.table["count"].where(gated.table["code"] != "").max(skipna=True) or 0) if _any(gated) else 0
    if rule.round_to == 1:
        return count_classes(most)
    smallest = rule.rounded(rule.threshold + 1)
    breaks = next((lows for highest, lows in _BREAKS if most <= highest), _LARGE)
    above = sorted({rule.rounded(low) for low in breaks} - set(range(smallest + 1)))
    lows = (smallest, *above)
    return CountClasses(lows=lows, looks=count_classes(most).looks[: len(lows) + 1])


def legend_entries(gated: Gated, classes: CountClasses, *, rule: Rule) -> tuple[LegendEntry, ...]:
    """Name the classes as far as published numbers can fall into them, and the hatch."""
    words = _spans(classes.lows, rule.round_to)
    coloured = legend_of(["0", *words], classes.looks)
    return coloured if gated.audience == "agreement" else (*coloured, LegendEntry(_HIDDEN_WORDS, HIDDEN))


def _any(gated: Gated) -> bool:
    return bool(gated.table.loc[gated.table["code"] != "", "count"].notna().any())


def _spans(lows: tuple[int, ...], step: int) -> list[str]:
    """Write classes by the rounded numbers in them, such as "15" or "20 to 25"."""
    ends = [low - step for low in lows[1:]]
    spans = [f"{low:,}" if low >= end else f"{low:,} to {end:,}" for low, end in zip(lows, ends, strict=False)]
    return [*spans, f"{lows[-1]:,} or more"]
