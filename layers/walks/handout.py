"""Put together everything that is handed out with a walk card: sheets, files for phones, the form."""

from collections.abc import Sequence
from typing import Final

from geo.review.walks.cards import WalkCard
from geo.review.walks.company import offered_agencies
from geo.review.workspace import Workspace
from layers.pack.fixed_zip import fixed_zip
from layers.walks.card import sheets_of, until_of
from layers.walks.card_ground import ground_of
from layers.walks.card_html import card_html
from layers.walks.card_map import card_map
from layers.walks.card_pdf import card_pdf
from layers.walks.form import walk_form_html
from layers.walks.gpx import card_gpx

_FILES: Final = (
    "The .pdf is the sheet to print, one a team; the .html is the same for a screen; the .gpx is for a phone or a "
    "receiver; the form records the walk on a phone without a network."
)


def hand_out(card: WalkCard, workspace: Workspace, *, agencies: Sequence[str] = ()) -> dict[str, bytes]:
    """Make the files of a card.

    Parameters
    ----------
    workspace
        Whose streets lie beneath the map.
    agencies
        Who may walk along, for the form: agencies by name; without any, whom the rota has for that walk.

    Returns
    -------
    dict of str to bytes
        Each file by its name, which says the numbers of card and team and nothing else: a PDF, a page of HTML and a GPX
        a team, one form for a phone, one file that tells what the others are.

    Raises
    ------
    PlannerError
        A PDF cannot be set.
    """
    least = workspace.scenario.walkabouts.least_people
    ground = ground_of(workspace)
    found: dict[str, bytes] = {}
    notes = []
    for sheet in sheets_of(card, least_people=least):
        svg = card_map(card, sheet.walk, ground)
        printed = card_pdf(card, sheet, ground, svg)
        notes.append(printed.note)
        found[f"{sheet.file_stem}.pdf"] = printed.pdf
        found[f"{sheet.file_stem}.html"] = card_html(sheet, ground, svg).encode()
        found[f"{sheet.file_stem}.gpx"] = card_gpx(card, sheet, sources=ground.credits)
    names = agencies or offered_agencies(workspace, card)
    found[f"walk-card-{card.number}-form.html"] = walk_form_html(card, agencies=names, least_people=least)
    return {f"walk-card-{card.number}-read-me.txt": _read_me(card, notes), **found}


def handed_zip(card: WalkCard, workspace: Workspace, *, agencies: Sequence[str] = ()) -> bytes:
    """Make the files of a card as one zip; parameters and errors as `hand_out`."""
    return fixed_zip(hand_out(card, workspace, agencies=agencies))


def _read_me(card: WalkCard, notes: Sequence[str]) -> bytes:
    lines = (
        f"Walk card {card.number}. Given to: {card.recipient}. {until_of(card)} Do not copy or pass on.",
        _FILES,
        *dict.fromkeys(note for note in notes if note),
    )
    return "\r\n".join((*lines, "")).encode()
