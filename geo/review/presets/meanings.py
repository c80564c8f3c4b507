"""Say what a system's codes mean before they are made categories, and remember it for a source's next export."""

import json
import sqlite3
from typing import Final, get_args

import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse
from geo.review.presets.preset import Meanings
from geo.review.store import Store
from geo.review.vocabulary import GuardedField

MEANT_FIELDS: Final = get_args(GuardedField)


def reworded(texts: pd.Series, meanings: Meanings, field: str) -> pd.Series:
    """Replace what a column says by what it means; capitals and spaces around do not matter.

    A text of domestic abuse stays as it is whatever a preset says, so that no file can take its protection away.

    Examples
    --------
    >>> reworded(pd.Series(["7", " dv ", "8"]), {"reason": {"7": "prison release", "DV": "other"}}, "reason").to_list()
    ['prison release', ' dv ', '8']
    """
    known = {written.strip().casefold(): meaning for written, meaning in meanings.get(field, {}).items()}
    if not known:
        return texts
    meant = {text: known.get(text.strip().casefold(), text) for text in texts.unique() if not is_domestic_abuse(text)}
    return texts.map(lambda text: meant.get(text, text))


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
