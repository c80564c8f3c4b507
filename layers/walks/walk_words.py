"""The words and the table of a planned walk, for the team."""

from datetime import datetime, timedelta
from typing import Final

import pandas as pd

from geo.walkabouts.bands import local
from geo.walkabouts.plan import Walkabout
from geo.walkabouts.sightings import Purpose
from geo.walkabouts.squares import told_square

PURPOSES: Final[dict[Purpose, str]] = {
    "report": "Open report",
    "intelligence": "Partner intelligence",
    "known": "Found or looked for before",
    "exploration": "Drawn at random",
    "passing": "Passing",
}
_HALF_MINUTE: Final = timedelta(seconds=30)


def told_time(moment: datetime) -> str:
    """Write a time of day in London, to the nearest minute.

    Examples
    --------
    >>> told_time(datetime.fromisoformat("2026-07-09T20:30:31+01:00"))
    '20:31'
    """
    return f"{local(moment) + _HALF_MINUTE:%H:%M}"


def told_walk(minutes: float) -> str:
    """Say how long a way on foot takes.

    Examples
    --------
    >>> [told_walk(minutes) for minutes in (0.2, 1.2, 6)]
    ["less than a minute's walk", "1 minute's walk", "6 minutes' walk"]
    """
    whole = round(minutes)
    if not whole:
        return "less than a minute's walk"
    return "1 minute's walk" if whole == 1 else f"{whole} minutes' walk"


def told_title(walkabout: Walkabout) -> str:
    """Name a walk by its day and hours."""
    begins = local(walkabout.begins)
    hours = f"{begins:%H:%M} to {told_time(walkabout.ends)}"
    return f"Walk on {begins:%A} {begins.day} {begins:%B %Y}, {hours}"


def told_ends(walkabout: Walkabout) -> str:
    """Say from where to where a walk goes."""
    if walkabout.start == walkabout.end:
        return f"from {walkabout.start.name} and back"
    return f"from {walkabout.start.name} to {walkabout.end.name}"


def stop_table(walkabout: Walkabout) -> pd.DataFrame:
    """Lay the stops out in the order walked, team by team."""
    rows = [(stop, team, leg) for team in walkabout.teams for stop, leg in zip(team.stops, team.legs, strict=False)]
    return pd.DataFrame(
        {
            "Stop": [stop.number for stop, _, _ in rows],
            "Team": [team.team for _, team, _ in rows],
            "Arrive": [told_time(stop.arrive) for stop, _, _ in rows],
            "Stay (minutes)": [round(stop.stay_minutes) for stop, _, _ in rows],
            "Street": [stop.street for stop, _, _ in rows],
            "Square": [", ".join(map(told_square, (stop.square, *stop.also))) for stop, _, _ in rows],
            "Why": [PURPOSES[stop.purpose] for stop, _, _ in rows],
            "Must": ["yes" if stop.must else "" for stop, _, _ in rows],
            "Walk there (minutes)": [round(leg.minutes) for _, _, leg in rows],
            "Unlit": [f"{leg.unlit_share:.0%}" if leg.unlit_share else "" for _, _, leg in rows],
        }
    )


def left_table(walkabout: Walkabout) -> pd.DataFrame:
    """Lay out the places that no team goes to, each with the reason."""
    out = walkabout.left_out
    return pd.DataFrame(
        {
            "Square": [told_square(one.square) for one in out],
            "Street": [one.street for one in out],
            "Why not": [one.why for one in out],
        }
    )
