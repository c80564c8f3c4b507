"""The parts that a printed page of HTML is made of: its frame, its tables, its pictures."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from geo.review.pack.content import Pack, Table
from layers.pack.words import NUMBERS, plain, told, whom

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_ID: Final = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_HEAD: Final = re.compile(r"^.*?<svg\b[^>]*>", re.DOTALL)
_VIEW: Final = re.compile(r'viewBox="([^"]+)"')
_META: Final = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
# Text 12:1 on white, links and the focus ring at least 4.5:1. Nothing is loaded from anywhere.
STYLE: Final = """
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; color: #1d1d1b; background: #fff; margin: 0; }
header, nav, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0 .5rem; color: #0b4a57; }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 2.25rem 0 .5rem; color: #0b4a57; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p, ul, ol, dl { max-width: 44rem; margin: 0 0 .75rem; }
a { color: #0b4a57; } nav li { margin: .15rem 0; } nav a { display: inline-block; padding: .2rem 0; min-height: 24px; }
:focus-visible { outline: 3px solid #1d1d1b; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
.whom { font-weight: 700; border: 2px solid #1d1d1b; padding: .5rem .75rem; }
.small { font-size: .875rem; }
dt { font-weight: 700; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: 0 0 .5rem; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.35; overflow-wrap: normal; }
caption { text-align: left; font-weight: 700; padding: .5rem 0; }
th, td { border: 1px solid #77858b; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #e4eef0; } tbody th { font-weight: 600; } .number { text-align: right; }
figure { margin: 1rem 0; } figcaption { max-width: 44rem; } figure svg { width: 100%; min-width: 40rem; height: auto; }
footer { padding-bottom: 2rem; }
@media print {
  body { font-size: 10pt; } .skip { display: none; } header, nav, main, footer { max-width: none; padding: 0; }
  .wide { overflow: visible; } figure, tr { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; } table { font-size: 8.5pt; } figure svg { min-width: 0; }
}
"""


def page(pack: Pack, *, title: str, style: str, parts: Sequence[str]) -> str:
    """Frame a page that stands alone, runs nothing and asks no host for anything, and says so to the browser.

    Parameters
    ----------
    title
        What stands in the browser's title, before whom it is for.
    style
        Beside the common one.
    parts
        Landmarks of the body, in order.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said(f'{title}. {whom(pack)}')}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in parts if part)
        + "\n</body>\n</html>\n"
    )


def said(text: str) -> str:
    """Write text of a pack so that a browser shows it letter by letter."""
    return escape(plain(text))


def paragraphs(texts: Sequence[str], *, look: str = "") -> str:
    """Write sentences as paragraphs."""
    opened = f'<p class="{look}">' if look else "<p>"
    return "".join(f"{opened}{said(text)}</p>" for text in texts)


def table_html(table: Table) -> str:
    """Write a table with its caption; on a narrow screen it is moved sideways by itself."""
    label = next((at for at, column in enumerate(table.columns) if column.kind == "text"), 0)
    looks = [' class="number"' if column.kind in NUMBERS else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{look}>{said(column.label)}</th>' for column, look in zip(table.columns, looks, strict=True)
    )
    rows = []
    for row in table.rows:
        cells = [said(told(value, column)) for value, column in zip(row, table.columns, strict=True)]
        written = [
            f'<th scope="row">{cell}</th>' if at == label else f"<td{looks[at]}>{cell}</td>"
            for at, cell in enumerate(cells)
        ]
        rows.append(f"<tr>{''.join(written)}</tr>")
    notes = table.notes or (() if table.rows else ("There is nothing to list.",))
    return (
        f'<div class="wide" role="region" aria-label="Table: {said(table.title)}" tabindex="0"><table>'
        f"<caption>{said(table.title)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"</div>{paragraphs(notes, look='small')}"
    )


def picture_html(svg: str, *, name: str, title: str, alt: str) -> str:
    """Put a drawn map into a page: with a name and a description for whoever does not see it, and ids of its own.

    Parameters
    ----------
    svg
        As `layers.pack.maps.draw_map` draws it.
    name
        Different for every picture of a page.
    """
    opening = _HEAD.match(svg)
    view = _VIEW.search(opening.group()) if opening else None
    inner = _META.sub("", svg[opening.end() :] if opening else svg)
    own = _ID.sub(rf"\g<1>{name}-", inner)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" viewBox="{view.group(1) if view else "0 0 720 533"}">'
        f'<title id="{name}-title">{said(title)}</title><desc id="{name}-desc">{said(alt)}</desc>{own}'
    )
