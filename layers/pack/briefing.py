"""The briefing of a pack for members: one page, as a PDF or as HTML."""

from typing import Final

from geo.review.pack.content import Pack
from layers.pack.brief import Brief, brief_of
from layers.pack.document import PLAIN, Document
from layers.pack.html_parts import page, paragraphs, said, table_html
from layers.pack.plain_lines import heading_lines, table_lines, text_lines
from layers.pack.plain_pdf import plain_pdf
from layers.pack.printed.columns import lay_upright
from layers.pack.report_values import set_table
from layers.pack.told import AUTHOR
from layers.pack.typesetting import can_typeset, typeset
from layers.pack.words import day, plain, whom

_POINTS: Final = "What members need to know"
_STYLE: Final = """
main { padding-bottom: 1rem; } h2 { margin-top: 1.25rem; } li { margin: 0 0 .4rem; max-width: 44rem; }
@media print {
  h1 { font-size: 16pt; margin: 0 0 4pt; } h2 { font-size: 12pt; margin: 10pt 0 4pt; } .whom { padding: 4pt 6pt; }
  p, ul { margin: 0 0 5pt; max-width: none; } li { margin: 0 0 4pt; max-width: none; line-height: 1.3; }
  .small { font-size: 8pt; line-height: 1.25; } table { line-height: 1.2; } th, td { padding: 1.5pt 4pt; }
  caption { padding: 3pt 0; }
}
"""


def briefing_pdf(pack: Pack) -> Document:
    """Print the briefing on one page of A4.

    Returns
    -------
    Document
        The same pack gives the same bytes. Tagged where Typst is there; else plain, which it says itself.

    Raises
    ------
    PlannerError
        It cannot be set.
    """
    brief = brief_of(pack)
    if not can_typeset():
        return Document(_plain(pack, brief), accessible=False, note=PLAIN)
    values = {
        "title": _title(pack),
        "author": AUTHOR,
        "whom": whom(pack),
        "made": _made(pack),
        "points_title": _POINTS,
        "points": list(brief.points),
        "point_size": brief.point_pt,
        "figures": set_table(brief.figures, lay_upright(brief.figures)),
        "ending": list(brief.ending),
    }
    return Document(typeset("briefing", values, day=pack.day), accessible=True, note="")


def briefing_html(pack: Pack) -> str:
    """Write the briefing for a browser, from where it prints on one page of A4."""
    brief = brief_of(pack)
    points = "".join(f"<li>{said(point)}</li>" for point in brief.points)
    heading = f'<h1>{said(_title(pack))}</h1><p class="whom">{said(whom(pack))}</p>'
    head = f"<header>{heading}{paragraphs([_made(pack)])}</header>"
    listed = f'<section aria-labelledby="points"><h2 id="points">{_POINTS}</h2><ul>{points}</ul></section>'
    main = f"<main>{listed}{table_html(brief.figures)}</main>"
    footer = f"<footer>{paragraphs(brief.ending, look='small')}</footer>"
    return page(
        pack,
        title=_title(pack),
        style=f"{_STYLE}@media print {{ li {{ font-size: {brief.point_pt:g}pt; }} }}",
        parts=[head, main, footer],
    )


def _title(pack: Pack) -> str:
    return f"Members' briefing: {plain(pack.district)}, homelessness mapping review {plain(pack.review)}"


def _made(pack: Pack) -> str:
    begins = pack.digest[:12]
    state = plain(pack.state)
    return state if begins in state else f"{day(pack.day)}. {state} Its digest begins {begins}."


def _plain(pack: Pack, brief: Brief) -> bytes:
    lines = [*heading_lines(_title(pack)), *text_lines([PLAIN, whom(pack)], bold=True), *text_lines([_made(pack)])]
    lines += heading_lines(_POINTS) + text_lines([f"- {point}" for point in brief.points])
    lines += table_lines(brief.figures) + text_lines(brief.ending)
    return plain_pdf(pack, lines, maps=False)
