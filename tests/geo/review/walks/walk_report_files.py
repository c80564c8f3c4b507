"""Files of reports for the little council, whose district lies in the North Sea; and who keeps its safe list."""

from datetime import datetime

from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.reading import reports_standing
from geo.review.walks.reports_import import plan_reports, take_in_reports
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.squares import square_at

NOW = datetime(2025, 6, 2, 12, tzinfo=LONDON)  # a Monday
SQUARE = square_at(641_010, 421_020)
HEADINGS = ("Alert ID", "Date seen", "Time seen", "Date received", "Easting", "Northing", "Grid Ref", "Postcode",
            "Street", "Town", "Number of people", "Description")  # fmt: skip
GOOD = {
    "Alert ID": "A1",
    "Date seen": "31/05/2025",
    "Time seen": "22:15",
    "Date received": "01/06/2025 09:10",
    "Easting": "641010",
    "Northing": "421020",
    "Number of people": "2",
    "Description": "a MARKER in a red hat",
}


def file_of(*rows, headings=HEADINGS):
    """A file of the good row, each time with other cells in place."""
    lines = [",".join({**GOOD, **row}.get(name, "") for name in headings) for row in rows]
    return "\n".join((",".join(headings), *lines, "")).encode()


def plan(council, *rows, now=NOW, **said):
    """What would become of such rows."""
    return plan_reports(council, file_of(*rows), source="StreetLink", now=now, **said)


def take(council, *rows, now=NOW, **said):
    """Take such rows in."""
    return take_in_reports(council, file_of(*rows), source="StreetLink", who="JS", now=now, **said)


def kept(council):
    """What stands of every report."""
    return [(one.square, one.located, one.people, one.kind) for one in reports_standing(council)]


def listing(council, text):
    """The same council, with places on its safe list."""
    opened = Workspace.open(council.root, signer=Signer("jo", lambda: NOW))
    name_officers(opened, ["jo"])
    add_places(opened, read_places(text))
    return opened
