"""Write a team's walk card as a page of HTML that stands alone, for a phone and for the printer."""

from typing import Final

from layers.pack.html_parts import POLICY, STYLE, paragraphs, picture_html, said
from layers.pack.words import plain
from layers.walks.card import CardLine, CardSheet
from layers.walks.card_ground import CardGround
from layers.walks.card_map import map_words
from layers.walks.card_words import BOXES, COUNTED, ELSEWHERE, HEAD, RECORDING, extra_rows, map_note

_WALKED: Final = " ".join(
    f"<span>{label}: {line}</span>"
    for label, line in (
        ("How many walked", "_" * 8),
        ("Agencies", "_" * 22),
        ("Set out", "____ : ____"),
        ("Back", "____ : ____"),
    )
)
_STYLE: Final = """
h1, h2 { color: #1d1d1b; } h1 { margin-top: .75rem; } h2 { margin-top: 1.25rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .25rem 1.5rem; }
.facts { margin: .75rem 0; max-width: none; } .facts div { display: flex; gap: .4rem; } .facts dd { margin: 0; }
.facts dt, .walked span { white-space: nowrap; } .walked { line-height: 2; max-width: none; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2rem; }
.form { border: 1px solid #1d1d1b; width: 100%; }
.form th, .form td { border: 1px solid #1d1d1b; vertical-align: middle; }
.form thead th { font-size: .75rem; text-align: center; background: #e6e6e6; } .form td.box { min-width: 3.2rem; }
.form .mark, .form .time { text-align: center; } .form .where { min-width: 11rem; } .form .end { background: #f3f3f3; }
.form tbody tr { height: 2.75rem; } .onward { display: block; font-weight: 400; font-size: .8rem; }
@media print {
  h1 { font-size: 15pt; margin: 0 0 1.5mm; } h2 { font-size: 10.5pt; margin: 1.5mm 0 .5mm; }
  p, li, dd, dt { font-size: 8.6pt; line-height: 1.25; } p, ul { max-width: none; margin-bottom: 1mm; }
  ul { padding-left: 4mm; } figure { margin: 1mm 0 0; } figure svg { display: block; } .two h2 { margin-top: 0; }
  .whom { padding: 1mm 2mm; } .facts { margin: 1.5mm 0; gap: 1mm 5mm; }
  footer { padding: 0; } .small { font-size: 7pt; } .facts, .two { grid-template-columns: 1fr 1fr; }
  .form { font-size: 8.5pt; } .form thead th { font-size: 6.3pt; padding: .3mm; line-height: 1.05; }
  .form tbody tr { height: 8.6mm; }
  .form th, .form td { padding: .4mm .8mm; line-height: 1.15; } .form td.box { min-width: 0; width: 11.7mm; }
  .form tbody tr.end { height: 6mm; } .onward { font-size: 7pt; } .form .where { min-width: 0; }
}
"""


def card_html(sheet: CardSheet, ground: CardGround, svg: str) -> str:
    """Write a sheet.

    Parameters
    ----------
    svg
        The map, as `card_map` draws it.

    Returns
    -------
    str
        A page that runs nothing and asks no host for anything; the same card gives the same text.
    """
    facts = "".join(f"<div><dt>{said(label)}:</dt><dd>{said(text)}</dd></div>" for label, text in sheet.facts)
    title = f"Map of the walk of team {sheet.team}"
    drawn = picture_html(svg, name="map", title=title, alt=map_words(sheet.walk))
    note = paragraphs([map_note(ground, along_streets=sheet.along_streets)], look="small")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said(sheet.title)}</title>\n<style>{STYLE}{_STYLE}{_page_foot(sheet)}</style>\n</head>\n<body>\n"
        f'<header><h1>{said(sheet.title)}</h1><p class="whom">{said(sheet.use)}</p>'
        f'<dl class="facts">{facts}</dl></header>\n'
        f'<main><figure><div class="wide" role="region" aria-label="{said(title)}" tabindex="0">{drawn}</div></figure>'
        f"{note}{_rules(sheet)}{_form(sheet)}</main>\n"
        f"<footer><p><strong>{said(sheet.foot)}</strong></p></footer>\n</body>\n</html>\n"
    )


def _page_foot(sheet: CardSheet) -> str:
    """Print the foot on every page; every sign is written as its number, so that none of them ends the text."""
    text = "".join(f"\\{ord(sign):06x}" for sign in plain(sheet.foot))
    page = 'counter(page) " of " counter(pages)'
    return (
        "@page { size: A4; margin: 10mm 12mm 15mm;"
        f' @bottom-left {{ content: "{text}"; font: bold 7pt sans-serif; width: 85%; }}'
        f" @bottom-right {{ content: {page}; font: 7pt sans-serif; }} }}"
    )


def _rules(sheet: CardSheet) -> str:
    safety = "".join(f"<li>{said(one)}</li>" for one in sheet.safety)
    recording = "".join(f"<li>{said(one)}</li>" for one in RECORDING)
    return (
        f'<div class="two"><section aria-labelledby="safety"><h2 id="safety">Safety</h2><ul>{safety}</ul></section>'
        f'<section aria-labelledby="record"><h2 id="record">What to record</h2><p>{said(COUNTED)}</p>'
        f"<ul>{recording}</ul></section></div>"
    )


def _form(sheet: CardSheet) -> str:
    head = "".join(f'<th scope="col">{said(one)}</th>' for one in HEAD)
    blank = CardLine("", "", ELSEWHERE, "", stop=True)
    rows = "".join(_row(line) for line in (*sheet.lines, *[blank] * extra_rows(len(sheet.walk.stops))))
    return (
        '<section aria-labelledby="stops"><h2 id="stops">Stops, in the order walked</h2>'
        f'<p class="walked">{_WALKED}</p>'
        '<div class="wide" role="region" aria-labelledby="stops" tabindex="0"><table class="form">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(line: CardLine) -> str:
    mark = f'<th scope="row" class="mark">{said(line.mark)}</th>' if line.mark else '<td class="mark"></td>'
    onward = f'<span class="onward">{said(line.onward)}</span>' if line.onward else ""
    where = f"<strong>{said(line.where)}</strong>{onward}"
    time = f'<td class="time">{said(line.time)}</td>'
    if line.stop:
        return f'<tr>{mark}{time}<td class="where">{where}</td>{"<td class=box></td>" * BOXES}</tr>'
    return f'<tr class="end">{mark}{time}<td colspan="{1 + BOXES}">{where}</td></tr>'
