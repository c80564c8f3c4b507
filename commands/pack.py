"""`planner pack`: makes the review's pack for an audience, keeps it, lists those kept, checks one."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.pack_out import require_place, write_out
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today, workspace_path
from commands.watching import progress
from geo.errors import BadInputError
from geo.review.pack.content import Audience as For
from geo.review.pack.gather_given import HOW
from geo.review.pack.kept import KeptPack, keep_pack, read_packs
from geo.review.workspace import Workspace
from layers.pack.checking.members import MAX_PACKED
from layers.pack.making import Made, make_pack, pack_again, review_now
from layers.pack.verify import Verdict, verify_bundle
from layers.pack.words import headline, whom

_LIST = "list"
_TOLD_SAME = 6  # so many parts that are the same are named; the rest are counted


class Audience(StrEnum):
    """Whom a pack is for."""

    TEAM = "team"
    PARTNER = "partner"
    PUBLIC = "public"


def pack(
    *,
    what: Annotated[str, typer.Argument(help="'list' lists the packs kept; without it a pack is made.")] = "",
    review: Annotated[str, typer.Option(help="The review year, such as 2024-25 (default: the one under way).")] = "",
    audience: Annotated[Audience, typer.Option("--for", help="Whom the pack is for.")] = Audience.TEAM,
    out: Annotated[Path | None, typer.Option(help="Write it to this .zip, or into this new folder.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep its numbers for next year (with --who).")] = False,
    who: Annotated[str, typer.Option(help="Who makes and keeps it: a name or initials.")] = "",
    why: Annotated[str, typer.Option(help="Why; needed where it supersedes an earlier one.")] = "",
    verify: Annotated[Path | None, typer.Option(help="Check this pack (.zip) instead; no workspace is needed.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the review's pack for an audience, list the packs kept, or check one against its frozen numbers."""
    if what not in {"", _LIST}:
        message = f"planner pack {what[:40]} is nothing the planner knows; say planner pack list, or leave it out."
        raise BadInputError(message)
    if verify is not None:
        _verify(verify, workspace, as_json=as_json)
    elif what == _LIST:
        _list(open_workspace(workspace), as_json=as_json)
    else:
        require_place(out)
        opened = open_workspace(workspace)
        _require_name(keep=keep, who=who)
        made = _made(opened, review, audience.value, who or opened.signer.who)
        kept = keep_pack(opened, made.aggregates, who=who, why=why, today=today()) if keep else None
        _show(made, kept, write_out(made, out), as_json=as_json)


def _require_name(*, keep: bool, who: str) -> None:
    if keep and not who.strip():
        message = "Say who keeps the pack with --who (a name or initials); nothing was made."
        raise BadInputError(message)


def _made(opened: Workspace, review: str, audience: For, who: str) -> Made:
    tell = progress()
    if review and review != review_now(opened, today=today()):
        return pack_again(opened, review=review, audience=audience, progress=tell)
    return make_pack(opened, audience=audience, today=today(), who=who, progress=tell)


def _show(made: Made, kept: KeptPack | None, written: list[str], *, as_json: bool) -> None:
    told = made.pack
    document: dict[str, Any] = {
        "title": told.title,
        "review": told.review,
        "audience": told.audience,
        "digest": told.digest,
        "kept": kept.number if kept else 0,
        "summary": list(told.summary),
        "figures": [
            {"name": one.name, "label": one.label, "value": one.value, "unit": one.unit} for one in told.figures
        ],
        "files": sorted(made.files),
        "written": written,
    }
    lines = [told.title, whom(told), *told.summary, *(f"{one.label}: {headline(one)}" for one in told.figures)]
    lines += [f"{len(made.files):,} files; digest of the frozen numbers {told.digest[:12]}.", told.state]
    lines += [HOW] if told.audience != "team" else []
    lines += [f"Kept as pack {kept.number}."] if kept else []
    show_result(document, [*lines, *(f"Written to {name}." for name in written)], as_json=as_json)


def _list(opened: Workspace, *, as_json: bool) -> None:
    found = read_packs(opened)
    lines = [*map(_kept_line, found)] or ["No pack has been kept yet; keep one with planner pack --keep --who NAME."]
    show_result({"packs": [*map(_kept_facts, found)]}, lines, as_json=as_json)


def _kept_facts(one: KeptPack) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("number", "review", "audience", "who", "why", "digest")}
    return told | {"day": one.day.isoformat(), "superseded_by": one.superseded_by}


def _kept_line(one: KeptPack) -> str:
    later = f"; superseded by pack {one.superseded_by}" if one.superseded_by else ""
    why = f" ({one.why})" if one.why else ""
    told = f"{one.number}. {one.review}, for {one.audience}: {one.day.isoformat()} by {one.who}{why}"
    return f"{told}, digest {one.digest[:12]}{later}"


def _verify(file: Path, workspace: Path | None, *, as_json: bool) -> None:
    folder = workspace_path(workspace)
    opened = open_workspace(folder) if folder else None
    found = verify_bundle(_read(file), workspace=opened, progress=progress())
    show_result(_verdict(found), _verdict_lines(found), as_json=as_json)
    if not found.same:
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_PACKED:
            message = f"{file.name} is too large for a pack; expected the zip that the planner wrote."
            raise BadInputError(message)
        return file.read_bytes()
    except OSError as error:
        message = f"{file.name} cannot be read; expected the zip of a pack. Check the name."
        raise BadInputError(message) from error


def _verdict(found: Verdict) -> dict[str, Any]:
    findings = [{"part": one.name, "state": one.state, "told": one.told} for one in found.findings]
    told = {name: getattr(found, name) for name in ("title", "audience", "review", "digest", "same", "sentence")}
    return {**told, "findings": findings, "source": list(found.source)}


def _verdict_lines(found: Verdict) -> list[str]:
    lines = [found.title, found.sentence]
    for state, word in (("differs", "Differs"), ("not compared", "Not compared")):
        lines += [f"{word}: {one.name}: {one.told}." for one in found.of(state)]
    same = found.of("same")
    lines += [f"Same: {one.name}: {one.told}." for one in same[:_TOLD_SAME]]
    lines += [f"Same: {len(same) - _TOLD_SAME:,} more."] if len(same) > _TOLD_SAME else []
    return [*lines, f"Digest of the frozen numbers: {found.digest}", found.care, *found.source]
