"""Say whether a site is open for a whole session: open, closed, or to be asked of the host."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # no stub of the error

from geo.hubs.programme.day_words import read_day_words
from geo.hubs.programme.plain_hours import as_osm

Answer = Literal["open", "closed", "ask"]

NOT_RECORDED: Final = "hours not recorded: ask the host"
NOT_UNDERSTOOD: Final = "hours not understood, treated as unknown: ask the host"
NOT_FIRM: Final = "hours are not firm (by appointment, or no end is told): ask the host"
DAY_ONLY: Final = "only the day is known, not the times: ask the host"
# What the library knows only with a place or a calendar that we do not give it: never read as open or closed.
_BEYOND_US: Final = ("SH", "sunrise", "sunset", "dawn", "dusk", "easter")
_ALWAYS: Final = "24/7"
_COUNTRY: Final = "GB"  # for "PH", public holidays


@dataclass(frozen=True)
class Hours:
    """Hold what is known of a site's opening hours.

    Attributes
    ----------
    text
        As it was recorded.
    note
        Why the host must be asked, whatever the day; empty where the text was understood.
    answer
        Says of a day, and of the begin and end of a session on it, whether the site is open.
    """

    text: str
    note: str
    answer: Callable[[datetime, datetime], Answer]

    def on(self, begin: datetime, end: datetime) -> Answer:
        """Say whether the site is open from the begin to the end of a session of one day."""
        return "ask" if self.note else self.answer(begin, end)


def read_hours(text: str) -> Hours:
    """Read opening hours of any kind: OpenStreetMap's, plain English ones, or days of the week alone.

    What is not understood is neither open nor closed: the host is to be asked.

    Parameters
    ----------
    text
        Such as "Mo-Fr 09:00-17:00; PH off", "Mon to Fri 9am-5pm" or "Tue, Sat morning; closed Mon".

    Examples
    --------
    >>> hours = read_hours("Mon-Fri 9-5")
    >>> hours.on(datetime(2026, 5, 5, 10), datetime(2026, 5, 5, 12))
    'open'
    >>> hours.on(datetime(2026, 5, 5, 16), datetime(2026, 5, 5, 18))
    'closed'
    >>> read_hours("ring the clerk").note
    'hours not understood, treated as unknown: ask the host'
    """
    tidy = " ".join(text.split())
    if not tidy:
        return Hours(text, NOT_RECORDED, _unknown)
    days = read_day_words(tidy)
    if days is not None:
        return Hours(text, "", days.answer)
    known = _parse(tidy) or _parse(as_osm(tidy))
    if known is None:
        return Hours(text, NOT_UNDERSTOOD, _unknown)
    return Hours(text, "", lambda begin, end: _ask(known, begin, end))


def note_for(hours: Hours, answer: Answer) -> str:
    """Say why the host must be asked about a session; empty where the site is known to be open."""
    if answer != "ask":
        return ""
    return hours.note or (DAY_ONLY if read_day_words(" ".join(hours.text.split())) else NOT_FIRM)


def _parse(text: str) -> OpeningHours | None:
    if not text or any(word in text for word in _BEYOND_US):
        return None
    try:
        return OpeningHours(text, country=_COUNTRY, auto_country=False, auto_timezone=False)
    except ParserError:
        return None


def _ask(known: OpeningHours, begin: datetime, end: datetime) -> Answer:
    """Compare a session with the intervals of its day and the next."""
    if str(known.normalize()) == _ALWAYS:
        return "open"
    midnight = datetime.combine(begin.date(), datetime.min.time())
    answers = set()
    for start, stop, state, comment in known.intervals(midnight, midnight + timedelta(days=2)):
        since, until = start.replace(tzinfo=None), stop.replace(tzinfo=None)
        if since < end and until > begin:
            firm = not comment and until.date() == since.date()  # to midnight and beyond: no end, or another, was meant
            answers.add(_answer(state, firm=firm))
    return "closed" if "closed" in answers else "ask" if "ask" in answers or not answers else "open"


def _answer(state: State, *, firm: bool) -> Answer:
    if state == State.CLOSED:
        return "closed"
    return "open" if state == State.OPEN and firm else "ask"


def _unknown(begin: datetime, end: datetime) -> Answer:
    del begin, end
    return "ask"


def day_at(day: date, minutes: int) -> datetime:
    """Give the moment so many minutes after midnight of a day."""
    return datetime.combine(day, datetime.min.time()).replace(hour=minutes // 60, minute=minutes % 60)
