"""Tell which hubs were held, whether they worked, and how the year stands against the delivery plan."""

import re
from collections.abc import Mapping
from typing import Any, Final

from geo.review.pack.content import Column, Table
from geo.review.pack.tables import Chapter, chapter, count, day, number, rounded, table_of, text

Aggregates = Mapping[str, Any]
_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")
_CARE: Final = (
    "Hubs raise referrals by design, and places chosen for high counts fall back by themselves: more or fewer clients "
    "near a hub is by itself no sign that it worked."
)
_PLACES: Final = 3


def held_chapter(aggregates: Aggregates) -> Chapter:
    """Tell which hubs were held in the year, what the monitor can say of them, and what was promised."""
    held, judged, title = aggregates["hubs_held"], aggregates["monitor"], "Did the hubs work?"
    rows = held["rows"]
    people = sum(row["people"] for row in rows)
    said = (
        f"Hubs held in {aggregates['review']}: {len(rows):,}; people seen: {people:,}. Hubs held the year before: "
        f"{held['year_before']:,}."
        if rows
        else f"No hub was recorded as held in {aggregates['review']}."
    )
    words = [said, *judged["answers"], *judged["missing"], *([_CARE, *judged["notes"]] if rows else [])]
    tables = [
        table_of("hubs_held", "Hubs that were held", _HELD, rows),
        table_of("hubs_judged", "What the hubs changed", _JUDGED, [_judged(row) for row in judged["figures"]]),
        *(_free(place, table) for place, table in enumerate(judged["tables"], start=1)),
        table_of("delivery_plan", "The delivery plan by quarter", _TARGETS, held["targets"]),
    ]
    return chapter("hubs_held", title, words, tables=[table for table in tables if table.rows])


def _judged(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{name: rounded(row[name], _PLACES) for name in ("value", "low", "high", "reference")}}


def _free(place: int, written: Mapping[str, Any]) -> Table:
    """Lay a table of the monitor out by its own headings."""
    names = _named(written["headings"])
    columns = [
        _column(name, heading, [row[at] for row in written["rows"]])
        for at, (name, heading) in enumerate(zip(names, written["headings"], strict=True))
    ]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in written["rows"]]
    return table_of(f"monitor_{place}", written["title"], columns, rows)


def _column(name: str, heading: str, values: list[Any]) -> Column:
    meaning = f"{heading}, as the monitor tells it."
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        return count(name, heading, meaning)
    if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return number(name, heading, meaning)
    return text(name, heading, meaning)


def _named(headings: list[str]) -> list[str]:
    """Make names for files of headings for readers; no two alike.

    Examples
    --------
    >>> _named(["Hub", "95 % range", "95 % range"])
    ['hub', '95_range', '95_range_2']
    """
    found: list[str] = []
    for heading in headings:
        plain = _NOT_WORDS.sub("_", heading.casefold()).strip("_") or "column"
        again = sum(name == plain or name.startswith(f"{plain}_") for name in found)
        found.append(f"{plain}_{again + 1}" if again else plain)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a table
    return rounded(value, _PLACES) if isinstance(value, float) else value


_HELD: Final[list[Column]] = [
    day("day", "Day", "When it was held."),
    text("place", "Where", "The site."),
    text("agencies", "Agencies", "Who was there beside the council."),
    count("people", "People", "How many people were seen.", "people"),
    text("reasons", "Broad reasons", "How many came for what."),
]
_JUDGED: Final[list[Column]] = [
    text("question", "Question", "What was asked."),
    text("what", "What", "Of what the figure is."),
    text("scale", "Scale", "A ratio, or a share."),
    number("value", "Value", "What was found."),
    number("low", "Low", "Lower end of its range."),
    number("high", "High", "Upper end of its range; blank where there is none."),
    number("reference", "No difference", "The value that would mean no difference."),
]
_TARGETS: Final[list[Column]] = [
    text("quarter", "Quarter", "Of the review year."),
    text("target", "Target", "What the delivery plan promises."),
    text("found", "Found", "What was done."),
    text("verdict", "Verdict", "Met, not met, nothing to judge, not known yet, or the quarter is not over."),
]
