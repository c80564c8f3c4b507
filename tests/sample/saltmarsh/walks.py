"""Write all that was invented of people sleeping rough: reports, walkabouts, answers, agencies, the truth."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.walkabouts.squares import square_at

from .looks import Look, answers
from .network import Road
from .outreach import DRUGS, OUTREACH, POLICE, WARDENS, Log, Walk
from .postcodes import Postcode
from .sleepers import TOWN, SleepPlace, sleep_places
from .tellings import Telling, eight_figures, make_tellings, telling_rows
from .writers import write_csv

_COUNTS: Final = ("outcome", "bedded_down", "about_to", "offered", "accepted", "refused", "purpose")
_WALK_HEAD: Final = (
    "walk_date", "start_time", "end_time", "agencies", "walkers", "arrived", "left", "grid_reference", "street", "town",
    *_COUNTS,
)  # fmt: skip
_ANSWER_HEAD: Final = ("date", "arrived", "left", "grid_reference", *_COUNTS)
# Name, powers, people, days of the week, bands, days away.
_AGENCIES: Final = (
    (OUTREACH, "support", 2, "Mon, Tue, Wed, Thu, Fri, Sat", "", ""),
    (POLICE, "enforcement", 2, "Tue, Wed, Fri, Sat", "evening, early morning", "2025-05-09..2025-05-11"),
    (WARDENS, "enforcement", 1, "Mon, Tue, Wed, Thu, Fri", "early morning, day", ""),
    (DRUGS, "support", 1, "Tue, Thu", "day, evening", "2025-05-26..2025-05-30"),
)


@dataclass(frozen=True)
class Rough:
    """All that was invented of people sleeping rough."""

    places: list[SleepPlace]
    tellings: list[Telling]
    walks: list[Walk]
    answers: list[Look]

    @property
    def looks(self) -> list[Look]:
        """Every visit of every walk."""
        return [look for walk in self.walks for look in walk.looks]


def make_rough(roads: list[Road], postcodes: list[Postcode]) -> Rough:
    """Invent the sleepers first, then what was told of them, then who walked and what they found."""
    places = sleep_places(roads, postcodes)
    tellings = make_tellings(places)
    walks = Log(places, tellings, roads).walk_all()
    return Rough(places, tellings, walks, answers(tellings, [look for walk in walks for look in walk.looks]))


def write_walks(out: Path, rough: Rough) -> None:
    """Write the four files."""
    write_csv(out / "walk_reports.csv", telling_rows(rough.tellings))
    write_csv(
        out / "walk_visits.csv", [_WALK_HEAD, *(_walk_row(walk, look) for walk in rough.walks for look in walk.looks)]
    )
    write_csv(out / "walk_answers.csv", [_ANSWER_HEAD, *map(_answer_row, rough.answers)])
    write_csv(out / "walk_agencies.csv", [("agency", "powers", "people", "weekdays", "bands", "away"), *_AGENCIES])


def rough_truth(rough: Rough) -> dict[str, object]:
    """Say what was planted."""
    told = Counter(one.kind for one in rough.tellings)
    seen = [*rough.looks, *rough.answers]
    return {
        "places": [
            {
                "street": one.street,
                "square": square_at(*one.point),
                "people_on_average": round(one.share, 3),
                "reports": sum(each.place is one and each.kind == "reported" for each in rough.tellings),
            }
            for one in rough.places
        ],
        "reports": told["reported"],
        "people_reported": sum(one.people for one in rough.tellings if one.kind == "reported"),
        "intelligence": told["intelligence"],
        "open": sum(one.open for one in rough.tellings),
        "overdue": 1,
        "district_only": sum(one.place is None for one in rough.tellings),
        "walks": len(rough.walks),
        "visits_of_walks": len(rough.looks),
        "visits_alone": len(rough.answers),
        "outcomes": dict(sorted(Counter(look.outcome for look in seen).items())),
        "found_on_walks": sum(look.found for look in rough.looks),
        "found_alone": sum(look.found for look in rough.answers),
        **{name: sum(getattr(look, name) for look in seen) for name in ("offered", "accepted", "refused")},
    }


def _walk_row(walk: Walk, look: Look) -> list[object]:
    times = [f"{walk.begins:%d/%m/%Y}", f"{walk.begins:%H:%M}", f"{walk.ends:%H:%M}"]
    place = ["", look.street, TOWN] if look.purpose == "exploration" else [eight_figures(look.point), "", ""]
    return [
        *times,
        "; ".join(walk.agencies),
        walk.people,
        f"{look.arrived:%H:%M}",
        f"{look.left:%H:%M}",
        *place,
        *_counts(look),
    ]


def _answer_row(look: Look) -> list[object]:
    day, *hours = f"{look.arrived:%d/%m/%Y}", f"{look.arrived:%H:%M}", f"{look.left:%H:%M}"
    return [day, *hours, eight_figures(look.point), *_counts(look)]


def _counts(look: Look) -> list[object]:
    counted = [look.bedded_down, look.about_to, look.offered, look.accepted, look.refused]
    return [look.outcome, *(counted if look.found else [""] * len(counted)), look.purpose]
