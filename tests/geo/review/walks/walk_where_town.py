"""A little council with streets, walks, reports and intelligence: what the tests of Where look at."""

from datetime import timedelta

from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.walkabouts.squares import square_at
from tests.geo.review.walks.walk_records import COUNTED, NOW, record, visit
from tests.tinytown.walk_plans import add_streets, corner

BUSY, QUIET, TOLD, NEW = (
    square_at(x + 30, y + 30) for x, y in (corner(0, 0), corner(2, 1), corner(4, 2), corner(6, 3))
)
WALKS = 8


def report(council, square, *, days=1, people=1, kind="reported", source="StreetLink"):
    """Somebody was seen at a square some days ago."""
    seen = NOW - timedelta(days=days)
    made = MadeReport(seen, seen + timedelta(minutes=20), source, GivenPlace(grid_reference=square), people, kind)
    return record_report(council, made, who="JS", now=NOW)


def walked_town(council):
    """Give a council its streets and half a year of walks that find somebody at one place and nobody at another."""
    add_streets(council)
    for week in range(WALKS):
        day = (NOW - timedelta(weeks=3 * week + 1)).date().isoformat()
        stops = (
            visit("20:40", day=day, square=BUSY, **COUNTED),
            visit("21:00", day=day, square=QUIET, minutes=30),
            visit("21:40", day=day, square=TOLD, outcome="not accessible"),
        )
        record(council, *stops, day=day)
    report(council, BUSY, days=100, people=2)
    report(council, NEW, days=1)
    report(council, NEW, days=2, people=3, source="Police")
    report(council, TOLD, days=20, kind="intelligence", source="Police")
    report(council, QUIET, days=200, kind="intelligence", source="Police")
    return council
