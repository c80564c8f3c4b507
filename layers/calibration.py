"""Put together the report of a calibration, as files, and keep them in a folder: wholly, or not at all."""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.calibration import Calibration
from geo.review.files import explained
from geo.review.inert import inert
from layers.calibration_plots import power_plot, size_plot
from layers.calibration_words import report_text

FILES: Final = ("report.md", "size.csv", "power.csv", "size.png", "power.png")
_DECIMALS: Final = 5


def report_files(calibration: Calibration, *, district: str) -> dict[str, bytes]:
    """Make the files of the report: one of Markdown, two tables, and the plots; no plot of power without a table.

    Parameters
    ----------
    calibration
        What was learnt.
    district
        Whose map it is, for the title.

    Returns
    -------
    dict
        Contents by file name. They hold no date, so that the same calibration gives the same files.
    """
    pictures = {"size.png": size_plot(calibration.size, claimed=calibration.bench.level)}
    if not calibration.power.empty:
        pictures["power.png"] = power_plot(calibration.power)
    text = report_text(calibration, district=district, pictures=tuple(pictures))
    tables = {"size.csv": calibration_csv(calibration.size), "power.csv": calibration_csv(calibration.power)}
    return {"report.md": text.encode(), **tables, **pictures}


def require_room(folder: Path) -> None:
    """Check, before long work begins, that a report can be kept in a folder.

    Raises
    ------
    BadInputError
        It is a file, holds anything but an older report, or is to be made where there is no folder.
    """
    if not folder.absolute().parent.is_dir():
        message = f"There is no folder to make {folder.name} in; make it first, or name another place."
        raise BadInputError(message)
    if folder.exists() and not folder.is_dir():
        message = f"{folder.name} is a file; name a folder for the report."
        raise BadInputError(message)
    if folder.is_dir() and any(path.name not in FILES for path in folder.iterdir()):
        message = f"{folder.name} holds other files than an older report; name a new folder."
        raise BadInputError(message)


def keep_report(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files to a folder beside the one named, and then put it in its place; an older report goes.

    Raises
    ------
    BadInputError
        As `require_room`.
    WorkspaceError
        The folder cannot be written.
    """
    require_room(folder)
    place = folder.absolute()
    draft, older = (place.with_name(f".{place.name}.{secrets.token_hex(4)}") for _ in range(2))
    with explained(place.parent):
        try:
            draft.mkdir()
            for name, content in files.items():
                (draft / name).write_bytes(content)
            if place.exists():
                place.rename(older)
            draft.rename(place)
        finally:
            if older.exists() and not place.exists():
                older.rename(place)
            shutil.rmtree(draft, ignore_errors=True)
            shutil.rmtree(older, ignore_errors=True)


def calibration_csv(table: pd.DataFrame) -> bytes:
    """Write a table of the report as CSV that a spreadsheet runs nothing from."""
    harmless = table.round(_DECIMALS).rename(columns=lambda name: inert(str(name)))
    return harmless.map(inert).to_csv(index=False, lineterminator="\n").encode()
