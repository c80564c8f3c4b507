"""Tinytown as it plans its snapshot night: a report, a partner's word, a find, streets."""

from datetime import date, datetime, timedelta

from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.snapshot import NightWish, PlannedNight, plan_night
from geo.review.walks.visits import record_walk
from geo.walkabouts.bands import LONDON
from geo.walkabouts.squares import square_at
from tests.tinytown.walk_plans import add_streets, corner

NOW = datetime(2025, 9, 1, 12, tzinfo=LONDON)
TODAY = NOW.date()
NIGHT = date(2025, 11, 12)
AFTER = date(2025, 11, 14)
CHURCH = "St Ann's Church"
REPORTED, TOLD, FOUND, ADDED = ((1, 1), (3, 1), (5, 3), (6, 4))


def square(spot) -> str:
    return square_at(*corner(*spot))


def know_places(council) -> None:
    """Give the town its streets, a report, a partner's word, and a find."""
    add_streets(council)
    _report(council, REPORTED, "reported", "StreetLink", days=40)
    _report(council, TOLD, "intelligence", "Food bank", days=20)
    arrived = NOW - timedelta(days=60, hours=-9)
    visit = MadeVisit(
        arrived, arrived + timedelta(minutes=8), "found", place=GivenPlace(point=corner(*FOUND)), bedded_down=1
    )
    walk = HeldWalk(arrived, arrived + timedelta(hours=1), ("Outreach",), 2, 0, "JS", (visit,))
    record_walk(council, walk, now=NOW)


def _report(council, spot, kind, source, *, days):
    seen = NOW - timedelta(days=days)
    made = MadeReport(seen, seen, source, GivenPlace(point=corner(*spot)), 1, kind)
    record_report(council, made, who="JS", now=NOW)


def planned(council, **facts) -> PlannedNight:
    """Plan the night of the town."""
    said = {"teams": 2, "partner": CHURCH, "independent": True, "add": (square(ADDED),), **facts}
    return plan_night(council, NightWish(NIGHT, **said), now=NOW)
