"""Say what a system's codes mean before they are made categories, and remember it for a source's next export."""

import json
import re
import sqlite3
import unicodedata
from typing import Final, get_args

import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse
from geo.review.presets.preset import Meanings
from geo.review.store import Store
from geo.review.vocabulary import GuardedField

_NON_VIOLENT: Final = re.compile(r"non\W*violen\w*")
MEANT_FIELDS: Final = get_args(GuardedField)


def reworded(texts: pd.Series, meanings: Meanings, field: str) -> pd.Series:
    """Replace what a column says by what it means; capitals and spaces around do not matter.

    A text of abuse or violence stays as it is where a preset would make it something else, so that no file can take its
    protection away.

    Examples
    --------
    >>> reworded(pd.Series(["7", " dv ", "8"]), {"reason": {"7": "prison release", "DV": "other"}}, "reason").to_list()
    ['prison release', ' dv ', '8']
    """
    known = {written.strip().casefold(): meaning for written, meaning in meanings.get(field, {}).items()}
    if not known:
        return texts
    meant = {text: known.get(text.strip().casefold(), text) for text in texts.unique()}
    return texts.map(lambda text: text if hides_abuse(text, meant[text]) else meant[text])


def hides_abuse(written: str, meaning: str) -> bool:
    """Tell whether a meaning would take the word of domestic abuse, or of any violence, from what was written.

    Examples
    --------
    >>> hides_abuse("DV", "other"), hides_abuse("Violent breakdown of relationship", "rent arrears")
    (True, True)
    >>> hides_abuse("Violence at home", "domestic abuse"), hides_abuse("Non-violent breakdown", "family asked to leave")
    (False, False)
    """
    plain = unicodedata.normalize("NFKC", written)
    abuse = is_domestic_abuse(plain) and not is_domestic_abuse(meaning)
    violence = _is_violent(plain) and not (_is_violent(meaning) or is_domestic_abuse(meaning))
    return abuse or violence


def _is_violent(text: str) -> bool:
    return "violen" in _NON_VIOLENT.sub("", text.casefold())


def read_meanings(store: Store, feed: str) -> Meanings:
    """Read what was said of a source's values at its last import."""
    with store.reading() as connection:
        row = connection.execute("SELECT meanings FROM value_meanings WHERE feed = ?", (feed,)).fetchone()
    return json.loads(row[0]) if row else {}


def write_meanings(connection: sqlite3.Connection, feed: str, meanings: Meanings) -> None:
    """Remember what a source's values mean, in place of what was said before."""
    connection.execute("DELETE FROM value_meanings WHERE feed = ?", (feed,))
    if meanings:
        content = json.dumps({field: dict(values) for field, values in meanings.items()}, sort_keys=True)
        connection.execute("INSERT INTO value_meanings (feed, meanings) VALUES (?, ?)", (feed, content))
