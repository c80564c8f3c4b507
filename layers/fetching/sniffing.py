"""Whether a file that came is of the kind that was asked for: a proxy's sign-in page comes with status 200 too."""

import json
import re
import zipfile
from pathlib import Path
from typing import Final

from layers.fetching import words
from layers.fetching.source import Expected

_HEAD: Final = 65_536
_PAGE: Final = re.compile(rb"^\s*(<!doctype\s+html|<html|<head|<\?xml[^>]*>\s*(<!doctype\s+html|<html))", re.IGNORECASE)
_SIGN_IN: Final = re.compile(
    rb"log[ -]?in|sign[ -]?in|password|proxy|captive|web ?filter|access denied|blocked|authenticat", re.IGNORECASE
)
_BLOCK: Final = 1024 * 1024


def fault_of(path: Path, expected: Expected) -> tuple[str, bool]:
    """Say what is wrong with a file, and whether asking again may help; "" where nothing is.

    Parameters
    ----------
    path
        The whole file.
    expected
        What it should be.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        return words.EMPTY, True
    if _PAGE.match(head):
        return (words.LOGIN_PAGE if _SIGN_IN.search(head) else words.WEB_PAGE), False
    return _CHECKS[expected](path, head)


def _zip(path: Path, head: bytes) -> tuple[str, bool]:
    if not head.startswith(b"PK"):
        return words.OTHER_KIND.format(expected="zip"), False
    return ("", False) if zipfile.is_zipfile(path) else (words.CUT_OFF, True)


def _json(path: Path, head: bytes) -> tuple[str, bool]:
    if not head.lstrip().startswith((b"{", b"[")):
        return words.OTHER_KIND.format(expected="JSON"), False
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return words.CUT_OFF, True
    return "", False


def _csv(path: Path, head: bytes) -> tuple[str, bool]:
    """Look for lines of cells; a table that ends within quotation marks breaks off."""
    if head.startswith((b"PK", b"\x1f\x8b")):  # a packed table is a table: the readers unpack it
        return "", False
    first = head.lstrip().splitlines()[0]
    if head.lstrip().startswith((b"<", b"{", b"[")) or b"\0" in head or b"," not in first:
        return words.OTHER_KIND.format(expected="CSV"), False
    quotes = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            quotes += block.count(b'"')
    return (words.CUT_OFF, True) if quotes % 2 else ("", False)


_CHECKS: Final = {"zip": _zip, "json": _json, "csv": _csv}
