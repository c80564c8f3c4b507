"""Say how much of the last year's time at stops went to places drawn at random, and what the next walk owes to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from geo.review.walks.pool import open_middles
from geo.review.walks.reading import visits_standing
from geo.review.walks.rota_kept import walks_in_force
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import local, utc
from geo.walkabouts.finds.rounded import two_figures
from geo.walkabouts.sightings import Visit

LEAST_KEPT: Final = 0.1
MOST_KEPT: Final = 0.2
"""Between a tenth and a fifth of a walk is kept, whatever was left out before, or what the options ask for."""
_YEAR: Final = timedelta(days=365)
_MINUTE: Final = timedelta(minutes=1)
_WAY_TOO: Final = 1.5  # a place drawn costs its stop, and about half as much again on the way
_QUARTERS: Final = 4


@dataclass(frozen=True)
class Lately:
    """What walks of the last 12 months did, those of nothing but drawn places apart.

    Attributes
    ----------
    walks
        How many were held.
    drawn
        Stops at places drawn at random.
    minutes, explored_minutes
        At stops, and of them at places drawn at random.
    """

    walks: int
    drawn: int
    minutes: float
    explored_minutes: float

    @property
    def share(self) -> float:
        """The share of the minutes at stops; 0 where there were none."""
        return self.explored_minutes / self.minutes if self.minutes else 0.0


def explored_lately(workspace: Workspace, *, now: datetime) -> Lately:
    """Add up the visits of the last 12 months that were made on a walk.

    A walk of a district that nothing was known of draws every stop; it is left out, or no other would explore for a
    year.
    """
    walks: dict[int, list[Visit]] = {}
    for one in visits_standing(workspace):
        if one.walk and utc(now) - _YEAR < utc(one.arrived) <= utc(now):
            walks.setdefault(one.walk, []).append(one)
    made = [one for visits in walks.values() if not all(map(_drawn, visits)) for one in visits]
    drawn = [one for one in made if _drawn(one)]
    return Lately(len({one.walk for one in made}), len(drawn), sum(map(_minutes, made)), sum(map(_minutes, drawn)))


def share_to_keep(lately: Lately, options: WalkaboutOptions, *, minutes: float) -> float:
    """Say which share of the next walk is kept, so that the year's comes to what the options ask for.

    Parameters
    ----------
    minutes
        Of the walk, all teams together.

    Examples
    --------
    >>> year = Lately(walks=4, drawn=2, minutes=300, explored_minutes=30)
    >>> round(share_to_keep(year, WalkaboutOptions(explore_share=0.15), minutes=120), 3)
    0.2
    """
    asked = options.explore_share
    owed = (asked - lately.share) * lately.minutes
    return min(max(asked + owed / minutes, min(LEAST_KEPT, asked)), max(MOST_KEPT, asked))


def told_year(workspace: Workspace, lately: Lately, *, keep: float, now: datetime) -> tuple[str, ...]:
    """Say of a walk that keeps a share how the year stands, and how long a place waits to be drawn."""
    options, today = workspace.scenario.walkabouts, local(now).date()
    planned = len(walks_in_force(workspace, first=today, last=today + _YEAR))
    wait = told_wait(len(open_middles(workspace)), lately, options, planned=planned)
    return (told_lately(lately, options, keep=keep), wait)


def told_lately(lately: Lately, options: WalkaboutOptions, *, keep: float | None = None) -> str:
    """Say how the year stands, and what a walk keeps therefore."""
    if not lately.walks:
        return "No walk beside known places was recorded in the last 12 months."
    walks = "1 walk" if lately.walks == 1 else f"{lately.walks} walks"
    held = f"In the last 12 months {lately.share:.0%} of the minutes at stops of {walks} went to places drawn at random"
    kept = "" if keep is None else f", so this walk keeps {keep:.0%}"
    return f"{held}; {options.explore_share:.0%} is asked for{kept}."


def told_wait(places: int, lately: Lately, options: WalkaboutOptions, *, planned: int) -> str:
    """Say how long a place waits until it is drawn, by the council's own numbers.

    Parameters
    ----------
    places
        Squares with a street.
    planned
        Walks that the rota has for the next 12 months; 0 where there is none.

    Examples
    --------
    >>> told_wait(3000, Lately(0, 0, 0, 0), WalkaboutOptions(), planned=0)[:80]
    'Of 3,000 squares with a street about 9 are drawn in a year of 6 walks: one waits'
    """
    usual = _QUARTERS * options.walks_a_quarter + bool(options.summer_months) * options.summer_walks_a_quarter
    walks = planned or lately.walks or usual
    each = options.explore_share * options.walk_minutes / (_WAY_TOO * options.stop_minutes)
    a_year = walks * (lately.drawn / lately.walks if lately.walks else each)
    if not a_year:
        return "No place was drawn at random in the last 12 months: only reports and partners tell of others."
    years = two_figures(max(places / a_year, 1))
    return (
        f"Of {places:,} squares with a street about {a_year:.0f} are drawn in a year of {walks} walks: one waits about "
        f"{years:,.0f} years. So drawing keeps the figures honest, but cannot see every place; "
        "for that there are reports and partners."
    )


def _drawn(visit: Visit) -> bool:
    return visit.purpose == "exploration"


def _minutes(visit: Visit) -> float:
    return (utc(visit.left) - utc(visit.arrived)) / _MINUTE
