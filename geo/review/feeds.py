"""What is remembered of each export: how its columns were mapped, which kind of address and date it holds."""

import json
import re
from dataclasses import dataclass
from typing import Final

from geo.errors import BadInputError
from geo.review.store import Store

_LONGEST_NAME: Final = 60
_NAME: Final = re.compile(r"[^\W_][\w .,&'()/+-]*")


@dataclass(frozen=True)
class Feed:
    """One export that is added again and again.

    Attributes
    ----------
    name
        The name it is added under, such as "Citizens Advice".
    address_kind, date_kind
        As in `geo.schema.ADDRESS_KINDS` and `DATE_KINDS`, of the last import.
    columns
        Field to column name; "" where the officer decided to leave a field out.
    last_import
        ISO day of the last import.
    imports, rows
        How often it was added, and how many rows are kept.
    """

    name: str
    address_kind: str
    date_kind: str
    columns: dict[str, str]
    last_import: str
    imports: int
    rows: int


def read_feeds(store: Store) -> tuple[Feed, ...]:
    """Read every feed, by name."""
    query = (
        "SELECT feed, address_kind, date_kind, columns, last_import, imports, "
        "(SELECT count(*) FROM records WHERE records.feed = feeds.feed) FROM feeds ORDER BY feed"
    )
    with store.reading() as connection:
        rows = connection.execute(query).fetchall()
    return tuple(
        Feed(feed, address_kind, date_kind, json.loads(columns), last_import, imports, kept)
        for feed, address_kind, date_kind, columns, last_import, imports, kept in rows
    )


def feed_name(text: str, known: tuple[Feed, ...]) -> str:
    """Tidy the name of a feed, and recognise a known one whatever its capitals.

    Raises
    ------
    BadInputError
        The name is empty, longer than 60 characters or not made of ordinary letters and figures.

    Examples
    --------
    >>> feed_name("  Citizens   Advice ", ())
    'Citizens Advice'
    """
    name = " ".join(text.split())
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        message = (
            "The name of the feed cannot be used; expected a short name of letters and figures for who the file is "
            'from, such as --source "Citizens Advice".'
        )
        raise BadInputError(message)
    return next((feed.name for feed in known if feed.name.casefold() == name.casefold()), name)
