"""Where Typst is missing: a document as a plain PDF without tags, which says that it is not accessible."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from geo.review.pack.content import Pack, Table
from layers.pack.maps import A3, drawing, matplotlib_set
from layers.pack.plain_lines import EDGE_PT, PAGE_PT, Line, heading_lines, pages_of, table_lines, text_lines
from layers.pack.printed.atlas import atlas_of
from layers.pack.printed.fonts import printable
from layers.pack.told import all_sections, facts_of, figures_table, hidden_notes, map_notes, numbered, table_of
from layers.pack.words import plain, whom
from layers.style import INK, WHITE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

_IN_PT: Final = 72.0
_FOOT_SIZE: Final = 8.0
_METADATA: Final = dict.fromkeys(("Creator", "Producer", "CreationDate", "ModDate"))


def plain_report(pack: Pack, warning: str) -> bytes:
    """Print the report: pages of text, then the maps.

    Parameters
    ----------
    warning
        What the first page says of it.
    """
    lines = [*heading_lines(plain(pack.title)), *text_lines([warning, whom(pack)], bold=True)]
    lines += text_lines([f"{label}: {text}" for label, text in facts_of(pack)])
    lines += text_lines([f"Digest of the frozen numbers (SHA-256): {pack.digest}"])
    lines += heading_lines("Summary") + text_lines([*pack.summary, *hidden_notes(pack)])
    lines += table_lines(figures_table(pack.figures))
    for section in all_sections(pack):
        lines += heading_lines(section.title) + text_lines(section.words)
        for name in section.tables:
            lines += _table(table_of(pack, name))
    return plain_pdf(pack, lines, maps=True)


def plain_pdf(pack: Pack, lines: Sequence[Line], *, maps: bool) -> bytes:
    """Print lines on pages, and the pack's maps after them if they are wanted."""
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - slow to load, and seldom needed

    content = io.BytesIO()
    title = f"{plain(pack.title)}. {whom(pack)}"
    with matplotlib_set(), PdfPages(content, metadata=_METADATA | {"Title": title}) as pdf:
        for number, page in enumerate(pages_of(lines), start=1):
            _write_page(pdf, page, f"{whom(pack)} Page {number}")
        if maps:
            _write_maps(pdf, pack)
    return content.getvalue()


def _table(table: Table) -> list[Line]:
    nothing = [] if table.rows else ["There is nothing to list."]
    return [*table_lines(table), *text_lines([*table.notes, *nothing])]


def _write_page(pdf: "PdfPages", lines: Sequence[Line], foot: str) -> None:
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
    _save(pdf, figure)


def _write_maps(pdf: "PdfPages", pack: Pack) -> None:
    atlas = atlas_of(pack)
    for number, shown in numbered(pack):
        with drawing(pack, shown, A3, atlas) as figure:
            wide, high = A3.points
            said = printable(f"Map {number}: {shown.title}. {' '.join(map_notes(shown))}")
            figure.set_size_inches(wide / _IN_PT, (high + EDGE_PT) / _IN_PT)
            _shrink(figure.axes, high / (high + EDGE_PT))
            figure.text(0.002, 1 - 0.6 * EDGE_PT / (high + EDGE_PT), said, fontsize=11, fontweight="bold", color=INK)
            _save(pdf, figure)


def _shrink(axes: Sequence["Axes"], part: float) -> None:
    """Leave room above what was drawn."""
    for one in axes:
        left, bottom, width, height = one.get_position().bounds
        one.set_position((left, bottom * part, width, height * part))


def _save(pdf: "PdfPages", figure: "Figure") -> None:
    pdf.savefig(figure)  # type: ignore[no-untyped-call]  # matplotlib gives it no types
