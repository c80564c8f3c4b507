"""Say which column of an export is which field: proposed from its names, or as the officer said."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from geo.errors import BadInputError
from geo.review.files import explained

FIELDS: Final = (
    "referral_id",
    "household_ref",
    "date",
    "postcode",
    "route",
    "source",
    "reason",
    "household",
    "age_band",
    "outcome",
)
REQUIRED: Final = ("date", "postcode")
_SHOWN_COLUMNS: Final = 30
_SHOWN_LETTERS: Final = 40
_COPY: Final = re.compile(r" \(\d+\)$")
_OTHER_THAN_WORDS: Final = re.compile(r"[\W_]+")
_HOW: Final = 'name the right one with --column {field}="...", in a preset file (--columns), or on the Referrals page'


def propose(columns: Sequence[str], *, preferred: Mapping[str, str] | None = None) -> dict[str, str]:
    """Propose a column for each field; fields without one are left out.

    Parameters
    ----------
    columns
        The names in the file.
    preferred
        Fields already decided; "" leaves a field out. Their columns are not proposed for another field.

    Raises
    ------
    BadInputError
        No column, or more than one, could be the date or the postcode; a preferred column is not in the file.

    Examples
    --------
    >>> propose(["Case Ref", "Approach Date", "Post Code", "Notes"])
    {'referral_id': 'Case Ref', 'date': 'Approach Date', 'postcode': 'Post Code'}
    """
    decided = dict(preferred or {})
    check_mapping(decided, columns)
    found = suggest(columns, preferred=decided)
    for field in REQUIRED:
        if field not in found:
            raise BadInputError(_question(field, candidates(field, _free(columns, decided)), columns))
    return found


def suggest(columns: Sequence[str], *, preferred: Mapping[str, str] | None = None) -> dict[str, str]:
    """Propose as `propose` does, but leave the date or the postcode out where the officer must choose."""
    decided = dict(preferred or {})
    free = _free(columns, decided)
    found: dict[str, str] = {}
    for field in FIELDS:
        fits = [decided[field]] if field in decided else candidates(field, free)
        unclear = field in REQUIRED and len(fits) > 1
        if fits and fits[0] and not unclear:
            found[field] = fits[0]
            free = [column for column in free if column != fits[0]]
    return found


def candidates(field: str, columns: Sequence[str]) -> list[str]:
    """List the columns that could be a field, the likeliest first."""
    names = _names()
    aliases = [_tidy(name) for name in (field.replace("_", " "), *names["names"][field])]
    exact = [(aliases.index(tidy), column) for column in columns if (tidy := _tidy(column)) in aliases]
    fits = [column for _, column in sorted(exact, key=lambda pair: pair[0])]
    words, never = names["words"].get(field, []), names["not"].get(field, [])
    loose = [column for column in columns if _has_word(column, words) and not _has_word(column, never)]
    return [*fits, *(column for column in loose if column not in fits)]


def check_mapping(mapping: Mapping[str, str], columns: Sequence[str]) -> None:
    """Refuse a mapping that names no field, no column of the file, or one column twice.

    Raises
    ------
    BadInputError
        Says which name was not found, and which there are.
    """
    unknown = [field for field in mapping if field not in FIELDS]
    if unknown:
        message = f"There is no field '{unknown[0]}'; the fields are {', '.join(FIELDS)}."
        raise BadInputError(message)
    named = [column for column in mapping.values() if column]
    missing = [column for column in named if column not in columns]
    if missing:
        message = f"The file has no column '{missing[0]}'; it has {_listed(columns)}."
        raise BadInputError(message)
    twice = [column for column in named if named.count(column) > 1]
    if twice:
        message = f"The column '{twice[0]}' is named for two fields; name one column for each."
        raise BadInputError(message)


def read_preset(path: Path) -> dict[str, str]:
    """Read a mapping that somebody wrote down.

    The file is TOML with one table::

        [columns]
        postcode = "Home PC"
        date = "Referred"
        reason = ""        # leave this field out

    Raises
    ------
    BadInputError
        It is missing, not TOML, or not such a table.
    """
    if not path.is_file():
        message = f"There is no preset file {path}; check the path."
        raise BadInputError(message)
    try:
        with explained(path.parent):
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: TOML, UTF-8, and a number of thousands of digits
        message = f"The preset {path.name} is not a TOML file ({error}); expected a table [columns]."
        raise BadInputError(message) from error
    table = content.get("columns")
    if not isinstance(table, dict) or not all(isinstance(column, str) for column in table.values()):
        message = (
            f'The preset {path.name} has no table of texts [columns]; expected lines such as postcode = "Home PC".'
        )
        raise BadInputError(message)
    return {str(field): str(column) for field, column in table.items()}


def read_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--column field=name` options.

    Raises
    ------
    BadInputError
        One has no equals sign.

    Examples
    --------
    >>> read_pairs(["postcode=Home PC"])
    {'postcode': 'Home PC'}
    """
    if any("=" not in pair for pair in pairs):
        message = 'A column is named as field=column, such as --column postcode="Home PC".'
        raise BadInputError(message)
    return {field.strip(): column.strip() for field, _, column in (pair.partition("=") for pair in pairs)}


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    text = resources.files("geo.review").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _free(columns: Sequence[str], decided: Mapping[str, str]) -> list[str]:
    return [column for column in columns if column not in decided.values()]


def _question(field: str, fits: Sequence[str], columns: Sequence[str]) -> str:
    how = _HOW.format(field=field)
    if len(fits) > 1:
        return f"{len(fits)} columns could be the {field}: {_listed(fits)}; {how}."
    return f"No column of the file could be the {field}; it has {_listed(columns)}. If one is, {how}."


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(f"'{column[:_SHOWN_LETTERS]}'" for column in columns[:_SHOWN_COLUMNS])
    more = len(columns) - _SHOWN_COLUMNS
    return shown + (f" and {more} more" if more > 0 else "")


def _tidy(name: str) -> str:
    return _OTHER_THAN_WORDS.sub(" ", _COPY.sub("", name).casefold()).strip()


def _has_word(name: str, words: Sequence[str]) -> bool:
    return any(f" {word} " in f" {_tidy(name)} " for word in words)
