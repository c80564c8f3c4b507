"""Turn what was downloaded into the rows of one dated edition, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from geo.editions import Edition
from geo.errors import BadInputError
from geo.places import edition_dates
from geo.places.edition_dates import EditionDate
from geo.places.gazetteer_readers import Kind, Layout, Rows, detect, read_rows
from geo.places.postcode import areas
from geo.places.published import Member, Publication, open_publication

_TITLES: Final[dict[Kind, str]] = {
    "code_point": "OS Code-Point Open",
    "ons_directory": "ONS postcode directory",
    "plain": "Postcode table",
    "plain_list": "List of terminated postcodes",
}
_CROWN: Final = (
    "Contains OS data (c) Crown copyright and database right {year}. "
    "Contains Royal Mail data (c) Royal Mail copyright and database right {year}."
)
_ONS: Final = " Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
_EXTRA_FOLDERS: Final = ("doc", "documents", "user guide", "multi_csv")  # multi_csv repeats ONSPD's one large file


@dataclass(frozen=True)
class SourceEdition:
    """Hold one edition as it was read.

    Attributes
    ----------
    rows
        As `gazetteer_readers.Rows.table`, with `seen` (YYYYMM of the edition that said so) for `last_seen`.
    edition
        Where it came from.
    month
        YYYYMM that orders editions; 0 is older than every dated one.
    covers
        Live postcodes by postcode area: what this edition may say is missing. A list of terminated postcodes
        covers nothing.
    """

    rows: pd.DataFrame
    edition: Edition
    month: int
    covers: dict[str, int]


def read_source(
    path: Path, *, edition: str, today: date, progress: Callable[[str, float], None] | None = None
) -> SourceEdition:
    """Read one file, folder or zip as one edition.

    Parameters
    ----------
    path
        What the user gave.
    edition
        YYYY-MM, used where the file itself does not say; may be empty.
    today
        Stands for the edition of a file that cannot be dated otherwise.
    progress
        Told the name of each file read and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        The file is of another kind, empty, corrupt or unsafe.
    """
    publication = open_publication(path)
    found = _recognised(publication)
    tables: list[Rows] = []
    for done, (member, layout) in enumerate(found):
        if progress:
            progress(f"Reading {member.file_name}", done / len(found))
        tables.append(read_rows(member, layout))
    return _assemble(publication, found[0][1], tables, given=edition, today=today)


def _recognised(publication: Publication) -> list[tuple[Member, Layout]]:
    layouts = [(member, detect(member)) for member in publication.members]
    found = [(member, layout) for member, layout in layouts if layout is not None]
    main = [pair for pair in found if not _is_extra(pair[0])]
    found = main or found
    if not found:
        message = (
            f"{publication.path.name} is not a postcode file; expected OS Code-Point Open, ONSPD, NSPL, "
            "or a table with the columns postcode, easting, northing."
        )
        raise BadInputError(message)
    if len({layout.kind for _, layout in found}) > 1:
        message = f"{publication.path.name} holds postcode files of several kinds; add them one by one."
        raise BadInputError(message)
    return found


def _is_extra(member: Member) -> bool:
    return any(folder in _EXTRA_FOLDERS for folder in member.name.lower().split("/")[:-1])


def _assemble(
    publication: Publication, layout: Layout, tables: list[Rows], *, given: str, today: date
) -> SourceEdition:
    kind = layout.kind
    rows = pa.concat_tables([table.table for table in tables]).to_pandas(types_mapper=_pandas_type)
    if rows.empty:
        message = f"{publication.path.name} holds no postcodes of Great Britain; expected at least one row."
        raise BadInputError(message)
    padded = all(table.padded for table in tables)
    when, note = _date_edition(publication, kind, rows, padded=padded, given=given, today=today)
    rows["seen"] = rows.pop("last_seen").mask(lambda seen: seen == 0, when.month).astype("int32")
    live = rows.loc[rows["said"] == 0, "postcode"]
    return SourceEdition(
        rows=rows,
        edition=Edition(
            dataset="gazetteer",
            title=_title(publication, kind),
            edition=when.label,
            licence="" if kind.startswith("plain") else "OGL v3",
            attribution=_attribution(kind, (when.month or today.year * 100) // 100),
            file_name=publication.path.name,
            sha256=publication.sha256,
            rows=len(rows),
            added=today,
            note=note,
            layout=_told_layout(layout, padded=padded),
        ),
        month=when.month,
        covers={str(area): int(count) for area, count in areas(live).value_counts().sort_index().items()},
    )


def _date_edition(
    publication: Publication, kind: Kind, rows: pd.DataFrame, *, padded: bool, given: str, today: date
) -> tuple[EditionDate, str]:
    stated = edition_dates.stated_version(publication.metadata)
    if stated:
        return stated, ""
    path = publication.path.resolve()
    month = edition_dates.named_month(path.name) or edition_dates.named_month(path.parent.name)
    if not month and kind == "ons_directory":
        month = int(rows[["introduced", "said"]].max().max())
    if not month and given:
        month = _given_month(given)
    if month:
        return edition_dates.dated(month), ""
    if padded:
        return EditionDate("", 0), "Undated file in the old layout: counts as older than every dated edition."
    return (
        edition_dates.dated(today.year * 100 + today.month),
        "Undated file: counts as of the month it was added; say --edition YYYY-MM to date it.",
    )


def _told_layout(layout: Layout, *, padded: bool) -> str:
    """Say which generation of the format it is: header names drift by edition."""
    if layout.kind == "code_point":
        return "postcodes padded to seven letters" if padded else "postcodes with one space"
    return ", ".join(layout.chosen[name] for name in ("postcode", "easting", "district") if name in layout.chosen)


def _given_month(given: str) -> int:
    month = edition_dates.named_month(given)
    if not month:
        message = f"The edition '{given}' is not a month; expected one like 2025-11."
        raise BadInputError(message)
    return month


def _title(publication: Publication, kind: Kind) -> str:
    if kind == "ons_directory":
        name = publication.path.name.upper()
        return next((title for title in ("ONSPD", "NSPL") if title in name), _TITLES[kind])
    return _TITLES[kind]


def _attribution(kind: Kind, year: int) -> str:
    if kind.startswith("plain"):
        return ""
    return _CROWN.format(year=year) + (_ONS if kind == "ons_directory" else "")


def _pandas_type(kind: pa.DataType) -> pd.StringDtype | None:
    return pd.StringDtype(na_value=float("nan")) if kind == pa.string() else None
