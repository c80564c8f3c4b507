"""Keep the result of a night's count: a later one of the same night puts an earlier one right, and both stay.

Nothing of it goes into a quarter's figures: those are people met over three months, this is one night.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.errors import BadInputError, MissingDataError
from geo.review.walks.fields import require_fields
from geo.review.walks.snapshot_content import result_content, result_from_content
from geo.review.walks.snapshot_kept import TWO_NIGHTS, keep_row, night_kept, read_rows, require_who
from geo.review.workspace import Workspace
from geo.walkabouts.snapshot.night import look_at_night, usable
from geo.walkabouts.snapshot.partner import require_partner
from geo.walkabouts.snapshot.result import SnapshotResult, require_result

QUARTERS: Final = (
    "It is not written into a quarter's figures, and must not be: they count people found over three months, this "
    "counts one night."
)


@dataclass(frozen=True)
class KeptResult:
    """A result as it was kept.

    Attributes
    ----------
    number
        Of all plans and results kept, from 1.
    result
        The numbers.
    who
        Who entered it.
    digest
        As of a plan.
    at
        When, ISO, UTC; empty where nobody gave a clock.
    replaced_by
        The number of the row that puts it right; 0 for none.
    """

    number: int
    result: SnapshotResult
    who: str
    digest: str
    at: str
    replaced_by: int = 0


def keep_result(
    workspace: Workspace,
    result: SnapshotResult,
    *,
    who: str,
    today: date,
    second_night: bool = False,
    elsewhere: bool = False,
) -> KeptResult:
    """Keep a result.

    Parameters
    ----------
    result
        Of a night whose plan was settled, by patch; or of one planned elsewhere, with one row of numbers for the whole
        district.
    who
        Who enters it: initials.
    second_night
        Whether it is meant although another night of the year has its result.
    elsewhere
        Whether the night was planned elsewhere.

    Raises
    ------
    BadInputError
        It does not add up, the night is not over, no independent partner verified it, or another night of the year has
        its result.
    MissingDataError
        No plan of that night was settled and it was not planned elsewhere, or the workspace's key is not on this
        machine.
    """
    name = require_who(workspace, who)
    planned = night_kept(workspace, result.night)
    if planned is None:
        _require_night(result, elsewhere=elsewhere)
    require_result(result, planned.plan if planned else None, today=today)
    verifier = require_partner(result.verified_by, district=workspace.scenario.name, independent=True)
    require_fields(workspace, {"partner": verifier})
    _require_one_night(workspace, result.night, second_night=second_night)
    content = result_content(replace(result, verified_by=verifier))
    told = f"result of the count of {result.night.year}: patches {len(result.patches)}"
    number = keep_row(workspace, result.night, "result", content, who=name, told=told)
    return next(kept for kept in read_results(workspace) if kept.number == number)


def read_results(workspace: Workspace) -> tuple[KeptResult, ...]:
    """Read every result kept, in the order of keeping.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    kept = [KeptResult(row[0], result_from_content(row[1]), *row[2:]) for row in read_rows(workspace, "result")]
    last = {one.result.night: one.number for one in kept}
    later = {one.number: last[one.result.night] for one in kept if last[one.result.night] != one.number}
    return tuple(replace(one, replaced_by=later.get(one.number, 0)) for one in kept)


def result_of(workspace: Workspace, night: date) -> KeptResult | None:
    """Return the result that stands for a night: the last one kept of it, or None."""
    return next((kept for kept in reversed(read_results(workspace)) if kept.result.night == night), None)


def _require_night(result: SnapshotResult, *, elsewhere: bool) -> None:
    """Refuse a night without a plan that was not planned elsewhere, or that no count may be on."""
    if not elsewhere:
        message = (
            "No plan of that night was settled, and a figure is held against its plan. If the night was planned "
            "elsewhere, say so and give one row of numbers for the whole district. Nothing was kept."
        )
        raise MissingDataError(message)
    notes = look_at_night(result.night, today=result.night)
    if not usable(notes):
        message = f"{notes[0].sentence} Nothing was kept."
        raise BadInputError(message)


def _require_one_night(workspace: Workspace, night: date, *, second_night: bool) -> None:
    others = [one for one in read_results(workspace) if one.result.night.year == night.year]
    if second_night or all(one.result.night == night for one in others):
        return
    message = (
        f"Another night of {night.year} has its result already, and {TWO_NIGHTS}. If this night is the one that "
        "counts, say so. Nothing was kept."
    )
    raise BadInputError(message)
