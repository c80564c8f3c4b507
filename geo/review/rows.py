"""Turn the rows of an export into the records that are kept."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

import pandas as pd

from geo.disclosure.district_only import is_district_only, keep_to_district
from geo.disclosure.sensitive import is_domestic_abuse
from geo.review.ages import NOT_STATED, age_band
from geo.review.columns import FIELDS
from geo.review.dates import parse_dates
from geo.review.identity import content_of, find_duplicates, identify, references
from geo.review.keys import Key
from geo.review.placing import clear_duplicates, place_rows
from geo.review.presets.meanings import reworded
from geo.review.presets.preset import Meanings
from geo.review.records import record_frame
from geo.review.tables import Table
from geo.review.vocabulary import GuardedField, keep_categories
from geo.review.workspace import Workspace

_COLUMN_OF: Final = {"household": "household_type"}  # the field's name in an export and in the records
# What a text of domestic abuse is kept as where its category would say less, so that its row is known for what it is.
_OF_ABUSE: Final = {
    "reason": "domestic abuse",
    "source": "Domestic abuse service",
}
_DENIED: Final = re.compile(r"\b(?:no|not|non|never|without)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Export:
    """A file, and how it is to be read.

    Attributes
    ----------
    mapping
        Field to column.
    kinds
        The kind of address and of date it holds.
    meanings
        What values mean, where the system writes codes.
    """

    table: Table
    mapping: Mapping[str, str]
    feed: str
    kinds: tuple[str, str]
    meanings: Meanings = dataclasses.field(default_factory=dict)

    def texts(self, field: str) -> pd.Series:
        """Return a field's column as written, or what it means; empty texts where the file has none."""
        if field in self.mapping:
            return reworded(self.table.rows[self.mapping[field]], self.meanings, field)
        return pd.Series("", index=self.table.rows.index, dtype="str")


@dataclass(frozen=True)
class MadeRows:
    """Records of a file, with how many rows of each field said something that is not kept."""

    records: pd.DataFrame
    folded: dict[str, int]


def make_rows(export: Export, *, workspace: Workspace, key: Key, today: date) -> MadeRows:
    """Classify every row of a file and reduce it to what is kept.

    Returns
    -------
    MadeRows
        As many records as the file has rows: RECORDS schema, in the order of the file.

    Raises
    ------
    BadRowsError
        A date cannot be used.
    MissingDataError
        The workspace has no gazetteer.
    """
    days = parse_dates(export.texts("date"), today=today)
    ids, households = references(export.texts("referral_id")), references(export.texts("household_ref"))
    duplicate = find_duplicates(export.table.rows, ids)
    records = clear_duplicates(place_rows(export.texts("postcode"), workspace, key=key), duplicate)
    records["record"] = identify(key, feed=export.feed, ids=ids, content=_content(export, days))
    records["household"] = [key.digest("household", ref) if ref else "" for ref in households]
    records["month"] = days.map(lambda day: day.strftime("%Y-%m"))
    records["feed"], (records["address_kind"], records["date_kind"]) = export.feed, export.kinds
    clients = households.where(households != "", records["record"]).mask(duplicate)
    categories, folded = _categories(export, clients, _known(workspace, export.feed))
    ages, unread = _ages(export.texts("age_band"), days, today)
    whole = records.assign(**categories, age_band=ages).reset_index(drop=True)
    folded = {**folded, "age_band": unread}
    names = workspace.scenario.district_only_feeds
    apart = is_district_only(_as_written(export), names) | is_district_only(whole, names)
    records = keep_to_district(record_frame(whole), apart)
    return MadeRows(records, {field: rows for field, rows in folded.items() if rows})


def _as_written(export: Export) -> pd.DataFrame:
    """Lay out what tells of domestic abuse before it is made a category, which may say less."""
    texts = {field: export.texts(field).to_list() for field in ("reason", "source")}
    return pd.DataFrame({**texts, "feed": export.feed}, dtype="str")


def _content(export: Export, days: pd.Series) -> pd.Series:
    """Write a row's content for its identity; a postcode merely spaced or cased otherwise is the same content."""
    used = [export.mapping[field] for field in FIELDS if field in export.mapping and field != "date"]
    postcode = export.mapping["postcode"]
    compact = export.table.rows[postcode].str.replace(r"\s+", "", regex=True).str.upper()
    return content_of(export.table.rows.assign(**{postcode: compact}), used, days.map(date.isoformat))


def _categories(
    export: Export, clients: pd.Series, known: dict[str, frozenset[str]]
) -> tuple[dict[str, pd.Series], dict[str, int]]:
    values, folded = {}, {}
    for field in get_args(GuardedField):
        column = _COLUMN_OF.get(field, field)
        kept = keep_categories(export.texts(field), field, clients=clients, known=known[column])
        values[column], folded[field] = _told_abuse(kept.categories, export.texts(field), field), kept.folded
    values["source"] = values["source"].where(values["source"] != "", export.feed)
    return values, folded


def _told_abuse(categories: pd.Series, texts: pd.Series, field: str) -> pd.Series:
    if field not in _OF_ABUSE:
        return categories
    abuse = _OF_ABUSE[field]
    said = {text: is_domestic_abuse(text) and _DENIED.search(text) is None for text in texts.unique()}
    return categories.mask(texts.map(said).astype(bool) & ~categories.map(is_domestic_abuse).astype(bool), abuse)


def _ages(texts: pd.Series, days: pd.Series, today: date) -> tuple[list[str], int]:
    bands = [age_band(text, on=day, today=today) for text, day in zip(texts, days, strict=True)]
    return [band or NOT_STATED for band in bands], sum(band is None for band in bands)


def _known(workspace: Workspace, feed: str) -> dict[str, frozenset[str]]:
    """Read which categories the feed's rows have already: a small newer export must not fold what a large one kept."""
    columns = [_COLUMN_OF.get(field, field) for field in get_args(GuardedField)]
    with workspace.store.reading() as connection:
        return {
            column: frozenset(
                str(value)
                for (value,) in connection.execute(f"SELECT DISTINCT {column} FROM records WHERE feed = ?", (feed,))  # noqa: S608 - our own column names
            )
            for column in columns
        }
