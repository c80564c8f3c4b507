"""Say in plain words which rule keeps a year from being planned, with its numbers, and what would let it be."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import numpy as np

from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.hubs.programme.candidates import ASK, OPEN, Setting
from geo.hubs.programme.model import hubs_model, whole_problem
from geo.hubs.programme.problem import solve
from geo.scenario import ProgrammeOptions

NO_SITE: Final = (
    "No site is left that could hold a hub: there is none, or every one was refused, or none was chosen; add sites or "
    "decide on them anew."
)
_SECONDS: Final = 20.0


def require_a_year(setting: Setting) -> None:
    """Refuse what no solver needs to be asked about.

    Raises
    ------
    MissingDataError
        There is no site, no client with a place on the map, or no partner where some are wanted.
    BadInputError
        The year is over, no day is left, or a quarter cannot be filled.
    """
    for check in (_need, _sites, _year, _partners, _open_at_all, _quarter, _fit, _often):
        for sentence in check(setting):
            missing = check in (_need, _sites) or (check is _partners and not setting.inputs.partners)
            raise (MissingDataError if missing else BadInputError)(sentence)


def why_none(setting: Setting) -> str:
    """Find which single rule, loosened, would let the year be planned, by trying one after another."""
    hubs = len(setting.hub_quarters)
    found = [sentence for sentence in _loosened(setting) if sentence]
    if not found:
        return (
            f"No programme of {hubs} hubs keeps all rules at once, and no single one was found that would do: allow "
            "more weekdays or times, fewer weeks between hubs and fewer partners at the least, or add sites."
        )
    listed = "; or ".join(found)
    return f"No programme of {hubs} hubs keeps all rules at once. Any one of these would do: {listed}."


def is_possible(setting: Setting) -> bool:
    """Say whether any programme keeps the rules; the aim for priority areas is no rule."""
    with suppress(PlannerError):  # out of time: not known to be possible
        if setting.usable.any():
            return solve(whole_problem(hubs_model(setting), aim="any"), seconds=_SECONDS) is not None
    return False


def _need(setting: Setting) -> Iterator[str]:
    need = setting.inputs.need
    if not need.total:
        lost = sum(need.unmapped.values())
        yield (
            f"No client has a place on the map ({lost} could not be mapped, {need.left_out} were left out), so no year "
            "reaches more than another; choose another period, or add referrals."
        )
    elif not need.reach[:, :].any() and len(setting.inputs.hosts.table):
        yield (
            f"None of the {len(setting.inputs.hosts.table)} sites is within reach of a single client; add nearer sites "
            "or raise the minutes people will travel."
        )


def _sites(setting: Setting) -> Iterator[str]:
    if not len(setting.inputs.hosts.table):
        yield NO_SITE


def _year(setting: Setting) -> Iterator[str]:
    days = setting.days
    if not days.quarters:
        yield f"The review year {days.year} is over; choose a later one."
    elif not days.slots:
        wanted = ", ".join(setting.options.weekdays)
        yield (
            f"No day of {days.year} is left for a hub: of the weekdays wanted ({wanted}), {days.told_skipped}; choose "
            "more weekdays or a later year."
        )


def _partners(setting: Setting) -> Iterator[str]:
    least, options = setting.options.least_agencies, setting.options
    if not setting.agencies.size or setting.agencies.max() >= least:
        return
    if not setting.inputs.partners:
        yield (
            f"At least {least} partners must be able to come to a hub, and none is recorded; say when your partners "
            "can come, or ask for none."
        )
        return
    most = int(setting.agencies.max())
    yield (
        f"At least {least} of the {len(setting.inputs.partners)} partners must be able to come to a hub, and never "
        f"more than {most} can at one time on {', '.join(options.weekdays)} (sessions from "
        f"{' or '.join(options.starts)}, {options.session_minutes} minutes); ask for {most}, choose other "
        "weekdays or times, or shorter sessions."
    )


def _open_at_all(setting: Setting) -> Iterator[str]:
    least = ASK if setting.options.unknown_hours == "ask" else OPEN
    if (setting.openings >= least).any():
        if not setting.usable.any():
            yield (
                "No site is open at a time when enough partners can come: open sites and partners never meet on the "
                "weekdays and at the times wanted; change weekdays, times, or the least number of partners."
            )
        return
    unknown = int((setting.openings.max(axis=1) == ASK).sum())
    hint = f" ({unknown} have unknown hours, and unknown hours are refused)" if unknown else ""
    yield (
        f"None of the {len(setting.openings)} sites is open for a whole session of {setting.options.session_minutes} "
        f"minutes on {', '.join(setting.options.weekdays)}{hint}; choose other weekdays or times, or a shorter session."
    )


def _quarter(setting: Setting) -> Iterator[str]:
    for quarter in setting.days.quarters:
        slots = list(setting.days.by_quarter[quarter])
        if setting.usable[:, slots].any():
            continue
        months = setting.days.name(quarter)
        if not slots:
            reason = f"no day is left in it ({setting.days.told_skipped} in the year)"
        elif setting.agencies[slots].max() < setting.options.least_agencies:
            most = int(setting.agencies[slots].max())
            reason = (
                f"at most {most} partners can come at one time in it, and {setting.options.least_agencies} are wanted"
            )
        else:
            reason = "no site is open at a time when enough partners can come"
        yield f"{months} cannot have a hub: {reason}. Change the weekdays, the closed days or the partners' times."


def _fit(setting: Setting) -> Iterator[str]:
    """Count how many hubs fit into each quarter by itself, taking the earliest usable day again and again."""
    apart = max(1, 7 * setting.options.weeks_apart)
    for quarter in setting.days.quarters:
        slots = setting.days.by_quarter[quarter]
        days = sorted({setting.days.slots[at].day.toordinal() for at in slots if setting.usable[:, at].any()})
        most, last = 0, -apart
        for day in days:
            if day - last >= apart:
                most, last = most + 1, day
        if most < setting.options.hubs_a_quarter:
            yield (
                f"{setting.days.name(quarter)} holds at most {most} of the {setting.options.hubs_a_quarter} hubs asked "
                f"for: {len(days)} days are possible, and {setting.options.weeks_apart} weeks must lie between two. "
                "Ask for fewer hubs, fewer weeks between them, or more weekdays."
            )


def _often(setting: Setting) -> Iterator[str]:
    sites, most = int(setting.usable.any(axis=1).sum()), setting.options.site_at_most
    hubs = len(setting.hub_quarters)
    if sites * most < hubs:
        yield (
            f"{hubs} hubs are asked for, and {sites} usable {'site' if sites == 1 else 'sites'} at most {most} times "
            f"each {'gives' if sites == 1 else 'give'} {sites * most}; ask for fewer hubs, let a site be used more "
            "often, or add sites."
        )


def _loosened(setting: Setting) -> Iterator[str]:
    yield _first_possible(setting, "rotation", ["site", "none"], _ROTATIONS)
    weeks = range(setting.options.weeks_apart - 1, -1, -1)
    yield _first_possible(setting, "weeks_apart", list(weeks), "{} weeks between two hubs instead of {}")
    times = range(setting.options.site_at_most + 1, len(setting.hub_quarters) + 1)
    yield _first_possible(setting, "site_at_most", list(times), "a site used up to {} times instead of {}")
    partners = range(setting.options.least_agencies - 1, -1, -1)
    yield _first_possible(setting, "least_agencies", list(partners), "at least {} partners instead of {}")
    if setting.options.unknown_hours == "refuse":
        yield _first_possible(setting, "unknown_hours", ["ask"], "sites of unknown hours allowed, the host to be asked")
    hubs = range(setting.options.hubs_a_quarter - 1, 0, -1)
    yield _first_possible(setting, "hubs_a_quarter", list(hubs), "{} hubs a quarter instead of {}")


_ROTATIONS: Final = "rotation '{}' instead of '{}' (which forbids two hubs in a row for the same area or place)"


def _first_possible(setting: Setting, name: str, values: list[object], words: str) -> str:
    """Give the mildest loosening of a rule that lets a programme be; empty where none does.

    Parameters
    ----------
    values
        From the mildest to the loosest: what one allows, all later ones do.
    """

    def allows(at: int) -> bool:
        options = ProgrammeOptions.model_validate({**setting.options.model_dump(), name: values[at]})
        return is_possible(setting.under(options))

    if not values or not allows(len(values) - 1):
        return ""
    mildest = bisect_left(range(len(values) - 1), x=True, key=allows)
    return words.format(values[mildest], getattr(setting.options, name))


def most_areas(setting: Setting) -> int:
    """Find how many priority areas a programme can visit at most under all rules."""
    model = hubs_model(setting)
    found = solve(whole_problem(model, aim="areas"), seconds=_SECONDS)
    if found is None:
        return 0
    served = found.values[model.area(0) : model.area(len(model.serves))]
    return int(np.rint(served.sum()))
