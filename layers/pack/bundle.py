"""Write a pack as one zip: every file, the frozen aggregates, and a manifest that lets anybody check them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from geo.review.freezing import canonical
from geo.review.pack.content import Pack
from layers.pack.checking.members import AGGREGATES, MANIFEST
from layers.pack.files import pack_files
from layers.pack.fixed_zip import fixed_zip
from layers.pack.manifest import manifest_of
from layers.pack.programme_calendar import CalendarOf
from layers.pack.whom import named_for

Progress = Callable[[str, float], None]


def write_bundle(
    pack: Pack,
    aggregates: Mapping[str, Any],
    *,
    calendar: CalendarOf | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Write the zip.

    Parameters
    ----------
    pack
        What the pack says: `pack_of(aggregates)`.
    aggregates
        What it was made from.
    calendar
        By which name and version calendar programs know the programme.
    progress
        Told the step and the share done, 0 to 1.

    Returns
    -------
    bytes
        Zip; the same pack gives the same bytes with the same versions.
    """
    return zip_files(pack, aggregates, make_files(pack, calendar, progress=progress), calendar=calendar)


def make_files(pack: Pack, calendar: CalendarOf | None = None, *, progress: Progress | None = None) -> dict[str, bytes]:
    """Make every file of a pack, by name; parameters as `write_bundle`."""
    listed = pack_files(pack, calendar or CalendarOf())
    made = {}
    for at, file in enumerate(listed):
        if progress is not None:
            progress(f"Writing: {file.label}", at / len(listed))
        made[file.name] = file.make()
    return made


def zip_files(
    pack: Pack, aggregates: Mapping[str, Any], made: Mapping[str, bytes], *, calendar: CalendarOf | None = None
) -> bytes:
    """Put the files of a pack into its zip, with the frozen aggregates and the manifest."""
    files = {**made, AGGREGATES: canonical(dict(aggregates)).encode()}
    manifest = manifest_of(pack, aggregates, files, calendar=calendar or CalendarOf())
    told = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return fixed_zip({**dict(sorted(files.items())), MANIFEST: told.encode()})


def bundle_name(pack: Pack) -> str:
    """Name the zip so that it says which review it is of and for whom.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> bundle_name(SimpleNamespace(review="2024-25", audience="team"))
    'review-pack-2024-25-team-only.zip'
    """
    return named_for(f"review-pack-{pack.review}.zip", pack.audience)
