"""Write a result to a file that Excel, QGIS and scripts can open, and that says that it is for the team only."""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.crs import frame_to_wgs84
from geo.errors import BadInputError
from geo.review.files import write_bytes
from geo.review.inert import inert
from geo.review.team_only import team_geojson, team_table, with_sources


def write_table(table: pd.DataFrame, shapes: gpd.GeoSeries, out: Path, *, sources: Iterable[str] = ()) -> None:
    """Write rows as CSV, or with their shapes as GeoJSON in EPSG:4326; the file is whole or not there.

    Parameters
    ----------
    table
        The rows; each says in a last column of a CSV, and the whole in GeoJSON, that it is for the team.
    shapes
        One shape a row, on the same index, in a stated CRS; left out of a CSV.
    out
        A path that ends in .csv or .geojson.
    sources
        The lines that licences ask for, written into GeoJSON.

    Raises
    ------
    BadInputError
        The name ends otherwise, or its folder does not exist.
    WorkspaceError
        The file cannot be written.
    """
    kind = out.suffix.lower()
    if kind == ".csv":
        text = _harmless(team_table(table)).to_csv(index=False, lineterminator="\n")
    elif kind == ".geojson":
        placed = frame_to_wgs84(gpd.GeoDataFrame(table, geometry=shapes))
        text = team_geojson(placed.to_json(drop_id=True, ensure_ascii=False))
    else:
        message = f"{out.name} is neither .csv nor .geojson; end the file's name in one of these."
        raise BadInputError(message)
    write_content(with_sources(text.encode(), sources), out)


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    harmless = table.copy()
    column: str
    for column in table.select_dtypes(["str", "object", "category"]).columns:
        harmless[column] = table[column].astype("object").map(_plain, na_action="ignore")
    return harmless.rename(columns=lambda name: _plain(str(name)))


def _plain(value: object) -> object:
    if not isinstance(value, str):
        return value
    # A bare \r is written unquoted, and would begin a new row.
    return str(inert(value)).replace("\r\n", "\n").replace("\r", "\n")


def write_content(content: bytes, out: Path) -> None:
    """Write a file whole or not at all, in a folder that exists.

    Raises
    ------
    BadInputError
        Its folder does not exist.
    WorkspaceError
        The file cannot be written.
    """
    if not out.parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)
    write_bytes(out, content)
