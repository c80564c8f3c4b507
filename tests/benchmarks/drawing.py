"""Draw 5,000 cells: the planner's canvas layer against folium.GeoJson, in the same run; one line.

python tests/benchmarks/drawing.py
"""

import time
from collections.abc import Callable

import folium
import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
from shapely.geometry import Polygon, box

from layers.assets import AssetUrls
from layers.base import new_map
from layers.referrals import classes_for, draw_cells

CELLS = np.array(sorted(h3.grid_disk(h3.latlng_to_cell(51.2, -1.48, 8), 41))[:5000], dtype=np.int64)
COUNTS = pd.DataFrame({"cell": CELLS, "count": np.arange(5000) % 23 + 1, "institution": 0, "shared_point": 0})
PLACES = {int(cell): f"Village {at % 60}" for at, cell in enumerate(CELLS)}
BOUNDARY = gpd.GeoDataFrame(geometry=[box(-1.7, 51.0, -1.2, 51.4)], crs="EPSG:4326")


def ours() -> str:
    target = new_map(BOUNDARY, title="Map", urls=AssetUrls.under("/leaflet"))
    draw_cells(target, COUNTS, classes=classes_for(COUNTS), unit="household episodes", places=PLACES)
    return target.get_root().render()


def folium_geojson() -> str:
    target = folium.Map([51.2, -1.48], tiles=None)
    shapes = [Polygon([(lng, lat) for lat, lng in h3.cell_to_boundary(int(cell))]) for cell in CELLS]
    frame = gpd.GeoDataFrame(COUNTS.assign(place=COUNTS["cell"].map(PLACES)), geometry=shapes, crs="EPSG:4326")
    tooltip = folium.GeoJsonTooltip(["place", "count", "institution", "shared_point"])
    folium.GeoJson(frame, style_function=lambda _: {"fillColor": "#74418f", "weight": 1}, tooltip=tooltip).add_to(
        target
    )
    return target.get_root().render()


def measured(draw: Callable[[], str]) -> tuple[float, float]:
    """Give the best of three: seconds, and megabytes of the page."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        page = draw()
        runs.append(time.perf_counter() - start)
    return min(runs), len(page.encode()) / 1e6


if __name__ == "__main__":
    (seconds, megabytes), (peer_seconds, peer_megabytes) = measured(ours), measured(folium_geojson)
    print(
        f"5,000 cells: {seconds:.2f} s (bar 0.5), {megabytes:.2f} MB (bar 0.4); "
        f"folium.GeoJson {peer_seconds:.2f} s, {peer_megabytes:.2f} MB: {peer_seconds / seconds:.0f}x as long"
    )
