"""What to remind whom of: files that are due, agreements that end, feeds that nobody owns; in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geo.review.feed_states import FeedState


@dataclass(frozen=True)
class Reminder:
    """One thing to do about a feed.

    Attributes
    ----------
    feed
        Its name.
    sentence
        For the team.
    mail
        For the feed's owner, to be pasted into an e-mail; empty where it is for the team alone.
    """

    feed: str
    sentence: str
    mail: str = ""


def reminders_of(states: Iterable[FeedState], *, district: str, today: date) -> tuple[Reminder, ...]:
    """List what to remind of, the most pressing first: what is overdue, agreements, what is due, what was not said.

    Parameters
    ----------
    district
        The council's name, for the text of an e-mail.
    """
    found = [(rank, one) for state in states for rank, one in _of(state, district, today)]
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].feed)))


def _of(state: FeedState, district: str, today: date) -> list[tuple[int, Reminder]]:
    return [
        *([(0, _late(state, district, today))] if state.arrival == "overdue" else []),
        *([(1, _ended(state, district))] if state.paper == "ended" else []),
        *([(2, _ends_soon(state, district, today))] if state.paper == "ends soon" else []),
        *([(3, _due(state, district))] if state.arrival == "due" else []),
        *([(4, _unsaid(state))] if _lacks(state) else []),
    ]


def _late(state: FeedState, district: str, today: date) -> Reminder:
    days = (today - state.due).days if state.due else 0
    sentence = f"{state.feed}: the file for {state.quarter.name} was due on {_day(state.due)}, {_days(days)} ago."
    return Reminder(state.feed, sentence, _letter(state, district, f"It was due on {_day(state.due)}."))


def _due(state: FeedState, district: str) -> Reminder:
    sentence = f"{state.feed}: the file for {state.quarter.name} is due by {_day(state.due)}."
    return Reminder(state.feed, sentence, _letter(state, district, f"It is due by {_day(state.due)}."))


def _letter(state: FeedState, district: str, when: str) -> str:
    what = "counts" if state.sends == "counts" else "file"
    return (
        f"{_dear(state)}\n\nPlease send us your {what} for {state.quarter.months} ({state.quarter.name}). {when} "
        "Please send nothing by e-mail that names a person or an address; use the way we agreed on.\n\n"
        f"Thank you,\nHousing team, {district}"
    )


def _ended(state: FeedState, district: str) -> Reminder:
    until = _day(state.agreement.until if state.agreement else None)
    sentence = f"{state.feed}: the agreement ended on {until}; its files are refused until a new end is recorded."
    mail = (
        f"{_dear(state)}\n\nOur sharing agreement ended on {until}. Until it is renewed we cannot take in your file. "
        f"Could you tell us whether you want to renew it?\n\nThank you,\nHousing team, {district}"
    )
    return Reminder(state.feed, sentence, mail)


def _ends_soon(state: FeedState, district: str, today: date) -> Reminder:
    until = state.agreement.until if state.agreement else None
    left = (until - today).days if until else 0
    sentence = f"{state.feed}: the agreement ends on {_day(until)}, in {_days(left)}."
    mail = (
        f"{_dear(state)}\n\nOur sharing agreement ends on {_day(until)}. Could we renew it before then, so that your "
        f"file can go on being taken in?\n\nThank you,\nHousing team, {district}"
    )
    return Reminder(state.feed, sentence, mail)


def _lacks(state: FeedState) -> list[str]:
    return [
        *(["who owns it and when it is due"] if state.plan is None else []),
        *(["under which agreement it is held"] if state.paper == "none" else []),
    ]


def _unsaid(state: FeedState) -> Reminder:
    return Reminder(state.feed, f"{state.feed}: say {' and '.join(_lacks(state))}.")


def _dear(state: FeedState) -> str:
    return f"Dear {state.plan.owner if state.plan else 'colleague'},"


def _days(count: int) -> str:
    return f"{count:,} day{'s' * (count != 1)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day that is not known"
