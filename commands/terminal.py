"""Make text harmless for a terminal: names in a file may hold codes that move the cursor or turn the writing round."""

import re
from typing import Final

# A colour or a move of the cursor with its numbers (ECMA-48, section 5.4), then every control code, then the marks that
# turn the direction of writing (Unicode UAX 9, section 2). What follows a code that opens a title or a link stays, for
# otherwise a name could swallow the words behind it.
_HARMFUL: Final = re.compile(
    r"(?:\x1b\[|\x9b)[?]?[0-9;:]*[A-Za-z]"
    r"|[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]"
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_RAW_IN_JSON: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAK: Final = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def inert_line(text: str) -> str:
    r"""Write one line without codes; a break in it, which could begin a line of its own, becomes a space.

    Examples
    --------
    >>> inert_line("Hall\x1b[2J\r\nDone."), inert_line("\u202eYtrap"), inert_line("Caf\u00e9 \u00a35")
    ('Hall Done.', 'Ytrap', 'Café £5')
    """
    return _HARMFUL.sub("", _BREAK.sub(" ", text))


def inert_json(document: str) -> str:
    r"""Write the codes that JSON lets stand as their numbers: the document says the same to a script.

    Examples
    --------
    >>> inert_json('{"name": "\u202ex"}')
    '{"name": "\\u202ex"}'
    """
    return _RAW_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
