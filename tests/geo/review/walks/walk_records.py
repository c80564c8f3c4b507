"""Short ways to give walks, visits and a card to the little council, whose squares lie in the North Sea."""

from datetime import date, datetime, timedelta

import shapely

from geo.review.walks.cards import keep_card
from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.visits import record_walk
from geo.walkabouts.bands import LONDON
from geo.walkabouts.plan import Leg, PlannedStop, TeamWalk, Walkabout, WalkEnd
from geo.walkabouts.squares import square_at

NOW = datetime(2025, 6, 1, 12, tzinfo=LONDON)
PLACES = {1: (640_550, 420_550), 2: (641_050, 421_050), 3: (643_050, 421_050)}
SQUARES = {number: square_at(*point) for number, point in PLACES.items()}
STREETS = {1: "Bell Street", 2: "Quay Lane", 3: "</script><b>Mill & Co"}
SURVEY = {"outcome": "nobody"}
COUNTED = {"outcome": "found", "bedded_down": 2, "about_to": 1, "offered": 3, "accepted": 1, "refused": 2}


def at(clock, day="2025-05-09"):
    """A moment in London."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


def visit(clock="20:40", *, minutes=8, day="2025-05-09", **facts):
    """A visit as it is given; without a place, at the first square."""
    arrived = at(clock, day)
    where = {name: facts.pop(name) for name in ("square", "street", "postcode", "point", "town") if name in facts}
    if not where and "stop" not in facts:
        where["square"] = SQUARES[1]
    where["grid_reference"] = where.pop("square", "")
    left = arrived + timedelta(minutes=minutes)
    return MadeVisit(arrived, left, facts.pop("outcome", "nobody"), place=GivenPlace(**where), **facts)


def walk(*visits, begins="20:30", ends="22:00", day="2025-05-09", **facts):
    """A walk as it is given."""
    said = {"agencies": ("Outreach", "Police"), "people": 3, "card": 0, "who": "JS", **facts}
    return HeldWalk(at(begins, day), at(ends, day), visits=visits or (visit(day=day),), **said)


def record(council, *visits, now=NOW, supersedes=0, **facts):
    """Record a walk."""
    return record_walk(council, walk(*visits, **facts), now=now, supersedes=supersedes)


def plan(day="2025-05-09", *, teams=1):
    """A planned walk of three stops, which teams share out."""
    begins = at("20:30", day)
    purposes = ("report", "known", "exploration")
    stops = [
        PlannedStop(
            number, SQUARES[number], STREETS[number], point, begins + timedelta(minutes=10 * number), 8, purpose
        )
        for (number, point), purpose in zip(PLACES.items(), purposes, strict=True)
    ]
    shared = [stops[team::teams] for team in range(teams)]
    line = shapely.LineString([PLACES[1], PLACES[2]])
    walks = [TeamWalk(n, tuple(mine), (Leg(line, 5.0),) * (len(mine) + 1), 60.0) for n, mine in enumerate(shared, 1)]
    end = WalkEnd("Town hall", PLACES[1])
    return Walkabout(
        begins,
        "evening",
        120,
        end,
        end,
        tuple(walks),
        (),
        along_streets=False,
        light_known=0.0,
        explored_share=0.15,
        sentence="A plan.",
        seed=1,
    )


def card(council, day="2025-05-09", *, teams=1, recipient="Tinytown Police <night team>"):
    """Keep a card of that walk."""
    return keep_card(
        council,
        plan(day, teams=teams),
        recipient=recipient,
        purpose="Evening walkabout",
        who="JS",
        today=date.fromisoformat(day),
    )
