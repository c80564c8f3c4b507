"""The report of a pack as a PDF."""

from dataclasses import dataclass
from typing import Final

from geo.review.pack.content import Pack
from layers.pack.html_report import report_html
from layers.pack.maps import A3, draw_map
from layers.pack.plain_pdf import plain_report
from layers.pack.printed.atlas import atlas_of
from layers.pack.report_values import report_values
from layers.pack.told import numbered
from layers.pack.typesetting import can_typeset, typeset

__all__ = ["PLAIN", "Document", "report_html", "report_pdf"]

PLAIN: Final = (
    "This PDF is not accessible: the part that tags a PDF (the package typst) is missing here. The HTML is accessible."
)


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF.

    Attributes
    ----------
    pdf
        Its bytes.
    accessible
        Whether it is tagged for readers who do not see it (PDF/UA-1).
    note
        What whoever passes it on must know, in a sentence; empty for nothing.
    """

    pdf: bytes
    accessible: bool
    note: str


def report_pdf(pack: Pack) -> Document:
    """Print the report: A4, each map on a page of A3.

    Returns
    -------
    Document
        The same pack gives the same bytes. Tagged where Typst is there; else plain, which it says itself.

    Raises
    ------
    MissingDataError
        A section names a map or a table that the pack has not.
    BadInputError
        A map cannot be drawn.
    PlannerError
        The PDF cannot be set.
    """
    if not can_typeset():
        return Document(plain_report(pack, PLAIN), accessible=False, note=PLAIN)
    atlas = atlas_of(pack)
    svgs = {one.name: draw_map(pack, one.name, size=A3, atlas=atlas) for _, one in numbered(pack)}
    return Document(typeset("report", report_values(pack, svgs), day=pack.day), accessible=True, note="")
