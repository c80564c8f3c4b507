"""`planner walkabouts snapshot-result`: keep the result of the snapshot night, or write its sheet."""

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from commands.walkabouts_card import require_folder
from commands.walkabouts_snapshot import NightOption, read_night, result_row, told_result, write_folder
from geo.errors import BadInputError
from geo.review.walks.snapshot_kept import night_kept
from geo.review.walks.snapshot_results import QUARTERS, keep_result
from geo.walkabouts.snapshot.night import checklist
from geo.walkabouts.snapshot.result import SHELTER_NOTE, PatchResult, SnapshotResult
from layers.walks.snapshot_handout import NightPapers, result_files

PATCH_HELP: Final = 'Of a patch, as "1 bedded=3 about=1 no-access=0"; what is left out is 0. One for each patch.'
_NO_SHEET: Final = "No sheet was written: it is filled in from a plan, and that night has none here."
_PATCH: Final = re.compile(r"(?P<patch>\d{1,3})(?P<counts>(?:\s+(?:bedded|about|no-access)=\d{1,4})*)")


def snapshot_result(
    *,
    night: NightOption,
    patch: Annotated[list[str] | None, typer.Option(help=PATCH_HELP)] = None,
    total: Annotated[int, typer.Option(min=0, help="The figure; it must be what the numbers come to.")],
    estimated: Annotated[int, typer.Option(min=0, help="People at places that nobody counted, by evidence.")] = 0,
    twice: Annotated[int, typer.Option(min=0, help="Counted twice: taken out.")] = 0,
    not_fitting: Annotated[int, typer.Option(min=0, help="Not fitting the definition: taken out.")] = 0,
    shelter_open: Annotated[
        bool, typer.Option("--shelter-open", help="An emergency shelter was open for extreme weather.")
    ] = False,
    verified_by: Annotated[str, typer.Option(help="The independent organisation that verified the figure.")],
    verified_on: Annotated[str, typer.Option(help="The day on which it did.")],
    who: Annotated[str, typer.Option(help="Who enters it: initials.")],
    second_night: Annotated[
        bool, typer.Option("--second-night", help="Keep it although another night of the year has its result.")
    ] = False,
    elsewhere: Annotated[
        bool,
        typer.Option("--elsewhere", help="The night was planned outside the planner: one --patch, for the district."),
    ] = False,
    out: Annotated[Path | None, typer.Option(help="A folder for the result sheet; of a night planned here.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep the result of the snapshot night; a later one of the same night puts an earlier one right."""
    opened = open_workspace(workspace)
    if out is not None:
        require_folder(out)
    result = SnapshotResult(
        night=read_night(night),
        patches=tuple(map(read_patch, patch or [])),
        estimated=estimated,
        twice=twice,
        not_fitting=not_fitting,
        shelter_open=shelter_open,
        verified_by=verified_by,
        verified_on=read_night(verified_on),
        total=total,
    )
    kept = keep_result(opened, result, who=who, today=today(), second_night=second_night, elsewhere=elsewhere)
    names = []
    planned = night_kept(opened, result.night)
    if out is not None and planned is not None:
        tasks = checklist(result.night, today=today())
        papers = NightPapers(opened, planned.plan, tasks, now(), show_night=True, result=kept.result)
        names = write_folder(result_files(papers), out)
    lines = [told_result(kept, show_night=False), *([SHELTER_NOTE] if shelter_open else []), QUARTERS]
    lines += [f"Written: {', '.join(names)}."] if names else []
    lines += [_NO_SHEET] if out is not None and planned is None else []
    show_result(result_row(kept, show_night=False) | {"files": names}, lines, as_json=as_json)


def read_patch(text: str) -> PatchResult:
    """Read the numbers of a patch.

    Raises
    ------
    BadInputError
        They cannot be read.

    Examples
    --------
    >>> read_patch("2 bedded=3 no-access=1")
    PatchResult(patch=2, bedded_down=3, about_to=0, not_accessible=1)
    """
    found = _PATCH.fullmatch(text.strip())
    if found is None:
        message = f"'{text[:40]}' cannot be read. {PATCH_HELP}"
        raise BadInputError(message)
    counts = dict(pair.split("=") for pair in found["counts"].split())
    numbers = {name: int(counts.get(name, 0)) for name in ("bedded", "about", "no-access")}
    return PatchResult(int(found["patch"]), numbers["bedded"], numbers["about"], numbers["no-access"])
