"""How long it takes to keep 10,000 reports or visits, and to say what is known by 5,000 and 10,000 of them.

python -m tests.benchmarks.walk_records
"""

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from geo.review.safe_keeping import SafePlace, add_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.history import take_in_history
from geo.review.walks.reports_import import take_in_reports
from geo.review.walks.response import standing
from geo.review.walks.where import where
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from tests.tinytown.council import make_council
from tests.tinytown.walk_plans import add_streets

NOW = datetime(2025, 6, 6, 12, tzinfo=LONDON)
MANY, REPORTS, VISITS, SQUARES = 10_000, 5_000, 10_000, 1_600
SIDE_M = 4_000


def main() -> None:
    """Print what each step takes."""
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        opened = _council(Path(folder) / "Many")
        for share in (0.0, 0.3):
            content = _reports(rng, MANY, by_street=share)
            _timed(f"{MANY:,} reports kept, {share:.0%} by street", lambda file=content: _take(opened, file))
    with tempfile.TemporaryDirectory() as folder:
        opened = _council(Path(folder) / "Known")
        _take(opened, _reports(rng, REPORTS, by_street=0.2))
        content = _visits(rng)
        _timed(f"{VISITS:,} visits kept", lambda: take_in_history(opened, content, who="JS", now=NOW))
        _timed("how the reports stand", lambda: standing(opened, now=NOW))
        _timed("where people are found", lambda: where(opened, now=NOW))


def _timed(what, step) -> None:
    start, work = time.perf_counter(), time.process_time()
    step()
    took, worked = time.perf_counter() - start, time.process_time() - work
    print(f"{what}: {took:.1f} s, of which this machine worked {worked:.1f} s", flush=True)


def _council(root: Path) -> Workspace:
    """A town with streets and a safe list of a postcode and a point."""
    add_streets(make_council(root))
    opened = Workspace.open(root, signer=Signer("jo", lambda: NOW))
    name_officers(opened, ["jo", "Sam Reed"])
    add_places(opened, [SafePlace("ZZ11AB", None), SafePlace("ZZ12AA", (643_010.0, 420_990.0))])
    return opened


def _take(opened: Workspace, content: bytes) -> None:
    plan = take_in_reports(opened, content, source="StreetLink", who="JS", now=NOW, checked=True)
    assert plan.new > 0.9 * plan.rows, plan.sentences()[:3]


def _moment(rng) -> datetime:
    return NOW - timedelta(minutes=int(rng.integers(3_000, 900_000)))


def _reports(rng, many: int, *, by_street: float) -> bytes:
    rows = ["reference,seen_date,seen_time,received_date,received_time,easting,northing,street,people"]
    for number in range(many):
        seen = _moment(rng)
        east, north = rng.uniform(1, SIDE_M - 1, size=2)
        place = f"{640_000 + east:.0f},{420_000 + north:.0f},"
        if rng.random() < by_street:
            place = ",,Chantry Way"
        when = f"{seen:%d/%m/%Y},{seen:%H:%M}"
        rows.append(f"R{by_street:.1f}-{number},{when},{when},{place},{rng.integers(1, 4)}")
    return "\n".join(rows).encode()


def _visits(rng) -> bytes:
    """Visits outside any walk, over the squares of the town."""
    places = rng.choice(40 * 40, size=SQUARES, replace=False)
    rows = ["walk_date,arrived,left,easting,northing,outcome,bedded_down"]
    for number in range(VISITS):
        arrived = NOW.replace(hour=23) - timedelta(days=int(rng.integers(2, 700)), minutes=-number % 1_200)
        east, north = divmod(int(rng.choice(places)), 40)
        found = int(rng.random() < 0.1)
        place = f"{640_050 + 100 * east},{420_050 + 100 * north}"
        times = f"{arrived:%d/%m/%Y},{arrived:%H:%M},{arrived + timedelta(minutes=7):%H:%M}"
        rows.append(f"{times},{place},{'found' if found else 'nobody'},{found or ''}")
    return "\n".join(rows).encode()


if __name__ == "__main__":
    main()
