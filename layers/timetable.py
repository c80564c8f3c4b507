"""Bus timetable: a GTFS zip, such as the Bus Open Data Service publishes for regions and for the whole country."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from geo.editions import Edition
from geo.errors import BadInputError
from geo.places.bus_days import Services, spoken
from geo.places.bus_reading import Feed, read_gtfs
from geo.places.inside import boundary_shape
from geo.review.bus import keep_timetable
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.source_file import Publisher, SourceFile

# GTFS has no place for a licence. These publish Britain's timetables, and do so under the OGL.
_OPEN_PUBLISHERS: Final = ("bus open data", "department for transport", "ito world", "traveline")
_TITLE: Final = "Bus timetable in GTFS"
CATALOGUE: Final = (
    CatalogueEntry(
        Publisher(
            "timetable",
            title=_TITLE,
            licence="OGL v3",
            attribution="Bus times: Bus Open Data Service, licensed under the Open Government Licence v3.0.",
        ),
        "Department for Transport, Bus Open Data Service",
        Access(page="https://data.bus-data.dft.gov.uk/timetable/download/", by_hand="planner add timetable FILE"),
        form="GTFS, a zip of CSV files",
        rhythm=Rhythm("every day; timetables change at Easter and in September", 6),
        used_for="Journeys by bus.",
    ),
)
_NAMED_OPERATORS: Final = 6
_MAX_ZIP_BYTES: Final = 4_000_000_000


def add_timetable(workspace: Workspace, given: Path | SourceFile, *, today: date) -> Added:
    """Replace the bus timetable by the local buses that call in or near the district.

    Parameters
    ----------
    given
        The GTFS zip. One of the whole country may be as large as it is: it is read from the disk piece by piece.

    Raises
    ------
    BadInputError
        The file cannot be used, or is of another place; nothing is changed.
    """
    name, source = _opened(given)
    margin_m = workspace.scenario.nearby_km * 1000
    feed = read_gtfs(source, name=name, area=boundary_shape(workspace.boundary(), margin_m=margin_m))
    edition = _edition(feed, name=name, sha256=_digest(source), today=today)
    keep_timetable(workspace, feed.calls, edition)
    return Added(edition, _out_of_date(feed, today))


def _opened(given: Path | SourceFile) -> tuple[str, Path | bytes]:
    if isinstance(given, SourceFile):
        return given.name, given.content
    if not given.is_file():
        message = f"There is no file {given}; check the path."
        raise BadInputError(message)
    if given.stat().st_size > _MAX_ZIP_BYTES:
        message = f"{given.name} is larger than any bus timetable; check that it is the GTFS zip."
        raise BadInputError(message)
    return given.name, given


def _digest(source: Path | bytes) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _edition(feed: Feed, *, name: str, sha256: str, today: date) -> Edition:
    first, last = Services.of(feed.calls).period()
    source, *operators = feed.publishers or ("publisher not named",)
    known = any(word in source.casefold() for word in _OPEN_PUBLISHERS)
    others = f" and {len(operators) - _NAMED_OPERATORS} more" if len(operators) > _NAMED_OPERATORS else ""
    buses = f" (buses of {', '.join(operators[:_NAMED_OPERATORS])}{others})" if operators else ""
    terms = ", licensed under the Open Government Licence v3.0" if known else ""
    return Edition(
        dataset="timetable",
        title=f"{_TITLE}, {source}",
        edition=f"{first:%Y-%m-%d} to {last:%Y-%m-%d}",
        licence="OGL v3" if known else "",
        attribution=f"Bus times: {source}{buses}{terms}.",
        file_name=name,
        sha256=sha256,
        rows=feed.calls_kept,
        added=today,
        note=_note(feed),
    )


def _note(feed: Feed) -> str:
    """Say what was kept, and what was left out and why."""
    kept = (
        f"{feed.trips_kept:,} trips with {feed.calls_kept:,} calls at {feed.stops_kept:,} stops in and near the "
        f"district, of {feed.trips_read:,} trips, {feed.calls_read:,} calls and {feed.stops_read:,} stops in the file."
    )
    trips, calls = _listed(feed.trips_left_out), _listed(feed.calls_left_out)
    version = f" The publisher's version: {feed.edition}." if feed.edition else ""
    return f"{kept}{trips and f' Trips left out: {trips}.'}{calls and f' Calls left out: {calls}.'}{version}"


def _listed(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{reason} {number:,}" for reason, number in reasons.items())


def _out_of_date(feed: Feed, today: date) -> tuple[str, ...]:
    """Say that a timetable has ended, or has not begun."""
    first, last = Services.of(feed.calls).period()
    if last < today:
        return (f"This timetable ended on {spoken(last)}: journeys are those of that time. Ask for a newer file.",)
    if first > today:
        return (f"This timetable begins on {spoken(first)}: journeys are those of that time.",)
    return ()
