"""A little council with two sites from a file, and short ways to write in its register."""

from datetime import UTC, date, datetime

from geo.review.register import register
from geo.review.register_edit import set_facts
from geo.review.register_liaison import LogEntry, add_to_log
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.source_file import SourceFile
from tests.tinytown.council import TODAY

FILE = (
    "name,category,postcode,capacity,step_free,opening_hours\n"
    "Harbour Hall,village hall,ZZ1 1AA,60,yes,Mo-Fr 09:00-17:00\n"
    "St Mary,church,ZZ1 2AA,,,\n"
)
HALL, CHURCH = "Harbour Hall", "St Mary"


def signed(council, who="jo"):
    """The same workspace, for somebody with a clock."""
    return Workspace.open(council.root, signer=Signer(who, lambda: datetime(2025, 6, 1, 9, tzinfo=UTC)))


def load(council, text=FILE):
    """Add the file of community sites."""
    add_sites(council, SourceFile("sites.csv", text.encode()), kind="sites", today=TODAY)


def write(council, site, **facts):
    """Write facts of a site."""
    return set_facts(council, site, facts, today=TODAY)


def speak(council, site, *, day="2025-05-02", status="contacted", about="A room on Tuesdays", who="JS", **other):
    """Write an entry of the log."""
    entry = LogEntry(site, date.fromisoformat(day), who, other.get("with_whom", "bookings clerk"), about, status)
    return add_to_log(council, entry, today=TODAY)


def rows(council, today=TODAY):
    """The register by name."""
    return register(council, today=today).set_index("name")


def id_of(council, name):
    """The id of the site of that name."""
    return str(rows(council).loc[name, "site_id"])
