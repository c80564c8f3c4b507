"""Say how many rows of a list were left out, in the same words whatever the reason.

A row without a usable place and a place that must not be shown are one number and one sentence: a reason of its own
would give the place away.
"""

import re
from typing import Final

_WHY: Final = "left out: no usable place, or not for publication."
_SENTENCE: Final = re.compile(rf"([\d,]+) (?:row was|rows were) {re.escape(_WHY)}")


def left_out(rows: int) -> str:
    """Say how many rows were left out; nothing where none was.

    Examples
    --------
    >>> left_out(1), left_out(0)
    ('1 row was left out: no usable place, or not for publication.', '')
    """
    return f"{rows:,} {'row was' if rows == 1 else 'rows were'} {_WHY}" if rows else ""


def told_left_out(note: str) -> str:
    """Give the sentence of a note that says how many rows were left out; nothing where it has none.

    Examples
    --------
    >>> told_left_out("2 of them outside. 3 rows were left out: no usable place, or not for publication. 1 closed.")
    '3 rows were left out: no usable place, or not for publication.'
    """
    found = _SENTENCE.search(note)
    return found[0] if found else ""


def left_out_more(note: str, rows: int) -> str:
    """Add rows to those that a note says were left out, as if they had been left out with the others.

    Examples
    --------
    >>> left_out_more("2 of them outside. 1 row was left out: no usable place, or not for publication.", 2)
    '2 of them outside. 3 rows were left out: no usable place, or not for publication.'
    >>> left_out_more("2 of them outside.", 1)
    '2 of them outside. 1 row was left out: no usable place, or not for publication.'
    """
    found = _SENTENCE.search(note)
    if not rows:
        return note
    if found is None:
        return f"{note} {left_out(rows)}".strip()
    return note[: found.start()] + left_out(int(found[1].replace(",", "")) + rows) + note[found.end() :]
