"""Make a review's pack from a workspace, or tell again one that was kept there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import MissingDataError
from geo.evidence.scan_null import NullStore
from geo.hubs.programme import sheet_from
from geo.review.pack.content import Audience, Pack
from geo.review.pack.derive import pack_of
from geo.review.pack.gather import gather_pack, with_editions
from geo.review.pack.kept import pack_kept
from geo.review.pack.listed_places import told_without_listed
from geo.review.programmes_kept import calendar_id, version_of
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from layers.pack.bundle import make_files, zip_files
from layers.pack.files import pack_files
from layers.pack.programme_calendar import CalendarOf
from layers.sample import told_editions

Progress = Callable[[str, float], None]
_GATHERED: Final = 0.5  # of the work


@dataclass(frozen=True)
class Made:
    """A pack that can be shown, written and kept.

    Attributes
    ----------
    pack
        What it says.
    aggregates
        What it was made from.
    files
        Every file of it, by its name in the zip.
    labels
        What each is called for readers.
    bundle
        All of them in one zip, with the aggregates and the manifest.
    """

    pack: Pack
    aggregates: dict[str, Any]
    files: dict[str, bytes]
    labels: dict[str, str]
    bundle: bytes


def make_pack(
    workspace: Workspace,
    *,
    audience: Audience,
    today: date,
    who: str,
    progress: Progress | None = None,
    nulls: NullStore | None = None,
) -> Made:
    """Make the pack of the review under way.

    Parameters
    ----------
    audience
        For whom.
    today
        Says which review is under way.
    who
        Name or initials of who makes it.
    progress
        Told the step and the share done, 0 to 1.
    nulls
        Where simulated districts are kept between runs.

    Raises
    ------
    MissingDataError, BadInputError
        As `geo.review.pack.gather.gather_pack`.
    """
    tell = progress or _silent
    store = nulls if nulls is not None else NullStore()
    gathered = gather_pack(
        workspace,
        audience=audience,
        today=today,
        who=who,
        progress=lambda step, done: tell(step, _GATHERED * done),
        nulls=store,
    )
    return written(workspace, with_editions(gathered, told_editions(workspace)), progress=tell, nulls=store)


def pack_again(workspace: Workspace, *, review: str, audience: Audience, progress: Progress | None = None) -> Made:
    """Tell again the pack that was kept of a review, without what came onto the safe list since.

    Raises
    ------
    MissingDataError
        None was kept.
    """
    kept = pack_kept(workspace, review, audience)
    if kept is None:
        message = f"No pack of {review} for this audience was kept, and that review is not the one under way."
        raise MissingDataError(message)
    return written(workspace, told_without_listed(workspace, kept.aggregates), progress=progress or _silent)


def review_now(workspace: Workspace, *, today: date) -> str:
    """Name the review that a pack can be made of.

    Raises
    ------
    MissingDataError
        There are no records.
    """
    return plan_review(workspace, today=today).review


def written(
    workspace: Workspace, aggregates: dict[str, Any], *, progress: Progress, nulls: NullStore | None = None
) -> Made:
    """Tell aggregates and write every file of them."""
    progress("Telling the numbers", _GATHERED)
    pack = pack_of(aggregates, nulls=nulls)
    calendar = _calendar(workspace, pack)
    files = make_files(pack, calendar, progress=lambda step, done: progress(step, _GATHERED + (1 - _GATHERED) * done))
    labels = {file.name: file.label for file in pack_files(pack, calendar)}
    return Made(pack, aggregates, files, labels, zip_files(pack, aggregates, files, calendar=calendar))


def _calendar(workspace: Workspace, pack: Pack) -> CalendarOf:
    if pack.programme is None:
        return CalendarOf()
    return CalendarOf(calendar_id(workspace), version_of(workspace, sheet_from(dict(pack.programme))))


def _silent(step: str, done: float) -> None:
    del step, done
