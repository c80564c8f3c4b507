"""A map to point at: whoever clicks on it says where something was."""

import html
from pathlib import Path
from typing import Final

import streamlit as st
import streamlit.components.v1 as components

import layers
from geo.crs import to_national_grid
from geo.review.workspace import Workspace
from layers.backdrop import draw_settlements
from layers.base import PlannerMap, add_sources, new_map
from layers.outlines import draw_area_lines, draw_boundary
from pages.kit.ground import ground_of, lay_ground
from pages.kit.maps import URLS

HEIGHT_PX: Final = 420
_CLICKS: Final = components.declare_component("clicks", path=str(Path(layers.__file__).parent / "web" / "clicks"))
# A click on the whole district would be hundreds of metres off, so it only comes closer. One from near by leaves a
# mark, and the place goes to the frame around, and from there to the screen.
_SCRIPT: Final = """
<script>
(function (map) {
  var mark = null, near = 14;
  map.getContainer().style.cursor = "crosshair";
  map.on("click", function (event) {
    if (map.getZoom() < near) { map.setView(event.latlng, near + 1); return; }
    if (mark) { mark.remove(); }
    mark = L.circleMarker(event.latlng, { radius: 9, color: "#0b5c6b", weight: 3, fillOpacity: 0.25 }).addTo(map);
    window.parent.postMessage({ clicked: [event.latlng.lat, event.latlng.lng] }, "*");
  });
}(%s));
</script>
"""


def ask_point(workspace: Workspace, *, title: str, key: str) -> tuple[float, float] | None:
    """Show the district's map, and give the point that was clicked last.

    Parameters
    ----------
    title
        What is to be pointed at: the map's accessible name.
    key
        Of the widget; a new one forgets the click.

    Returns
    -------
    tuple of float or None
        Easting and northing, EPSG:27700 metres; None before anybody has clicked.
    """
    page = _page(workspace.fingerprint(), workspace, title)
    clicked = _CLICKS(page=page, title=title, height=HEIGHT_PX, key=key, default=None)
    if not clicked:
        return None
    easting, northing = to_national_grid(float(clicked[1]), float(clicked[0]))
    return float(easting), float(northing)


@st.cache_data(max_entries=8, show_spinner=False)
def _page(fingerprint: str, _workspace: Workspace, title: str) -> str:  # noqa: ARG001 - the cache's key
    """Write the map's document once: were it made anew at each run, the map would jump and lose its mark."""
    ground = ground_of(_workspace)
    target: PlannerMap = new_map(ground.boundary, title=title, urls=URLS)
    lay_ground(target, ground)
    if ground.wards is not None:
        draw_area_lines(target, ground.wards)
    draw_boundary(target, ground.boundary)
    if ground.settlements is not None:
        draw_settlements(target, ground.settlements)
    add_sources(target, ground.attributions)
    named = f'<html lang="en">\n<head>\n<title>{html.escape(title)}</title>'
    text: str = target.get_root().render().replace("<html>\n<head>", named, 1)
    return text.replace("</html>", _SCRIPT % target.get_name() + "</html>")
