"""Move one hub by hand: to another day, time or site; the rules are held against it at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from geo.errors import BadInputError
from geo.hubs.programme.lay_out import lay_out
from geo.hubs.programme.result import Programme
from geo.hubs.programme.rules import Visit, broken_rules
from geo.hubs.programme.year import session

AGAINST: Final = "Moved by hand against a rule: "


@dataclass(frozen=True)
class Moved:
    """A programme after a move.

    Attributes
    ----------
    programme
        As it would be.
    broken
        The rules it breaks, one sentence each; the officer may know better.
    change
        How many more different clients the year reaches; negative for fewer.
    """

    programme: Programme
    broken: tuple[str, ...]
    change: float

    @property
    def told(self) -> str:
        """Say what the move does to the year's reach."""
        amount = f"{abs(self.change):.1f}"
        if amount == "0.0":
            return "The year reaches as many different clients as before."
        return f"The year reaches {amount} {'more' if self.change > 0 else 'fewer'} different clients than before."


def move_hub(
    programme: Programme,
    number: int,
    *,
    today: date,
    site_id: str = "",
    day: date | None = None,
    begin: str = "",
) -> Moved:
    """Move a hub; what is not given stays as it is.

    Parameters
    ----------
    number
        The hub's number in the programme.
    site_id
        Another site.
    day
        Another day.
    begin
        Another time of day, such as "13:30".

    Raises
    ------
    BadInputError
        There is no such hub or site, the day is past or outside the year, or the time cannot be read.
    """
    if not 1 <= number <= len(programme.visits):
        message = f"There is no hub {number}; the programme has hubs 1 to {len(programme.visits)}."
        raise BadInputError(message)
    visit = programme.visits[number - 1]
    moved = Visit(_site(programme, site_id, visit.site), visit.slot)
    moment = _moment(visit.slot.begin, day, begin)
    if moment != visit.slot.begin:
        moved = Visit(moved.site, session(moment, programme.setting.options.session_minutes, programme.setting.days))
    if moved.slot.day <= today or not moved.slot.quarter:
        message = f"{moved.slot.day.isoformat()} is past, or not in the year {programme.year}; nothing was moved."
        raise BadInputError(message)
    visits = [*programme.visits[: number - 1], moved, *programme.visits[number:]]
    setting = programme.setting
    wanted = setting.areas_wanted
    broken = broken_rules(visits, setting.inputs, setting.days, setting.options, areas_wanted=wanted)
    notes = [note for note in programme.notes if not note.startswith(AGAINST)]
    after = lay_out(setting, visits, bound=programme.bound, by_hand=True)
    told = replace(after, notes=(*(AGAINST + sentence for sentence in broken), *notes))
    return Moved(told, broken, after.reached - programme.reached)


def _site(programme: Programme, site_id: str, current: int) -> int:
    if not site_id:
        return current
    known = programme.setting.inputs.hosts.table["site_id"].tolist()
    if site_id not in known:
        message = "There is no such site among those that could hold a hub; choose one of the list."
        raise BadInputError(message)
    return known.index(site_id)


def _moment(now: datetime, day: date | None, begin: str) -> datetime:
    try:
        at = time.fromisoformat(begin) if begin else now.time()
    except ValueError:
        message = f"'{begin[:20]}' is no time of day; expected one such as 13:30."
        raise BadInputError(message) from None
    return datetime.combine(day or now.date(), at)
