"""The indices of deprivation that a workspace keeps, by LSOA, and what they say of the district's cells.

They are `layers/deprivation.parquet`. They describe areas, not people: no score enters a ranking.
"""

from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.editions import Dataset, Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.deprivation import TENTHS, cut_points, deprived_cells, people_of
from geo.places.homes import housed_postcodes
from geo.places.interpolate import Spread, share_areas, spread_counts
from geo.review.audit import append_line
from geo.review.files import read_edition, read_frame, write_table
from geo.review.finest import require_resolution
from geo.review.maps import homes_of
from geo.review.placing import area_codes
from geo.review.rates import areas_of
from geo.review.workspace import Workspace
from geo.schema import DEPRIVATION

DATASET: Final[Dataset] = "deprivation"


@dataclass(frozen=True)
class DeprivedAreas:
    """Deprivation by LSOA.

    Attributes
    ----------
    areas
        AREAS table of the LSOAs loaded, EPSG:4326, with the columns score, rank, decile and people: blank where the
        file has no value for an LSOA.
    edition
        Where the values come from.
    """

    areas: gpd.GeoDataFrame
    edition: Edition

    @property
    def missing(self) -> list[str]:
        """Name the LSOAs without a value."""
        return sorted(self.areas.loc[self.areas["decile"].isna(), "code"].tolist())


@dataclass(frozen=True)
class DeprivedCells:
    """Deprivation by H3 cell.

    Attributes
    ----------
    cells
        CELL_DEPRIVATION table.
    resolution
        H3 resolution.
    spread
        The people of the LSOAs brought onto the cells, those outside the district in a row of their own.
    counted
        "homes" where neither the file nor the workspace tells people: what `people` holds then.
    by_ground
        Names the LSOAs without a postcode, whose people were shared out by ground.
    missing
        Names the LSOAs without a value.
    edition
        Where the values come from.
    """

    cells: pd.DataFrame
    resolution: int
    spread: Spread
    counted: Literal["people", "homes"]
    by_ground: tuple[str, ...]
    missing: tuple[str, ...]
    edition: Edition


def keep_deprivation(workspace: Workspace, table: pd.DataFrame, edition: Edition) -> None:
    """Replace the indices of deprivation: DEPRIVATION table. The audit log says so.

    Raises
    ------
    BadInputError
        The edition is of another data set.
    WorkspaceError
        The folder cannot be written; the earlier table stays.
    """
    if edition.dataset != DATASET:
        message = f"The edition is of '{edition.dataset}'; expected '{DATASET}'."
        raise BadInputError(message)
    checked = DEPRIVATION.validate(table)
    with workspace.store.noting() as connection:
        detail = f"{DATASET}: {edition.title}, rows {len(table):,}"
        append_line(connection, "dataset added", detail, signer=workspace.signer)
        write_table(workspace.root / "layers" / f"{DATASET}.parquet", checked, edition)


def deprivation_of(workspace: Workspace) -> tuple[pd.DataFrame, Edition]:
    """Return the indices of deprivation (DEPRIVATION table), and where they come from.

    Raises
    ------
    MissingDataError
        None have been added.
    """
    if not workspace.has(DATASET):
        message = (
            "The workspace has no indices of deprivation; add File 7 of the government's Indices of Deprivation with: "
            "planner add deprivation FILE, or on the Data page."
        )
        raise MissingDataError(message)
    path = workspace.root / "layers" / f"{DATASET}.parquet"
    return read_frame(path), read_edition(path)


def deprived_areas_of(workspace: Workspace) -> DeprivedAreas:
    """Set the indices beside the LSOAs that are loaded.

    Raises
    ------
    MissingDataError
        There are no indices, or no LSOAs.
    """
    table, edition = deprivation_of(workspace)
    told = table.drop(columns="marks_tenth").astype({"rank": "Int64", "decile": "Int64"})
    return DeprivedAreas(areas_of(workspace, level="lsoa").merge(told, on="code", how="left"), edition)


def deprived_cells_of(workspace: Workspace, *, resolution: int) -> DeprivedCells:
    """Bring the indices onto the district's cells, by the people of the newest homes.

    Raises
    ------
    BadInputError
        The resolution is not kept.
    MissingDataError
        There are no indices, no LSOAs or no postcodes; or the indices have no scores or are an extract, so that no
        cell's mean can be told its tenth.
    """
    require_resolution(workspace, resolution)
    table, edition = deprivation_of(workspace)
    if not len(cut_points(table)):
        raise MissingDataError(_no_cells(table, edition))
    lsoa = areas_of(workspace, level="lsoa")
    postcodes = workspace.gazetteer().within(lsoa)
    codes = area_codes(postcodes[["easting", "northing"]], lsoa, np.ones(len(postcodes), dtype=bool))
    weights = _weights(workspace, postcodes)
    shares = share_areas(lsoa, postcodes, codes, weights=weights, boundary=workspace.boundary(), resolution=resolution)
    own = weights.groupby(codes).sum().reindex(lsoa["code"].to_numpy(), fill_value=0.0)
    told = table.set_index("code")["people"]
    people = people_of(told, own)
    homes_alone = workspace.homes() is None and told.isna().all()
    return DeprivedCells(
        cells=deprived_cells(table, shares, people),
        resolution=resolution,
        spread=spread_counts(people, shares),
        counted="homes" if homes_alone else "people",
        by_ground=tuple(sorted(shares.loc[shares["by"] == "ground", "code"].unique())),
        missing=tuple(sorted(set(lsoa["code"]) - set(table["code"]))),
        edition=edition,
    )


def _weights(workspace: Workspace, postcodes: pd.DataFrame) -> pd.Series:
    """Give each postcode its people; its homes where no file of homes is loaded."""
    homes = homes_of(workspace)
    housed = housed_postcodes(postcodes, homes, homes_per_postcode=workspace.scenario.homes_per_postcode)
    return housed["homes"] if homes is None else housed["people"]


def _no_cells(table: pd.DataFrame, edition: Edition) -> str:
    why = (
        "has ranks but no scores, and ranks cannot be averaged"
        if table["score"].isna().all()
        else f"is not of the whole country, so that the {TENTHS} national tenths are not known"
    )
    return f"{edition.file_name} {why}; show deprivation by census area (LSOA), or add the whole File 7."
