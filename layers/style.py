"""One place for looks: colours, class breaks, hatches, marks and legend entries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

PAPER: Final = "#f6f2e8"
SEA: Final = "#bfd9e6"
INK: Final = "#1d1d1b"
WHITE: Final = "#ffffff"

Hatch = Literal["", "lines", "dots"]


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled and outlined; `text` is the colour of a figure printed on it, "" for none."""

    colour: str
    opacity: float = 0.85
    line: str = INK
    line_px: float = 0.7
    hatch: Hatch = ""
    hatch_colour: str = INK
    text: str = INK
    dash: str = ""
    from_zoom: float = 0

    def options(self) -> dict[str, object]:
        """Write it in Leaflet's words."""
        return {
            "fill": bool(self.colour),
            "fillColor": self.colour,
            "fillOpacity": self.opacity,
            "color": self.line,
            "weight": self.line_px,
            "hatch": self.hatch,
            "hatchColor": self.hatch_colour,
            "textColor": self.text,
            "dashArray": self.dash,
            "fromZoom": self.from_zoom,
            "stroke": self.line_px > 0,
        }


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend: its words, and a fill, a line or a mark to stand beside them."""

    label: str
    look: Fill | None = None
    svg: str = ""
    line: bool = False

    def packed(self) -> dict[str, object]:
        """Write it for the map's script."""
        look = self.look.options() if self.look else None
        return {"label": self.label, "look": look, "svg": self.svg, "line": self.line}


@dataclass(frozen=True, slots=True)
class LegendSection:
    """A titled group of legend lines."""

    title: str
    entries: tuple[LegendEntry, ...]

    def packed(self) -> dict[str, object]:
        """Write it for the map's script."""
        return {"title": self.title, "entries": [entry.packed() for entry in self.entries]}


# ColorBrewer's five-class purples, darkened at the top: one hue, even steps of lightness, safe for colour blindness.
_PURPLES: Final = ("#e2d3ea", "#c3a5d2", "#9f74b4", "#74418f", "#451a5c")
_DARK_CLASSES: Final = 3  # from this class up a figure is printed in white
_BREAKS: Final = (
    (24, (1, 3, 5, 10, 20)),
    (79, (1, 5, 10, 20, 40)),
    (199, (1, 10, 25, 50, 100)),
    (999, (1, 25, 50, 100, 250)),
    (9_999, (1, 100, 250, 500, 1_000)),
)
_LARGE_BREAKS: Final = (1, 1_000, 5_000, 20_000, 100_000)
ZERO: Final = Fill(colour=WHITE, opacity=0.35, line="#6d6a63", line_px=0.6)


@dataclass(frozen=True, slots=True)
class CountClasses:
    """Classes of counts: the lowest count of each, and how each is drawn; class 0 is a count of nothing.

    Examples
    --------
    >>> count_classes(30).labels()
    ['0', '1-4', '5-9', '10-19', '20-39', '40 or more']
    """

    lows: tuple[int, ...]
    looks: tuple[Fill, ...]

    def index(self, counts: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Give each count its class."""
        return np.searchsorted(np.array(self.lows), np.asarray(counts), side="right").astype(np.int64)

    def labels(self) -> list[str]:
        """Name the classes, the empty one first."""
        spans = [_span(low, high - 1) for low, high in zip(self.lows, self.lows[1:], strict=False)]
        return ["0", *spans, f"{self.lows[-1]:,} or more"]


def count_classes(maximum: int) -> CountClasses:
    """Choose class breaks for counts up to `maximum`: fine where counts are small, as here they mostly are."""
    lows = next((breaks for most, breaks in _BREAKS if maximum <= most), _LARGE_BREAKS)
    looks = tuple(
        Fill(colour=colour, line="#3b1a4d", text=WHITE if rank >= _DARK_CLASSES else INK)
        for rank, colour in enumerate(_PURPLES)
    )
    return CountClasses(lows=lows, looks=(ZERO, *looks))


# Teals, in even steps of lightness: one hue that is not that of the counts, safe for colour blindness.
_TEALS: Final = ("#d5ece6", "#9fd3c6", "#5fae9f", "#1b685d", "#0b433c")
_TIMES_MEAN: Final = (0.5, 1.0, 2.0, 4.0)  # a rate is read against the district's own
_NEWER_LINE: Final = "#a33d00"
UNRELIABLE: Final = Fill(
    colour=WHITE, opacity=0.35, line="#6d6a63", line_px=0.6, hatch="lines", hatch_colour="#98948b", text=""
)
NO_RATE: Final = Fill(
    colour=WHITE, opacity=0.35, line="#6d6a63", line_px=0.6, hatch="dots", hatch_colour="#98948b", text=""
)


@dataclass(frozen=True, slots=True)
class RateClasses:
    """Classes of rates: where each begins, and how each is drawn; hatched where there is none to rely on.

    Examples
    --------
    >>> rate_classes(13.2).labels()
    ['0 to 6.6', '6.6 to 13', '13 to 26', '26 to 53', '53 or more']
    """

    lows: tuple[float, ...]
    looks: tuple[Fill, ...]

    def index(self, rates: npt.ArrayLike, *, hatched: npt.ArrayLike, newer: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Give each rate the number of its look; a blank one has the look of no rate."""
        values = np.asarray(rates, dtype=np.float64)
        found = np.searchsorted(np.array(self.lows), np.nan_to_num(values), side="right") - 1
        found = np.where(np.isnan(values), self._plain + 1, np.where(hatched, self._plain, found))
        return np.asarray(found + np.where(newer, self._plain + 2, 0), dtype=np.int64)

    def labels(self) -> list[str]:
        """Name the coloured classes."""
        lows = [f"{low:,.6g}" for low in self.lows]
        spans = [f"{low} to {high}" for low, high in pairwise(lows)]
        return [*spans, f"{lows[-1]} or more"]

    @property
    def _plain(self) -> int:
        return len(self.lows)


def rate_classes(mean: float) -> RateClasses:
    """Choose class breaks about the rate of the district, of two figures: half of it, once, twice and four times."""
    lows = (0.0, *(float(f"{times * (mean or 1.0):.2g}") for times in _TIMES_MEAN))
    colours = (
        Fill(colour=colour, line="#0d4a42", text=WHITE if rank >= _DARK_CLASSES else INK)
        for rank, colour in enumerate(_TEALS)
    )
    looks = (*colours, UNRELIABLE, NO_RATE)
    return RateClasses(lows=lows, looks=(*looks, *(newer_look(look) for look in looks)))


def newer_look(look: Fill) -> Fill:
    """Mark a place whose postcodes are newer than its homes by a dashed edge."""
    return replace(look, line=_NEWER_LINE, line_px=2.4, dash="4 3")


# ColorBrewer's RdBu, safe for colour blindness; cold is hatched as well, and the outline grows with certainty,
# so that no kind rests on its colour alone.
KIND_LOOKS: Final[dict[str, Fill]] = {
    "hot99": Fill(colour="#b2182b", line="#3d0710", line_px=2.6, text=WHITE),
    "hot95": Fill(colour="#ec8862", line="#6b1a10", line_px=1.7),
    "hot90": Fill(colour="#fbd3bd", line="#8f3a20", line_px=1.0),
    "none": Fill(colour=WHITE, opacity=0.3, line="#7a776f", line_px=0.5, text=""),
    "cold90": Fill(colour="#d6e7f1", line="#27577d", line_px=1.0, hatch="lines", hatch_colour="#7fa8c4"),
    "cold95": Fill(colour="#82b7d8", line="#174a78", line_px=1.7, hatch="lines", hatch_colour="#2f6d9b"),
    "cold99": Fill(colour="#155a9c", line="#06284a", line_px=2.6, hatch="lines", hatch_colour="#0b3a6b", text=WHITE),
}
KIND_LABELS: Final[dict[str, str]] = {
    "hot99": "Hot, 99 % confidence",
    "hot95": "Hot, 95 % confidence",
    "hot90": "Hot, 90 % confidence",
    "none": "Nothing out of the ordinary",
    "cold90": "Cold, 90 % confidence",
    "cold95": "Cold, 95 % confidence",
    "cold99": "Cold, 99 % confidence",
}

BOUNDARY: Final = Fill(colour="", line="#3a3833", line_px=2.2, dash="8 4")
AREA_LINE: Final = Fill(colour="", line="#6d6a63", line_px=1.0)
MASK: Final = Fill(colour=WHITE, opacity=0.5, line_px=0)
LAND: Final = Fill(colour=PAPER, opacity=1, line="#9aa79f", line_px=0.8)
WATER: Final = Fill(colour=SEA, opacity=1, line="#8fb9cd", line_px=0.8)
RIVER: Final = Fill(colour="", line="#8fb9cd", line_px=1.8)
ROADS: Final = (
    Fill(colour="", line="#a9a294", line_px=2.4),
    Fill(colour="", line="#bbb5a8", line_px=1.5),
    Fill(colour="", line="#cfcabe", line_px=0.9, from_zoom=12),
)


def legend_of(labels: Sequence[str], looks: Sequence[Fill]) -> tuple[LegendEntry, ...]:
    """Pair words with looks."""
    return tuple(LegendEntry(label, look) for label, look in zip(labels, looks, strict=True))


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}-{high:,}"
