"""Options of journeys by bus."""

from datetime import time
from typing import Literal

from pydantic import Field

from geo.scenario.options import Options

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class BusOptions(Options):
    """How people go by bus, and when a hub is taken to open; pace and detour on foot are those of reach.

    Attributes
    ----------
    weekday
        The day that a hub is taken to be held on, where nothing else is said.
    arrive_by
        When people are to be there, where nothing else is said.
    leave_at
        When the hub closes, for the way home.
    window_minutes
        People may also be expected up to this long after `arrive_by`: typical and worst are over this window.
    every_minutes
        The window is looked at every so many minutes.
    walk_to_stop_minutes
        The longest walk to or from a stop.
    change_walk_minutes
        The longest walk between two stops where people change.
    early_minutes
        At the stop this long before the first bus leaves.
    change_minutes
        From one bus to the next takes this long, besides any walk between stops.
    longest_minutes
        Nobody goes to a hub who would have to leave home longer before.
    """

    weekday: Weekday = "Tuesday"
    arrive_by: time = time(10)
    leave_at: time = time(12)
    window_minutes: int = Field(default=60, ge=0, le=240)
    every_minutes: int = Field(default=5, ge=1, le=60)
    walk_to_stop_minutes: float = Field(default=10, gt=0, le=60)
    change_walk_minutes: float = Field(default=5, ge=0, le=30)
    early_minutes: float = Field(default=2, ge=0, le=30)
    change_minutes: float = Field(default=3, ge=1, le=60)
    longest_minutes: float = Field(default=90, ge=5, le=300)
