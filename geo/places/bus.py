"""Minutes by bus: when people must leave home to be at a site in time, typical and worst over a window.

The minutes of a journey run from leaving home until one must be there. So they hold the walk to the stop, the wait, the
ride, any change, the walk from the stop, and the time one is early because no later bus would do: an hourly bus that
arrives 40 minutes before the time costs those 40 minutes too. Typical is the median over the window, worst the longest,
as Conway, Byrd and van Eggermond propose ("Accounting for uncertainty and variation in accessibility metrics for public
transport sketch planning", J. Transport and Land Use 11, 2018): one time alone would flatter the sites that a bus
happens to reach on the minute. Where walking all the way is quicker, the walk counts.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geo.places.bus_days import spoken
from geo.places.bus_timetable import Hops, Timetable
from geo.places.bus_walks import BusWalks, Walks, straight_walks
from geo.places.travel import PlacePoints, TravelMinutes
from geo.scenario import BusOptions, ReachOptions, Weekday

if TYPE_CHECKING:
    from geo.places.bus_kernel import Hops as HopParts
    from geo.places.bus_kernel import Walks as WalkParts

FloatArray = npt.NDArray[np.float64]

_MINUTE_S: Final = 60
_THREADS: Final = 2


@dataclass(frozen=True)
class Arrival:
    """When people are to be at a site.

    Attributes
    ----------
    day
        A date, or a weekday: then the first day of the timetable with that weekday's usual service.
    arrive_by
        The time to be there by.
    window_minutes
        People may be expected up to this long after it.
    leave_at
        When they leave again, or up to the window before; None where the way home is not asked for.
    """

    day: date | Weekday
    arrive_by: time
    window_minutes: int
    leave_at: time | None = None

    @classmethod
    def usual(cls, options: BusOptions) -> "Arrival":
        """Take the day and hours of the council's options."""
        return cls(options.weekday, options.arrive_by, options.window_minutes, options.leave_at)


@dataclass(frozen=True)
class BusMinutes:
    """How long it takes by bus, or on foot where that is quicker.

    Attributes
    ----------
    typical, worst
        The median and the longest over the window; infinite where there is no way for half of it, or for some of it.
    none
        (n, m) share of the window in which there is no way at all.
    bus
        (n, m) share of the window in which a bus is quicker than walking all the way.
    home
        The way back, typical over the window before people leave; None where it was not asked for.
    day
        The day of the timetable that was used.
    """

    typical: TravelMinutes
    worst: TravelMinutes
    none: FloatArray
    bus: FloatArray
    home: TravelMinutes | None
    day: date


def by_bus(
    timetable: Timetable,
    places: PlacePoints,
    sites: npt.ArrayLike,
    when: Arrival,
    options: BusOptions,
    *,
    on_foot: ReachOptions | BusWalks,
) -> BusMinutes:
    """Say how long people take from each place to each site by bus.

    Parameters
    ----------
    timetable
        The buses of the district.
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    when
        When they are to be there.
    on_foot
        Pace and detour for straight-line walks, or walks that were measured along streets; the walk between two stops
        where people change is straight in any case.

    Raises
    ------
    BadInputError
        The timetable does not cover the day, or nothing runs on it.
    """
    day = _day(timetable, when)
    walks = on_foot if isinstance(on_foot, BusWalks) else straight_walks(timetable, places, sites, options, on_foot)
    hops = timetable.hops(day)
    there = _answers(_way_there(hops, walks, when, options), walks.all_the_way.minutes)
    how = f"{_rest(when, day, options)}: {walks.all_the_way.label}"
    home = None
    if when.leave_at is not None:
        back = _answers(_way_home(hops, walks, when, options), walks.all_the_way.minutes)
        home = _minutes(walks, back.typical, f"typically {_home_label(when)} {how}", options)
    return BusMinutes(
        typical=_minutes(walks, there.typical, f"typically {_label(when)} {how}", options),
        worst=_minutes(walks, there.worst, f"at worst {_label(when)} {how}", options),
        none=there.none,
        bus=there.bus,
        home=home,
        day=day,
    )


@dataclass(frozen=True)
class _Question:
    """One way, there or back: the hops, the walks with the time at the stop in them, and the times to be there by."""

    hops: Hops
    from_places: Walks
    changes: Walks
    from_sites: Walks
    times_s: FloatArray
    longest_s: float


@dataclass(frozen=True)
class _Answers:
    """(n, m) each; filled a site at a time."""

    typical: FloatArray
    worst: FloatArray
    none: FloatArray
    bus: FloatArray


def _day(timetable: Timetable, when: Arrival) -> date:
    if isinstance(when.day, date):
        timetable.services.require(when.day)
        return when.day
    return timetable.services.usual_day(when.day)


def _way_there(hops: Hops, walks: BusWalks, when: Arrival, options: BusOptions) -> _Question:
    return _Question(
        hops=hops,
        from_places=walks.from_places.plus(options.early_minutes),
        changes=walks.changes,
        from_sites=walks.from_sites,
        times_s=_seconds(when.arrive_by) + _steps(when, options),
        longest_s=options.longest_minutes * _MINUTE_S,
    )


def _way_home(hops: Hops, walks: BusWalks, when: Arrival, options: BusOptions) -> _Question:
    """Ask for the way back as the way there with time turned round."""
    return _Question(
        hops=hops.turned(),
        from_places=walks.from_places,
        changes=walks.changes.turned(),
        from_sites=walks.from_sites.plus(options.early_minutes),
        times_s=_steps(when, options) - _seconds(when.leave_at or time(0)),
        longest_s=options.longest_minutes * _MINUTE_S,
    )


def _steps(when: Arrival, options: BusOptions) -> FloatArray:
    """Look at the window every few minutes, its first minute always."""
    return np.arange(0, when.window_minutes + 1, options.every_minutes, dtype=np.float64) * _MINUTE_S


def _answers(asked: _Question, on_foot: FloatArray) -> _Answers:
    """Search for each site by itself, two at a time."""
    made = _Answers(*(np.empty_like(on_foot) for _ in range(4)))
    work = partial(_fill, made, asked, on_foot)
    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(work, range(on_foot.shape[1])))
    return made


def _fill(made: _Answers, asked: _Question, on_foot: FloatArray, site: int) -> None:
    """Search for one site, and put the answers in its column."""
    from geo.places.bus_kernel import latest_leaving  # noqa: PLC0415 - compiled when imported: others need not wait

    leaving = latest_leaving(
        _hop_parts(asked.hops),
        _walk_parts(asked.changes),
        _walk_parts(asked.from_places),
        _walk_parts(asked.from_sites),
        asked.times_s,
        asked.longest_s,
        asked.hops.trips,
        site,
    )
    by_bus_s = asked.times_s[:, None] - leaving
    bus = np.where(by_bus_s <= asked.longest_s, by_bus_s / _MINUTE_S, np.inf)
    walk = np.where(on_foot[:, site] * _MINUTE_S <= asked.longest_s, on_foot[:, site], np.inf)
    quickest = np.sort(np.minimum(bus, walk), axis=0)
    made.typical[:, site] = quickest[len(quickest) // 2]  # of an even number the later of the two in the middle
    made.worst[:, site] = quickest[-1]
    made.none[:, site] = np.isinf(quickest).mean(axis=0)
    made.bus[:, site] = (bus < walk).mean(axis=0)


def _hop_parts(hops: Hops) -> "HopParts":
    return (
        hops.leave_stop,
        hops.arrive_stop,
        hops.trip,
        hops.leave_s,
        hops.arrive_s,
        hops.board,
        hops.alight,
    )


def _walk_parts(walks: Walks) -> "WalkParts":
    return walks.starts, walks.ends, walks.seconds


def _minutes(walks: BusWalks, minutes: FloatArray, label: str, options: BusOptions) -> TravelMinutes:
    longest = options.longest_minutes
    return replace(walks.all_the_way, minutes=minutes, mode="bus", label=label, cutoff_minutes=longest)


def _label(when: Arrival) -> str:
    later = f" or up to {when.window_minutes} minutes later" if when.window_minutes else ""
    return f"by bus to arrive by {when.arrive_by:%H:%M}{later}"


def _home_label(when: Arrival) -> str:
    earlier = f" or up to {when.window_minutes} minutes earlier" if when.window_minutes else ""
    return f"home by bus, leaving at {when.leave_at:%H:%M}{earlier}"


def _rest(when: Arrival, day: date, options: BusOptions) -> str:
    on = f"on a {when.day}" if isinstance(when.day, str) else f"on a {day:%A}"
    far = f"walking up to {options.walk_to_stop_minutes:g} minutes to a stop, or all the way where that is quicker"
    return f"{on} (timetable of {spoken(day)}), {far}"


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
