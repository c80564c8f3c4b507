"""Write a pack's tables as CSV, with a dictionary of every column.

UTF-8 with a byte order mark, so that Excel keeps accents; text that a spreadsheet would run is made inert.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from geo.review.inert import inert
from geo.review.pack.content import Audience, Column, Pack, Table, Value
from geo.review.team_only import COLUMN, TEAM_ONLY
from layers.pack.frames import as_text
from layers.pack.words import unturned

_AUDIENCE: Final = Column(COLUMN, "Audience", "text", "Whom the rows are for: the housing team only.")
_DICTIONARY: Final = (
    Column("table", "Table", "text", "The table's name, as in the names of files."),
    Column("column", "Column", "text", "The column's name."),
    Column("label", "Label", "text", "The column's heading for readers."),
    Column(
        "kind", "Kind", "text", "text, count, number, share (a part of 1), day (ISO) or code (ties a row to a map)."
    ),
    Column("unit", "Unit", "text", "What a number is measured in; empty for words and counts."),
    Column("meaning", "Meaning", "text", "What the column says."),
)


def pack_csvs(pack: Pack) -> dict[str, bytes]:
    """Write every table, and the dictionary last; by the name of the table."""
    return {table.name: table_csv(table, pack.audience) for table in all_tables(pack)}


def all_tables(pack: Pack) -> tuple[Table, ...]:
    """List the pack's tables, and the dictionary of all their columns."""
    return (*pack.tables, _dictionary(pack.tables, pack.audience))


def table_csv(table: Table, audience: Audience) -> bytes:
    r"""Write one table; for the team, each row says so in a last column.

    Examples
    --------
    >>> table = Table("t", "T", (Column("what", "What", "text", "What."),), (("=1+1",),))
    >>> table_csv(table, "public").decode("utf-8-sig")
    "what\r\n'=1+1\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in written_columns(table, audience)])
    writer.writerows(written_rows(table, audience))
    return out.getvalue().encode("utf-8-sig")


def written_columns(table: Table, audience: Audience) -> tuple[Column, ...]:
    """List a CSV's columns."""
    return (*table.columns, _AUDIENCE) if audience == "team" else table.columns


def written_rows(table: Table, audience: Audience) -> list[list[str]]:
    """Write a CSV's rows as the texts that stand in it."""
    last = (TEAM_ONLY,) if audience == "team" else ()
    return [[written(value) for value in (*row, *last)] for row in table.rows]


def written(value: Value) -> str:
    r"""Write a value as it stands in a CSV: numbers to their last digit, text inert and without a bare return.

    Examples
    --------
    >>> written(0.1), written("-a\r\nb"), written(True), written(None)
    ('0.1', "'-a\nb", 'yes', '')
    """
    if isinstance(value, str):
        return str(inert(unturned(value))).replace("\r\n", "\n").replace("\r", "\n")
    return as_text(value)


def _dictionary(tables: Sequence[Table], audience: Audience) -> Table:
    rows = tuple(_entries([*tables, Table("dictionary", "Dictionary of columns", _DICTIONARY, ())], audience))
    return Table("dictionary", "Dictionary of columns", _DICTIONARY, rows)


def _entries(tables: Iterable[Table], audience: Audience) -> Iterable[tuple[Value, ...]]:
    for table in tables:
        for column in written_columns(table, audience):
            yield (table.name, column.name, column.label, column.kind, column.unit, column.meaning)
