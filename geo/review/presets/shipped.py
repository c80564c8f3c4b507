"""The presets that come with the planner, each made from public documents that it names."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from geo.errors import BadInputError
from geo.review.presets.files import parse_preset, read_preset_file
from geo.review.presets.preset import Preset

NOT_SHIPPED: Final = (
    "Civica (Abritas too)",
    "NEC Housing (Northgate)",
    "MRI (Orchard)",
    "Capita (Academy, OneHousing)",
    "Aareon",
    "Locata HPA2",
    "Jigsaw",
)
"""Systems for which no public document was found that names the columns of an export."""


@cache
def shipped_presets() -> dict[str, Preset]:
    """Read them all, by name.

    Examples
    --------
    >>> "h-clic questions" in shipped_presets()
    True
    """
    folder = resources.files("geo.review.presets").joinpath("shipped")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = [parse_preset(file.read_bytes(), file_name=file.name) for file in files]
    return {preset.name: preset for preset in found}


def find_preset(asked: str) -> Preset:
    """Find a preset by its name here, or read it from a file.

    Raises
    ------
    BadInputError
        There is neither; the names are listed.
    """
    known = shipped_presets()
    named = known.get(" ".join(asked.split()).casefold())
    if named is not None:
        return named
    if not Path(asked).suffix:
        message = f"There is no preset of that name; there are {', '.join(known)}. A file's name ends in .toml."
        raise BadInputError(message)
    return read_preset_file(Path(asked))
