"""Tell partners or the public what was given out to them, the places that have agreed, and the year's hubs."""

from collections.abc import Mapping
from typing import Any, Final

from geo.evidence.periods import told_period
from geo.review.pack.alt_texts import told_counts
from geo.review.pack.classes import count_classes
from geo.review.pack.content import Column, Figure, Level, Map, Shape, Table
from geo.review.pack.tables import Chapter, chapter, code, count, day, number, table_of, text
from geo.review.register_words import CATEGORY

Aggregates = Mapping[str, Any]
_LEVELS: Final[dict[str, Level]] = {"ward": "ward", "h3_7": "cell", "h3_8": "cell", "district": "district"}
_PLACES: Final = {"ward": "ward", "cell": "hexagon", "area": "area", "district": "district"}
_NO_PLACE: Final = "Not counted by area"
_CARE: Final = "These numbers tell who came, not who is in need."


def level_of(release: Mapping[str, Any]) -> Level:
    """Say on which shapes a release is drawn: wards, hexagons, the district, or areas of any other kind."""
    return _LEVELS.get(release["level"], "area")


def given_shapes(aggregates: Aggregates) -> dict[Level, tuple[Shape, ...]]:
    """Give the shapes of every release; where two releases mean different ground by one code, each has its own."""
    found: dict[Level, dict[str, Shape]] = {"ward": {}, "cell": {}, "area": {}}
    for release in aggregates["releases"]:
        level = level_of(release)
        if level == "district":
            continue
        for area, name, wkt in release["shapes"]:
            known = _code(release, area)
            found[level][known] = Shape(known, name, wkt)
    return {level: tuple(shapes.values()) for level, shapes in found.items()}


def tables_chapter(aggregates: Aggregates) -> Chapter:
    """Tell every table that was given out, and of which years none was."""
    releases = aggregates["releases"]
    tables = [_release(release) for release in releases]
    maps = [
        map_
        for release, table in zip(releases, tables, strict=True)
        for map_ in _map(release, table, _classes(releases, release))
    ]
    words = [
        f"Tables given out: {len(releases):,}. They are shown as they were given out, small counts hidden."
        if releases
        else "Nothing has been given out yet.",
        *aggregates["missing"],
        _CARE,
    ]
    return chapter("given_out", "Where clients came from, as given out", words, tables=tables, maps=maps)


def names_chapter(aggregates: Aggregates) -> Chapter | None:
    """Name the priority areas that partners may know; None for the public."""
    shared = aggregates["names"]
    if shared is None:
        return None
    rows = [{"area": name} for name in shared["names"]]
    words = [
        f"Shared priority areas of the review of {aggregates['review']}, by the numbers of "
        f"{told_period(aggregates['period'])}."
        if rows
        else "No priority area is named here.",
        shared["why"],
    ]
    columns = [text("area", "Priority area", "What people call it.")]
    tables = [table_of("priority_areas", "Shared priority areas", columns, rows)] if rows else []
    return chapter("priorities", "Shared priority areas", words, tables=tables)


def directory_chapter(aggregates: Aggregates) -> Chapter:
    """Tell where help stands or is agreed."""
    rows = [
        row
        | {
            "kind": CATEGORY.get(row["category"], row["category"]),
            "step_free": "not known" if row["step_free"] is None else "yes" if row["step_free"] else "no",
            "checked": row["checked"] or None,
            "status": "help is here",
        }
        for row in aggregates["directory"]
    ]
    title = "Where help is, and where it is agreed"
    if not rows:
        return chapter("directory", title, ["No place has been agreed yet."])
    table = table_of("directory", title, _DIRECTORY, rows)
    placed = {shape[0] for shape in aggregates["shapes"]["site"]}
    alt = f"Map: {title}. Places: {len(placed & {row['site_id'] for row in rows}):,}."
    maps = [Map("directory", title, "places", "site", "directory", "kind", alt, "name")]
    return chapter("directory", title, [f"Places: {len(rows):,}, by town."], tables=[table], maps=maps)


def given_summary(aggregates: Aggregates, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """Write the summary of what was given out."""
    totals = [_told_total(figure, aggregates) for figure in figures if figure.value is not None]
    totals = totals or [f"No number of clients of {aggregates['review']} has been given out yet."]
    shared = aggregates["names"]
    named = f"Shared priority areas: {', '.join(shared['names'])}." if shared and shared["names"] else ""
    programme = aggregates["programme"]
    hubs = (
        f"Hubs planned for {programme['year']}: {len(programme['content']['hubs']):,}."
        if programme["content"]
        else programme["state"]
    )
    places = f"Places in the directory of where help is, or is agreed: {len(aggregates['directory']):,}."
    return tuple(part for part in (*totals, named, hubs, places, _CARE) if part)


def _told_total(figure: Figure, aggregates: Aggregates) -> str:
    period = aggregates["review"] if figure.name == "clients" else told_period(aggregates["period"])
    return (
        f"In {period}, {_told(figure.value)} clients came to {aggregates['district']} or were referred, as given out."
    )


def _release(release: Mapping[str, Any]) -> Table:
    rows = [
        {
            "code": _code(release, row["code"]) if row["code"] else "",
            "area": row["name"] or row["code"] or _NO_PLACE,
            "clients": row["count"] if row["count"] is not None else row["shown"],
            "percent": None if row["percent"] is None else round(row["percent"]),
        }
        for row in release["rows"]
    ]
    columns = [
        code("code", "Code", "The area's code; ties the row to its place on the map."),
        text("area", "Area", "The area's name."),
        count("clients", "Clients", "As given out; c is hidden.", "clients"),
        number("percent", "Percent", "Of the total, made of the numbers as given out.", "%"),
    ]
    given = f"Given out on {release['day']} to {release['for']}; digest {release['digest'][:12]}."
    notes = [f"All clients: {release['total_shown']}.", release["counted"], *release["legend"], given]
    return table_of(_name(release), release["title"], columns, rows, notes=notes)


def _map(release: Mapping[str, Any], table: Table, classes: tuple[float, ...]) -> list[Map]:
    level = level_of(release)
    if level == "district" or not release["shapes"]:
        return []
    alt = told_counts(table.title, table, "clients", _PLACES[level])
    label = "" if level == "cell" else "area"
    notes = tuple(release["legend"])
    return [Map(f"map_{table.name}", table.title, "counts", level, table.name, "clients", alt, label, classes, notes)]


def _classes(releases: list[Mapping[str, Any]], release: Mapping[str, Any]) -> tuple[float, ...]:
    """Share one scale among releases by the same kind of area and of as many months."""
    same = [one for one in releases if one["level"] == release["level"] and _months(one) == _months(release)]
    return count_classes(row["count"] for one in same for row in one["rows"] if row["count"])


def _months(release: Mapping[str, Any]) -> int:
    first, last = (12 * int(release[end][:4]) + int(release[end][5:7]) for end in ("first", "last"))
    return last - first + 1


def _name(release: Mapping[str, Any]) -> str:
    return f"release_{release['number']}"


def _code(release: Mapping[str, Any], area: str) -> str:
    """Name an area: merged hexagons are drawn anew for every release, so that their codes carry its number."""
    return f"{release['number']}/{area}" if release["level"] == "merged" else area


def _told(value: Any) -> str:  # noqa: ANN401 - a value of a figure
    return f"{value:,}" if isinstance(value, int) else str(value)


_DIRECTORY: Final[list[Column]] = [
    code("site_id", "Site", "The site's id; ties the row to its place on the map."),
    text("town", "Town", "Nearest settlement, else its ward."),
    text("name", "Place", "What it is called."),
    text("kind", "Kind", "What sort of place it is."),
    text("postcode", "Postcode", "Of the place."),
    text("opening_hours", "Open", "When it is open."),
    text("step_free", "Step-free", "Whether it is."),
    text("services", "Services", "Under one roof."),
    day("checked", "Checked", "When this was last checked."),
]
