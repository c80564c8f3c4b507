"""Tell whether hubs reached households that were never seen before, and how their cases ended beside others'."""

from typing import Final

from geo.evidence.shares import share_interval
from geo.hubs.monitor import ShareComparison, compare_shares
from geo.hubs.monitor.words import tell_share
from geo.review.monitor_part import Figure, Part
from geo.review.monitor_people import BY_HUBS, OTHERWISE, HubPeople
from geo.scenario import MonitorOptions

NEW: Final = "New households by hubs"
ENDED: Final = "How cases ended"
_NOBODY: Final = (
    "No record of {year} came by a hub, so nobody can say how many new households the hubs reached, nor how their "
    "cases ended. Take down whoever comes under a source with the word hub in its name, or list the source under "
    "hub_sources in scenario.toml."
)


def outcome_parts(people: HubPeople, year: str, options: MonitorOptions) -> tuple[Part, ...]:
    """Tell new households and outcomes of a review year."""
    if not people.rows:
        return (Part(missing=(_NOBODY.format(year=year),)),)
    return (_new_part(people, options), _ended_part(people, options))


def _new_part(people: HubPeople, options: MonitorOptions) -> Part:
    if not people.households:
        said = f"The {people.rows:,} rows by hubs name no household, so nobody can say how many were new."
        return Part(missing=(said,))
    ends = share_interval(people.new, people.households, level=options.level)
    low, high = (float(end) for end in ends)
    share = people.new / people.households
    unnamed = f" {people.unnamed:,} more rows name no household." if people.unnamed else ""
    sentence = (
        f"Hubs brought {people.households:,} households; {people.new:,} of them were not on record before: "
        f"{tell_share(share)} ({100 * options.level:g} % range {tell_share(low)} to {tell_share(high)}).{unnamed}"
    )
    note = f"By hubs are: {', '.join(people.names)}. New is a household without a row of an earlier month."
    figure = Figure(NEW, NEW, "share", share, low, high)
    question = "Were households reached that were not known?"
    return Part(question, answers=(sentence,), figures=(figure,), notes=(note,))


def _ended_part(people: HubPeople, options: MonitorOptions) -> Part:
    groups = {str(row["group"]): row for row in people.outcomes.to_dict("records")}
    by_hubs, others = groups[BY_HUBS], groups[OTHERWISE]
    compared = [
        compare_shares(
            (int(by_hubs[column]), int(by_hubs["decided"])),
            (int(others[column]), int(others["decided"])),
            what=what,
            options=options,
        )
        for column, what in (("prevented", "prevented"), ("main_duty", "main duty accepted"))
    ]
    return Part(
        question="Did cases end better?",
        answers=tuple(one.sentence for one in compared),
        figures=tuple(figure for one in compared for figure in _share_figures(one)),
        notes=("Outcomes are those of household episodes that have ended; cases still open are in neither share.",),
    )


def _share_figures(one: ShareComparison) -> list[Figure]:
    groups = (("by hubs", one.share_hub, one.range_hub), ("otherwise", one.share_others, one.range_others))
    return [
        Figure(ENDED, f"{one.what[0].upper()}{one.what[1:]}, {name}", "share", share, *ends)
        for name, share, ends in groups
        if share == share  # noqa: PLR0124 - a blank is not equal to itself
    ]
