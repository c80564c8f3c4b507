"""What stands beside a printed map: its legend, scale bar, north arrow, title, source lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import box

from layers.pack.place_marks import PlaceMark
from layers.pack.printed.fonts import LINE, printable, wrapped
from layers.pack.printed.paths import draw_fill
from layers.style import INK, WHITE, Fill

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SWATCH: Final = (2.4, 1.2)  # in sizes of the type
_BARS_M: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_KM: Final = 1_000
_QUIET: Final = "#3d3a34"
_LEVEL: Final = 60.0


@dataclass
class Column:
    """A column of the sheet that is filled from above.

    Attributes
    ----------
    axes
        Of the whole sheet, in points.
    left, top, width
        Where there is room, in points; `top` moves down as things are written.
    size
        Of the type, in points.
    """

    axes: "Axes"
    left: float
    top: float
    width: float
    size: float

    def write(self, text: str, *, size: float | None = None, bold: bool = False, indent: float = 0.0) -> None:
        """Write a paragraph, broken into lines."""
        of_type = size or self.size
        for line in wrapped(printable(text), self.width - indent, of_type, bold=bold):
            self.top -= LINE * of_type
            weight = "bold" if bold else "normal"
            put: dict[str, Any] = {"fontsize": of_type, "fontweight": weight, "color": INK, "zorder": _LEVEL}
            self.axes.text(self.left + indent, self.top, line, va="baseline", parse_math=False, **put)

    def skip(self, lines: float) -> None:
        """Leave room, in lines."""
        self.top -= lines * LINE * self.size


def write_fills(column: Column, labels: Sequence[str], looks: Sequence[Fill]) -> None:
    """Write the legend's lines of filled areas."""
    for label, look in zip(labels, looks, strict=True):
        wide, high = (part * column.size for part in _SWATCH)
        bottom = column.top - high - 0.25 * column.size
        swatch = box(column.left + 1, bottom, column.left + wide, bottom + high)
        draw_fill(column.axes, [swatch], look, level=_LEVEL)
        column.write(label, indent=wide + 0.7 * column.size)
        column.top = min(column.top - 0.3 * column.size, bottom - 0.25 * column.size)


def write_marks(column: Column, marks: Sequence[PlaceMark], *, mark_pt: float) -> None:
    """Write the legend's lines of marked places."""
    for mark in marks:
        middle = column.top - 0.85 * column.size
        draw_mark(column.axes, column.left + column.size, middle, mark, mark_pt=mark_pt)
        column.write(mark.word, indent=_SWATCH[0] * column.size)
        column.skip(0.45)


def draw_mark(axes: "Axes", x: float, y: float, mark: PlaceMark, *, mark_pt: float) -> None:
    """Draw the mark of a place, in points."""
    edge: dict[str, Any] = {"markeredgecolor": WHITE, "markeredgewidth": 1.0, "zorder": _LEVEL - 20}
    axes.plot([x], [y], mark.shape, color=mark.colour, markersize=mark_pt, **edge)


def write_scale(column: Column, *, pt_per_m: float) -> None:
    """Draw a bar of a round length, true to scale on the National Grid, and an arrow to grid north beside it."""
    arrow_pt = 2.2 * column.size
    room = column.width - arrow_pt - 3.5 * column.size
    length_m = next((m for m in reversed(_BARS_M) if m * pt_per_m <= room), _BARS_M[0])
    bottom = column.top - 2.6 * column.size
    half = length_m * pt_per_m / 2
    for part, colour in enumerate((INK, WHITE)):
        left = column.left + part * half
        fill = Fill(colour=colour, opacity=1, line=INK, line_px=1.0)
        draw_fill(column.axes, [box(left, bottom, left + half, bottom + 0.5 * column.size)], fill, level=_LEVEL)
    ticks = ((0.0, "0"), (half, _km(length_m / 2)), (2 * half, f"{_km(length_m)} km"))
    for at, label in ticks:
        put: dict[str, Any] = {"ha": "left" if not at else "center", "va": "baseline", "color": INK, "zorder": _LEVEL}
        column.axes.text(column.left + at, bottom + 0.9 * column.size, label, fontsize=column.size, **put)
    _north(column, column.left + column.width - arrow_pt / 2, bottom)
    column.top = bottom - 1.2 * column.size


def _north(column: Column, x: float, bottom: float) -> None:
    size = column.size
    edge = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.4, "mutation_scale": 1.4 * size}
    column.axes.annotate("", (x, bottom + 2.9 * size), (x, bottom), arrowprops=edge, zorder=_LEVEL)
    put: dict[str, Any] = {"ha": "right", "va": "center", "color": INK, "zorder": _LEVEL}
    column.axes.text(x - 0.5 * size, bottom + 1.4 * size, "N", fontsize=1.1 * size, fontweight="bold", **put)


def _km(metres: float) -> str:
    return f"{metres / _KM:g}"
