"""Tell how it was done: rules, tests run again, versions, editions, and the indicators for other systems."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo.evidence.periods import told_period
from geo.review.pack.content import Column, Figure, Table
from geo.review.pack.derive_areas import state_of, tests_table
from geo.review.pack.recompute import Recomputed
from geo.review.pack.tables import Chapter, chapter, number, table_of, text

Aggregates = Mapping[str, Any]
_PERCENT: Final = 100


def figures_chapter(figures: tuple[Figure, ...], aggregates: Aggregates) -> Chapter:
    """Lay the headline numbers out as rows for the council's performance system."""
    rows = [
        {
            "name": figure.name,
            "label": figure.label,
            "period": told_period(aggregates["period"]) if figure.name.endswith("_pooled") else aggregates["review"],
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "earlier": figure.earlier,
            "note": figure.note,
        }
        for figure in figures
    ]
    title = "Indicators"
    words = ["The same names every year. Blank: not known. The year before is as its own pack froze it."]
    return chapter("indicators", title, words, tables=[table_of("indicators", title, _INDICATORS, rows)])


def method_chapter(aggregates: Aggregates, again: Recomputed | None) -> Chapter:
    """Tell by which rules the numbers came about, and whether the tests come out again from this pack alone."""
    tests = tests_table(aggregates, again)
    words = [
        state_of(aggregates) if aggregates["areas"]["analysis"] else f"No areas: {aggregates['areas']['why']}",
        (
            "Households, not rows, wherever a household reference ties rows together: approaches of one household "
            f"within {aggregates['scenario']['episode_months']} months of the first count once."
        ),
        (
            "Ranges are of 95 %: exact below ten clients, Byar's from ten. Changes are tested exactly, given the sum "
            "of both years, and luck is discounted by the false discovery rate."
        ),
        (
            "Counts, rates, ranges, both tests and the tests of change are worked out again from the numbers frozen "
            "with this pack; the ranking of sites, how firm an area is and what is said of the hubs are told as they "
            "were frozen."
        ),
    ]
    tables = [_settings(aggregates, again), *([tests] if tests else [])]
    return chapter("method", "Method and rules", words, tables=tables)


def editions_chapter(aggregates: Aggregates) -> Chapter:
    """Tell where every data set came from, and with which software the pack was made."""
    rows = [row | {"digest": row["digest"][:12]} for row in aggregates["editions"]]
    software = [{"name": name, "version": version} for name, version in sorted(aggregates["software"].items())]
    tables = [
        table_of("editions", "Editions of the data sets", _EDITIONS, rows),
        table_of("software", "Software", _SOFTWARE, software),
    ]
    words = [f"Coordinates were turned by one named operation: {aggregates['operation']}.", *attributions(aggregates)]
    return chapter("editions", "Editions and attribution", words, tables=tables)


def attributions(aggregates: Aggregates) -> tuple[str, ...]:
    """Give the lines that licences ask for, each once."""
    lines: Iterable[str] = [row["attribution"] for row in aggregates["editions"]]
    given = [line for release in aggregates.get("releases", ()) for line in release["attributions"]]
    return tuple(dict.fromkeys(line for line in (*lines, *given) if line))


def _settings(aggregates: Aggregates, again: Recomputed | None) -> Table:
    scenario, counted = aggregates["scenario"], aggregates["counted"]
    pairs = {
        "Review year": aggregates["review"],
        "Years pooled by the rule": told_period(aggregates["period"]),
        "What is counted": counted["pooled"]["unit"],
        "Months of records": counted["pooled"]["months"],
        "Marks left out": ", ".join(scenario["leave_out"]) or "none",
        "Hexagons of resolution": aggregates["grid"]["resolution"],
        "Homes": aggregates["grid"]["homes_source"],
        "Largest circle of the scan": f"{_PERCENT * scenario['scan']['population_share']:g} % of the homes",
        "Simulated districts": scenario["scan"]["replicates"],
        "Seed": scenario["scan"]["seed"],
        "Level of both tests": scenario["priority"]["level"],
        "Different analyses looked at": aggregates["areas"]["looks"],
        "Rows on record": aggregates["rows"]["total"],
    }
    if again is not None and again.found.unevenness is not None:
        uneven = again.found.unevenness
        told = f"{_PERCENT * uneven.cell_cv_estimate:.0f} % between hexagons"
        pairs["Ordinary unevenness"] = told + (" (assumed: too few to learn it)" if uneven.assumed else "")
        pairs["Hexagons tested"] = again.found.tested
        pairs["Clients in hexagons not tested"] = again.found.untested
    rows = [{"name": name, "value": str(value)} for name, value in pairs.items()]
    return table_of("method", "Rules and options", _SETTINGS, rows)


_SETTINGS: Final[list[Column]] = [
    text("name", "What", "The rule or option."),
    text("value", "Which", "As it was when the pack was made."),
]
_SOFTWARE: Final[list[Column]] = [
    text("name", "Program", "A part of the software."),
    text("version", "Version", "Its version."),
]
_EDITIONS: Final[list[Column]] = [
    text("dataset", "Data set", "Which part of the workspace it fills."),
    text("title", "Title", "The publisher's own name for it."),
    text("edition", "Edition", "The publisher's edition."),
    text("licence", "Licence", "Under which it is used."),
    text("attribution", "Attribution", "The line that must be printed."),
    text("digest", "Digest", "The first 12 figures of the file's SHA-256."),
]
_INDICATORS: Final[list[Column]] = [
    text("name", "Name", "Stays the same from year to year."),
    text("label", "Indicator", "For readers."),
    text("period", "Period", "The review year."),
    number("value", "Value", "A number, or a word where none can be given."),
    number("low", "Low", "Lower end of its 95 % range."),
    number("high", "High", "Upper end of its 95 % range."),
    text("unit", "Unit", "What it is counted in."),
    number("earlier", "Year before", "As the pack of the year before froze it."),
    text("note", "Note", "What it rests on."),
]
