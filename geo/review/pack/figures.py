"""Work out a pack's headline numbers from its aggregates alone, under names that stay from year to year."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from geo.evidence.intervals import count_interval
from geo.evidence.periods import told_period
from geo.evidence.shares import share_interval
from geo.review.pack.content import Figure
from geo.review.pack.recompute import trends_again
from geo.review.pack.unit_words import noun_of

_PERCENT: Final = 100
_A_THOUSAND: Final = 1_000
_MONTHS_A_YEAR: Final = 12
_PLACED: Final = frozenset({"outside", "district_only", "no_fine_cell", "no_area"})  # somewhere, but not on the map
Aggregates = Mapping[str, Any]


def figures_of(aggregates: Aggregates) -> tuple[Figure, ...]:
    """Work out every headline number, the most important first; `earlier` is left for `with_earlier`."""
    if aggregates["audience"] != "team":
        return _given(aggregates)
    review = year_figures(aggregates["counted"]["review"])
    return (
        *review,
        *_change(aggregates),
        *_areas(aggregates),
        *_reach(aggregates),
        *_held(aggregates),
        *_sleeping(aggregates),
        *_work(aggregates),
    )


def year_figures(year: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Work out the numbers of one review year: how many, at what rate, how many without a place."""
    noun, period = noun_of(year["unit"]), told_period(year["period"])
    clients, located = int(year["episodes"]), sum(year["cells"].values())
    low, high = (_round(float(limit)) for limit in count_interval(clients))
    homeless = int(year["unmapped"].get("no_fixed_abode", 0))
    lost = sum(count for status, count in year["unmapped"].items() if status not in _PLACED)
    return (
        Figure("clients", "Clients who came", clients, noun, low, high, f"All sources, {period}."),
        Figure("clients_on_map", "Of them, with a place on the map", located, noun, note=_beside(year)),
        _rate(year),
        _share("share_without_place", "Without a usable place", lost, clients, "Of all who came; not on any map."),
        Figure("no_fixed_abode", "Of no fixed abode", homeless, noun, *_range(homeless), note=f"In {period}."),
    )


def with_earlier(figures: tuple[Figure, ...], last: Mapping[str, Any] | None) -> tuple[Figure, ...]:
    """Set beside each figure what last year's pack froze under its name."""
    if last is None:
        return figures
    return tuple(_with(figure, last["figures"].get(figure.name)) for figure in figures)


def recount_notes(aggregates: Aggregates) -> tuple[str, ...]:
    """Say of last year both numbers where today's count differs from what its pack froze."""
    last, earlier = aggregates["last_pack"], aggregates.get("counted", {}).get("earlier")
    if last is None or earlier is None or earlier["period"] != last["review"]:
        return ()
    today = {figure.name: figure for figure in year_figures(earlier)}
    return tuple(
        f"{figure.label}, {last['review']}: last year's pack said {_told(last['figures'][name])}; counted again from "
        f"today's records it is {_told(figure.value)}."
        for name, figure in today.items()
        if name in last["figures"] and last["figures"][name] != figure.value
    )


def _rate(year: Mapping[str, Any]) -> Figure:
    """Give clients per 1,000 homes a year, of the cells that have homes."""
    name, label, unit = "rate_per_1000_homes", "Clients per 1,000 homes a year", "per 1,000 homes"
    homes = {cell: known for cell, known in year["cell_homes"].items() if known > 0}
    exposure = sum(homes.values()) * int(year["months"]) / _MONTHS_A_YEAR / _A_THOUSAND
    if not exposure:
        return Figure(name, label, None, unit, note="No homes are on record.")
    clients = sum(count for cell, count in year["cells"].items() if cell in homes)
    low, high = (_round(float(limit) / exposure) for limit in count_interval(clients))
    return Figure(name, label, _round(clients / exposure), unit, low, high, "Of those on the map; 95 % range.")


def _share(name: str, label: str, part: int, whole: int, note: str) -> Figure:
    if not whole:
        return Figure(name, label, None, "%", note=note)
    low, high = (_round(_PERCENT * float(limit)) for limit in share_interval(part, whole))
    return Figure(name, label, _round(_PERCENT * part / whole), "%", low, high, note)


def _change(aggregates: Aggregates) -> tuple[Figure, ...]:
    label, unit = "Times as many as the year before, like for like", "times"
    found, compared = trends_again(aggregates, "district"), aggregates["like_for_like"]
    if found is None or not any(compared["totals"]):
        return (Figure("change_like_for_like", label, None, unit, note=compared["why"] or compared["words"][0]),)
    row = found.table.iloc[0]
    before, after = int(row["earlier"]), int(row["later"])
    note = f"From {before:,} to {after:,}: {row['trend']}."
    value = _round(float(row["ratio"])) if before else None
    high = float(row["high"])
    low = None if np.isnan(row["low"]) else _round(float(row["low"]))
    return (Figure("change_like_for_like", label, value, unit, low, None if np.isnan(high) else _round(high), note),)


def _areas(aggregates: Aggregates) -> tuple[Figure, ...]:
    areas = aggregates["areas"]
    if areas["analysis"] is None:
        why = areas["why"]
        return (
            Figure("priority_areas", "Priority areas", None, "areas", note=why),
            Figure("watch_areas", "Areas to watch", None, "areas", note=why),
        )
    numbers, counted = areas["analysis"]["numbers"], areas["analysis"]["counted"]
    state = "Confirmatory." if areas["state"] == "frozen" else "Exploratory: the review is not frozen yet."
    period = told_period(counted["period"])
    first = [row for row in numbers if row["verdict"] == "priority"]
    inside, clients = sum(row["count"] for row in first), int(counted["clients_tested"])
    return (
        Figure("priority_areas", "Priority areas", len(first), "areas", note=f"Both tests agree, {period}. {state}"),
        Figure("watch_areas", "Areas to watch", len(numbers) - len(first), "areas", note="One of the two tests."),
        _share("share_in_priority_areas", "Clients who live in priority areas", inside, clients, f"In {period}."),
    )


def _reach(aggregates: Aggregates) -> tuple[Figure, ...]:
    sites = aggregates["sites"]
    if sites["why"]:
        return (Figure("within_reach_now", "Within reach of help now", None, "%", note=sites["why"]),)
    note = f"Within {sites['journey']}; {told_period(sites['period'])}."
    return (_share("within_reach_now", "Within reach of help now", sites["reached_now"], sites["clients"], note),)


def _held(aggregates: Aggregates) -> tuple[Figure, ...]:
    rows = aggregates["hubs_held"]["rows"]
    people = sum(row["people"] for row in rows)
    note = "People, not households; as recorded." if rows else "None was recorded."
    return (
        Figure("hubs_held", "Multi-agency hubs held", len(rows), "hubs", note="As recorded."),
        Figure("people_at_hubs", "People seen at hubs", people if rows else None, "people", note=note),
    )


def _sleeping(aggregates: Aggregates) -> tuple[Figure, ...]:
    quarters = aggregates["quarters"]
    return tuple(
        _of_quarters(name, label, [row[name] for row in quarters["rows"]]) for name, label in quarters["labels"]
    )


def _of_quarters(name: str, label: str, values: list[int | None]) -> Figure:
    known = [value for value in values if value is not None]
    note = f"Of {len(known)} of {len(values)} quarters; the others are not known." * (len(known) < len(values))
    return Figure(f"quarters_{name}", label, sum(known) if known else None, note=note if known else "Not known.")


def _work(aggregates: Aggregates) -> tuple[Figure, ...]:
    actions = aggregates["actions"]
    due = [one for one in actions if one["status"] == "open"]
    feeds = [feed for feed in aggregates["quality"]["feeds"] if feed["rows"]]
    agreed = int(aggregates["liaison"].get("agreed", 0))
    return (
        Figure("sites_agreed", "Sites that have agreed", agreed, "sites", note="By the register's latest entries."),
        Figure("sources_reporting", "Sources that reported", len(feeds), "sources", note="With rows of the year."),
        Figure("actions_open", "Open actions", len(due), "actions"),
        Figure("actions_late", "Of them, late", sum(one["late"] for one in actions), "actions"),
    )


def _given(aggregates: Aggregates) -> tuple[Figure, ...]:
    """Take totals as they were given out; nothing else is known outside the team."""
    year, pooled = aggregates["review"], aggregates["period"]
    said = f"Clients who came, {told_period(pooled)}"
    several = (_total(aggregates, "clients_pooled", said, pooled),) if pooled != year else ()
    return (_total(aggregates, "clients", "Clients who came", year), *several)


def _total(aggregates: Aggregates, name: str, label: str, period: str) -> Figure:
    fitting = [one for one in aggregates["releases"] if one["period"] == period and not one["filters"]]
    if not fitting:
        return Figure(name, label, None, "clients", note=f"No table of {told_period(period)} has been given out yet.")
    last = fitting[-1]
    value = last["total"] if last["total"] is not None else last["total_shown"]
    return Figure(name, label, value, "clients", note=f"As given out on {last['day']}. {last['counted']}")


def _with(figure: Figure, earlier: Any) -> Figure:  # noqa: ANN401 - a value of a figure
    said = (figure.value, figure.unit, figure.low, figure.high, figure.note)
    return Figure(figure.name, figure.label, *said, earlier)


def _beside(year: Mapping[str, Any]) -> str:
    lost = sum(year["unmapped"].values())
    aside = f", {year['left_out']:,} set aside because of a flag" if year["left_out"] else ""
    return f"{lost:,} are not on the map{aside}."


def _range(count: int) -> tuple[float, float]:
    low, high = count_interval(count)
    return _round(float(low)), _round(float(high))


def _round(value: float) -> float:
    """Round to what a reader can use, so that no last digit hangs on a machine."""
    return round(value, 2)


def _told(value: Any) -> str:  # noqa: ANN401 - a value of a figure
    return f"{value:,}" if isinstance(value, int | float) else str(value)
