"""The one font of every printed thing: which characters it has, how wide text is; DejaVu Sans, shipped in matplotlib.

Nothing is taken from the machine's own fonts, so that every machine makes the same bytes.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.ft2font import FT2Font, LoadFlags

from layers.pack.words import plain

FAMILY: Final = "DejaVu Sans"
LINE: Final = 1.2  # height of a line, in sizes of the type
_FILES: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_UNITS_PER_EM: Final = 2048
_LACKING: Final = "\ufffd"


def font_folder() -> Path:
    """Find the folder of the fonts."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def printable(text: str) -> str:
    r"""Write text on one line with the characters that the font has; a picture becomes its name.

    Examples
    --------
    >>> printable("Food bank \U0001f35e, \u0141\u00f3d\u017a")
    'Food bank [bread], Łódź'
    """
    line = plain(text)
    return line if _known().issuperset(line) else plain("".join(_printed(sign) for sign in line))


@lru_cache(maxsize=100_000)
def width_pt(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Measure a line of printable text, in points."""
    return sum(_advance(sign, bold=bold) for sign in text) * size_pt / _UNITS_PER_EM


def wrapped(text: str, width: float, size_pt: float, *, bold: bool = False) -> list[str]:
    """Break printable text into lines of at most so many points; a word that is too long is broken as well.

    Examples
    --------
    >>> wrapped("Clients of the year", 60, 10)
    ['Clients of', 'the year']
    """
    lines: list[str] = []
    line = ""
    for word in _short_words(text, width, size_pt, bold=bold):
        longer = f"{line} {word}" if line else word
        if line and width_pt(longer, size_pt, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _short_words(text: str, width: float, size_pt: float, *, bold: bool) -> Iterator[str]:
    most = max(1, int(width / size_pt))  # no sign is wider than the size of the type
    for word in text.split():
        if width_pt(word, size_pt, bold=bold) <= width:
            yield word
        else:
            yield from (word[at : at + most] for at in range(0, len(word), most))


def _printed(sign: str) -> str:
    if sign in _known():
        return sign
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in _known())
    if bare:
        return bare
    if unicodedata.category(sign) == "So":
        return f"[{unicodedata.name(sign, 'sign').casefold()}]"
    return "" if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn" else _LACKING


@cache
def _known() -> frozenset[str]:
    """Characters that both weights have, and the space."""
    both = [{chr(code) for code in _font(bold=bold).get_charmap()} for bold in (False, True)]
    return frozenset(both[0] & both[1])


@cache
def _font(*, bold: bool) -> FT2Font:
    return FT2Font(str(font_folder() / _FILES[bold]))


@cache
def _advance(sign: str, *, bold: bool) -> int:
    return int(_font(bold=bold).load_char(ord(sign), flags=LoadFlags.NO_SCALE).horiAdvance)
