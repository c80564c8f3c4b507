"""Read a JSON document that a stranger sent, so strictly that no two readers can take different values from it."""

import json
from typing import Any, Final

_DEEPEST: Final = 40  # levels of lists in lists; ours have fewer than ten
_MOST_SHOWN: Final = 20
_MOST_DIGITS: Final = 30


def read_strictly(content: bytes, *, only_whole: bool = False) -> dict[str, Any]:
    """Read a document.

    Parameters
    ----------
    content
        UTF-8; a byte order mark may stand before it.
    only_whole
        Whether every number must be a whole one.

    Raises
    ------
    ValueError
        It is no JSON object; a name stands twice in one; a number is not finite, or not whole where it must be; lists
        lie far too deep in lists; or a text holds half a character.

    Examples
    --------
    >>> read_strictly(b'{"a": 1.5}')
    {'a': 1.5}
    >>> read_strictly(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: a name stands twice
    """
    numbers = _refused if only_whole else float
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_refused,
            parse_float=numbers,
            parse_int=_short,
        )
    except RecursionError as error:
        message = "lists lie far too deep in lists"
        raise ValueError(message) from error
    if not isinstance(found, dict) or _depth(found) > _DEEPEST:
        message = "it is no object, or far too deep"
        raise ValueError(message)
    _require_written(found)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a name stands twice"
        raise ValueError(message)
    return found


def _short(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        message = "a number has far too many digits"
        raise ValueError(message)
    return int(text)


def _require_written(found: dict[str, Any]) -> None:
    """Refuse what cannot be written again: 1e999, and half a character."""
    try:
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        half = isinstance(error, UnicodeEncodeError)
        message = "a text holds half a character" if half else "a number is not finite"
        raise ValueError(message) from None


def _refused(text: str) -> Any:  # noqa: ANN401 - what json asks for
    message = f"{text[:_MOST_SHOWN]} is no number that may stand here"
    raise ValueError(message)


def _depth(value: object) -> int:
    """Count the levels of lists in lists, no further than is allowed."""
    level, depth = [value], 0
    while level and depth <= _DEEPEST:
        inner = [one for one in level if isinstance(one, dict | list)]
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth
