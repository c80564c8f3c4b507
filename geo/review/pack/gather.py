"""Gather what a review's pack is made of, as plain values: the frozen aggregates, for the team or for outside."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from geo.editions import Edition
from geo.errors import BadInputError
from geo.evidence.scan_null import NullStore
from geo.review.freezing import canonical
from geo.review.pack.content import AUDIENCES, Audience
from geo.review.pack.gather_given import given_pack
from geo.review.pack.gather_team import team_pack
from geo.review.pack.origins import told_editions
from geo.review.workspace import Workspace

Progress = Callable[[str, float], None]


def gather_pack(
    workspace: Workspace,
    *,
    audience: Audience,
    today: date,
    who: str,
    progress: Progress | None = None,
    nulls: NullStore | None = None,
) -> dict[str, Any]:
    """Gather the aggregates of this year's review.

    Parameters
    ----------
    audience
        "team" has exact counts; "partner" and "public" have only what was given out to them, and no exact count.
    today
        The day; it says which review is under way.
    who
        Name or initials of who makes the pack.
    progress
        Told the step and the share done, 0 to 1.
    nulls
        Where simulated districts are kept between runs; give the same one to `pack_of`.

    Returns
    -------
    dict
        Plain values that JSON can hold (`geo.review.freezing.canonical` writes them in one way only).

    Raises
    ------
    MissingDataError
        There are no records, or no postcode directory.
    BadInputError
        Nobody is named, there is no such audience, or something that was kept has been changed since.
    """
    name, tell = " ".join(who.split()), progress or _silent
    if not name:
        message = "Say who makes the pack (a name or initials); nothing was made."
        raise BadInputError(message)
    if audience not in AUDIENCES:
        message = f"There is no audience '{audience}'; choose one of: {', '.join(AUDIENCES)}."
        raise BadInputError(message)
    if audience == "team":
        found = team_pack(workspace, today=today, progress=tell, nulls=nulls)
    else:  # officers are named to nobody outside
        name = "the housing team"
        found = given_pack(workspace, audience=audience, today=today, progress=tell)
    tell("Gathered", 1.0)
    # Written and read once, so that what is told now is told from the very values that a file will hold.
    plain: dict[str, Any] = json.loads(canonical(found | {"who": name, "day": today.isoformat()}))
    return plain


def with_editions(aggregates: dict[str, Any], editions: Sequence[Edition]) -> dict[str, Any]:
    """Tell the editions of the data sets as screens do, such as those of the fictional sample."""
    return aggregates | {"editions": told_editions(editions)}


def _silent(step: str, share: float) -> None:
    del step, share
