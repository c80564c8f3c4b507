"""Say inside every file of exact counts that it is for the housing team only, wherever the format has a place for it.

A name can be changed and a message is passed on without its file, so the words travel with the rows: a CSV has a last
column, which breaks no reader that goes by names; a GeoJSON has two members beside its features (RFC 7946, section
6.1), of which GDAL and QGIS show the description with the layer.
"""

import json
from collections.abc import Iterable
from typing import Final

import pandas as pd

TEAM_ONLY: Final = "team only"
WHOM: Final = "the housing team only"
SENTENCE: Final = "For the housing team only: exact counts. Do not pass this file on."
COLUMN: Final = "audience"


def team_name(name: str) -> str:
    """Propose a file name that says whom the file is for.

    Examples
    --------
    >>> team_name("rates-2024-25.csv")
    'rates-2024-25-team-only.csv'
    """
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-team-only{dot}{ending}"


def team_table(table: pd.DataFrame) -> pd.DataFrame:
    """Add the column that says whom the rows are for; the table itself is not changed.

    Examples
    --------
    >>> team_table(pd.DataFrame({"count": [3]})).to_dict("records")
    [{'count': 3, 'audience': 'team only'}]
    """
    return table.assign(**{COLUMN: TEAM_ONLY})


def with_sources(content: bytes, lines: Iterable[str]) -> bytes:
    """Add the lines that licences ask for to a GeoJSON of the team's, as a member beside its features.

    Parameters
    ----------
    content
        As `team_geojson` gives it, in UTF-8; anything else is given back as it is.
    lines
        Attribution lines, some perhaps empty or the same.

    Examples
    --------
    >>> made = with_sources(team_geojson('{"features": []}').encode(), ["(c) X", "", "(c) X"])
    >>> json.loads(made)["attribution"]
    ['(c) X']
    """
    start = f'{{"{COLUMN}"'.encode()
    told = [line for line in dict.fromkeys(lines) if line]
    if not told or not content.startswith(start):
        return content
    return b'{"attribution": ' + json.dumps(told).encode() + b", " + content[1:]


def team_geojson(text: str) -> str:
    """Add the members that say whom a collection of features is for.

    Parameters
    ----------
    text
        A FeatureCollection as geopandas writes it.

    Examples
    --------
    >>> json.loads(team_geojson('{"type": "FeatureCollection", "features": []}'))["audience"]
    'team only'
    """
    said = json.dumps({COLUMN: TEAM_ONLY, "description": SENTENCE})
    # At the beginning: a reader that looks at the first lines sees it, and the features need not be parsed again.
    return "{" + said[1:-1] + ", " + text.lstrip()[1:]
