"""Tell the whole pack in plain English: the one-page summary and the points for members."""

from collections.abc import Mapping
from typing import Any, Final

from geo.evidence.periods import told_period
from geo.review.pack.content import Figure
from geo.review.pack.unit_words import noun_of, told_number

Aggregates = Mapping[str, Any]
CARE: Final = "These numbers tell who came, not who is in need: where nobody refers, a map looks quiet."
_CHANGE: Final = {
    "steady": "about as many as the year before, like for like",
    "growing": "more than the year before, like for like",
    "new": "nobody came the year before, like for like",
    "fading": "fewer than the year before, like for like",
}
_OFFERS: Final = ("offers", "accepted", "refused")
_UNSURE: Final = "too few to tell whether it is more or fewer than the year before"


def summary_of(aggregates: Aggregates, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """Write the one-page summary: paragraphs of a sentence or three."""
    by_name = {figure.name: figure for figure in figures}
    return tuple(
        part
        for part in (
            *aggregates["notes"],
            _who_came(aggregates, by_name),
            _where(aggregates),
            _gaps(by_name),
            _help(aggregates),
            _hubs(aggregates),
            _work(aggregates),
            CARE,
        )
        if part
    )


def briefing_of(aggregates: Aggregates, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """Write what members need to know, point by point."""
    by_name = {figure.name: figure for figure in figures}
    points = [
        _who_came(aggregates, by_name),
        _where(aggregates),
        _help(aggregates),
        _hubs(aggregates),
        _gaps(by_name),
        _sleeping(aggregates),
        _work(aggregates),
        CARE,
    ]
    return tuple(point for point in points if point)


def _who_came(aggregates: Aggregates, figures: Mapping[str, Figure]) -> str:
    review, clients = aggregates["counted"]["review"], figures["clients"]
    said = (
        f"In {review['period']}, {clients.value:,} {noun_of(review['unit'])} came to {aggregates['district']} or were "
        "referred"
    )
    change = figures["change_like_for_like"]
    word = change.note.rpartition(": ")[2].rstrip(".")
    return f"{said}: {_CHANGE.get(word, _UNSURE)}." if change.low is not None else f"{said}. {change.note}"


def _where(aggregates: Aggregates) -> str:
    areas = aggregates["areas"]
    if areas["analysis"] is None:
        return "Where there is more need than homes explain could not be tested this year."
    numbers = areas["analysis"]["numbers"]
    first, watched = ([row for row in numbers if row["verdict"] == name] for name in ("priority", "watch"))
    period = told_period(areas["analysis"]["counted"]["period"])
    if not numbers:
        return f"No place stands out by the numbers of {period}: with so few clients only a large excess could."
    named = f": {_listed([row['area'] for row in first])}" if first else ""
    said = f"By the numbers of {period} there {_are(len(first))} {told_number(len(first), 'priority area')}{named}."
    if watched:
        said += f" To be watched: {_listed([row['area'] for row in watched])}."
    return said + (" The list is exploratory until the review is frozen." if areas["state"] != "frozen" else "")


def _gaps(figures: Mapping[str, Figure]) -> str:
    lost, homeless = figures["share_without_place"], figures["no_fixed_abode"]
    if lost.value is None:
        return ""
    said = f"{lost.value:.0f} % of those who came have no usable place and are on no map"
    return f"{said}; {homeless.value:,} are of no fixed abode." if homeless.value else f"{said}."


def _help(aggregates: Aggregates) -> str:
    sites = aggregates["sites"]
    return " ".join(sites["headline"][:2]) if sites["headline"] else ""


def _hubs(aggregates: Aggregates) -> str:
    rows, programme = aggregates["hubs_held"]["rows"], aggregates["programme"]
    people = sum(row["people"] for row in rows)
    held = f"Hubs held in {aggregates['review']}: {len(rows):,}"
    held += f", where {told_number(people, 'person was', 'people were')} seen. " if rows else ". "
    if programme["content"] is None:
        return f"{held}No programme of {programme['year']} has been settled yet."
    return f"{held}Hubs settled for {programme['year']}: {len(programme['content']['hubs']):,}."


def _sleeping(aggregates: Aggregates) -> str:
    quarters = aggregates["quarters"]
    told = []
    for name, label in quarters["labels"]:
        known = [row[name] for row in quarters["rows"] if row[name] is not None]
        told += [f"{label.lower()} {sum(known):,}"] if known and name in _OFFERS else []
    return f"Rough sleeping: {', '.join(told)}." if told else ""


def _work(aggregates: Aggregates) -> str:
    actions = aggregates["actions"]
    due, late = sum(one["status"] == "open" for one in actions), sum(one["late"] for one in actions)
    if not actions:
        return ""
    said = f"There {_are(due)} {told_number(due, 'open action')}"
    return f"{said}; late: {late:,}." if late else f"{said}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
