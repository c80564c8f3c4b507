"""Lay the guide, written in Markdown, as an A4 booklet: a tagged PDF in the font of every printed thing."""

import re
from pathlib import Path
from typing import Final

import typst

from layers.pack.printed.fonts import font_folder

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
GUIDE: Final = DOCS / "first-hour.md"
_PREAMBLE: Final = """
#set document(title: "The first hour", author: "Hotspot and Co-location Planner", date: none)
#set page(paper: "a4", margin: (x: 18mm, top: 15mm, bottom: 16mm), footer: context align(center, text(size: 8pt)[
  Hotspot and Co-location Planner: the first hour #h(1em) Page #counter(page).display() of
  #counter(page).final().first()
]))
#set text(font: "DejaVu Sans", fallback: false, size: 9.2pt, lang: "en", region: "GB", hyphenate: false)
#set par(leading: 0.6em, spacing: 0.95em)
#show heading: set text(fill: rgb("#0b4a57"))
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show raw: set text(font: "DejaVu Sans Mono", size: 8.4pt)
#let shot(path, width, words) = block(breakable: false, above: 0.9em, below: 1.1em,
  box(width: width * 1%, inset: 3pt, stroke: 0.6pt + rgb("#77858b"), image(path, width: 100%, alt: words)))
"""
_BLOCK: Final = re.compile(r"\n\s*\n")
_PICTURE: Final = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
_INLINE: Final = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<code>[^`]+)`")
_TALLEST: Final = 0.66
"""A picture that is taller than this share of the line is printed narrower."""


def booklet(markdown: str, folder: Path = DOCS) -> bytes:
    """Set the guide.

    Parameters
    ----------
    markdown
        Headings, paragraphs, lists, pictures, bold and code: nothing else is known here.
    folder
        Where the pictures are found.

    Returns
    -------
    bytes
        PDF/UA-1 of A4 pages.
    """
    body = "\n\n".join(_laid(block.strip(), folder) for block in _BLOCK.split(markdown) if block.strip())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    source = (_PREAMBLE + body).encode()
    pdf = typst.compile(source, root=str(folder), font_paths=fonts, pdf_standards="ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _laid(block: str, folder: Path) -> str:
    if picture := _PICTURE.fullmatch(block.replace("\n", " ")):
        return f"#shot({_text('/' + picture['path'])}, {_width(folder / picture['path'])}, {_text(picture['alt'])})"
    if heading := re.fullmatch(r"(#+) (.+)", block):
        return f"{'=' * len(heading[1])} {_inline(heading[2])}"
    items = re.split(r"(?m)^- ", block)[1:] if block.startswith("- ") else []
    if items:
        return "\n".join(f"- {_inline(' '.join(item.split()))}" for item in items)
    return _inline(" ".join(block.split()))


def _inline(text: str) -> str:
    """Write words as Typst's own strings, so that no sign in them is markup."""
    parts, end = [], 0
    for found in _INLINE.finditer(text):
        parts.append(_plain(text[end : found.start()]))
        strong = found["strong"]
        parts.append(f"#strong({_text(strong)})" if strong else f"#raw({_text(found['code'])})")
        end = found.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    return f"#text({_text(text)})" if text else ""


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _width(path: Path) -> int:
    from PIL import Image  # noqa: PLC0415 - the tests of the words need no picture

    with Image.open(path) as picture:
        return min(100, round(100 * _TALLEST * picture.width / picture.height))
