"""Compare a file of a pack with the same file made again, and say where it differs."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

import numpy as np

from geo.errors import BadInputError
from layers.pack.checking.grids import differences
from layers.pack.checking.readers import grids_in, pixels_in, words_in

State = Literal["same", "differs", "not compared"]
_TABLES: Final = ("csv", "xlsx", "gpkg")
_NOTHING_ELSE: Final = (".csv", ".png")  # beside their cells and pixels nothing is read of them
_MOST_SHOWN: Final = 60
_OTHER_VERSION: Final = "made by another version of the planner or of a library it uses"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one file or fact.

    Attributes
    ----------
    name
        Of the file, or of what the manifest says.
    state
        "not compared" where another version made it, so that it may look different and be right.
    told
        In a sentence's end: what is the same, or which and both values.
    """

    name: str
    state: State
    told: str


def compare(name: str, found: bytes, made: bytes, *, same_versions: bool) -> Finding:
    """Hold a file against the same file made again from the frozen numbers.

    Parameters
    ----------
    name
        Its name in the pack; its ending says what it is.
    found, made
        What the pack holds, and what the frozen numbers give.
    same_versions
        Whether the planner and its libraries are those that made the pack.
    """
    if found == made:
        return Finding(name, "same", "the same, byte for byte")
    try:
        return _compared(name, found, made, same_versions=same_versions)
    except BadInputError as error:
        return Finding(name, "differs", str(error))


def _compared(name: str, found: bytes, made: bytes, *, same_versions: bool) -> Finding:
    kind = name.rpartition(".")[2]
    if kind in _TABLES:
        told = differences(grids_in(kind, found), grids_in(kind, made))
        if told:
            return Finding(name, "differs", told)
        return _beyond(name, "every cell is the same", same_versions=same_versions)
    if kind == "png":
        return _pictures(name, found, made, same_versions=same_versions)
    if kind == "pdf":
        return _pages(name, same_versions=same_versions)
    return _texts(name, found, made, same_versions=same_versions)


def _beyond(name: str, same: str, *, same_versions: bool) -> Finding:
    """Judge a file whose content is the same and whose bytes are not.

    What else is in a page, a workbook or a GeoPackage can make the same content look otherwise: scripts, formats.
    """
    if same_versions:
        return Finding(name, "differs", f"{same}, but the rest of the file was changed")
    if name.endswith(_NOTHING_ELSE):
        return Finding(name, "same", f"{same}; it was {_OTHER_VERSION}")
    return Finding(name, "not compared", f"{same}; it was {_OTHER_VERSION}, so that the rest of it was not compared")


def _pictures(name: str, found: bytes, made: bytes, *, same_versions: bool) -> Finding:
    there, here = pixels_in(found), pixels_in(made)
    if there.shape != here.shape:
        told = f"the picture has {there.shape[1]} x {there.shape[0]} pixels, expected {here.shape[1]} x {here.shape[0]}"
        return Finding(name, "differs", told)
    changed = int(np.any(there != here, axis=2).sum())
    if not changed:
        return _beyond(name, "every pixel is the same", same_versions=same_versions)
    told = f"{changed:,} of {here.shape[0] * here.shape[1]:,} pixels are others"
    return _judged(name, told, same_versions=same_versions)


def _pages(name: str, *, same_versions: bool) -> Finding:
    if same_versions:
        return Finding(name, "differs", "its bytes are not those that the frozen numbers give")
    told = f"it was {_OTHER_VERSION}, and a PDF cannot be read back; the report as HTML says the same and was compared"
    return Finding(name, "not compared", told)


def _texts(name: str, found: bytes, made: bytes, *, same_versions: bool) -> Finding:
    there, here = _lines(name, found), _lines(name, made)
    if there == here:
        return _beyond(name, "every word is the same", same_versions=same_versions)
    first = next((pair for pair in zip_longest(there, here, fillvalue="") if pair[0] != pair[1]), ("", ""))
    told = f"the file says '{_short(first[0])}', the frozen numbers give '{_short(first[1])}'"
    return _judged(name, told, same_versions=same_versions)


def _judged(name: str, told: str, *, same_versions: bool) -> Finding:
    if same_versions:
        return Finding(name, "differs", told)
    return Finding(name, "not compared", f"{told}; it was {_OTHER_VERSION}, which may say or draw it otherwise")


def _lines(name: str, content: bytes) -> tuple[str, ...]:
    if name.endswith(".html"):
        return words_in(content)
    return tuple(content.decode("utf-8", errors="replace").splitlines())


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "..."
