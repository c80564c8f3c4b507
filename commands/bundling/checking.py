"""Say whether a bundle is whole: its manifest, its list of digests, every file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands.bundling.sums import MANIFEST, Held, hold
from geo.errors import BadInputError


@dataclass(frozen=True)
class Checked:
    """A bundle that was checked.

    Attributes
    ----------
    manifest
        What it says of itself.
    digest
        SHA-256 of the manifest: whoever changes a file must change this.
    held
        Its files against its list.
    """

    manifest: dict[str, Any]
    digest: str
    held: Held


def check_bundle(folder: Path) -> Checked:
    """Hold a bundle against its own list.

    Raises
    ------
    BadInputError
        It is no bundle, or its manifest or list cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        message = f"{folder} is no bundle: it has no {MANIFEST}. Name the folder that holds launch.py."
        raise BadInputError(message)
    content = path.read_bytes()
    try:
        manifest = json.loads(content)
        sums, packages = str(manifest["sums"]), list(manifest["packages"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{path.name} of this bundle is damaged; copy the whole bundle again."
        raise BadInputError(message) from error
    return Checked({**manifest, "packages": packages}, hashlib.sha256(content).hexdigest(), hold(folder, sums=sums))
