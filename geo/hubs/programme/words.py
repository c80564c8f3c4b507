"""Put a programme's rules, and what a reader must know of it, into plain sentences."""

from typing import Final

from geo.evidence.periods import told_period
from geo.hubs.programme.candidates import Setting
from geo.hubs.programme.result import Programme

_ROTATION: Final = {
    "area": "No two hubs in a row serve the same priority area, or the same place where they serve none.",
    "site": "No two hubs in a row are at the same site.",
    "none": "Hubs in a row may be at the same place.",
}


def rules_in_words(setting: Setting) -> tuple[str, ...]:
    """Say what was kept to."""
    options = setting.options
    apart = f", at least {options.weeks_apart} weeks apart" if options.weeks_apart else ""
    unknown = (
        "hosts of unknown hours are marked to be asked"
        if options.unknown_hours == "ask"
        else "hosts of unknown hours are not used"
    )
    return (
        (
            f"{options.hubs_a_quarter} {'hub' if options.hubs_a_quarter == 1 else 'hubs'} in each quarter{apart}, on "
            f"{', '.join(options.weekdays)}, from {' or '.join(options.starts)}, for {options.session_minutes} minutes."
        ),
        f"The host is open for the whole session; {unknown}.",
        f"At least {options.least_agencies} partners can come for the whole session.",
        f"One site is used at most {_times(options.site_at_most)} in the year.",
        _ROTATION[options.rotation],
        (
            f"At least {setting.areas_wanted} of {len(setting.inputs.areas.names)} priority areas have a hub at most "
            f"{options.area_minutes:g} minutes from where they are surest."
        ),
        "The aim: as many different clients over the year as can be; each counts once, by the hub nearest to them.",
    )


def notes_on(setting: Setting) -> tuple[str, ...]:
    """Say what the programme leaves out, and why."""
    notes = [*setting.inputs.notes, _days(setting), _sites(setting), _areas(setting)]
    return tuple(note for note in notes if note)


def proof_of(programme: Programme) -> str:
    """Say how good a programme is, and how sure that is."""
    share = programme.reached / programme.total
    unit = programme.setting.inputs.need.unit
    reach = f"The year's hubs reach {programme.reached:,.0f} of {programme.total:,.0f} {unit} ({100 * share:.0f} %)"
    if programme.by_hand:
        return f"{reach}. Hubs were moved by hand; under the rules up to {programme.bound:,.1f} could be reached."
    if programme.proved:
        return f"{reach}, each counted once. Proved: no programme under these rules reaches more."
    return f"{reach}. Another programme might reach up to {programme.gap:,.1f} more: the solver's time was up."


def evidence_of(programme: Programme) -> tuple[str, ...]:
    """Say what a programme rests on: how many, from when, how ways were measured, and what has no place on the map."""
    need = programme.setting.inputs.need
    lost = sum(need.unmapped.values())
    last = programme.quarters.iloc[-1]
    return (
        (
            f"Counted: {need.unit} of {told_period(need.period)}; {lost:,} more have no place on the map, and "
            f"{need.left_out:,} were left out because of a mark."
        ),
        (
            f"Ways: {need.travel_label}. Somebody further away counts less, beyond the cutoff not at all; a number of "
            "people who live within reach, not of people who will come."
        ),
        (
            f"Had only luck been different, the year's reach could as well have been {last['low']:,.0f} to "
            f"{last['high']:,.0f} (95 % range, from redrawn counts)."
        ),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _days(setting: Setting) -> str:
    told = setting.days.told_skipped
    over = 4 - len(setting.days.quarters)
    parts = [f"{over} {'quarter is' if over == 1 else 'quarters are'} over"] if over else []
    parts += [f"of the weekdays wanted, {told}"] if told else []
    return f"Not planned: {'; '.join(parts)}." if parts else ""


def _sites(setting: Setting) -> str:
    reasons = setting.why_not_used()
    if not reasons:
        return ""
    count = sum(reasons.values())
    listed = ", ".join(f"{number} {reason}" for reason, number in reasons.items())
    return f"{count} of {len(setting.openings)} sites can hold no hub: {listed}."


def _areas(setting: Setting) -> str:
    areas = setting.inputs.areas
    usable = setting.usable.any(axis=1)
    beyond = [name for name, serves in zip(areas.names, areas.serves, strict=True) if not (serves & usable).any()]
    if not areas.names:
        return "No priority area is known, so the rotation is over towns and villages."
    if not beyond:
        return ""
    return f"No usable site is within {setting.options.area_minutes:g} minutes of {', '.join(beyond)}."
