"""Short ways to make visits that no workspace keeps."""

from datetime import datetime, timedelta

from geo.walkabouts.bands import LONDON
from geo.walkabouts.sightings import Visit

NOW = datetime(2026, 6, 1, 12, tzinfo=LONDON)
A, B, C = "SU300400", "SU301400", "SU302400"


def visit(square=A, *, found=0, weeks=0.0, minutes=8, hour=21, outcome="", number=1):
    """A visit some weeks before noon of 1 June 2026, at an hour of its day in London."""
    day = NOW - timedelta(days=1, weeks=weeks)
    arrived = day.replace(hour=hour)
    said = outcome or ("found" if found else "nobody")
    return Visit(
        number, 1, square, "", arrived, arrived + timedelta(minutes=minutes), said, found, 0, 0, 0, 0, "known", "JS"
    )


def square(number):
    """A square of its own for each number."""
    return f"SU{300 + number // 50:03d}{400 + number % 50:03d}"
