"""The report of a pack as one page of HTML: the same as the PDF, for any screen and any reader."""

from collections.abc import Mapping

from geo.review.pack.content import Map, Pack, Section
from layers.pack.html_parts import page, paragraphs, picture_html, said, table_html
from layers.pack.maps import SCREEN, draw_map
from layers.pack.printed.atlas import Atlas, atlas_of
from layers.pack.told import all_sections, facts_of, figures_table, hidden_notes, map_notes, numbered, table_of
from layers.pack.words import credits_of, whom


def report_html(pack: Pack) -> str:
    """Write the report for a browser.

    Returns
    -------
    str
        A page that stands alone; the same pack gives the same text.

    Raises
    ------
    MissingDataError
        A section names a map or a table that the pack has not.
    BadInputError
        A map cannot be drawn.
    """
    atlas = atlas_of(pack)
    pictures = {one.name: _figure(pack, number, one, atlas) for number, one in numbered(pack)}
    sections = [_section(pack, at, section, pictures) for at, section in enumerate(all_sections(pack))]
    parts = [
        '<a class="skip" href="#summary">Skip to the summary</a>',
        _header(pack),
        _contents(pack),
        f"<main>{_summary(pack)}{''.join(sections)}</main>",
        f"<footer>{paragraphs([whom(pack)], look='small')}{paragraphs(credits_of(pack), look='small')}</footer>",
    ]
    return page(pack, title=pack.title, style="", parts=parts)


def _header(pack: Pack) -> str:
    facts = "".join(f"<dt>{said(label)}</dt><dd>{said(text)}</dd>" for label, text in facts_of(pack))
    digest = f"<dt>Digest of the frozen numbers (SHA-256)</dt><dd>{said(pack.digest)}</dd>"
    return f'<header><h1>{said(pack.title)}</h1><p class="whom">{said(whom(pack))}</p><dl>{facts}{digest}</dl></header>'


def _contents(pack: Pack) -> str:
    found = [("summary", "Summary"), *((_anchor(at), one.title) for at, one in enumerate(all_sections(pack)))]
    items = "".join(f'<li><a href="#{name}">{said(title)}</a></li>' for name, title in found)
    return f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>{items}</ol></nav>'


def _summary(pack: Pack) -> str:
    words = paragraphs([*pack.summary, *hidden_notes(pack)])
    figures = table_html(figures_table(pack.figures))
    return f'<section aria-labelledby="summary"><h2 id="summary">Summary</h2>{words}{figures}</section>'


def _section(pack: Pack, at: int, section: Section, pictures: Mapping[str, str]) -> str:
    name = _anchor(at)
    maps = "".join(pictures[one] for one in dict.fromkeys(section.maps))
    tables = "".join(table_html(table_of(pack, one)) for one in section.tables)
    heading = f'<h2 id="{name}">{said(section.title)}</h2>'
    return f'<section aria-labelledby="{name}">{heading}{paragraphs(section.words)}{maps}{tables}</section>'


def _figure(pack: Pack, number: int, shown: Map, atlas: Atlas) -> str:
    title = f"Map {number}: {shown.title}"
    svg = draw_map(pack, shown.name, size=SCREEN, atlas=atlas)
    drawn = picture_html(svg, name=f"map-{number}", title=title, alt=shown.alt)
    room = f'<div class="wide" role="region" aria-label="{said(title)}" tabindex="0">{drawn}</div>'
    return f"<h3>{said(title)}</h3><figure>{room}<figcaption>{paragraphs(map_notes(shown))}</figcaption></figure>"


def _anchor(at: int) -> str:
    return f"part-{at + 1}"
