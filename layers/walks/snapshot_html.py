"""Write a paper of a night's count as a page of HTML that stands alone, for a phone and for the printer."""

from functools import singledispatch
from typing import Final

from layers.pack.html_parts import POLICY, STYLE, paragraphs, picture_html, said
from layers.pack.words import plain
from layers.walks.snapshot_paper import Block, Facts, Form, Heading, Paper, Picture, Points, Ticks, Words

_STYLE: Final = """
h1, h2 { color: #1d1d1b; } h1 { margin-top: .75rem; } h2 { margin-top: 1.25rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .25rem 1.5rem; }
.facts { margin: .75rem 0; max-width: none; } .facts div { display: flex; flex-wrap: wrap; gap: 0 .4rem; }
.facts dd { margin: 0; } .form { border: 1px solid #1d1d1b; width: 100%; }
.form th, .form td { border: 1px solid #1d1d1b; vertical-align: middle; min-width: 3rem; }
.form thead th { font-size: .75rem; background: #e6e6e6; } .form.tall tbody tr { height: 2.75rem; }
.more { display: block; font-weight: 400; font-size: .8rem; } .break { break-before: page; }
.ticks { list-style: none; padding: 0; max-width: none; } .ticks li { display: grid; gap: .5rem; padding: .45rem 0; }
.ticks li { grid-template-columns: 1.1rem 9.5rem 1fr; border-bottom: 1px solid #77858b; }
.ticks .box { width: 1.1rem; height: 1.1rem; border: 2px solid #1d1d1b; }
@media (max-width: 30rem) {
  .ticks li { grid-template-columns: 1.1rem 1fr; } .ticks li span:last-child { grid-column: 2; }
}
@media print {
  h1 { font-size: 15pt; margin: 0 0 1.5mm; } h2 { font-size: 11pt; margin: 2.5mm 0 1mm; }
  p, li, dd, dt { font-size: 8.8pt; line-height: 1.25; } p, ul { max-width: none; margin-bottom: 1mm; }
  figure svg { display: block; } .small { font-size: 7pt; } .facts { grid-template-columns: 1fr 1fr; }
  .form { font-size: 8.5pt; } .form thead th { font-size: 7pt; } .form.tall tbody tr { height: 8.6mm; }
  .form th, .form td { padding: .4mm .8mm; min-width: 0; } .more { font-size: 7pt; } footer { padding: 0; }
}
"""


def paper_html(paper: Paper) -> str:
    """Write a paper: it runs nothing and asks no host for anything; the same paper gives the same text."""
    body = "".join(_written(block, at) for at, block in enumerate(paper.blocks))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said(paper.title)}</title>\n<style>{STYLE}{_STYLE}{_page_foot(paper)}</style>\n</head>\n<body>\n"
        f'<header><h1>{said(paper.title)}</h1><p class="whom">{said(paper.whom)}</p></header>\n<main>{body}</main>\n'
        f"<footer><p><strong>{said(paper.foot)}</strong></p></footer>\n</body>\n</html>\n"
    )


def _page_foot(paper: Paper) -> str:
    """Print the foot on every page; every sign is written as its number, so that none of them ends the text."""
    text = "".join(f"\\{ord(sign):06x}" for sign in plain(paper.foot))
    page = 'counter(page) " of " counter(pages)'
    return (
        "@page { size: A4; margin: 10mm 12mm 15mm;"
        f' @bottom-left {{ content: "{text}"; font: bold 7pt sans-serif; width: 85%; }}'
        f" @bottom-right {{ content: {page}; font: 7pt sans-serif; }} }}"
    )


@singledispatch
def _written(block: Block, at: int) -> str:
    """Write a block; `at` is its place in the paper. What has no way of its own is the next page."""
    del block, at
    return '<div class="break"></div>'


@_written.register
def _heading(block: Heading, at: int) -> str:
    del at
    return f"<h2>{said(block.text)}</h2>"


@_written.register
def _words(block: Words, at: int) -> str:
    del at
    return paragraphs(block.texts, look="small" if block.small else "")


@_written.register
def _points(block: Points, at: int) -> str:
    del at
    return f"<ul>{''.join(f'<li>{said(text)}</li>' for text in block.texts)}</ul>"


@_written.register
def _facts(block: Facts, at: int) -> str:
    del at
    cells = "".join(f"<div><dt>{said(label)}:</dt><dd>{said(text)}</dd></div>" for label, text in block.rows)
    return f'<dl class="facts">{cells}</dl>'


@_written.register
def _ticks(block: Ticks, at: int) -> str:
    del at
    return f'<ul class="ticks">{"".join(_tick(*row) for row in block.rows)}</ul>'


@_written.register
def _picture(block: Picture, at: int) -> str:
    drawn = picture_html(block.svg, name=f"map-{at}", title=block.title, alt=block.alt)
    frame = f'<div class="wide" role="region" aria-label="{said(block.title)}" tabindex="0">{drawn}</div>'
    return f"<figure>{frame}</figure>{paragraphs([block.note], look='small')}"


def _tick(when: str, what: str) -> str:
    return f'<li><span class="box"></span><span>{said(when)}</span><span>{said(what)}</span></li>'


@_written.register
def _form(form: Form, at: int) -> str:
    del at
    head = "".join(f'<th scope="col">{said(one)}</th>' for one in form.head)
    rows = "".join(f"<tr>{_cells(row, len(form.head))}</tr>" for row in form.rows)
    look = "form tall" if form.tall else "form"
    return (
        f'<div class="wide" role="region" aria-label="{said(form.name)}" tabindex="0"><table class="{look}">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: tuple[str, ...], wide: int) -> str:
    return "".join(f"<td>{_cell(text)}</td>" for text in (*row, *[""] * (wide - len(row))))


def _cell(text: str) -> str:
    first, *more = text.split("\n")
    return said(first) + "".join(f'<span class="more">{said(line)}</span>' for line in more)
