"""Divide the hours into the bands that walks take turns in: early morning, day, evening."""

from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions

Band = Literal["early morning", "day", "evening"]
BANDS: Final[tuple[Band, ...]] = get_args(Band)
LONDON: Final = ZoneInfo("Europe/London")


def band_of(moment: datetime, options: WalkaboutOptions) -> Band:
    """Say which band a moment lies in.

    Parameters
    ----------
    moment
        With its zone; read as local time in London.

    Raises
    ------
    BadInputError
        It has no zone.

    Examples
    --------
    >>> options = WalkaboutOptions()
    >>> [band_of(datetime(2026, 1, 9, hour, tzinfo=LONDON), options) for hour in (2, 5, 12, 23)]
    ['evening', 'early morning', 'day', 'evening']
    """
    hour = local(moment).hour
    if options.early_from <= hour < options.day_from:
        return "early morning"
    return "day" if options.day_from <= hour < options.evening_from else "evening"


def day_of(moment: datetime, options: WalkaboutOptions) -> date:
    """Say which day a moment belongs to: the small hours belong to the evening before.

    Examples
    --------
    >>> day_of(datetime(2026, 1, 10, 1, tzinfo=LONDON), WalkaboutOptions()).isoformat()
    '2026-01-09'
    """
    here = local(moment)
    return here.date() - timedelta(days=int(here.hour < options.early_from))


def start_of(day: date, band: Band, options: WalkaboutOptions) -> datetime:
    """Give the moment at which a walk of a band sets out on a day.

    Examples
    --------
    >>> start_of(date(2026, 1, 9), "evening", WalkaboutOptions()).isoformat()
    '2026-01-09T20:30:00+00:00'
    """
    starts = {"early morning": options.early_starts, "day": options.day_starts, "evening": options.evening_starts}
    return datetime.fromisoformat(f"{day.isoformat()}T{starts[band]}").replace(tzinfo=LONDON)


def local(moment: datetime) -> datetime:
    """Read a moment as local time in London.

    Raises
    ------
    BadInputError
        It has no zone.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} says no time zone; expected one, such as 2026-01-09T20:30+00:00."
        raise BadInputError(message)
    return moment.astimezone(LONDON)


def utc(moment: datetime) -> datetime:
    """Read a moment in UTC, for sorting and comparing: of two moments in London Python compares the clocks on the wall.

    Raises
    ------
    BadInputError
        It has no zone.

    Examples
    --------
    >>> first = datetime(2026, 10, 25, 1, 50, tzinfo=LONDON)
    >>> second = datetime(2026, 10, 25, 1, 20, tzinfo=LONDON, fold=1)  # half an hour later
    >>> first < second, utc(first) < utc(second)
    (False, True)
    """
    return local(moment).astimezone(UTC)
