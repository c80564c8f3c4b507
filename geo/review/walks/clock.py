"""Read times of a walk, some of which lie past midnight, as moments in London."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from geo.review.walks.times import on_the_wall

_BEFORE: Final = timedelta(hours=3)


def walk_moment(day: date, at: time, *, begins: datetime | None = None) -> datetime | None:
    """Give the moment of a time on a walk; one that lies long before the walk's start is one after midnight.

    Parameters
    ----------
    day
        On which the walk began.
    begins
        When it began; None where the day alone counts.

    Returns
    -------
    datetime or None
        None where there never was such a time: that night the clocks went forward over it.

    Examples
    --------
    >>> begins = walk_moment(date(2026, 1, 9), time(23, 30))
    >>> [walk_moment(date(2026, 1, 9), at, begins=begins).isoformat() for at in (time(23, 20), time(0, 10))]
    ['2026-01-09T23:20:00+00:00', '2026-01-10T00:10:00+00:00']
    """
    moment = on_the_wall(day, at)
    if begins is not None and not isinstance(moment, str) and begins.astimezone(UTC) - moment.astimezone(UTC) > _BEFORE:
        moment = on_the_wall(day + timedelta(days=1), at)
    return None if isinstance(moment, str) else moment


def walk_end(begins: datetime, at: time) -> datetime | None:
    """Give the moment at which a walk ended: on the next day where the time is not after its start.

    Examples
    --------
    >>> begins = walk_moment(date(2026, 1, 9), time(23, 30))
    >>> walk_end(begins, time(0, 45)).isoformat(), walk_end(begins, time(23, 45)).isoformat()
    ('2026-01-10T00:45:00+00:00', '2026-01-09T23:45:00+00:00')
    """
    return walk_moment(begins.date() + timedelta(days=int(at <= begins.time())), at)
