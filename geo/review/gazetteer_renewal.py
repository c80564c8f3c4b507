"""Add editions to a workspace's postcodes: built beside those in use, held against them, and only then put in place."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from geo.editions import Edition
from geo.errors import WorkspaceError
from geo.places.gazetteer import Gazetteer, build_gazetteer
from geo.review.audit import gazetteer_detail
from geo.review.edition_checks import ASKING, Trust, require_trust
from geo.review.former import keep_former_postcodes
from geo.review.postcode_checks import merger_remark, off_the_country_doubt, postcode_doubts
from geo.review.workspace import Workspace

Progress = Callable[[str, float], None]

_STALE_SECONDS: Final = 24 * 3600
_METRES_A_KM: Final = 1000
_PAUSES_S: Final = (0.1, 0.2, 0.3, 0.4)
_NOT_WRITTEN: Final = (
    "The postcode list in {folder} could not be replaced: another program has it open, or you may not write there. "
    "Close other windows of the planner and try again. The postcodes in use stay."
)


@dataclass(frozen=True)
class Renewed:
    """What came of it.

    Attributes
    ----------
    gazetteer
        The directory in use now.
    remarks
        What an officer should know of what changed in the file.
    """

    gazetteer: Gazetteer
    remarks: tuple[str, ...] = ()


def renew_gazetteer(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    today: date,
    edition: str = "",
    trust: Trust = ASKING,
    progress: Progress | None = None,
) -> Renewed:
    """Add editions of a postcode directory; those added earlier are kept, and an older one is welcome beside a newer.

    Parameters
    ----------
    paths, today, edition, progress
        As in `geo.places.gazetteer.build_gazetteer`.
    trust
        What the person has answered for already.

    Raises
    ------
    BadInputError
        A file is of another kind, empty, corrupt or unsafe; nothing is written.
    DoubtError
        By the new edition many postcodes would end, move, or lose their district; nothing is replaced.
    WorkspaceError
        The folder cannot be written; the directory in use stays.
    """
    out = workspace.gazetteer_path
    earlier = workspace.gazetteer() if workspace.has("gazetteer") else None
    if earlier is None:
        built = build_gazetteer(paths, out=out, today=today, edition=edition, progress=progress)
        workspace.note("dataset added", gazetteer_detail(built.editions()))
        return Renewed(built)
    with _draft_beside(out) as draft:
        new = build_gazetteer(paths, out=draft, today=today, earlier=earlier, edition=edition, progress=progress)
        remarks = _checked(workspace, earlier, new, trust)
        _keep_former(workspace, earlier, new)
        _put_in_place(draft, out)
    workspace.note("dataset added", gazetteer_detail(workspace.gazetteer().editions()))
    return Renewed(workspace.gazetteer(), remarks)


def _checked(workspace: Workspace, earlier: Gazetteer, new: Gazetteer, trust: Trust) -> tuple[str, ...]:
    """Hold the new directory against the one in use; gives what is to be told.

    Raises
    ------
    DoubtError
        It looks wrong, and nobody has answered for it.
    """
    boundary, margin_m = workspace.boundary(), workspace.scenario.nearby_km * _METRES_A_KM
    near = [one.within(boundary, margin_m=margin_m) for one in (earlier, new)]
    doubts = (*postcode_doubts(*near), *off_the_country_doubt(earlier.path, new.path))
    require_trust("The postcode file", doubts, trust)
    own = [one.within(boundary) for one in (earlier, new)]
    return (*merger_remark(*own), *_layout_remark(earlier.editions(), new.editions()))


def _layout_remark(before: Sequence[Edition], after: Sequence[Edition]) -> tuple[str, ...]:
    """Tell that a publisher's newest file names its columns otherwise than the one before."""
    newest, known = after[-1], {edition.sha256 for edition in before}
    if newest.sha256 in known:
        return ()
    last = next((one for one in reversed(before) if one.title == newest.title and one.layout), None)
    if last is None or last.layout == newest.layout:
        return ()
    columns = f"{newest.layout}; before: {last.layout}"
    return (f"{newest.title} has another header than the edition before ({columns}). It was recognised.",)


def _keep_former(workspace: Workspace, earlier: Gazetteer, new: Gazetteer) -> None:
    """Keep the district's postcodes as they were, where the newest edition is another one now."""
    was, now = earlier.editions()[-1], new.editions()[-1]
    if was.sha256 != now.sha256:
        margin_m = workspace.scenario.nearby_km * _METRES_A_KM
        keep_former_postcodes(workspace.root, earlier.within(workspace.boundary(), margin_m=margin_m), was)


def _put_in_place(draft: Path, out: Path) -> None:
    """Let the new file take the place of the old one; Windows refuses while another program reads the old one.

    Raises
    ------
    WorkspaceError
        It is still in use after a second, or the folder cannot be written; the old one stays.
    """
    for pause_s in _PAUSES_S:
        try:
            draft.replace(out)
        except PermissionError:
            time.sleep(pause_s)
        except OSError as error:
            raise WorkspaceError(_NOT_WRITTEN.format(folder=out.parent.name)) from error
        else:
            return
    raise WorkspaceError(_NOT_WRITTEN.format(folder=out.parent.name))


@contextmanager
def _draft_beside(out: Path) -> Iterator[Path]:
    """Give a name beside a file for the one that is to take its place; what is left there at the end is removed."""
    for old in out.parent.glob(f"*.{out.name}.*.unfinished"):
        with suppress(OSError):  # left by a program that was killed
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()
    draft = out.with_name(f".{out.name}.{os.getpid()}-{threading.get_ident()}.unfinished")  # two officers, one server
    try:
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
