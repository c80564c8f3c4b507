"""Read a file of reports of rough sleeping, CSV or XLSX, one row a report, and let go of every column that is not ours.

Such exports say what somebody looked like, or who called. A column that is not one of `COLUMNS` is not read past its
heading: its cells are let go before any row is looked at, and nothing of them is kept, shown or written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.errors import BadInputError
from geo.review.tables import read_table
from geo.review.team_only import COLUMN

COLUMNS: Final = (
    "reference",
    "kind",
    "source",
    "seen_date",
    "seen_time",
    "received_date",
    "received_time",
    "latitude",
    "longitude",
    "easting",
    "northing",
    "grid_reference",
    "postcode",
    "street",
    "town",
    "people",
)
"""The columns of a file of reports, in the order of the template."""

# What others call them, the surest first: where two columns would do, the one named first counts.
_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": (
        "alert id",
        "alert reference",
        "alert number",
        "report id",
        "report reference",
        "referral id",
        "referral reference",
        "streetlink reference",
        "streetlink id",
        "reference number",
        "case reference",
        "ref",
        "id",
    ),
    "kind": ("report or intelligence",),
    "source": ("report source", "alert source", "referral source", "organisation", "agency", "service"),
    "seen_date": (
        "date seen",
        "seen",
        "date and time seen",
        "date/time seen",
        "seen at",
        "seen on",
        "date last seen",
        "last seen",
        "date of sighting",
        "sighting date",
        "date and time of sighting",
        "datetime seen",
        "date",
    ),
    "seen_time": ("time seen", "time of sighting", "sighting time", "time last seen", "time"),
    "received_date": (
        "date received",
        "received",
        "received at",
        "received on",
        "date and time received",
        "date/time received",
        "date sent to local authority",
        "date sent",
        "date reported",
        "reported",
        "reported at",
        "report date",
        "alert date",
        "date created",
        "created",
        "created at",
        "referral date",
    ),
    "received_time": ("time received", "time sent", "time reported", "report time", "alert time", "time created"),
    "latitude": ("lat", "location latitude", "y (wgs84)"),
    "longitude": ("long", "lon", "lng", "location longitude", "x (wgs84)"),
    "easting": ("eastings", "os easting", "bng easting", "easting (m)", "x"),
    "northing": ("northings", "os northing", "bng northing", "northing (m)", "y"),
    "grid_reference": ("grid ref", "os grid reference", "os grid ref", "gridref", "ngr", "square"),
    "postcode": ("post code", "location postcode", "nearest postcode"),
    "street": ("street name", "road", "road name", "location street", "address line 1", "location", "location name"),
    "town": ("town/city", "town or city", "city", "village", "settlement", "place"),
    "people": (
        "number of people",
        "no. of people",
        "no of people",
        "people seen",
        "number of people seen",
        "number of rough sleepers",
        "how many people",
        "count",
    ),
}
_PLACES: Final = (
    ("latitude", "longitude"),
    ("easting", "northing"),
    ("grid_reference",),
    ("postcode",),
    ("street",),
    ("town",),
)
_LONGEST_HEADING: Final = 40
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class ReportFile:
    """What of a file is ours.

    Attributes
    ----------
    rows
        Each row's number in a spreadsheet, and its texts by the names of `COLUMNS`; a column that the file lacks is an
        empty text.
    dropped
        Headings of the columns that were let go, shortened.
    """

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    dropped: tuple[str, ...]


def read_report_file(content: bytes) -> ReportFile:
    """Read the columns that are ours.

    Parameters
    ----------
    content
        The whole file.

    Raises
    ------
    BadInputError
        It is no table, or has no column that says when somebody was seen, or none that says where.
    BadRowsError
        Single rows have more or fewer cells than the header.
    """
    table = read_table(content)
    ours = _ours(table.columns)
    _require(ours)
    kept = table.rows[list(ours.values())].set_axis(list(ours), axis=1)
    dropped = [name for name in table.columns if name not in ours.values() and name.casefold() != COLUMN]
    del table
    empty = dict.fromkeys(COLUMNS, "")
    rows = zip(kept.index.tolist(), kept.to_dict("records"), strict=True)
    return ReportFile(
        tuple(
            (int(number), {**empty, **{str(name): text.strip() for name, text in row.items()}}) for number, row in rows
        ),
        tuple(_shortened(name) for name in dropped),
    )


def _ours(columns: Sequence[str]) -> dict[str, str]:
    """Choose the heading of each of our columns."""
    headings = {_folded(name): name for name in reversed(columns)}
    found = {}
    for ours in COLUMNS:
        names = (ours, ours.replace("_", " "), *_OTHER_NAMES[ours])
        heading = next((headings[name] for name in names if name in headings), None)
        if heading is not None:
            found[ours] = heading
    return found


def _require(ours: Mapping[str, str]) -> None:
    if "seen_date" not in ours:
        message = f"The file has no column that says when somebody was seen, such as 'Date seen'. {_NOTHING}"
        raise BadInputError(message)
    if not any(all(name in ours for name in place) for place in _PLACES):
        message = (
            "The file has no column that says where: expected latitude and longitude, easting and northing, a grid "
            f"reference, a postcode, a street or a town. {_NOTHING}"
        )
        raise BadInputError(message)


def _folded(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


def _shortened(heading: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in heading)
    return plain if len(plain) <= _LONGEST_HEADING else plain[: _LONGEST_HEADING - 1] + "\u2026"
