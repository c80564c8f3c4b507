"""Whether last year's hubs worked: clients near them, attendance, outcomes, minutes saved, priority need served."""

from geo.hubs.monitor.attendance import Attendance, attendance_of
from geo.hubs.monitor.effect import Effect, HubEffect, effect_of_hubs
from geo.hubs.monitor.saved import MinutesSaved, minutes_saved
from geo.hubs.monitor.served import ShareServed, share_served
from geo.hubs.monitor.shares import ShareComparison, compare_shares

__all__ = [
    "Attendance",
    "Effect",
    "HubEffect",
    "MinutesSaved",
    "ShareComparison",
    "ShareServed",
    "attendance_of",
    "compare_shares",
    "effect_of_hubs",
    "minutes_saved",
    "share_served",
]
