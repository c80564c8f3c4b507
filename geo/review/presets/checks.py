"""Refuse a preset that holds more than names of columns and meanings of values."""

import re
from collections.abc import Mapping
from typing import Final

from geo.errors import BadInputError
from geo.review.columns import FIELDS
from geo.review.presets.meanings import MEANT_FIELDS, hides_abuse
from geo.review.presets.preset import Preset
from geo.review.vocabulary import GuardedField, is_plain, is_term

MOST_NAMES: Final = 20  # of one column
MOST_VALUES: Final = 500  # of one field
LONGEST_NAME: Final = 200
LONGEST_VALUE: Final = 60
LONGEST_WORDS: Final = 600
# The same marks by which a first row is known for a client's record: an address, a long number, a date, a postcode.
_LIKE_DATA: Final = re.compile(
    r"@|\d{5,}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE
)
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@")
_NOTHING: Final = "Nothing of the preset was used."


def check_preset(preset: Preset) -> Preset:
    """Give a preset back if every part of it may be used.

    Raises
    ------
    BadInputError
        It names a field that does not exist, or holds something that is no name of a column, no code or no category.
    """
    for field, names in preset.columns.items():
        _require_field(field, FIELDS)
        _require(len(names) <= MOST_NAMES, f"more than {MOST_NAMES} names for the column of {field}")
        for name in names:
            _require_text(name, f"a name for the column of {field}", longest=LONGEST_NAME)
    for field in preset.meanings:
        _require_field(field, MEANT_FIELDS)
    for guarded in MEANT_FIELDS:
        _check_values(guarded, preset.meanings.get(guarded, {}))
    for field in preset.unverified:
        _require_field(field, FIELDS)
    for words in (preset.about, *(text for one in preset.sources for text in (one.title, one.publisher, one.date))):
        _require(len(words) <= LONGEST_WORDS and words.isprintable(), "a text that is too long or not in plain letters")
    _require(is_plain(preset.name), "a name that cannot be used; expected a few ordinary words")
    return preset


def text_of(value: object, what: str) -> str:
    """Take a text out of a file that somebody else wrote.

    Raises
    ------
    BadInputError
        It is none.
    """
    _require(isinstance(value, str), f"{what} that is no text; put it between quotation marks")
    return str(value)


def _check_values(field: GuardedField, values: Mapping[str, str]) -> None:
    _require(len(values) <= MOST_VALUES, f"more than {MOST_VALUES} values of {field}; a preset holds codes, no data")
    for written, meaning in values.items():
        _require_text(written, f"a value of {field}", longest=LONGEST_VALUE)
        may_be_kept = is_term(meaning, field) or is_plain(meaning)
        _require(may_be_kept, f"a meaning under {field} that is no category; expected a few ordinary words")
        hides = hides_abuse(written, meaning)
        _require(not hides, f"a value of {field} that says abuse or violence and would be taken for something else")


def _require_text(text: str, what: str, *, longest: int) -> None:
    _require(0 < len(text) <= longest and text.isprintable(), f"{what} that is empty or longer than {longest} letters")
    _require(not text.startswith(_STARTS_A_FORMULA), f"{what} that a spreadsheet would run as a formula")
    _require(not _LIKE_DATA.search(text), f"{what} that looks like a client's data")


def _require_field(field: str, fields: tuple[str, ...]) -> None:
    shown = field[:30] if field.isidentifier() else "a name that is none"
    _require(field in fields, f"{shown}, which is no field here; the fields are {', '.join(fields)}")


def _require(holds: bool, found: str) -> None:  # noqa: FBT001 - what must hold, not an option
    if not holds:
        message = f"The preset holds {found}. {_NOTHING}"
        raise BadInputError(message)
