"""Recognise refuges and other safe accommodation, which never enter the planner.

Their addresses are secret. A wrong refusal costs a candidate site; a wrong admission may cost a life: so a wildlife
refuge is refused too. Whoever calls this counts the refused together with the other rows that could not be used and
says nothing of the reason, for a reason would give the place away.
"""

import re
import unicodedata
from typing import Final

import pandas as pd

_SAFE_WORDS: Final = re.compile(
    r"""
    \b(?:
        refuges? | sanctuar(?:y|ies)
      | safe \s? (?:house|home|haven|accommodation|place|space|shelter|unit|lodging|flat)s?
      | (?:secure|secret|confidential|undisclosed|dispersed) \s (?:accommodation|housing|address|home|unit|site)s?
      | wom[ae]n \s? s? \s (?:aid|shelter|hostel|accommodation|crisis)
      | (?:domestic|sexual|honou?r \s based) \s (?:abuse|violence|assault)
      | d \s? v \s? (?:service|hub|unit)? s? | dva | idvas? | isvas? | marac | vawg
      | rape \s crisis | sarc | forced \s marriages? | battered
      | (?:abuse|violence|trafficking|slavery) \s (?:survivor|victim|service|support)s?
      | fleeing \s (?: \w+ \s ){0,2} (?:abuse|violence)
      | (?:survivors?|victims?) \s of \s (?:abuse|violence|trafficking|slavery|rape|domestic|sexual)
      | crisis \s (?:accommodation|house|housing|bed)s? | asylum \s (?: seekers? \s )? (?:accommodation|housing|hotel)s?
      | aurora \s new \s dawn | karma \s nirvana | solace \s women | southall \s black \s sisters | ashiana
      | social \s facility \s (?:for|shelter|group \s home|assisted \s living)  # tags of OpenStreetMap in one cell
      | amenity \s (?:shelter|refugee \s (?:site|housing))
    )\b
    """,
    re.VERBOSE,
)
# The same words where spaces are lost or added, as in "WomensRefuge", "R e f u g e" and "Refuge2"; a refugee is none.
_RUN_TOGETHER: Final = re.compile(
    r"refuges?(?!e)|wom[ae]nsaid|safehouse|(?:domestic|sexual)(?:abuse|violence)|rapecrisis"
)
# Cyrillic and Greek letters that look like Latin ones, which nobody sees in a spreadsheet.
_LOOKALIKES: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u043c\u043d\u0442\u0432\u043a\u03b1\u03b5\u03bf\u03c1\u03b9\u03bd\u03c5",
    "aeopcyxisjmhtbkaeopivu",
)
# The last words of a tag, and the values by which it tells of safe accommodation.
_TAGS: Final = {
    "social facility": r"\b(?:shelter|group home|assisted living)\b",
    "social facility for": r".",
    "amenity": r"\b(?:shelter|refugee site|refugee housing)\b",
    "refugee": r"^(?!no$).",
}
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u201b\u02bc`\u00b4]")
_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")


def is_safe_place(rows: pd.DataFrame) -> pd.Series:
    """Say which rows of a table of places are, or may be, safe accommodation.

    Parameters
    ----------
    rows
        Every column as it stands in the file: names, categories, notes and OpenStreetMap tags are all looked at.

    Returns
    -------
    pandas.Series
        True where the row must not enter; same index.

    Examples
    --------
    >>> list(is_safe_place(pd.DataFrame({"name": ["Women\u2019s  Aid", "Refugee welcome café", "Safe-House 3"]})))
    [True, False, True]
    """
    named = pd.Series([_names_one(row) for row in rows.astype("object").to_numpy()], index=rows.index, dtype=bool)
    return named | _tagged(rows)


def _names_one(cells: object) -> bool:
    """Look at each cell by itself, and at all of them joined, since a name may be cut over two columns."""
    texts = [_plain(cell) for cell in cells if isinstance(cell, str)]  # type: ignore[attr-defined]  # a row of an array
    return _SAFE_WORDS.search(" ".join(texts)) is not None or any(
        _RUN_TOGETHER.search(text.replace(" ", "")) for text in texts
    )


def _plain(text: str) -> str:
    r"""Fold case, accents, look-alike letters, apostrophes, invisible characters and punctuation away.

    Examples
    --------
    >>> _plain("R\u00c9FUGE_(Women\u2019s)")
    'refuge womens'
    """
    folded = unicodedata.normalize("NFKD", _HIDDEN.sub("", text)).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character)).translate(_LOOKALIKES)
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", bare)).strip()


def _tagged(rows: pd.DataFrame) -> pd.Series:
    """Find OpenStreetMap's own tags, also of what is disused or was one: a former refuge may be one again."""
    found = pd.Series(data=False, index=rows.index)
    for name in rows.columns:
        tag = _plain(str(name))
        filled = rows[name].map(lambda cell: _plain(cell) if isinstance(cell, str) else "")
        for ending, telling in _TAGS.items():
            if tag == ending or tag.endswith(" " + ending):
                found |= filled.str.contains(telling, regex=True)
    return found
