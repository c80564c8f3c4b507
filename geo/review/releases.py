"""Read what was given out, frozen as it was given out.

A release is never changed and never taken back: what has been published stays known.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import geopandas as gpd

from geo.disclosure.gate import Gated, show
from geo.disclosure.published import Published, published_from_json
from geo.disclosure.rules import Audience
from geo.editions import Edition
from geo.errors import BadInputError, WorkspaceError
from geo.review.forgetting import erased_since
from geo.review.release_shapes import shapes_from_text
from geo.review.workspace import Workspace

COLUMNS: Final = "number, day, who, audience, published, digest, shapes, counted, title, editions"


@dataclass(frozen=True)
class Release:
    """What was given out.

    Attributes
    ----------
    number
        In the order of giving out, from 1.
    day, who
        When, and who said so.
    audience
        "partner", "public" or "agreement".
    published
        The numbers as they were given out, with why each hidden one is hidden: show it to nobody outside the team,
        but `given_out(release)`.
    editions
        Of every data set on that day.
    digest
        SHA-256 of what was given out, in hexadecimal.
    erased_since
        Source rows erased since, by which the numbers can no longer be made again.
    shapes
        AREAS table of the areas as they stood, EPSG:4326, slightly simplified.
    counted
        What one count is, in a sentence.
    title
        The district's name.
    """

    number: int
    day: date
    who: str
    audience: Audience
    published: Published
    editions: tuple[Edition, ...]
    digest: str
    erased_since: int
    shapes: gpd.GeoDataFrame
    counted: str
    title: str

    @property
    def attributions(self) -> tuple[str, ...]:
        """The lines that licences ask for, each once."""
        return tuple(dict.fromkeys(edition.attribution for edition in self.editions if edition.attribution))


def read_releases(workspace: Workspace, *, audience: Audience | None = None) -> tuple[Release, ...]:
    """Read what has been given out, in the order of giving out.

    Parameters
    ----------
    audience
        Only what was given to this one; None for everything.

    Raises
    ------
    BadInputError
        A release was changed behind the planner's back: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM releases ORDER BY number").fetchall()  # noqa: S608 - our own column names
    found = (_release(workspace, row) for row in rows if audience in (None, row[3]))
    return tuple(found)


def release_numbered(workspace: Workspace, number: int) -> Release:
    """Return one release.

    Raises
    ------
    BadInputError
        There is none of that number.
    """
    found = read_releases(workspace)
    if not 1 <= number <= len(found):
        there = f"the last one is {len(found)}" if found else "nothing has been given out yet"
        message = f"There is no release {number}; {there}."
        raise BadInputError(message)
    return found[number - 1]


def given_out(release: Release) -> Gated:
    """Lay a release out for its audience: no exact count, and no reason for hiding one."""
    return show(release.published)


def _release(workspace: Workspace, row: tuple[Any, ...]) -> Release:
    number, day, who, audience, text, digest, shapes, counted, title, editions = row
    published = published_from_json(text)
    if published.to_json() != text or published.digest != digest or published.audience != audience:
        message = f"Release {number} was changed after it was given out; restore the workspace from a copy."
        raise WorkspaceError(message)
    when = date.fromisoformat(day)
    return Release(
        number=number,
        day=when,
        who=who,
        audience=published.audience,
        published=published,
        editions=tuple(Edition.model_validate(edition) for edition in json.loads(editions)),
        digest=digest,
        erased_since=erased_since(workspace, when),
        shapes=shapes_from_text(shapes),
        counted=counted,
        title=title,
    )
