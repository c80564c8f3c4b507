"""Screen the short texts of walkabouts, such as names, reasons and purposes: none of them holds a postcode at all.

Any postcode is refused, listed or not, in the same words: so nobody can try postcodes here to find a safe place.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError
from geo.review.audit import What
from geo.review.register_screen import NOTHING_KEPT, Screen, screen_of
from geo.review.workspace import Workspace

REFUSED: Final = f"{left_out(1)} Names, reasons and purposes are written without a postcode."
NOT_USED: Final = "a place that was asked for could not be used"
# As wide as what the list of safe places recognises in a text (geo/review/safe_list.py).
_SHAPE: Final = re.compile(r"(?<![A-Z0-9])([A-Z01]{1,2}[0-9OI][A-Z0-9]?)[^A-Z0-9]{0,3}[0-9OI][A-Z]{2}(?![A-Z0-9])")
# Written without a digit, only what could be one with O for 0 and I for 1: "to our" and "for one" are words.
_WITHOUT_DIGIT: Final = re.compile(
    r"(BL|CM|CR|FY|HA|PR|SL|SS)O|[A-Z]{2}I[OI]?|[BEGLMNSW]I[OI]?|EIW|NI[CP]|WI[A-HJ-NP-UW-Y]"
)
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def holds_postcode(text: str) -> bool:
    """Tell whether something in a text is shaped like a postcode, whether there is such a postcode or not.

    Examples
    --------
    >>> [holds_postcode(text) for text in ("near sp10 1dp", "SP1O-IDP", "Hampshire Police, to our 2nd walk", "A339")]
    [True, True, False, False]
    """
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).upper()
    return any(_could_be(outward) for outward in _SHAPE.findall(plain))


def refuses(screen: Screen, texts: Iterable[str]) -> bool:
    """Tell whether any of some texts must not be kept."""
    said = list(texts)
    return any(map(holds_postcode, said)) or any(screen.refused([{"notes": text} for text in said]))


def require_fields(workspace: Workspace, texts: Mapping[str, str]) -> None:
    """Refuse texts that hold a postcode, or that must not be kept.

    Raises
    ------
    BadInputError
        They do; whichever it is, the same is said.
    MissingDataError
        The workspace's key is not on this machine.
    """
    if refuses(screen_of(workspace), texts.values()):
        message = f"{REFUSED} {NOTHING_KEPT}"
        raise BadInputError(message)


def note_not_used(workspace: Workspace, what: What = "walk") -> None:
    """Write a line of the audit log that somebody asked for a place that could not be used; it does not say which."""
    workspace.note(what, NOT_USED)


def _could_be(outward: str) -> bool:
    if any(letter.isdigit() for letter in outward):
        return any("A" <= letter <= "Z" for letter in outward)
    return _WITHOUT_DIGIT.fullmatch(outward) is not None
