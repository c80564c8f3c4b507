"""Lay out everything that the report says as plain values, which its template sets."""

from collections.abc import Mapping
from typing import Any, Final

from geo.review.pack.content import Map, Pack, Section, Table
from layers.pack.printed.columns import HALF_PT, MANY_ROWS, Laid, lay_out, lay_upright, written
from layers.pack.told import (
    AUTHOR,
    all_sections,
    facts_of,
    figures_table,
    hidden_notes,
    map_notes,
    numbered,
    table_of,
)
from layers.pack.words import NUMBERS, plain, whom

_FIGURES_OF_SUMMARY: Final = 12  # which is one page


def report_values(pack: Pack, svgs: Mapping[str, str]) -> dict[str, Any]:
    """Lay the report out.

    Parameters
    ----------
    svgs
        Each map's picture, by the map's name.
    """
    first = figures_table(pack.figures[:_FIGURES_OF_SUMMARY])
    return {
        "title": plain(pack.title),
        "author": AUTHOR,
        "whom": whom(pack),
        "facts": [list(fact) for fact in facts_of(pack)],
        "digest": pack.digest,
        "summary": [*pack.summary, *hidden_notes(pack)],
        "figures": set_table(first, lay_upright(first)),
        "sections": [*_more_figures(pack), *(_section(pack, section) for section in all_sections(pack))],
        "maps": [_map(one, number, svgs[one.name]) for number, one in numbered(pack)],
    }


def table_title(table: Table, laid: Laid) -> str:
    """Name a table, or a part of it."""
    return f"{table.title} ({laid.part})" if laid.part else table.title


def set_table(table: Table, laid: Laid) -> dict[str, Any]:
    """Lay a table out as the templates take it."""
    head, *rows = [[row[place] for place in laid.columns] for row in written(table)]
    narrow = laid.width_pt <= HALF_PT + 0.01 and len(rows) > MANY_ROWS and not laid.landscape
    return {
        "title": table_title(table, laid),
        "notes": list(table.notes) or ([] if rows else ["There is nothing to list."]),
        "head": head,
        "rows": rows,
        "widths": list(laid.widths_pt),
        "numbers": [table.columns[place].kind in NUMBERS for place in laid.columns],
        "size": laid.size_pt,
        "narrow": narrow,
    }


def _more_figures(pack: Pack) -> list[dict[str, Any]]:
    """Lay out the figures that the summary has no room for."""
    rest = pack.figures[_FIGURES_OF_SUMMARY:]
    if not rest:
        return []
    table = figures_table(rest)
    laid = set_table(table, lay_upright(table)) | {"title": "Headline figures, continued"}
    return [{"title": "More figures", "words": [], "maps": [], "tables": [laid], "wide": []}]


def _section(pack: Pack, section: Section) -> dict[str, Any]:
    tables = [table_of(pack, name) for name in section.tables]
    laid = [(table, part) for table in tables for part in lay_out(table)]
    return {
        "title": section.title,
        "words": list(section.words),
        "maps": list(dict.fromkeys(section.maps)),
        "tables": [set_table(table, part) for table, part in laid if not part.landscape],
        "wide": [set_table(table, part) for table, part in laid if part.landscape],
    }


def _map(shown: Map, number: int, svg: str) -> dict[str, Any]:
    notes = list(map_notes(shown))
    return {"name": shown.name, "number": number, "title": shown.title, "alt": shown.alt, "svg": svg, "notes": notes}
