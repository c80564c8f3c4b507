"""Maps on a screen: Leaflet from this machine, the same document that a download holds, the reader's view kept."""

import hashlib
import html
import json
from typing import Final

import streamlit as st
import streamlit.components.v1 as components

from layers.assets import AssetUrls, leaflet_folder
from layers.base import PlannerMap

# Streamlit serves the folder at /component/<name>/; the component itself is never called.
_LEAFLET: Final = components.declare_component("leaflet", path=str(leaflet_folder()))
URLS: Final = AssetUrls.under(f"/component/{_LEAFLET.name}")
HEIGHT_PX: Final = 600

# A map is drawn anew when a choice changes. It opens where the reader had moved it, and two maps side by side move
# together: both through the browser tab's session storage, where no place of a client ever goes.
_KEEP_VIEW: Final = """
<script>
(function (map, name) {
  var key = name + " " + Math.round(map.getSize().x / 50), told = false;
  function follow(text) {
    if (!text) { return; }
    var view = JSON.parse(text);
    told = true;
    map.setView([view[0], view[1]], view[2], { animate: false });
    told = false;
  }
  follow(sessionStorage.getItem(key));
  map.on("moveend", function () {
    if (told) { return; }
    var middle = map.getCenter();
    sessionStorage.setItem(key, JSON.stringify([middle.lat, middle.lng, map.getZoom()]));
  });
  window.addEventListener("storage", function (event) { if (event.key === key) { follow(event.newValue); } });
}(%s, %s));
</script>
"""


def show_map(target: PlannerMap, *, district: str, height: int = HEIGHT_PX) -> None:
    """Show a finished map as wide as its column.

    Parameters
    ----------
    target
        Made with `URLS`; its title becomes the frame's accessible name.
    district
        Keeps the views of two workspaces apart.
    height
        In CSS pixels.
    """
    named = f'<html lang="en">\n<head>\n<title>{html.escape(target.title)}</title>'
    page = target.get_root().render().replace("<html>\n<head>", named, 1)
    keep_view = _KEEP_VIEW % (target.get_name(), json.dumps(f"planner view {_digest(district)}"))
    st.iframe(page.replace("</html>", keep_view + "</html>"), height=height, alt=target.title)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
