"""`planner bundle`: makes, checks or lists a folder that runs the planner without being installed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.bundling.build import WINDOWS_PATH, build_bundle, bundle_python
from commands.bundling.checking import check_bundle
from commands.bundling.own import own_dependencies
from commands.bundling.plan import TARGETS, Built, Plan, Target
from commands.bundling.resolving import Package, windows_set, windows_wheels
from commands.bundling.sources import check_sources
from commands.shared import JsonOption, show_result, tell, today
from geo.errors import BadInputError

_SHOWN = 5


def bundle(
    out: Annotated[Path | None, typer.Option("--out", help="The new folder.")] = None,
    target: Annotated[str, typer.Option("--for", help=f"The system: {' or '.join(TARGETS)}.")] = "windows",
    python: Annotated[
        Path | None, typer.Option("--python", help="For Windows: the official python-3.x-embed-amd64.zip.")
    ] = None,
    wheels: Annotated[
        Path | None, typer.Option("--wheels", help="A folder of wheels; without it pip fetches them.")
    ] = None,
    installed: Annotated[
        bool, typer.Option("--installed", help="For Linux: use the packages installed here, without a network.")
    ] = False,
    files: Annotated[
        list[Path] | None, typer.Option("--with", help="Open data to lay in, such as a gazetteer; may be repeated.")
    ] = None,
    check: Annotated[Path | None, typer.Option("--check", help="Check this bundle instead of making one.")] = None,
    list_wheels: Annotated[
        bool, typer.Option("--list", help="List the wheels a bundle for Windows needs, and make none.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a folder that runs the planner on a laptop where nothing may be installed; or check or list one.

    Only where wheels are to be fetched or listed is another machine asked: the package index that pip is set to.
    """
    if check is not None:
        _check(check, as_json=as_json)
    elif list_wheels:
        _list(bundle_python(python), as_json=as_json)
    else:
        plan = Plan(_target(target), python, wheels, installed, tuple(files or ()))
        built = build_bundle(_named(out), plan, today=today(), tell=tell)
        show_result(_as_dict(built), _lines(built, plan), as_json=as_json)


def _check(folder: Path, *, as_json: bool) -> None:
    found = check_bundle(folder)
    held, manifest = found.held, found.manifest
    problems = {"missing": held.missing, "changed": held.changed, "strange": held.strange}
    lines = [
        f"Planner {manifest.get('planner')} for {manifest.get('for')}, made {manifest.get('made')}.",
        f"{len(manifest['packages'])} packages, {held.files:,} files as they were.",
        *(
            f"{len(paths):,} {what}: {', '.join(paths[:_SHOWN])}{' ...' if len(paths) > _SHOWN else ''}"
            for what, paths in problems.items()
            if paths
        ),
        f"SHA-256 of bundle.json: {found.digest}. It must be the one you were given with the bundle.",
        "The bundle is whole." if held.whole else "The bundle is not whole; copy it again.",
    ]
    data = {"whole": held.whole, "digest": found.digest, "files": held.files}
    show_result({**data, **{what: list(paths) for what, paths in problems.items()}}, lines, as_json=as_json)
    if not held.whole:
        raise typer.Exit(1)


def _list(python: str, *, as_json: bool) -> None:
    found = windows_set(own_dependencies(), python)
    packages = sorted([*windows_wheels(found, python), *check_sources(found)], key=lambda one: one.name)
    lines = [f"{one.name:<28}{one.version:<18}{_file(one)}" for one in packages]
    lines.append(f"{len(packages)} packages for 64-bit Windows and Python {python}; none needs a compiler.")
    wheels = [{"name": one.name, "version": one.version, "file": _file(one)} for one in packages]
    show_result({"python": python, "wheels": wheels}, lines, as_json=as_json)


def _file(package: Package) -> str:
    return "made from source, nothing to compile" if package.source_only else package.file_name


def _lines(built: Built, plan: Plan) -> list[str]:
    letters = WINDOWS_PATH - built.longest_path - 1
    return [
        f"Made {built.folder}: {built.packages} packages, {built.files:,} files, {built.size / 1e6:,.0f} MB.",
        *([f"Windows: put it where the folder's own path has at most {letters} letters."] * (plan.target == "windows")),
        f"SHA-256 of bundle.json: {built.digest}. Give it to whoever gets the bundle, apart from the bundle.",
        "Whoever gets it can check it: planner bundle --check FOLDER.",
    ]


def _as_dict(built: Built) -> dict[str, Any]:
    return {
        "folder": str(built.folder),
        "packages": built.packages,
        "files": built.files,
        "bytes": built.size,
        "longest_path": built.longest_path,
        "digest": built.digest,
    }


def _target(asked: str) -> Target:
    found = TARGETS.get(asked.casefold())
    if found is not None:
        return found
    message = f"A bundle is for {' or '.join(TARGETS)}, not for '{asked[:30]}'."
    raise BadInputError(message)


def _named(out: Path | None) -> Path:
    if out is None:
        message = "Name the new folder with --out, or use --check or --list."
        raise BadInputError(message)
    return out
