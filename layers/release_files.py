"""Write a release as files: CSV, GeoJSON and words, each with total, rule, share not on the map and sources.

Everything here is made of `given_out(release)`: no exact count and no reason for hiding one can be in a file.
"""

import csv
import io
import json
from typing import Any, Final

import pandas as pd

from geo.disclosure.gate import Gated
from geo.review.inert import inert
from geo.review.release_tables import NO_PLACE
from geo.review.release_words import FOR_WHOM, told_topic
from geo.review.releases import Release, given_out

TOTAL: Final = "Total"
_NOT_ON_THE_MAP: Final = "Not on the map (no place known, from elsewhere, or kept back for safety)"
_PERCENT: Final = "Percent of the total"


def release_table(release: Release) -> pd.DataFrame:
    """Lay a release out in words; columns as `gated_table`."""
    return gated_table(given_out(release))


def gated_table(gated: Gated) -> pd.DataFrame:
    """Lay a table that passed the gate out in words: one row an area, those without a place, and the total last.

    Returns
    -------
    pandas.DataFrame
        Text columns Area, Code, Clients, Percent of the total; a hidden count is "c" and has no percentage.
    """
    placed = gated.table[gated.table["code"] != ""]
    rows = pd.concat([placed, gated.table[gated.table["code"] == ""]])
    names = [name or (code or NO_PLACE) for name, code in zip(rows["name"], rows["code"], strict=True)]
    return pd.DataFrame(
        {
            "Area": [*names, TOTAL],
            "Code": [*rows["code"], ""],
            "Clients": [*rows["shown"], gated.total],
            _PERCENT: [*map(_percent, rows["percent"]), "" if gated.total == "c" else "100"],
        },
        dtype="str",
    )


def notes_of(release: Release) -> list[str]:
    """Say what goes with the numbers wherever they are seen: what is not on the map, what is counted, and the rule."""
    gated = given_out(release)
    whom = f"For {FOR_WHOM[release.audience]}; given out on {release.day.day} {release.day:%B %Y}."
    return [_not_on_the_map(release), f"All clients: {gated.total}.", release.counted, *gated.legend, whom]


def release_csv(release: Release) -> bytes:
    """Write a release as CSV: UTF-8 with a byte order mark; the notes stand below the table, after a blank line."""
    table = release_table(release)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([inert(str(value)) for value in row] for row in table.itertuples(index=False, name=None))
    writer.writerow([])
    writer.writerows([[inert(note)] for note in (told_topic(release.published.topic), *all_notes(release))])
    return out.getvalue().encode("utf-8-sig")


def release_geojson(release: Release) -> bytes:
    """Write a release for a GIS, EPSG:4326: `clients` as text, since a hidden count is "c"; notes beside the areas."""
    gated = given_out(release)
    rows = gated.table.set_index("code")
    shapes = release.shapes[release.shapes["code"].isin(rows.index)]
    written: dict[str, Any] = json.loads(shapes[["code", "name", "geometry"]].to_json(drop_id=True))
    for feature in written["features"]:
        row = rows.loc[feature["properties"]["code"]]
        feature["properties"] |= {"clients": str(row["shown"]), "percent_of_total": _percent(row["percent"])}
    about = {
        "title": told_topic(release.published.topic),
        "total": gated.total,
        "not_on_the_map": _no_place(release),
        "notes": all_notes(release),
    }
    return json.dumps({**written, "about": about}, ensure_ascii=False, allow_nan=False).encode("utf-8")


def all_notes(release: Release) -> list[str]:
    """Give the notes with the lines that licences ask for."""
    return [*notes_of(release), *release.attributions]


def _not_on_the_map(release: Release) -> str:
    """Say how many have no place among the areas, by the numbers as they are given out."""
    shown = _no_place(release)
    if not shown:
        return "Every client is counted."
    row = given_out(release).table.set_index("code").loc[""]
    share = _percent(row["percent"])
    return f"{_NOT_ON_THE_MAP}: {shown}" + (f" ({share} % of all)." if share else ".")


def _no_place(release: Release) -> str:
    found = [figure.text for figure in release.published.figures if not figure.code]
    return found[0] if found else ""


def _percent(value: Any) -> str:  # noqa: ANN401 - a number of a nullable column, or its blank
    return "" if pd.isna(value) else f"{float(value):.0f}"
