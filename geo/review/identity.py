"""Say which row is which: the same row again in one file, and the same row in a newer export."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.review.keys import Key

_NO_REFERENCE: Final = frozenset({"", "-", "0", "n/a", "na", "none", "null", "nil", "unknown", "not known", "tbc", "#"})
_WHOLE_NUMBER: Final = re.compile(r"(\d+)\.0+")
_BETWEEN: Final = "\x1f"
_MOST_REPEATS: Final = 1_000  # of one reference in one file: what stands in more rows names no case


def references(texts: pd.Series) -> pd.Series:
    """Tidy a column of case or household numbers; what says that there is none becomes empty.

    Examples
    --------
    >>> references(pd.Series([" A  12 ", "1001.0", "n/a"])).to_list()
    ['A 12', '1001', '']
    """
    return texts.map(_reference)


def find_duplicates(rows: pd.DataFrame, ids: pd.Series) -> npt.NDArray[np.bool_]:
    """Find the rows of a file that are there already.

    Parameters
    ----------
    rows
        Every column of the file as text.
    ids
        The rows' references, empty where there is none.

    Returns
    -------
    numpy.ndarray
        True where an earlier row has the same reference or, without one, the same text in every column.
    """
    tidy = _joined([rows[column].str.strip() for column in rows])
    same = ("row" + _BETWEEN + tidy).where(ids == "", "id" + _BETWEEN + ids)
    return same.duplicated().to_numpy(dtype=np.bool_)


def identify(key: Key, *, feed: str, ids: pd.Series, content: pd.Series) -> pd.Series:
    """Give each row the keyed hash it is recognised by in every later export of its feed.

    The reference where there is one, else the content, and how often either has occurred before in the file, so that
    a file added twice meets the very same identities.

    Parameters
    ----------
    feed
        Rows of two feeds never share an identity.
    content
        The fields that are used, as one text.
    """
    what = ("content" + _BETWEEN + content).where(ids == "", _by_reference(ids))
    occurrence = what.groupby(what).cumcount()
    owner = feed.casefold()
    pairs = zip(what.to_list(), occurrence.to_list(), strict=True)
    return pd.Series([key.digest("record", owner, text, str(again)) for text, again in pairs], index=ids.index)


def record_digests(key: Key, reference: str, *, feed: str) -> list[str]:
    """List the identities that rows of a feed with one reference have, or would have: the way to find a case again.

    Parameters
    ----------
    reference
        As `references` tidies it.
    """
    what, owner = str(_by_reference(pd.Series([reference], dtype="str")).iloc[0]), feed.casefold()
    return [key.digest("record", owner, what, str(again)) for again in range(_MOST_REPEATS)]


def content_of(rows: pd.DataFrame, columns: list[str], days: pd.Series) -> pd.Series:
    """Write the used fields of each row as one text, spacing and capitals aside.

    Parameters
    ----------
    columns
        The columns used, the date left out: it may be written in another way next time.
    days
        The day of each row, ISO.
    """
    return _joined([days, *(rows[column].str.casefold().str.split().str.join(" ") for column in columns)])


def _by_reference(ids: pd.Series) -> pd.Series:
    return "id" + _BETWEEN + ids


def _joined(columns: list[pd.Series]) -> pd.Series:
    texts = [_BETWEEN.join(cells) for cells in zip(*columns, strict=True)]
    return pd.Series(texts, index=columns[0].index, dtype="str")


def _reference(text: str) -> str:
    tidy = " ".join(text.split())
    whole = _WHOLE_NUMBER.fullmatch(tidy)
    return "" if tidy.casefold() in _NO_REFERENCE else whole.group(1) if whole else tidy
