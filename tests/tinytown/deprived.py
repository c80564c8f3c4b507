"""Tinytown's LSOAs, and a made-up England of 33,755 of them, in the layout of the published File 7.

The ranks are all different, the scores fall from 67.508 in steps of 0.002, and the tenths follow the ranks.
"""

import functools

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import frame_to_wgs84
from layers.source_file import SourceFile
from tests.tinytown.council import EAST, NORTH, SOUTH, WEST, edition

ENGLAND = 33_755
INDEX = "Index of Multiple Deprivation (IMD)"
# West is most deprived; East is not; Beyond lies half outside the district; New is in no file.
RANKS = {"E01900001": 1_000, "E01900002": 30_000, "E01900003": 20_000}
WEST_LSOA, EAST_LSOA, BEYOND_LSOA, NEW_LSOA = (*RANKS, "E01900009")


def score_at(rank: int) -> float:
    return round((ENGLAND - rank) * 0.002, 3)


def lsoas() -> gpd.GeoDataFrame:
    """West and East of the district's south; Beyond, with no postcode, half outside; New in the north-east."""
    middle, waist = (WEST + EAST) / 2, SOUTH + 2_500
    shapes = {
        WEST_LSOA: shapely.box(WEST, SOUTH, middle, NORTH),
        EAST_LSOA: shapely.box(middle, SOUTH, EAST, waist),
        BEYOND_LSOA: shapely.box(WEST - 1_000, SOUTH + 3_600, WEST, SOUTH + 3_900),
        NEW_LSOA: shapely.box(middle, waist, EAST, NORTH),
    }
    frame = gpd.GeoDataFrame({"code": list(shapes), "name": list(shapes)}, geometry=list(shapes.values()), crs=27700)
    return frame_to_wgs84(frame)


def with_lsoas(council):
    """Give a council these LSOAs."""
    council.save_areas("lsoa", lsoas(), edition("lsoa"))
    return council


@functools.cache
def england() -> pd.DataFrame:
    """Every row as File 7 names its columns; the LSOAs of Tinytown stand among them."""
    ranks = np.arange(1, ENGLAND + 1)
    codes = np.array([f"E01{number:06d}" for number in range(1, ENGLAND + 1)], dtype=object)
    codes[np.array(list(RANKS.values())) - 1] = list(RANKS)
    return pd.DataFrame(
        {
            "LSOA code (2021)": codes,
            "LSOA name (2021)": "Somewhere 001A",
            "Local Authority District code (2024)": np.where(ranks % 1_000 == 0, "E07000999", "E07000001"),
            f"{INDEX} Score": np.round((ENGLAND - ranks) * 0.002, 3),
            f"{INDEX} Rank (where 1 is most deprived)": ranks,
            f"{INDEX} Decile (where 1 is most deprived 10% of LSOAs)": np.ceil(10 * ranks / ENGLAND).astype(int),
            "Income Score (rate)": 0.1,
            "Total population: mid 2022": 1_500,
        }
    )


def file_of(table: pd.DataFrame, name: str = "File_7_IoD2025.csv") -> SourceFile:
    return SourceFile(name, table.to_csv(index=False).encode())


def extract(*codes: str) -> pd.DataFrame:
    """A few rows of the country."""
    table = england()
    return table[table["LSOA code (2021)"].isin(codes or tuple(RANKS))].reset_index(drop=True)
