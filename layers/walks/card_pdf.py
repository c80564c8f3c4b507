"""Print a team's walk card as a tagged PDF, or as a plain one where Typst is missing."""

from typing import Any, Final

from geo.review.walks.cards import WalkCard
from layers.pack.document import PLAIN, Document
from layers.pack.told import AUTHOR
from layers.pack.typesetting import can_typeset, typeset
from layers.walks.card import CardSheet
from layers.walks.card_ground import CardGround
from layers.walks.card_map import map_words
from layers.walks.card_plain import plain_card
from layers.walks.card_words import BOXES, COUNTED, ELSEWHERE, HEAD, RECORDING, extra_rows, map_note

_LINE: Final = "_" * 12
_DOTS: Final = "____ : ____"


def card_pdf(card: WalkCard, sheet: CardSheet, ground: CardGround, svg: str) -> Document:
    """Print a sheet.

    Parameters
    ----------
    svg
        The map, as `card_map` draws it.

    Returns
    -------
    Document
        The PDF, whether it is tagged, and what to say of it if not.
    """
    if not can_typeset():
        return Document(plain_card(card, sheet, ground), accessible=False, note=PLAIN)
    return Document(
        typeset("walkcard", _values(sheet, ground, svg), day=card.day.isoformat()), accessible=True, note=""
    )


def _values(sheet: CardSheet, ground: CardGround, svg: str) -> dict[str, Any]:
    rows = [
        {"mark": line.mark, "time": line.time, "where": line.where, "onward": line.onward, "stop": line.stop}
        for line in sheet.lines
    ]
    blank = {"mark": "", "time": "", "where": ELSEWHERE, "onward": "", "stop": True}
    return {
        "title": sheet.title,
        "author": AUTHOR,
        "whom": sheet.foot,
        "use": sheet.use,
        "facts": [list(fact) for fact in sheet.facts],
        "svg": svg,
        "alt": map_words(sheet.walk),
        "map_note": map_note(ground, along_streets=sheet.along_streets),
        "safety": sheet.safety,
        "definition": COUNTED,
        "recording": RECORDING,
        "head": HEAD,
        "boxes": BOXES,
        "rows": [*rows, *([blank] * extra_rows(len(sheet.walk.stops)))],
        "line": _LINE,
        "dots": _DOTS,
        "foot": sheet.foot,
    }
