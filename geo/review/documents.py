"""A plain document of headings, paragraphs, lists, questions and tables, as Markdown or as accessible HTML."""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final, Literal

Kind = Literal["step", "subheading", "paragraph", "item", "question", "table"]
QUESTION: Final = "Question for the council:"
_MARKS: Final = re.compile(r"([\\`*_\[\]<>|#])")

# Text 12:1 and question marks 7:1 on white (WCAG 2.2 AA asks for 4.5:1); wide tables scroll by themselves.
_STYLE: Final = """
body { font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b2a30; background: #fff; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.35rem; margin-top: 2.2rem; } h3 { font-size: 1.1rem; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid #77858b; padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: #eef3f4; }
.question { border-left: .3rem solid #8a3c00; background: #fdf3e7; padding: .5rem .8rem; }
.question strong { color: #7a3300; }
@media print { main { max-width: none; } .question { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Grid:
    """A table of a document: its caption, its columns and its rows, all text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """One part of a document; `grid` is there for a table only."""

    kind: Kind
    text: str = ""
    grid: Grid | None = None


@dataclass(frozen=True)
class Document:
    """A title and its parts, in order."""

    title: str
    blocks: tuple[Block, ...]


def as_markdown(document: Document) -> str:
    """Write a document as Markdown, every text escaped so that it stays what it says."""
    parts = [f"# {_plain(document.title)}"]
    for is_list, blocks in groupby(document.blocks, key=lambda block: block.kind == "item"):
        written = [_markdown(block) for block in blocks]
        parts += ["\n".join(written)] if is_list else written
    return "\n\n".join(parts) + "\n"


def as_html(document: Document) -> str:
    """Write a document as one page of HTML that asks no other file and no host, for screen readers and printers too."""
    parts = []
    for is_list, blocks in groupby(document.blocks, key=lambda block: block.kind == "item"):
        written = [_html(block) for block in blocks]
        parts += ["<ul>", *written, "</ul>"] if is_list else written
    title = escape(document.title)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _markdown(block: Block) -> str:
    text = _plain(block.text)
    if block.grid is not None:
        return _markdown_table(block.grid)
    if block.kind == "question":
        return f"> **{QUESTION}** {text}"
    return {"step": "## ", "subheading": "### ", "item": "- "}.get(block.kind, "") + text


def _markdown_table(grid: Grid) -> str:
    head = "| " + " | ".join(map(_cell, grid.columns)) + " |"
    rows = ["| " + " | ".join(map(_cell, row)) + " |" for row in grid.rows]
    return "\n".join([f"**{_plain(grid.caption)}**", "", head, "|" + " --- |" * len(grid.columns), *rows])


def _cell(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _plain(text: str) -> str:
    r"""Escape what Markdown would take for a mark of its own.

    Examples
    --------
    >>> _plain("1. [x](y) <b>")
    '1\\. \\[x\\](y) \\<b\\>'
    """
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    numbered = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    return re.sub(r"^([-+=])", r"\\\1", numbered)


def _html(block: Block) -> str:
    text = escape(" ".join(block.text.split()))
    if block.grid is not None:
        return _html_table(block.grid)
    if block.kind == "question":
        return f'<p class="question"><strong>{QUESTION}</strong> {text}</p>'
    tag = {"step": "h2", "subheading": "h3", "item": "li"}.get(block.kind, "p")
    return f"<{tag}>{text}</{tag}>"


def _html_table(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.columns)
    rows = "".join(f"<tr>{_html_row(row)}</tr>" for row in grid.rows)
    caption = escape(grid.caption)
    return (
        f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _html_row(row: tuple[str, ...]) -> str:
    first, *others = row
    return f'<th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in others)
