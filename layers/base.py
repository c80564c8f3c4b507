"""The empty map: Leaflet from this machine, fitted to the district, with scale, legend, sources and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
import geopandas as gpd
from branca.element import MacroElement
from folium.template import Template

from geo.crs import WGS84, require_crs
from layers.assets import AssetUrls, planner_script, planner_style
from layers.payload import safe_json
from layers.style import PAPER, LegendSection


@dataclass(frozen=True, slots=True)
class Tiles:
    """A tile server that a council chose to ask; maps ask none by default.

    Attributes
    ----------
    url
        Its address with {z}, {x} and {y}.
    attribution
        The line its owner asks for.
    """

    url: str
    attribution: str = ""


class PlannerMap(folium.Map):
    """A folium map without folium's four outside hosts, that may be zoomed as WCAG 2.2 asks."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>{{ this.style }}
            html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
            #{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
        </style>{% endmacro %}
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }} ></div>{% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this.kit }}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.settings }});
            planner.open({{ this.get_name() }}, {{ this.opening }});
        {% endmacro %}
        """,
    )

    def __init__(self, opening: Mapping[str, Any], *, title: str, urls: AssetUrls, smooth_zoom: bool) -> None:
        super().__init__(location=_middle(opening["bounds"]), tiles=None)
        self.default_js = [("leaflet", urls.leaflet_js)]
        self.default_css = [("leaflet_css", urls.leaflet_css)]
        self.title = title
        self.tiles: Tiles | None = None
        self.style = planner_style()
        self.kit = planner_script()
        step = 0.5 if smooth_zoom else 1  # tiles are blurred between whole zooms
        self.settings = safe_json({"zoomSnap": step, "maxZoom": 18, "minZoom": 6, "attributionControl": False})
        self.opening = safe_json({**opening, "title": title, "paper": PAPER})


class Call(MacroElement):
    """One call of the drawing kit: its verb, and the data as JSON that cannot be read as anything else."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "planner.{{ this.verb }}({{ this._parent.get_name() }}, {{ this.data }});"
        "{% endmacro %}",
    )

    def __init__(self, verb: str, data: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "PlannerCall"
        self.verb = verb
        self.data = safe_json(data)


def new_map(
    boundary: gpd.GeoDataFrame,
    *,
    title: str,
    urls: AssetUrls | None = None,
    tiles: Tiles | None = None,
    whole: str = "",
    first: gpd.GeoDataFrame | None = None,
) -> PlannerMap:
    """Open an empty map on a district.

    Parameters
    ----------
    boundary
        Any geometry table in EPSG:4326; the map opens on its extent.
    title
        What the map shows: its accessible name, and the heading of a page that stands alone.
    urls
        Where the page finds Leaflet. Without it the map can only be written by `standalone_html`.
    tiles
        An outside tile server; None, the default, asks nobody.
    whole
        What the button says that shows the extent again; "Whole district" by default.
    first
        A table in EPSG:4326 on whose extent the map opens instead, where the whole is too wide to see anything on.

    Raises
    ------
    BadInputError
        A table is not in EPSG:4326.
    """
    opening: dict[str, Any] = {"bounds": _bounds(boundary), **({"whole": whole} if whole else {})}
    if first is not None:
        opening["first"] = _bounds(first)
    made = PlannerMap(opening, title=title, urls=urls or AssetUrls("", ""), smooth_zoom=tiles is None)
    if tiles is not None:
        made.tiles = tiles
        _add_tiles(made, tiles)
    return made


def _bounds(table: gpd.GeoDataFrame) -> list[list[float]]:
    require_crs(table, WGS84)
    west, south, east, north = (round(float(edge), 6) for edge in table.total_bounds)
    return [[south, west], [north, east]]


def add_legend(
    target: PlannerMap, sections: Sequence[LegendSection], *, title: str = "Legend", notes: Sequence[str] = ()
) -> None:
    """Add the legend; it folds away, and opens folded on a narrow map.

    Parameters
    ----------
    sections
        What each layer's `legend_entries` gives, under its title.
    notes
        Plain sentences below, such as the share of clients that could not be mapped.
    """
    data = {"title": title, "sections": [section.packed() for section in sections], "notes": list(notes)}
    target.add_child(Call("legend", data))


def add_sources(target: PlannerMap, attributions: Sequence[str]) -> None:
    """Add the attribution lines that licences ask for, each once, and name the outside host if there is one."""
    lines = [line for line in dict.fromkeys(attributions) if line]
    if target.tiles is not None:
        lines.append(f"Background fetched from outside this machine: {target.tiles.attribution or target.tiles.url}")
    target.add_child(Call("sources", lines))


def call(target: PlannerMap, verb: str, data: dict[str, Any]) -> None:
    """Ask the drawing kit for a layer."""
    target.add_child(Call(verb, data))


def _add_tiles(target: PlannerMap, tiles: Tiles) -> None:
    target.add_child(Call("tiles", {"url": tiles.url}))


def _middle(bounds: list[list[float]]) -> list[float]:
    return [(bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2]
