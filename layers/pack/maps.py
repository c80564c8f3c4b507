"""Draw the printed maps of a pack: as SVG for the report, as PNG for slides."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from geo.review.pack.content import Map, Pack
from layers.pack.printed.atlas import Atlas, atlas_of
from layers.pack.printed.sheet import Size, draw_sheet
from layers.style import WHITE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SETTINGS: Final[Any] = {
    "svg.hashsalt": "pack",  # the same ids every time
    "svg.fonttype": "path",  # no reader needs our font
    "font.family": "DejaVu Sans",
    "hatch.linewidth": 0.9,
    "path.simplify": False,
    "pdf.fonttype": 42,  # text that can be searched and copied
    "text.parse_math": False,
}
_DRAWING: Final = RLock()  # settings and fonts of matplotlib are shared by all threads


A3: Final = Size(15.35, 8.9, titled=False)
SCREEN: Final = Size(10.0, 7.4, type_pt=9.5, titled=False)
SLIDE: Final = Size(1920 / 144, 1080 / 144, type_pt=11.0, edge_pt=14.0)


def draw_map(pack: Pack, name: str, *, size: Size = SCREEN, atlas: Atlas | None = None) -> str:
    """Draw a map of a pack.

    Parameters
    ----------
    name
        Of the map.
    atlas
        The pack's shapes (`atlas_of`), if more maps than one are drawn of them.

    Returns
    -------
    str
        SVG that asks for no other file; the same pack gives the same text.

    Raises
    ------
    MissingDataError
        The pack has no such map.
    BadInputError
        The map cannot be drawn: a sentence says why.
    """
    with drawing(pack, pack.map(name), size, atlas) as figure:
        content = io.StringIO()
        nothing: dict[str, None] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(content, format="svg", metadata=nothing)
    return content.getvalue()


def map_png(pack: Pack, name: str, *, size: Size = SLIDE, atlas: Atlas | None = None) -> bytes:
    """Draw a map of a pack for a slide: 1920 by 1080 pixels.

    Raises
    ------
    MissingDataError, BadInputError
        As `draw_map`.
    """
    with drawing(pack, pack.map(name), size, atlas) as figure:
        content = io.BytesIO()
        figure.savefig(content, format="png", dpi=size.dpi, metadata={"Software": None})
    return content.getvalue()


@contextmanager
def matplotlib_set() -> Iterator[None]:
    """Set matplotlib so that the same drawing is the same file; one thread at a time, for its settings are shared."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to load, and only print needs it

    with _DRAWING, mpl.rc_context(_SETTINGS):
        yield


@contextmanager
def drawing(pack: Pack, shown: Map, size: Size, atlas: Atlas | None) -> Iterator["Figure"]:
    """Draw a map for as long as it is written."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and only a printed map needs it

    with matplotlib_set():
        figure = Figure(figsize=(size.width_in, size.height_in), facecolor=WHITE)
        draw_sheet(figure, pack, shown, atlas or atlas_of(pack), size)
        yield figure
        figure.clear()
