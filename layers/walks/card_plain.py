"""Print a team's walk card without Typst: a plain PDF that says that it is not tagged."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from geo.review.walks.cards import WalkCard
from layers.pack.document import PLAIN
from layers.pack.maps import matplotlib_set
from layers.pack.plain_lines import EDGE_PT, PAGE_PT, Line, heading_lines, pages_of, text_lines
from layers.pack.printed.fonts import printable
from layers.style import INK, WHITE
from layers.walks.card import CardLine, CardSheet
from layers.walks.card_ground import CardGround
from layers.walks.card_map import HEIGHT_PT, WIDTH_PT, draw_card_map
from layers.walks.card_words import COUNTED, RECORDING, map_note

if TYPE_CHECKING:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

_IN_PT: Final = 72.0
_FOOT_SIZE: Final = 8.0
_METADATA: Final = dict.fromkeys(("Creator", "Producer", "CreationDate", "ModDate"))


def plain_card(card: WalkCard, sheet: CardSheet, ground: CardGround) -> bytes:
    """Print a sheet: pages of text, then the map; the boxes to write in are in the HTML."""
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - slow to load, and seldom needed

    lines = [*heading_lines(sheet.title), *text_lines([sheet.use], bold=True)]
    lines += text_lines([f"{label}: {text}" for label, text in sheet.facts])
    lines += heading_lines("Stops, in the order walked") + text_lines([_told(line) for line in sheet.lines])
    lines += heading_lines("Safety") + text_lines(sheet.safety)
    lines += heading_lines("What to record") + text_lines([COUNTED, *RECORDING])
    lines += text_lines(["To write on, print the HTML.", PLAIN])
    content = io.BytesIO()
    with matplotlib_set(), PdfPages(content, metadata=_METADATA | {"Title": sheet.title}) as pdf:
        for page in pages_of(lines):
            _save(pdf, _page(page, sheet.foot))
        note = map_note(ground, along_streets=sheet.along_streets)
        figure = _page(text_lines([note]), sheet.foot)
        wide, high = PAGE_PT
        scale = (wide - 2 * EDGE_PT) / WIDTH_PT
        box = (EDGE_PT / wide, EDGE_PT / high, scale * WIDTH_PT / wide, scale * HEIGHT_PT / high)
        draw_card_map(figure.add_axes(box), card, sheet.walk, ground)
        _save(pdf, figure)
    return content.getvalue()


def _told(line: CardLine) -> str:
    onward = f"; {line.onward}" if line.onward else ""
    return f"{line.mark}, {line.time}: {line.where}{onward}."


def _page(lines: Sequence[Line], foot: str) -> "Figure":
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    wide, high = PAGE_PT
    figure = Figure(figsize=(wide / _IN_PT, high / _IN_PT), facecolor=WHITE)
    figure.text(EDGE_PT / wide, EDGE_PT / 2 / high, printable(foot), fontsize=_FOOT_SIZE, color=INK)
    top = high - EDGE_PT
    for line in lines:
        top -= line.height
        for x, text in line.parts:
            put: dict[str, Any] = {"fontsize": line.size, "fontweight": "bold" if line.bold else "normal", "color": INK}
            figure.text((EDGE_PT + x) / wide, top / high, text, va="baseline", **put)
    return figure


def _save(pdf: "PdfPages", figure: "Figure") -> None:
    pdf.savefig(figure)  # type: ignore[no-untyped-call]  # matplotlib gives it no types
