"""Tell what the records lack, who sleeps rough, and what changed like for like."""

from collections.abc import Mapping
from typing import Any, Final

from geo.evidence.trend_sentences import tell_change
from geo.evidence.trends import Trends
from geo.review.pack.content import Column
from geo.review.pack.figures import recount_notes
from geo.review.pack.tables import Chapter, chapter, count, day, rounded, share, table_of, text

Aggregates = Mapping[str, Any]
_ROWS: Final = "Rows, not households: every approach and referral counts."
_FIELDS: Final = {"route": "Route", "reason": "Reason", "age_band": "Age"}
_ROUTES: Final = {
    "self": "by themselves",
    "duty_to_refer": "Duty to Refer",
    "other_agency": "another agency",
    "not_stated": "not stated",
}
_BY: Final = {"district": "Whole district", "feed": "Source of files", "source": "Agency", "route": "Route"}


def quality_chapter(aggregates: Aggregates) -> Chapter:
    """Tell what is missing from the records of the year, and which source sent nothing in which month."""
    quality = aggregates["quality"]
    rows = [
        row
        | {"by": _BY[row["by"]], "group": _ROUTES.get(row["group"], row["group"]), "what": _plain(row["what"])}
        | {name: rounded(row[name], 4) for name in ("share", "low", "high")}
        for row in quality["shares"]
    ]
    tables = [
        table_of("missing", "What became of every row", _MISSING, rows, notes=[_ROWS]),
        table_of("sources", "Sources and their gaps", _SOURCES, [_source(feed) for feed in quality["feeds"]]),
    ]
    if quality["outside"]:
        outside = [row | {"share": rounded(row["share"], 4)} for row in quality["outside"]]
        tables.append(table_of("outside", "From outside the district", _OUTSIDE, outside, notes=[_ROWS]))
    return chapter("quality", "Data quality and what is missing", _quality_words(aggregates), tables=tables)


def sleeping_chapter(aggregates: Aggregates) -> Chapter:
    """Tell rough sleeping by quarter for the whole district, and who came without a fixed abode."""
    quarters, quality = aggregates["quarters"], aggregates["quality"]
    columns = [
        text("quarter", "Quarter", "Of the review year."),
        text("months", "Months", "The months of the quarter."),
        *(count(name, label, f"{label}; blank where it is not known.") for name, label in quarters["labels"]),
    ]
    known = any(row[name] is not None for row in quarters["rows"] for name, _ in quarters["labels"])
    note = "Blank: not known; it is never taken for nought." if known else "No figure of these quarters was given yet."
    tables = [table_of("rough_sleeping", "Rough sleeping by quarter", columns, quarters["rows"], notes=[note])]
    themes = [
        row
        | {"field": _FIELDS[row["field"]], "group": _ROUTES.get(row["group"], row["group"])}
        | {name: rounded(row[name], 4) for name in ("share", "low", "high")}
        for row in quality["no_fixed_abode"]
    ]
    if themes:
        tables.append(table_of("no_fixed_abode", "Of no fixed abode", _THEMES, themes, notes=[_ROWS]))
    words = ["Totals of the whole district. No place where anybody sleeps is in this pack.", note]
    return chapter("rough_sleeping", "Rough sleeping", words, tables=tables)


def changes_chapter(aggregates: Aggregates, changes: Mapping[str, Trends | None]) -> Chapter:
    """Tell what changed since the year before by the sources that reported in both."""
    compared, title = aggregates["like_for_like"], "Like for like since the year before"
    notes = recount_notes(aggregates)
    found = changes["district"]
    if found is None:
        return chapter("like_for_like", title, [compared["why"], *notes])
    if not any(compared["totals"]):
        return chapter("like_for_like", title, [*compared["words"], *notes])
    moved = [] if changes["ward"] is None else changes["ward"].table.to_dict("records")
    names = aggregates["ward_names"]
    clear = [
        f"{names.get(row['unit'], row['unit'])}: {tell_change(row)}"
        for row in moved
        if row["trend"] in {"new", "growing", "fading"}
    ]
    words = [
        f"The whole district, {tell_change(found.table.iloc[0])}",
        *clear,
        "" if clear or not moved else "No ward changed clearly; in most there are too few to tell.",
        *compared["words"],
        *notes,
    ]
    return chapter("like_for_like", title, words)


def _quality_words(aggregates: Aggregates) -> list[str]:
    quality, months = aggregates["quality"], aggregates["scenario"]["episode_months"]
    whole = {row["what"]: row for row in quality["shares"] if row["by"] == "district"}
    lost = whole.get("no_place")
    repeats = quality["repeats"]
    silent = [feed["feed"] for feed in quality["feeds"] if feed["rows"] and feed["months_without"]]
    return [
        f"{quality['rows']:,} rows of the year, and {quality['duplicates']:,} repeated rows set apart.",
        f"{lost['rows']:,} rows have no place on any map." if lost else "Every row has a place.",
        _told_repeats(repeats, str(aggregates["counted"]["review"]["unit"]), months) if repeats else "",
        f"No row in some months from: {', '.join(silent)}." if silent else "",
    ]


def _told_repeats(repeats: Mapping[str, Any], unit: str, months: int) -> str:
    if unit.startswith("rows"):
        return "No row of the year names a household, so that whoever came twice counts twice: rows, not households."
    once = f"what one household brought up within {months} months counts once"
    more = "; a row that names no household counts by itself" if "rows" in unit else ""
    return f"{repeats['rows']:,} rows are {repeats['episodes']:,} episodes: {once}{more}."


def _source(feed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **feed,
        "address_kind": _plain(feed["address_kind"]),
        "date_kind": _plain(feed["date_kind"]),
        "months_without": ", ".join(feed["months_without"]),
    }


def _plain(word: str) -> str:
    """Write a code word as words.

    Examples
    --------
    >>> _plain("no_fixed_abode")
    'no fixed abode'
    """
    return word.replace("_", " ")


_SHARES: Final[list[Column]] = [
    share("share", "Share", "Of the rows of its group; blank where there are too few to tell."),
    share("low", "Share, low", "Lower end of its 95 % range."),
    share("high", "Share, high", "Upper end of its 95 % range."),
]
_MISSING: Final[list[Column]] = [
    text("by", "By", "Whole district, source of files, agency or route; never two at once."),
    text("group", "Which", "Which of them."),
    text("what", "What", "What became of the rows, or the mark they carry."),
    count("rows", "Rows", "Approaches and referrals.", "rows"),
    count("of", "Of", "All rows of the group that are no repeats.", "rows"),
    *_SHARES,
]
_SOURCES: Final[list[Column]] = [
    text("feed", "Source", "The source of files."),
    text("address_kind", "Address", "Which address its files hold."),
    text("date_kind", "Date", "Which date its files hold."),
    day("last_import", "Last added", "The day its newest file was added."),
    text("first", "First month", "Of all its rows."),
    text("last", "Last month", "Of all its rows."),
    count("rows", "Rows of the year", "Of the review year, repeats left out.", "rows"),
    count("rows_all", "Rows of all years", "Repeats left out.", "rows"),
    text("months_without", "Months without", "Months of the review year from which there is no row."),
]
_OUTSIDE: Final[list[Column]] = [
    text("name", "District", "Where they came from."),
    count("rows", "Rows", "Approaches and referrals.", "rows"),
    share("share", "Share", "Of all rows from outside."),
]
_THEMES: Final[list[Column]] = [
    text("field", "By", "Route, reason or age."),
    text("group", "Which", "Which of them."),
    count("rows", "No fixed abode", "Rows of no fixed abode.", "rows"),
    count("of", "Of", "All rows of the group.", "rows"),
    *_SHARES,
]
