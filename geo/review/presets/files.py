"""Read and write a preset as a small TOML file.

::

    [preset]
    name = "Our housing system"
    about = "The quarterly export, one row a case."

    [[source]]                       # for presets made from public documents
    title = "Data guide"
    publisher = "The maker"
    date = "May 2025"

    [columns]
    date = "Approach Date"           # or several names, the likeliest first: ["Approach Date", "Date of approach"]
    postcode = "Client Postcode"
    outcome = ""                     # leave this field out

    [meanings.reason]
    "7" = "end of social rented tenancy"

A file with the table [columns] alone is a preset too.
"""

import tomllib
from pathlib import Path
from typing import Any, Final

import tomli_w

from geo.errors import BadInputError
from geo.review.files import explained
from geo.review.presets.checks import check_preset, text_of
from geo.review.presets.preset import Preset, Source

MAX_BYTES: Final = 200_000
_TABLES: Final = frozenset({"preset", "source", "columns", "meanings"})


def read_preset_file(path: Path) -> Preset:
    """Read a preset from a file.

    Raises
    ------
    BadInputError
        There is no such file, or it is no preset.
    """
    if not path.is_file():
        message = f"There is no preset file {path}; check the path, or see planner presets list."
        raise BadInputError(message)
    with explained(path.parent), path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    return parse_preset(content, file_name=path.name)


def parse_preset(content: bytes, *, file_name: str) -> Preset:
    r"""Read a preset from a file's bytes, and refuse what is none.

    Raises
    ------
    BadInputError
        It is too large, not TOML, or holds something that a preset may not.

    Examples
    --------
    >>> parse_preset(b'[columns]\npostcode = "Home PC"', file_name="ours.toml").columns
    {'postcode': ('Home PC',)}
    """
    if len(content) > MAX_BYTES:
        message = f"{file_name} is larger than {MAX_BYTES // 1000} kB; a preset is a small file of names of columns."
        raise BadInputError(message)
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: TOML, UTF-8, and a number of thousands of digits
        message = f"{file_name} is no preset: it is not a TOML file; expected a table [columns]."
        raise BadInputError(message) from error
    _require_tables(tables, file_name)
    return check_preset(_preset(tables, file_name))


def write_preset(preset: Preset) -> bytes:
    """Write a preset as a file's bytes.

    Raises
    ------
    BadInputError
        It holds something that a preset may not.
    """
    check_preset(preset)
    head = {"name": preset.name, "about": preset.about, "unverified": list(preset.unverified)}
    tables: dict[str, Any] = {
        "preset": {key: value for key, value in head.items() if value},
        "columns": {field: _written(names) for field, names in preset.columns.items()},
        "meanings": {field: dict(values) for field, values in preset.meanings.items()},
        "source": [{"title": one.title, "publisher": one.publisher, "date": one.date} for one in preset.sources],
    }
    return tomli_w.dumps({name: table for name, table in tables.items() if table}).encode()


def _written(names: tuple[str, ...]) -> str | list[str]:
    return list(names) if len(names) > 1 else "".join(names)


def _require_tables(tables: dict[str, Any], file_name: str) -> None:
    strange = next((name for name in tables if name not in _TABLES), None)
    if strange is not None:
        message = f"{file_name} holds more than a preset does; expected the tables {', '.join(sorted(_TABLES))} alone."
        raise BadInputError(message)
    if not isinstance(tables.get("columns"), dict) or not tables["columns"]:
        message = f'{file_name} has no table [columns]; expected lines such as postcode = "Home PC".'
        raise BadInputError(message)


def _preset(tables: dict[str, Any], file_name: str) -> Preset:
    head = _table(tables.get("preset", {}), "preset")
    meanings = _table(tables.get("meanings", {}), "meanings")
    return Preset(
        name=text_of(head.get("name", Path(file_name).stem), "a name"),
        about=text_of(head.get("about", ""), "a description"),
        columns={field: _names(found) for field, found in tables["columns"].items()},
        meanings={
            field: {written: text_of(meaning, "a meaning") for written, meaning in _table(values, field).items()}
            for field, values in meanings.items()
        },
        sources=tuple(_source(_table(one, "source")) for one in _list(tables.get("source", []))),
        unverified=tuple(text_of(field, "a field") for field in _list(head.get("unverified", []))),
    )


def _names(found: object) -> tuple[str, ...]:
    if found == "":
        return ()
    return tuple(text_of(name, "a column") for name in (found if isinstance(found, list) else [found]))


def _source(table: dict[str, Any]) -> Source:
    return Source(*(text_of(table.get(key, ""), f"a {key}") for key in ("title", "publisher", "date")))


def _table(found: object, name: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        message = f"'{name[:30]}' is no table of the preset; expected lines of a name, an equals sign and a text."
        raise BadInputError(message)
    return found


def _list(found: object) -> list[Any]:
    if not isinstance(found, list):
        message = "Sources and unverified fields of a preset are lists; see Referrals in docs/own-district.md."
        raise BadInputError(message)
    return found
