"""`planner presets list`, `show`, `save` and `check`: mappings of columns that councils can share."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.files import write_content
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError
from geo.review.intake import preview_file
from geo.review.presets.files import write_preset
from geo.review.presets.meanings import read_meanings
from geo.review.presets.preset import Preset
from geo.review.presets.shipped import NOT_SHIPPED, find_preset, shipped_presets
from geo.review.presets.using import columns_for, missing_from, preset_of

presets = typer.Typer(help="Mappings of columns that councils can share.", no_args_is_help=True, rich_markup_mode=None)
_Asked = Annotated[str, typer.Argument(help="A preset's name here, or a file that ends in .toml.", show_default=False)]


@presets.command("list")
def list_presets(*, as_json: JsonOption = False) -> None:
    """List the presets that come with the planner, and the systems for which there is none."""
    known = shipped_presets().values()
    lines = [f"{preset.name:<20}{preset.about}" for preset in known]
    none = f"No public document was found that names the columns of: {', '.join(NOT_SHIPPED)}."
    data = {"presets": [_as_dict(preset) for preset in known], "not_shipped": list(NOT_SHIPPED)}
    show_result(data, [*lines, "", none, "For those, make one: planner presets save."], as_json=as_json)


@presets.command("show")
def show_preset(preset: _Asked, *, as_json: JsonOption = False) -> None:
    """Show which columns a preset looks for, what values mean, and which public documents say so."""
    found = find_preset(preset)
    show_result(_as_dict(found), _lines(found), as_json=as_json)


@presets.command("check")
def check_preset(
    preset: _Asked,
    *,
    against: Annotated[Path | None, typer.Option("--against", help="An export to hold the preset against.")] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Check a preset that somebody gave you, and which of its columns an export has; nothing of it is kept."""
    found = find_preset(preset)
    if against is None:
        show_result(_as_dict(found), [f"{found.name}: this preset can be used."], as_json=as_json)
        return
    columns = preview_file(against, file_name=against.name, sheet=sheet).columns
    used, missing = columns_for(found, columns), missing_from(found, columns)
    lines = [f"{field:<16}{column or '(left out on purpose)'}" for field, column in used.items()]
    lines += [f"Not in this export: {', '.join(missing)}."] if missing else []
    show_result({"name": found.name, "columns": used, "missing": missing}, lines, as_json=as_json)


@presets.command("save")
def save_preset(
    out: Annotated[Path, typer.Argument(help="The new file, ending in .toml.", show_default=False)],
    *,
    source: Annotated[str, typer.Option("--source", help="The source whose last import is to be the preset.")],
    name: Annotated[str, typer.Option("--name", help="The preset's name; else the source's.")] = "",
    about: Annotated[str, typer.Option("--about", help="What it is for, in a sentence.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a source's mapping as a small file for another council; it holds names of columns, never data."""
    opened = open_workspace(workspace)
    feed = next((one for one in opened.feeds() if one.name.casefold() == source.strip().casefold()), None)
    if feed is None:
        message = f"No file was kept from a source of that name; there are {_names(opened.feeds())}."
        raise BadInputError(message)
    if out.suffix.lower() != ".toml":
        message = f"{out.name} does not end in .toml; a preset is a TOML file."
        raise BadInputError(message)
    made = preset_of(name or feed.name, feed.columns, read_meanings(opened.store, feed.name), about=about)
    write_content(write_preset(made), out)
    show_result(
        {**_as_dict(made), "file": str(out)}, [f"Wrote {out}: {len(made.columns)} fields, no data."], as_json=as_json
    )


def _lines(preset: Preset) -> list[str]:
    columns = [f"{field:<16}{' | '.join(names) or '(left out on purpose)'}" for field, names in preset.columns.items()]
    meanings = [
        f"{field}: {written} means {meaning}"
        for field, values in preset.meanings.items()
        for written, meaning in values.items()
    ]
    sources = [f"Source: {one.title}. {one.publisher}, {one.date}." for one in preset.sources]
    doubts = [f"Not verified: {', '.join(preset.unverified)}."] if preset.unverified else []
    return [preset.name, *([preset.about] if preset.about else []), *columns, *meanings, *sources, *doubts]


def _as_dict(preset: Preset) -> dict[str, Any]:
    return {
        "name": preset.name,
        "about": preset.about,
        "columns": {field: list(names) for field, names in preset.columns.items()},
        "meanings": {field: dict(values) for field, values in preset.meanings.items()},
        "sources": [{"title": one.title, "publisher": one.publisher, "date": one.date} for one in preset.sources],
        "unverified": list(preset.unverified),
    }


def _names(feeds: tuple[Any, ...]) -> str:
    return ", ".join(feed.name for feed in feeds) or "none yet"
