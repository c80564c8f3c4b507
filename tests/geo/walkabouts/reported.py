"""Short ways to make reports and visits of a made-up street, as records hold them."""

from datetime import datetime, timedelta

from geo.walkabouts.bands import LONDON
from geo.walkabouts.sightings import Report, Visit

HERE, BESIDE, FAR = "SU364455", "SU365456", "SU368455"


def at(text):
    """A moment on the wall in London, such as "2026-01-09 20:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def report(number=1, received="2026-01-09 21:00", *, square=HERE, people=1, kind="reported", seen="", **facts):
    """A report; it was seen when it was received unless told otherwise."""
    facts = {"located": "point" if square else "district only", "street": "", "who": "JS", **facts}
    moments = {"seen": at(seen or received), "received": at(received)}
    return Report(number, kind, "StreetLink", **moments, square=square, people=people, **facts)


def visit(number=1, arrived="2026-01-09 22:00", *, square=HERE, outcome="nobody", street="", walk=0, **facts):
    """A visit of eight minutes, made for a report."""
    came = at(arrived)
    found = int(outcome == "found")
    counts = {"bedded_down": found, "about_to": 0, "offered": 0, "accepted": 0, "refused": 0}
    facts = {"purpose": "report", "who": "JS", **facts}
    left = came + timedelta(minutes=8)
    return Visit(number, walk, square, street, arrived=came, left=left, outcome=outcome, **counts, **facts)
