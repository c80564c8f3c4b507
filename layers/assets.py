"""The Leaflet that maps are drawn with: its files on this machine, so that no map asks another host."""

import base64
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from geo.errors import PlannerError

_PACKAGE: Final = "XStatic-Leaflet"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMAGE: Final = re.compile(r"url\((images/[\w-]+\.png)\)")


@dataclass(frozen=True, slots=True)
class AssetUrls:
    """Where a page finds Leaflet: addresses on the machine that serves the page.

    Attributes
    ----------
    leaflet_js, leaflet_css
        Addresses of `leaflet.js` and `leaflet.css`.

    Examples
    --------
    >>> AssetUrls.under("/component/leaflet/").leaflet_js
    '/component/leaflet/leaflet.js'
    """

    leaflet_js: str
    leaflet_css: str

    @classmethod
    def under(cls, address: str) -> "AssetUrls":
        """Name both files below the address at which `leaflet_folder()` is served."""
        base = address.rstrip("/")
        return cls(leaflet_js=f"{base}/leaflet.js", leaflet_css=f"{base}/leaflet.css")


@cache
def leaflet_folder() -> Path:
    """Find the folder that holds `leaflet.js`, `leaflet.css` and their images.

    Raises
    ------
    PlannerError
        The package that carries them is not installed.
    """
    for entry in files(_PACKAGE) or ():
        if entry.name == "leaflet.js":
            return Path(str(entry.locate())).resolve().parent
    message = f"Maps cannot be drawn: the package {_PACKAGE} is missing; install the planner again."
    raise PlannerError(message)


@cache
def leaflet_script() -> str:
    """Read Leaflet itself, for a page that must stand alone."""
    return (
        (leaflet_folder() / "leaflet.js").read_text(encoding="utf-8").replace("//# sourceMappingURL=leaflet.js.map", "")
    )


@cache
def leaflet_style() -> str:
    """Read Leaflet's style sheet with its images inside it."""
    text = _COMMENT.sub("", (leaflet_folder() / "leaflet.css").read_text(encoding="utf-8"))
    return _IMAGE.sub(lambda match: f"url({_data_uri(leaflet_folder() / match[1])})", text)


@cache
def planner_script() -> str:
    """Read the planner's own drawing kit."""
    return (resources("layers") / "web" / "planner.js").read_text(encoding="utf-8")


@cache
def planner_style() -> str:
    """Read the planner's own style sheet."""
    return (resources("layers") / "web" / "planner.css").read_text(encoding="utf-8")


def _data_uri(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
