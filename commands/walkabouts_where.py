"""`planner walkabouts where`: what is known of each place where somebody may sleep rough, and how sure that is."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.files import write_content, write_table
from commands.rows import json_rows
from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.team_only import SENTENCE
from geo.review.walks.where import Where, where
from geo.review.workspace import Workspace
from layers.sample import told_sources
from layers.sightings import sightings_map
from layers.standalone import standalone_html
from layers.walks.card_ground import ground_of
from layers.walks.where_files import where_geojson, where_gpkg, where_squares
from layers.walks.where_words import band_rows, headline, told_known, where_table

_ENDINGS = (".csv", ".geojson", ".gpkg", ".html")
_SHOWN = 12


class BandAsked(StrEnum):
    """When: one band of the day, or all of them."""

    ALL = "all"
    EARLY = "early morning"
    DAY = "day"
    EVENING = "evening"


def show_where(
    *,
    band: Annotated[BandAsked, typer.Option(help="When: all, 'early morning', day or evening.")] = BandAsked.ALL,
    out: Annotated[list[Path] | None, typer.Option(help="Write .csv, .geojson, .gpkg or .html; repeatable.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how many are found at each place, with ranges, beside what was reported. For the team only."""
    opened = open_workspace(workspace)
    for path in out or []:
        if path.suffix.lower() not in _ENDINGS:
            message = f"{path.name} ends in none of {', '.join(_ENDINGS)}; end the file's name in one of these."
            raise BadInputError(message)
    found = where(opened, now=now())
    for path in out or []:
        _write(opened, found, band.value, path)
    minutes = opened.scenario.walkabouts.stop_minutes
    rows = band_rows(found, band.value)
    document = {
        "audience": SENTENCE,
        "band": band.value,
        "level": found.rates.level,
        "stop_minutes": minutes,
        "headline": headline(found, band.value),
        "places": json_rows(rows),
        "sentences": list(found.sentences),
    }
    written = [f"Written to {path.name}." for path in out or []]
    lines = [headline(found, band.value), *_lines(found, band.value, minutes), *found.sentences, told_known()]
    show_result(document, [*lines, SENTENCE, *written], as_json=as_json)


def _lines(found: Where, band: str, minutes: float) -> list[str]:
    table = where_table(found, band, minutes=minutes)
    ten = f"Found at ten stops of {minutes:g} minutes"
    lines = [
        f"  {row['Place']}: {row['Finding']}, {row[ten]:g} ({row['From']:g} to {row['To']:g}) at ten stops; "
        f"{row['Visits']} visits found {row['People found'] or 'nobody'}; {row['Reports open']} reports open, "
        f"{row['Reports within the year']} within the year; {row['Intelligence that counts']} of intelligence."
        for row in table.head(_SHOWN).to_dict("records")
    ]
    more = len(table) - _SHOWN
    return [*lines, f"  And {more:,} more; --json or --out gives them."] if more > 0 else lines


def _write(opened: Workspace, found: Where, band: str, path: Path) -> None:
    minutes, sources = opened.scenario.walkabouts.stop_minutes, told_sources(opened)
    kind = path.suffix.lower()
    if kind == ".csv":
        squares = where_squares(found, band, minutes=minutes)
        write_table(squares.drop(columns=["geometry", "audience"]), squares.geometry, path)
    elif kind == ".geojson":
        write_content(where_geojson(found, band, minutes=minutes, sources=sources), path)
    elif kind == ".gpkg":
        write_content(where_gpkg(found, band, minutes=minutes, day=today(), sources=sources), path)
    else:
        table = where_table(found, band, minutes=minutes)
        drawn = sightings_map(found, ground_of(opened), boundary=opened.boundary(), band=band, minutes=minutes)
        write_content(standalone_html(drawn, table=table, notes=found.sentences).encode(), path)
