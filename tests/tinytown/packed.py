"""Tinytown with everything a May pack tells: three years of clients, homes, sites, decisions, actions, a programme."""

import shutil
from datetime import date
from functools import cache

from geo.hubs.programme import sheet_from
from geo.review.actions import ToDo, add_action
from geo.review.confirmed import content_of
from geo.review.decisions import Occasion, decide
from geo.review.freezing import freeze
from geo.review.pack.derive import pack_of
from geo.review.pack.gather import gather_pack
from geo.review.priorities import priorities_of, with_notes
from geo.review.programmes_kept import keep_programme
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.source_file import SourceFile
from tests.geo.review.registers import FILE, speak
from tests.tinytown.council import TODAY, edition, make_council
from tests.tinytown.giving import fill, give_out
from tests.tinytown.little import homes_of

POOLED = "2022-23..2024-25"
YEARS = {
    "14/05/2022": {"W1": 61, "W2": 19, "nowhere": 3},
    "14/05/2023": {"W1": 83, "W2": 26, "nowhere": 11},
    "14/05/2024": {"W1": 127, "W2": 37, "nowhere": 17, "outside": 6},
}
_HUB = {
    "number": 1, "quarter": 2, "months": "July to September 2025", "day": "2025-09-02", "weekday": "Tuesday",
    "begin": "10:00", "end": "13:00", "site_id": "hall", "name": "Harbour Hall", "category": "village_hall",
    "postcode": "ZZ1 1AA", "town": "W1", "areas": "", "agencies": "Citizens Advice", "agency_count": 1,
    "unavailable": "", "hours": "open", "ask": "", "host_note": "", "within_reach": 347, "reach": 341.5,
    "new_reach": 341.5, "so_far": 341.5, "easting": 640_500.0, "northing": 420_500.0,
}  # fmt: skip
_SHEET = {
    "year": "2025-26",
    "first_day": "2025-04-01",
    "proof": "No other programme reaches more than 341.",
    "quarters": [],
    "areas": [],
    "evidence": ["It rests on 371 clients."],
    "rules": [],
    "notes": [],
}


def packed_root(factory):
    """Make it once for all tests: the review frozen, a programme settled, one table given out to the public."""
    return _root(factory.getbasetemp())


@cache
def _root(folder):
    (folder / "packed").mkdir()
    council = make_packed(folder / "packed" / "Tinytown")
    freeze_it(council)
    settle(council)
    give_it_out(council)
    return council.root


def packed_copy(factory, root):
    """Copy it, for tests that change it."""
    return Workspace.open(shutil.copytree(packed_root(factory), root))


def make_packed(root, *, years=YEARS):
    """Make the council; nothing is frozen, given out or kept."""
    council = make_council(root)
    hurry(council)
    council.save_homes(homes_of(200), edition("households"))
    for at, (day, counts) in enumerate(years.items()):
        fill(council, counts, day=day, start=1 + 1_000 * at)
    add_sites(council, SourceFile("sites.csv", FILE.encode()), kind="sites", today=TODAY)
    speak(council, "Harbour Hall", status="agreed")
    decide(
        council, verdict="chosen", sites=["Harbour Hall"], why="It reaches 347 of them.", evidence_digest="",
        occasion=Occasion(date(2025, 5, 2), "JS"),
    )  # fmt: skip
    add_action(council, ToDo("Ask the hall for Tuesdays", "Housing options officer", date(2025, 5, 20), decision=1))
    return council


def hurry(council):
    """Simulate few districts and draw once: a test waits."""
    scenario = council.scenario
    quick = {
        "scan": scenario.scan.model_copy(update={"replicates": 999}),
        "stability": scenario.stability.model_copy(update={"draws": 1}),
    }
    council.save_scenario(scenario.model_copy(update=quick))


def a_hub(**other):
    """A hub of a programme."""
    return _HUB | other


def settle(council, *hubs, why=""):
    """Settle a programme: of one hub, where none is given."""
    keep_programme(council, sheet_from(_SHEET | {"hubs": list(hubs) or [_HUB]}), who="JS", why=why, today=TODAY)


def freeze_it(council, today=TODAY):
    """Freeze the review."""
    found = with_notes(priorities_of(council, plan_review(council, today=today)), council)
    return freeze(council, review=found.plan.review, content=content_of(council, found), who="JS", today=today)


def give_it_out(council, audience="public", *, period=POOLED):
    """Give a table by ward out."""
    return give_out(council, "ward", audience=audience, period=period)


def gathered(council, audience="team", *, today=TODAY):
    """Gather the aggregates."""
    return gather_pack(council, audience=audience, today=today, who="JS")


def told(council, audience="team", *, today=TODAY):
    """Make a pack."""
    return pack_of(gathered(council, audience, today=today))
