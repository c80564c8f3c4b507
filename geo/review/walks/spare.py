"""Say which minutes of a planned walk are spare, so that nobody takes them for walked."""

from typing import Final

from geo.walkabouts.plan import Walkabout

MUCH_SPARE_MINUTES: Final = 20.0
"""Fewer are no more than a margin."""


def spare_minutes(walkabout: Walkabout) -> tuple[float, ...]:
    """Give the minutes that each team has left."""
    return tuple(walkabout.limit_minutes - team.total_minutes for team in walkabout.teams)


def told_spare(walkabout: Walkabout) -> tuple[str, ...]:
    """Say which teams have minutes to spare, or nothing to do."""
    told = [
        f"team {team.team} has no stop" if not team.stops else f"team {team.team} is back {spare:.0f} minutes early"
        for team, spare in zip(walkabout.teams, spare_minutes(walkabout), strict=True)
        if spare >= MUCH_SPARE_MINUTES
    ]
    if not told:
        return ()
    advice = "No known place is worth them: send fewer teams, plan fewer minutes, or start a team elsewhere."
    return (f"Minutes to spare: {', '.join(told)}. {advice}",)
