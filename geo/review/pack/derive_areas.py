"""Tell the priority and watch areas: how many, how sure, which way they go, and whether the tests come out again."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from geo.evidence.periods import told_period
from geo.evidence.priority_words import AGREEMENT
from geo.review.pack.content import Column, Map, Shape, Table
from geo.review.pack.recompute import Recomputed
from geo.review.pack.tables import Chapter, chapter, code, count, number, rounded, share, significant, table_of, text

Aggregates = Mapping[str, Any]
_DIGITS: Final = 6  # of p and q, which rest on the machine's own arithmetic beyond these
_NEAR: Final = 1e-5


def area_codes(aggregates: Aggregates) -> dict[str, str]:
    """Give each area the short code that ties rows to shapes: A1 is the first of the list."""
    analysis = aggregates["areas"]["analysis"]
    return {} if analysis is None else {row["area"]: f"A{row['rank']}" for row in analysis["numbers"]}


def area_shapes(aggregates: Aggregates) -> tuple[Shape, ...]:
    """Give the shapes of the areas by their codes."""
    codes = area_codes(aggregates)
    return tuple(Shape(codes[name], name, wkt) for _, name, wkt in aggregates["shapes"]["area"] if name in codes)


def areas_chapter(aggregates: Aggregates) -> Chapter:
    """Tell the areas that stand out."""
    areas = aggregates["areas"]
    if areas["analysis"] is None:
        return chapter("priorities", "Priority and watch areas", [f"There is no list of areas: {areas['why']}"])
    numbers = areas["analysis"]["numbers"]
    first, watched = (_names(numbers, verdict) for verdict in ("priority", "watch"))
    words = [
        state_of(aggregates),
        f"Counted: {told_period(areas['analysis']['counted']['period'])}. {areas['analysis']['rule']}",
        f"Priority areas: {first}." if first else "No area is a priority by both tests.",
        f"Areas to watch: {watched}." if watched else "",
        *(row["sentence"] for row in numbers),
        *areas["notes"],
    ]
    if not numbers:
        return chapter("priorities", "Priority and watch areas", words)
    tables = [_main(aggregates), _people(aggregates)]
    maps = [_map(numbers, aggregates)]
    return chapter("priorities", "Priority and watch areas", words, tables=tables, maps=maps)


def tests_table(aggregates: Aggregates, again: Recomputed | None) -> Table | None:
    """Set the tests as they were kept beside the same tests run again from the counts of this pack."""
    analysis = aggregates["areas"]["analysis"]
    if analysis is None or not analysis["numbers"]:
        return None
    found = {} if again is None else again.table.set_index("area").to_dict("index")
    codes = area_codes(aggregates)
    rows = [_test(row, found.get(row["area"])) | {"code": codes[row["area"]]} for row in analysis["numbers"]]
    same = "The numbers kept are those that the counts of this pack give again."
    frozen = aggregates["areas"]["state"] == "frozen"
    other = "Some numbers come out otherwise from the counts of this pack" + (
        ", for the review was frozen from the records as they were then." if frozen else ": do not rely on them."
    )
    agrees = all(row["same"] == "yes" for row in rows) and len(found) == len(rows)
    return table_of(
        "priority_tests", "Both tests, and run again", _TEST_COLUMNS, rows, notes=[same if agrees else other]
    )


def state_of(aggregates: Aggregates) -> str:
    """Say whether the areas are confirmatory, and after how many looks."""
    areas = aggregates["areas"]
    looks = f"{areas['looks']:,} different analyses of this review had been looked at"
    if areas["state"] == "frozen":
        frozen = areas["frozen"]
        return (
            f"Confirmatory: rule and numbers were frozen on {frozen['day']} by {frozen['who']} (digest "
            f"{frozen['digest'][:12]}). {looks} before."
        )
    return f"Exploratory: the review is not frozen. {looks}."


def _names(numbers: list[dict[str, Any]], verdict: str) -> str:
    return ", ".join(row["area"] for row in numbers if row["verdict"] == verdict)


def _main(aggregates: Aggregates) -> Table:
    codes = area_codes(aggregates)
    rows = [
        {
            **row,
            "code": codes[row["area"]],
            "homes": rounded(row["homes"], 0),
            "rate": rounded(row["rate_per_1000_homes"]),
            "rate_low": rounded(row["rate_low"]),
            "rate_high": rounded(row["rate_high"]),
            "unreliable": "yes" if row["unreliable"] else "no",
            "nearest_m": rounded(row["nearest_m"], 0),
        }
        for row in aggregates["areas"]["analysis"]["numbers"]
    ]
    columns = [
        code("code", "No.", "Ties the row to its place on the map."),
        text("area", "Area", "What people call it."),
        text("verdict", "Verdict", "Priority where both tests agree, watch where one stands alone."),
        count("count", "Clients", "Clients who live in it, over the pooled years."),
        number("homes", "Homes", "Homes in it.", "homes"),
        number("rate", "Rate", "Clients per 1,000 homes a year.", "per 1,000 homes"),
        number("rate_low", "Rate, low", "Lower end of its 95 % range.", "per 1,000 homes"),
        number("rate_high", "Rate, high", "Upper end of its 95 % range.", "per 1,000 homes"),
        text("unreliable", "Unreliable", "Yes where fewer than 16 clients make the rate."),
        text("stability", "How firm", "Firm, fair or fragile: in how many other ways of looking it stays hot."),
        text("trend", "Change", "Like for like since the year before."),
        text("nearest_service", "Nearest service", "The nearest place of help in a straight line."),
        number("nearest_m", "Metres to it", "Straight line from the middle of its homes.", "m"),
    ]
    return table_of("priorities", "Priority and watch areas", columns, rows)


def _people(aggregates: Aggregates) -> Table:
    codes = area_codes(aggregates)
    rows = [
        {
            **row,
            "code": codes[row["area"]],
            **{name: rounded(row[name]) for name in ("trend_ratio", "trend_low", "trend_high")},
        }
        for row in aggregates["areas"]["analysis"]["numbers"]
    ]
    columns = [
        code("code", "No.", "Ties the row to its place on the map."),
        text("area", "Area", "What people call it."),
        text("reasons", "Why people came", "Main reasons, where enough people came to say so."),
        text("groups", "Who came", "Main types of household and ages, where enough people came."),
        number("trend_ratio", "Times as many", "This year over the year before, like for like."),
        number("trend_low", "Times, low", "Lower end of its exact 95 % range."),
        number("trend_high", "Times, high", "Upper end of its exact 95 % range."),
        count("newer_postcodes", "Newer postcodes", "Postcodes newer than the count of homes."),
        text("already_known", "Already known", "What an officer has noted on it."),
    ]
    return table_of("priority_people", "Who came from the areas, and what is known", columns, rows)


_TEST_COLUMNS: Final[list[Column]] = [
    code("code", "No.", "Ties the row to its place on the map."),
    text("area", "Area", "What people call it."),
    text("found_by", "Found by", "Which test or tests found it."),
    count("cells", "Hexagons", "Hexagons in it."),
    text("peak", "Surest hexagon", "H3 index of the hexagon at which it is surest."),
    number("expected", "By homes", "Clients that the homes explain."),
    count("spot_count", "At its surest", "Clients of the surest hexagon with its neighbours."),
    number("spot_expected", "There by homes", "Clients that the homes explain there."),
    number("q", "q", "Excess test against ordinary unevenness, false discovery rate."),
    number("p_scan", "p of the scan", "Of the likeliest cluster in it, against ordinary unevenness."),
    number("detectable_risk", "Least risk seen", "Smallest risk that was likely to be seen there."),
    share("stability_share", "Stays hot", "Share of other ways of looking in which it stays hot."),
    number("count_again", "Clients again", "Clients, counted again from this pack."),
    number("q_again", "q again", "The same test, run again from this pack."),
    number("p_scan_again", "p again", "The same scan, run again from this pack."),
    text("same", "The same", "Whether the numbers come out again."),
]


def _test(row: dict[str, Any], again: Mapping[Any, Any] | None) -> dict[str, Any]:
    kept = {
        **row,
        "found_by": AGREEMENT[row["found_by"]],
        "expected": rounded(row["expected"]),
        "spot_expected": rounded(row["spot_expected"]),
        "q": significant(row["q"]),
        "p_scan": significant(row["p_scan"]),
        "detectable_risk": rounded(row["detectable_risk"]),
        "stability_share": rounded(row["stability_share"], 3),
    }
    if again is None:
        return kept | {"same": "no"}
    repeated = {
        "count_again": int(again["count"]),
        "q_again": significant(again["q"]),
        "p_scan_again": significant(_number(again["p_scan"])),
    }
    return kept | repeated | {"same": "yes" if _same(row, again) else "no"}


def _same(row: Mapping[str, Any], again: Mapping[Any, Any]) -> bool:
    exact = ("count", "cells", "verdict", "found_by", "spot_count", "newer_postcodes")
    near = ("homes", "expected", "spot_expected", "q", "p_scan", "rate_per_1000_homes", "detectable_risk")
    pairs = [(_number(row[name]), _number(again[name])) for name in near]
    return all(row[name] == again[name] for name in exact) and all(_close(*pair) for pair in pairs)


def _close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return bool(np.isclose(first, second, rtol=_NEAR, atol=10.0**-_DIGITS * _NEAR))


def _number(value: Any) -> float | None:  # noqa: ANN401 - a number of a nullable column, or its blank
    return None if value is None or not np.isfinite(_float(value)) else float(value)


def _float(value: Any) -> float:  # noqa: ANN401 - as above
    try:
        return float(value)
    except TypeError:  # pandas' blank
        return float("nan")


def _map(numbers: list[dict[str, Any]], aggregates: Aggregates) -> Map:
    title = f"Priority and watch areas, {told_period(aggregates['areas']['analysis']['counted']['period'])}"
    listed = ", ".join(f"A{row['rank']} {row['area']} ({row['verdict']})" for row in numbers)
    alt = f"Map: {title}. {len(numbers):,} outlined: {listed}."
    return Map("priority_areas", title, "areas", "area", "priorities", "verdict", alt, "code")
