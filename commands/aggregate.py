"""`planner aggregate`: a partner counts its own file on its own machine, for a council that may not have its rows."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from commands.shared import JsonOption, show_result, tell, today
from geo.disclosure.topics import Level
from geo.errors import BadInputError
from geo.places.gazetteer import Gazetteer, build_gazetteer
from geo.review.aggregate import Aggregated, CountAsk, aggregate
from geo.review.columns import read_pairs, read_preset
from geo.review.count_periods import PER, Per
from geo.review.files import write_bytes
from geo.review.partner_rows import Ground, PartnerFile
from layers.boundaries import read_area_file, read_boundary

_LEVELS: Final[dict[str, Level]] = {"ward": "ward", "res7": "h3_7", "h3_7": "h3_7"}
_PER: Final[dict[str, Per]] = {name: name for name in PER}


def aggregate_file(
    file: Annotated[Path, typer.Argument(help="Your own CSV or XLSX, at most 50 MB.", show_default=False)],
    *,
    source: Annotated[str, typer.Option("--source", help="Who you are, by the name that the council uses.")],
    gazetteer: Annotated[
        Path, typer.Option(help="OS Code-Point Open, ONSPD or NSPL; or a gazetteer.parquet that the council gives.")
    ],
    out: Annotated[Path, typer.Option(help="The .json file to write, for the council.")],
    by: Annotated[str, typer.Option(help="ward or res7.")] = "ward",
    per: Annotated[str, typer.Option(help="year (the council's review year) or quarter.")] = "year",
    agreement: Annotated[
        str, typer.Option(help="Name of your sharing agreement: then counts are exact, else suppressed.")
    ] = "",
    wards: Annotated[Path | None, typer.Option(help="The council's wards: GeoJSON, GeoPackage or zip.")] = None,
    boundary: Annotated[Path | None, typer.Option(help="The district's outline, for res7.")] = None,
    district: Annotated[str, typer.Option(help="The district's GSS code, such as E07000093.")] = "",
    first_month: Annotated[int, typer.Option(help="Month in which the council's review year begins.")] = 4,
    columns: Annotated[Path | None, typer.Option("--columns", help="TOML: which column is which field.")] = None,
    column: Annotated[list[str] | None, typer.Option("--column", help='Such as postcode="Home PC".')] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Count your own file by area, period and broad reason; no row, reference or postcode is written.

    Needs no workspace. Send the council one kind of area and of period only.
    """
    _require_words(by, per, out)
    named = {**(read_preset(columns) if columns else {}), **read_pairs(column or [])}
    with _opened(gazetteer) as places:
        ground = Ground(
            places,
            None if wards is None else read_area_file(wards).areas,
            None if boundary is None else read_boundary(boundary),
            district.strip(),
        )
        words = ", ".join(
            filter(None, [wards.name if wards else "", boundary.name if boundary else "", district.strip()])
        )
        ask = CountAsk(_LEVELS[by], _PER[per], agreement, first_month, words or "all of the postcode directory")
        found = aggregate(PartnerFile(file, source, named, sheet), ground, ask, today=today())
    write_bytes(out, found.file.to_json().encode())
    data = {**found.file.as_dict(), "digest": found.file.digest, "notes": list(found.notes)}
    show_result(data, _lines(found, out), as_json=as_json)


@contextmanager
def _opened(path: Path) -> Iterator[Gazetteer]:
    """Open the council's gazetteer, or read a published file into one for the time being."""
    if path.suffix.lower() == ".parquet":
        yield Gazetteer(path)
        return
    tell("Reading the postcode file; the whole of Great Britain takes one or two minutes.")
    with tempfile.TemporaryDirectory() as folder:
        yield build_gazetteer([path], out=Path(folder) / "gazetteer.parquet", today=today())


def _require_words(by: str, per: str, out: Path) -> None:
    if by not in _LEVELS or per not in _PER:
        message = "Counts are made --by ward or res7, and --per year or quarter; choose one of each."
        raise BadInputError(message)
    if out.suffix.lower() != ".json" or not out.parent.is_dir():
        message = f"{out.name} is no .json in a folder that exists; end the file's name in .json."
        raise BadInputError(message)


def _lines(found: Aggregated, out: Path) -> list[str]:
    file = found.file
    rule = file.rule
    kind = (
        f"Exact counts under the agreement {file.agreement}: for the council's housing team only."
        if file.exact
        else f"Counts of 1 to {rule.threshold} are hidden, others rounded to {rule.round_to}."
    )
    by_area = sum(table.topic.geography.level != "district" for table in file.tables)
    whole = len(file.tables) - by_area
    return [
        f"{file.feed}: {found.rows:,} rows read ({found.duplicates:,} repeated); counted are {file.unit}.",
        f"Periods: {', '.join(file.periods)}; tables by area {by_area:,}, of the whole district {whole:,}.",
        *([f"Not counted, for their period is not over: {found.not_over:,}."] if found.not_over else []),
        *found.notes,
        kind,
        f"Written to {out.name}. Send the council this one kind of areas and periods only.",
    ]
