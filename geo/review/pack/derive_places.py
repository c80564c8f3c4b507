"""Tell the places to go: sites with how each stands, what lies near the priority areas, and the year's programme."""

from collections.abc import Mapping
from math import hypot
from typing import Any, Final

from geo.review.pack.content import Column, Map, Table
from geo.review.pack.derive_areas import area_codes
from geo.review.pack.tables import (
    Chapter,
    chapter,
    code,
    count,
    day,
    number,
    rounded,
    share,
    table_of,
    text,
)
from geo.review.register_words import CATEGORY

Aggregates = Mapping[str, Any]
NOT_SPOKEN: Final = "not contacted yet"
_KM: Final = 1_000


def sites_chapter(aggregates: Aggregates) -> Chapter:
    """Tell the first sites of the ranking, how the matter with each stands, and which lie near priority areas."""
    sites = aggregates["sites"]
    if sites["why"]:
        return chapter("sites", "Co-location areas and sites", [f"No site is ranked: {sites['why']}"])
    near = _near_areas(aggregates)
    words = [
        *sites["headline"],
        (
            f"Sites listed: the first {len(sites['rows']):,} of {sites['sites']:,}, by the need they reach, what is "
            "new in it, the services near by and how suitable the building is."
        ),
        *sites["notes"],
    ]
    tables = [_sites(sites), *([near] if near.rows else [])]
    return chapter("sites", "Co-location areas and sites", words, tables=tables, maps=[_map(sites)])


def programme_chapter(aggregates: Aggregates) -> Chapter:
    """Tell the programme that was settled for the year under way, or that there is none."""
    programme = aggregates["programme"]
    title = f"Programme of hubs {programme['year']}"
    content = programme["content"]
    if content is None:
        return chapter("programme", title, [programme["state"]])
    team = aggregates["audience"] == "team"
    rows = [
        row
        | {
            "kind": CATEGORY.get(row["category"], row["category"]),
            "time": f"{row['begin']} to {row['end']}",
            "host": "open" if row["hours"] == "open" else "to be agreed",
            "new_reach": rounded(row["new_reach"], 0),
        }
        for row in content["hubs"]
    ]
    columns = [*_PROGRAMME, *(_PROGRAMME_TEAM if team else ())]
    words = [programme["state"], *([content["proof"], *content["evidence"]] if team else []), *content["notes"]]
    return chapter("programme", title, words, tables=[table_of("programme", title, columns, rows)])


def decisions_chapter(aggregates: Aggregates) -> Chapter:
    """Tell what was decided in the last twelve months."""
    rows = aggregates["decisions"]["rows"]
    since = aggregates["decisions"]["since"]
    words = [f"Decisions since {since}: {len(rows):,}." if rows else f"Nothing was decided since {since}."]
    told = [row | {"stands": "superseded" if row["superseded_by"] else "stands"} for row in rows]
    tables = [table_of("decisions", "Decisions of the last twelve months", _DECISIONS, told)] if rows else []
    return chapter("decisions", "Decisions of the last twelve months", words, tables=tables)


def actions_chapter(aggregates: Aggregates) -> Chapter:
    """Tell what is to be done, by whom, until when."""
    rows = aggregates["actions"]
    late = sum(row["late"] for row in rows)
    due = sum(row["status"] == "open" for row in rows)
    words = [f"Open: {due:,}; of them late: {late:,}." if rows else "No action has been written yet."]
    told = [row | {"state": "late" if row["late"] else row["status"]} for row in rows]
    tables = [table_of("actions", "Actions", _ACTIONS, told)] if rows else []
    return chapter("actions", "Actions", words, tables=tables)


def _sites(sites: Mapping[str, Any]) -> Table:
    rows = [
        row
        | {
            "kind": CATEGORY.get(row["category"], row["category"]),
            "status": row["status"] or NOT_SPOKEN,
            "status_day": row["status_day"] or None,
            "score": rounded(row["score"], 1),
            "chance_top": rounded(row["chance_top"], 3),
        }
        for row in sites["rows"]
    ]
    columns = [
        code("site_id", "Site", "The site's id; ties the row to its place on the map."),
        count("rank", "Rank", "Its place in the order."),
        text("name", "Name", "What it is called."),
        text("kind", "Kind", "What sort of place it is."),
        text("town", "Town", "Nearest settlement, else its ward."),
        text("postcode", "Postcode", "Of the site."),
        text("status", "How it stands", "What the latest entry of the liaison log says."),
        day("status_day", "Since", "The day of that entry."),
        count("households_reached", "Reached", "Clients within reach, over the pooled years.", sites["noun"]),
        count("newly_reached", "New", "Of them, beyond the office and the standing hubs.", sites["noun"]),
        number("new_low", "New, low", "Lower end of the 95 % range of that count."),
        number("new_high", "New, high", "Upper end of the 95 % range of that count."),
        number("score", "Score", "Out of 100.", "points"),
        share("chance_top", f"First {sites['top']}", "Share of the draws in which it is among the first."),
        text("tied_with", "Tied with", "Ranks from which it cannot be told apart."),
    ]
    return table_of("sites", "Sites and how each stands", columns, rows)


def _near_areas(aggregates: Aggregates) -> Table:
    """Find for each area that stands out the ranked site nearest to where it is surest, in a straight line."""
    analysis, codes = aggregates["areas"]["analysis"], area_codes(aggregates)
    points = {row["cell"]: (row["easting"], row["northing"]) for row in aggregates["grid"]["cells"]}
    numbers = [row for row in (analysis["numbers"] if analysis else []) if row["peak"] in points]
    rows = [
        {"code": codes[row["area"]], "area": row["area"], "verdict": row["verdict"]}
        | _nearest(points[row["peak"]], aggregates["sites"]["rows"])
        for row in numbers
    ]
    columns = [
        code("code", "No.", "Ties the row to its place on the map."),
        text("area", "Co-location area", "Where a service would meet most need."),
        text("verdict", "Verdict", "Priority or watch."),
        text("name", "Nearest ranked site", "Of the sites listed, in a straight line."),
        count("rank", "Its rank", "Its place in the order."),
        number("km", "Kilometres", "From the surest hexagon of the area.", "km"),
        text("status", "How it stands", "What the latest entry of the liaison log says."),
    ]
    return table_of("colocation_areas", "Co-location areas", columns, rows)


def _nearest(point: tuple[float, float], sites: list[dict[str, Any]]) -> dict[str, Any]:
    distances = [(hypot(row["easting"] - point[0], row["northing"] - point[1]), row["rank"], row) for row in sites]
    metres, rank, site = min(distances, key=lambda found: found[:2])
    return {
        "name": site["name"],
        "rank": rank,
        "km": rounded(metres / _KM, 1),
        "status": site["status"] or NOT_SPOKEN,
    }


def _map(sites: Mapping[str, Any]) -> Map:
    rows = sites["rows"]
    title = "The first sites of the ranking, and how each stands"
    first = ", ".join(f"{row['rank']} {row['name']} ({row['status'] or NOT_SPOKEN})" for row in rows[:3])
    return Map("sites", title, "places", "site", "sites", "status", f"Map: {title}. First: {first}.", "rank")


_PROGRAMME: Final[list[Column]] = [
    code("site_id", "Site", "The site's id."),
    count("number", "No.", "In order of time."),
    day("day", "Day", "The day of the hub."),
    text("weekday", "Weekday", "The day of the week."),
    text("time", "Time", "Local time."),
    text("name", "Where", "The site."),
    text("town", "Town", "Of the site."),
    text("postcode", "Postcode", "Of the site."),
    text("agencies", "Who can come", "Partners who can come on that day."),
    text("host", "Host", "Open at that time by what is known, or still to be agreed."),
]
_PROGRAMME_TEAM: Final[list[Column]] = [
    text("areas", "Priority areas", "Priority areas within reach."),
    count("within_reach", "Within reach", "Clients within reach of it."),
    number("new_reach", "New", "Of them, not reached by an earlier hub of the year; further ones count less."),
]
_DECISIONS: Final[list[Column]] = [
    count("number", "No.", "In order of deciding."),
    day("day", "Day", "When it was decided."),
    text("who", "Who", "Who decided."),
    text("verdict", "Verdict", "Chosen, refused or kept in reserve."),
    text("sites", "Sites", "About which sites."),
    text("why", "Why", "The reason."),
    text("evidence", "Evidence", "What it stood on."),
    text("stands", "State", "Whether it stands or was superseded."),
]
_ACTIONS: Final[list[Column]] = [
    count("number", "No.", "In order of writing."),
    text("what", "What", "What is to be done."),
    text("owner", "Owner", "The role that does it."),
    day("due", "Due", "Until when."),
    text("state", "State", "Open, late, done or dropped."),
    text("site", "Site", "The site it is about."),
]
