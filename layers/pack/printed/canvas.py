"""The window that a map is drawn in, in points of the paper."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.pack.printed.labels import Box, Placed
from layers.pack.printed.view import View
from layers.style import INK, WHITE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WORD_LEVEL: Final = 45.0
_HALO_PT: Final = 2.4


@dataclass(frozen=True, slots=True)
class Canvas:
    """A window: what to draw on, which part of the country it shows, the size of its type in points."""

    axes: "Axes"
    view: View
    type_pt: float

    @property
    def window(self) -> Box:
        """Where words may stand."""
        return 1.0, 1.0, self.view.width_pt - 1, self.view.height_pt - 1

    def write(self, word: Placed, *, colour: str = INK, halo: str = WHITE) -> None:
        """Write a word where it was placed; a halo keeps it apart from what it stands on."""
        from matplotlib.patheffects import withStroke  # noqa: PLC0415 - slow to load, and only a printed map needs it

        written = self.axes.text(
            word.x,
            word.y,
            word.text,
            fontsize=word.size,
            fontweight="bold" if word.bold else "normal",
            color=colour,
            ha="center",
            va="center_baseline",
            zorder=_WORD_LEVEL,
            clip_on=True,
        )
        if halo:
            written.set_path_effects([withStroke(linewidth=_HALO_PT, foreground=halo)])

    def point(self, word: Placed, spot: tuple[float, float]) -> None:
        """Draw a thin line from a word to the place it is of."""
        left, bottom, right, top = word.box
        near = min(max(spot[0], left), right), min(max(spot[1], bottom), top)
        line: dict[str, Any] = {"color": INK, "linewidth": 0.7, "zorder": _WORD_LEVEL - 1}
        self.axes.plot([near[0], spot[0]], [near[1], spot[1]], "-", **line)
        self.axes.plot([spot[0]], [spot[1]], "o", markersize=2.2, color=INK, zorder=_WORD_LEVEL - 1)
