"""List the files of a pack, each with how it is made: the same list for the zip, for the screen and for the check."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.review.pack.content import Pack, Table
from layers.pack.briefing import briefing_html, briefing_pdf
from layers.pack.csvs import all_tables, table_csv
from layers.pack.document import report_html, report_pdf
from layers.pack.geopackage import pack_gpkg
from layers.pack.maps import map_png
from layers.pack.printed.atlas import Atlas, atlas_of
from layers.pack.programme_calendar import CalendarOf, pack_ics
from layers.pack.readme import readme_txt
from layers.pack.web_map import pack_map_html
from layers.pack.whom import named_for
from layers.pack.workbook import pack_xlsx

_MIME: Final = {
    "pdf": "application/pdf",
    "html": "text/html",
    "png": "image/png",
    "csv": "text/csv",
    "gpkg": "application/geopackage+sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack.

    Attributes
    ----------
    name
        In the zip, with its folder.
    label
        For readers.
    make
        Writes it.
    """

    name: str
    label: str
    make: Callable[[], bytes]


def mime_of(name: str) -> str:
    """Give a file's type for a browser, by its name."""
    return _MIME[name.rpartition(".")[2]]


def pack_files(pack: Pack, calendar: CalendarOf) -> tuple[PackFile, ...]:
    """List what a pack is written as, in the order of the zip.

    Parameters
    ----------
    pack
        What it says.
    calendar
        By which name and version calendar programs know the programme.
    """
    return (*_documents(pack), *_maps(pack), *_tables(pack), *_data(pack, calendar))


def _documents(pack: Pack) -> Iterator[PackFile]:
    yield PackFile("README.txt", "What is in the pack (text)", lambda: readme_txt(pack))
    for name, label, make in (
        ("report.pdf", "Report (PDF)", lambda: report_pdf(pack).pdf),
        ("report.html", "Report (HTML)", lambda: report_html(pack).encode()),
        ("briefing.pdf", "Briefing for members (PDF)", lambda: briefing_pdf(pack).pdf),
        ("briefing.html", "Briefing for members (HTML)", lambda: briefing_html(pack).encode()),
    ):
        yield PackFile(named_for(name, pack.audience), label, make)


def _maps(pack: Pack) -> Iterator[PackFile]:
    atlas = cache(lambda: atlas_of(pack))
    for map_ in pack.maps:
        name = named_for(f"maps/{map_.name}.png", pack.audience)
        yield PackFile(name, f"Map for a slide: {map_.title} (PNG)", _png(pack, map_.name, atlas))


def _png(pack: Pack, name: str, atlas: Callable[[], Atlas]) -> Callable[[], bytes]:
    return lambda: map_png(pack, name, atlas=atlas())


def _csv(table: Table, pack: Pack) -> Callable[[], bytes]:
    return lambda: table_csv(table, pack.audience)


def _tables(pack: Pack) -> Iterator[PackFile]:
    for table in all_tables(pack):
        folder = "" if table.name == "dictionary" else "tables/"
        name = named_for(f"{folder}{table.name}.csv", pack.audience)
        yield PackFile(name, f"{table.title} (CSV)", _csv(table, pack))


def _data(pack: Pack, calendar: CalendarOf) -> Iterator[PackFile]:
    yield PackFile(named_for("pack.xlsx", pack.audience), "Workbook (XLSX)", lambda: pack_xlsx(pack))
    yield PackFile(named_for("pack.gpkg", pack.audience), "Layers for QGIS (GeoPackage)", lambda: pack_gpkg(pack))
    yield PackFile(named_for("map.html", pack.audience), "Map for a browser (HTML)", lambda: pack_map_html(pack))
    if pack.programme is not None:
        yield PackFile("programme.ics", "Calendar of the hubs, without numbers (ICS)", lambda: pack_ics(pack, calendar))
