"""Hold a programme against its rules, one by one, without the solver: what was planned, or moved by hand, keeps them.

Nothing here is shared with the integer programme but the facts, so that a slip there would show here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.hubs.programme.hours import Answer
from geo.hubs.programme.inputs import YearInputs
from geo.hubs.programme.partners import who_can_come
from geo.hubs.programme.year import Slot, YearDays
from geo.scenario import ProgrammeOptions


@dataclass(frozen=True)
class Visit:
    """One hub: a site and a session."""

    site: int
    slot: Slot


def broken_rules(
    visits: Sequence[Visit],
    inputs: YearInputs,
    days: YearDays,
    options: ProgrammeOptions,
    *,
    areas_wanted: int = 0,
) -> tuple[str, ...]:
    """Say which rules a programme breaks, one sentence each.

    Parameters
    ----------
    visits
        In any order.
    areas_wanted
        So many priority areas are to have a hub within reach.
    """
    ordered = sorted(visits, key=lambda visit: visit.slot)
    rules = (_quarters, _days, _hosts, _agencies, _apart, _often, _in_a_row, _areas)
    facts = _Facts(inputs, days, options, areas_wanted)
    return tuple(sentence for rule in rules for sentence in rule(ordered, facts))


@dataclass(frozen=True)
class _Facts:
    inputs: YearInputs
    days: YearDays
    options: ProgrammeOptions
    areas_wanted: int

    def name(self, visit: Visit) -> str:
        return str(self.inputs.hosts.table["name"].iloc[visit.site])

    def answer(self, visit: Visit) -> Answer:
        return self.inputs.hosts.hours[visit.site].on(visit.slot.begin, visit.slot.end)


def _quarters(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    held = Counter(visit.slot.quarter for visit in visits)
    if held[0]:
        yield f"{held[0]} of the hubs lie outside the year {facts.days.year}."
    for quarter in facts.days.quarters:
        if held[quarter] < facts.options.hubs_a_quarter:
            yield (
                f"{facts.days.name(quarter)} has {held[quarter]} of the {facts.options.hubs_a_quarter} "
                f"{_plural('hub', facts.options.hubs_a_quarter)} it should have."
            )


def _days(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    planned = {slot.day for slot in facts.days.slots}
    for visit in visits:
        reason = facts.days.skipped.get(visit.slot.day, "not one of the weekdays wanted")
        if visit.slot.quarter and visit.slot.day not in planned:
            yield f"{told_day(visit.slot)} is no day for a hub: {reason}."


def _hosts(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    for visit in visits:
        answer = facts.answer(visit)
        if answer == "closed":
            yield f"{facts.name(visit)} is not open for the whole session on {told_day(visit.slot)}."
        if answer == "ask" and facts.options.unknown_hours == "refuse":
            yield f"Whether {facts.name(visit)} is open on {told_day(visit.slot)} is not known."


def _agencies(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    for visit in visits:
        able = len(who_can_come(facts.inputs.partners, visit.slot)[0])
        if able < facts.options.least_agencies:
            yield (
                f"Only {able} {_plural('partner', able)} can come on {told_day(visit.slot)}; at least "
                f"{facts.options.least_agencies} are wanted."
            )


def _apart(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    apart = max(1, 7 * facts.options.weeks_apart)
    for first, second in pairwise(visits):
        between = (second.slot.day - first.slot.day).days
        if between < apart:
            yield (
                f"The hubs of {told_day(first.slot)} and {told_day(second.slot)} are {between} "
                f"{_plural('day', between)} apart; at least {apart} are wanted."
            )


def _often(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    for site, times in sorted(Counter(visit.site for visit in visits).items()):
        if times > facts.options.site_at_most:
            name = facts.inputs.hosts.table["name"].iloc[site]
            yield f"{name} is used {times} times; at most {facts.options.site_at_most} is allowed."


def _in_a_row(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    for first, second in pairwise(visits):
        alike = _alike(first, second, facts)
        if alike:
            yield f"The hubs of {told_day(first.slot)} and {told_day(second.slot)} come in a row for {alike}."


def _areas(visits: list[Visit], facts: _Facts) -> Iterator[str]:
    visited = {name for visit in visits for name in facts.inputs.areas.of_site(visit.site)}
    if len(visited) < facts.areas_wanted:
        yield f"{len(visited)} priority areas have a hub within reach; at least {facts.areas_wanted} are wanted."


def _alike(first: Visit, second: Visit, facts: _Facts) -> str:
    if facts.options.rotation == "none":
        return ""
    if first.site == second.site:
        return f"the same site, {facts.name(first)}"
    if facts.options.rotation == "site":
        return ""
    both = set(facts.inputs.labels(first.site)) & set(facts.inputs.labels(second.site))
    return " and ".join(sorted(both))


def told_day(slot: Slot) -> str:
    """Write a session's day as people say it."""
    return f"{slot.day:%A} {slot.day.day} {slot.day:%B %Y}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"
