"""Small tables to draw, with names that would break a careless page."""

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
from shapely.geometry import LineString, Point, box

from geo.crs import NATIONAL_GRID, WGS84
from geo.schema import AREAS, HOTSPOTS, KINDS, SITES
from layers import backdrop, hotspots, hubs, outlines, referrals, sites
from layers.assets import AssetUrls
from layers.base import add_legend, add_sources, new_map
from layers.style import LegendSection

NASTY = (
    '<script>window.broken = 1</script> {{ 7*7 }} {% raw %} \u2028 " \' \\ ${1} <img src=x onerror="window.broken=1">'
)
URLS = AssetUrls.under("/component/leaflet")


def cells_around(rings: int, *, resolution: int = 8) -> np.ndarray:
    return np.array(sorted(h3.grid_disk(h3.latlng_to_cell(51.2, -1.48, resolution), rings)), dtype=np.int64)


def counts_of(cells: np.ndarray) -> pd.DataFrame:
    count = np.arange(len(cells)) % 23 + 1
    return pd.DataFrame({"cell": cells, "count": count, "institution": 0, "shared_point": 0}).astype("int64")


def hotspots_of(cells: np.ndarray) -> pd.DataFrame:
    kinds = [KINDS[at % len(KINDS)] for at in range(len(cells))]
    table = counts_of(cells)[["cell", "count"]].assign(window_count=9, z=1.0, p=0.1, q=0.2, kind=kinds)
    return HOTSPOTS.validate(table.assign(expected=3.25, p_uneven=0.3, q_uneven=np.nan))


def sites_named(*names: str) -> gpd.GeoDataFrame:
    table = pd.DataFrame({"site_id": [f"s{at}" for at in range(len(names))], "name": names})
    table = table.assign(
        category="library", postcode="SP10 1DP", inside=True, opening_hours=NASTY, notes=NASTY, dataset="sites"
    )
    table = table.assign(
        capacity=pd.array([40] * len(names), dtype="Int64"),
        step_free=pd.array([True] * len(names), dtype="boolean"),
        private_room=pd.array([None] * len(names), dtype="boolean"),
    )
    points = [Point(437000 + 500 * (at // 2), 145000) for at in range(len(names))]
    return SITES.validate(
        gpd.GeoDataFrame(
            table[[name for name, column in SITES.columns.items() if name != "geometry" and column.required]],
            geometry=points,
            crs=NATIONAL_GRID,
        )
    )


def areas_of(*shapes: object, name: str = NASTY) -> gpd.GeoDataFrame:
    table = pd.DataFrame({"code": [f"{at % 3}-{at}" for at in range(len(shapes))], "name": name})
    return AREAS.validate(gpd.GeoDataFrame(table, geometry=list(shapes), crs=WGS84))


def full_map(square: gpd.GeoDataFrame, **options):
    """Draw everything there is, with names that would break a careless page."""
    target = new_map(square, title=NASTY, **options)
    land = areas_of(box(-1.6, 51.1, -1.4, 51.3))
    roads = areas_of(*(LineString([(-1.5, 51.2), (-1.45, 51.2 + at / 100)]) for at in range(3)))
    settlements = areas_of(Point(-1.48, 51.2), Point(-1.45, 51.22))
    backdrop.draw_backdrop(target, backdrop.Backdrop(land=land, water=roads, roads=roads))
    outlines.draw_boundary(target, square)
    cells = cells_around(3)
    counts = counts_of(cells)
    classes = referrals.classes_for(counts)
    referrals.draw_cells(target, counts, classes=classes, unit="rows", places=dict.fromkeys(cells.tolist(), NASTY))
    hotspots.draw_hotspots(target, hotspots_of(cells), test="excess", places=dict.fromkeys(cells.tolist(), NASTY))
    wards = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22))
    counted = pd.DataFrame({"code": ["0-0"], "count": [3], "institution": [0], "shared_point": [0]})
    referrals.draw_areas(target, wards, counted, classes=classes, unit="rows")
    outlines.draw_area_lines(target, wards)
    backdrop.draw_settlements(target, settlements)
    places = sites_named(NASTY, "Library", "Hall")
    sites.draw_sites(target, places)
    ranking = pd.DataFrame(
        {"rank": [1, 2], "site_id": ["s0", "s2"], "name": [NASTY, "Hall"], "score": [90.4, 20.0], "sentence": NASTY}
    )
    hubs.draw_hubs(target, ranking, places)
    sections = [
        LegendSection(NASTY, referrals.legend_entries(classes, nought=True)),
        LegendSection("", hotspots.legend_entries()),
        LegendSection("", sites.legend_entries(places)),
        LegendSection("", hubs.legend_entries()),
        LegendSection("", outlines.legend_entries(areas="Ward")),
    ]
    add_legend(target, sections, notes=[NASTY])
    add_sources(target, [NASTY, NASTY, ""])
    return target
