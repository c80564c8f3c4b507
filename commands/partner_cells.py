"""`planner cells --counts-of`: list what a partner counted, beside and apart from the council's own."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from commands.files import write_table
from geo.crs import WGS84
from geo.review.partner_counts import PartnerTable, counts_of, names_of, partner_table, shapes_for, told
from geo.review.workspace import Workspace
from layers.sample import told_sources


def partner_tables(workspace: Workspace, feed: str, period: str) -> list[PartnerTable]:
    """Fetch what a partner counted of everybody, the oldest period first.

    Raises
    ------
    BadInputError
        Nothing was sent by that name, or of that period.
    """
    kept = counts_of(workspace, feed, period)
    return [partner_table(one, names_of(workspace, one.level)) for one in kept]


def partner_lines(tables: list[PartnerTable]) -> list[str]:
    """Say each table in lines."""
    return [line for table in tables for line in (*told(table), *_areas(table))]


def partner_document(tables: list[PartnerTable]) -> dict[str, Any]:
    """Give the tables as one JSON document."""
    return {
        "counts_of": [
            {
                "feed": table.kept.feed,
                "period": table.kept.period,
                "by": table.level,
                "exact": table.kept.file.exact,
                "unit": table.kept.file.unit,
                "total": table.gated.total,
                "notes": told(table),
                "areas": [{"code": one.code, "name": one.name, "count": one.text} for one in table.published.figures],
            }
            for table in tables
        ]
    }


def write_partner_tables(workspace: Workspace, tables: list[PartnerTable], out: Path) -> None:
    """Write the areas as .csv, or with their shapes as .geojson; whose they are is a column of each row."""
    rows = [_rows(table) for table in tables]
    shapes = [shapes_for(workspace, table).set_index("code").geometry for table in tables]
    drawn = [one["code"].map(shape) for one, shape in zip(rows, shapes, strict=True)]
    whole = pd.concat(rows, ignore_index=True)
    placed = gpd.GeoSeries(pd.concat(drawn, ignore_index=True), crs=WGS84)
    mapped = placed.notna() if out.suffix.lower() == ".geojson" else pd.Series(data=True, index=whole.index)
    write_table(whole[mapped], placed[mapped], out, sources=told_sources(workspace))


def _rows(table: PartnerTable) -> pd.DataFrame:
    gated = table.gated.table
    kind = "exact" if table.kept.file.exact else "suppressed"
    said = {"counts_of": table.kept.feed, "period": table.kept.period, "by": table.level, "kind": kind}
    return gated[["code", "name", "shown"]].assign(**said)


def _areas(table: PartnerTable) -> list[str]:
    shown = [one for one in table.published.figures if one.code and one.value != 0]
    return [f"  {one.name:<34}{one.text:>8}" for one in shown]
