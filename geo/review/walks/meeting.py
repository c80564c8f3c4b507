"""Where people meet for a walk, as its walk card says."""

from datetime import date

from geo.review.walks.cards import read_cards
from geo.review.workspace import Workspace


def meeting_points(workspace: Workspace) -> dict[date, str]:
    """Name where the teams set out, by the day of the walk; the last card given for a day counts.

    Raises
    ------
    BadInputError
        A card was changed since it was kept.
    """
    return {card.day: card.walkabout.start.name for card in read_cards(workspace)}
