"""Tell whether a walk is one in the dark, by the sun at the place."""

from datetime import UTC, date, datetime, timedelta
from math import acos, asin, cos, degrees, radians, sin, tan
from typing import Final

from geo.crs import to_wgs84
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import band_of, local, utc

_J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAYS_A_CENTURY: Final = 36_525
_NOON_MINUTES: Final = 720.0
_MINUTES_A_DEGREE: Final = 4.0
_SET: Final = 90.833  # degrees from the zenith: half the sun's disc and the air's refraction below the horizon


def is_dark(begins: datetime, ends: datetime, point: tuple[float, float], options: WalkaboutOptions) -> bool:
    """Tell whether any minute of a walk lies between sunset and sunrise, or it begins in the evening or early morning.

    Parameters
    ----------
    begins, ends
        With their zone; at most a day apart.
    point
        Where, EPSG:27700; ten kilometres are half a minute.

    Examples
    --------
    >>> from geo.walkabouts.bands import LONDON
    >>> andover, options = (436_500.0, 145_500.0), WalkaboutOptions()
    >>> hours = [(datetime(2025, 12, 15, hour, tzinfo=LONDON), datetime(2025, 12, 15, hour + 2, tzinfo=LONDON))
    ...          for hour in (13, 15)]
    >>> [is_dark(*both, andover, options) for both in hours]
    [False, True]
    """
    rises, sets = daylight(local(begins).date(), point)
    return band_of(begins, options) != "day" or utc(begins) < utc(rises) or utc(ends) > utc(sets)


def told_dark(begins: datetime, point: tuple[float, float]) -> str:
    """Say that a walk was planned for the dark, and when it is.

    Examples
    --------
    >>> from geo.walkabouts.bands import LONDON
    >>> told_dark(datetime(2025, 12, 15, 15, tzinfo=LONDON), (436_500.0, 145_500.0))
    'Planned for the dark: the sun sets at 15:58.'
    """
    rises, sets = daylight(local(begins).date(), point)
    sun = f"rises at {rises:%H:%M}" if utc(begins) < utc(rises) else f"sets at {sets:%H:%M}"
    return f"Planned for the dark: the sun {sun}."


def daylight(day: date, point: tuple[float, float]) -> tuple[datetime, datetime]:
    """Give sunrise and sunset of a day.

    Parameters
    ----------
    point
        EPSG:27700.

    Returns
    -------
    tuple of datetime
        In London's time, each right to about a minute.

    Notes
    -----
    The NOAA Global Monitoring Laboratory's solar calculation, after Meeus (1998), "Astronomical Algorithms", 2nd
    edition, chapters 25 and 28, with its hour angle of a zenith of 90.833 degrees. In Great Britain the sun rises and
    sets every day.

    Examples
    --------
    >>> [f"{moment:%H:%M}" for moment in daylight(date(2025, 12, 21), (436_500.0, 145_500.0))]
    ['08:07', '16:00']
    """
    lon, lat = (float(degree) for degree in to_wgs84(*point))
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    noon = _NOON_MINUTES - _MINUTES_A_DEGREE * lon
    return _crossed(midnight, noon, lat, side=-1), _crossed(midnight, noon, lat, side=1)


def _crossed(midnight: datetime, noon: float, lat: float, *, side: int) -> datetime:
    """Find when the sun crosses the horizon, before noon or after, by where it stands at the moment found before."""
    minutes = noon
    for _ in range(3):
        tilt, ahead = _sun(midnight + timedelta(minutes=minutes))
        angle = cos(radians(_SET)) / (cos(radians(lat)) * cos(tilt)) - tan(radians(lat)) * tan(tilt)
        minutes = noon - ahead + side * _MINUTES_A_DEGREE * degrees(acos(angle))
    return local(midnight + timedelta(minutes=minutes))


def _sun(moment: datetime) -> tuple[float, float]:
    """Give the sun's declination in radians, and by how many minutes a sundial is ahead of the clock."""
    century = (moment - _J2000) / timedelta(days=_DAYS_A_CENTURY)
    mean = radians((280.46646 + century * (36_000.76983 + 0.0003032 * century)) % 360)
    anomaly = radians(357.52911 + century * (35_999.05029 - 0.0001537 * century))
    round_it = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1_934.136 * century)
    seen = mean + radians(centre - 0.00569 - 0.00478 * sin(node))
    tilted = radians(23.4392911 - 0.0130042 * century + 0.00256 * cos(node))
    half = tan(tilted / 2) ** 2
    equation = (
        half * sin(2 * mean)
        - 2 * round_it * sin(anomaly)
        + 4 * round_it * half * sin(anomaly) * cos(2 * mean)
        - 0.5 * half**2 * sin(4 * mean)
        - 1.25 * round_it**2 * sin(2 * anomaly)
    )
    return asin(sin(tilted) * sin(seen)), _MINUTES_A_DEGREE * degrees(equation)
