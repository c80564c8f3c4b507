"""Which postcodes of the district are new, ended or moved since the edition before, by ward, and where estates grew."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import frame_to_national_grid
from geo.places.geocode import SHARED_POINT_MIN
from geo.places.naming import PlaceNames, name_places
from geo.review.postcode_checks import in_both, moved_m

MOVED_M: Final = 100
ESTATE: Final = 5
"""So many new postcodes at one place are an estate: the map will change there."""
_NAMED: Final = 6
NO_WARD: Final = "In no ward"
COLUMNS: Final = ("new", "ended", "moved")


@dataclass(frozen=True)
class PostcodeChanges:
    """How the district's postcodes changed.

    Attributes
    ----------
    wards
        Rows `ward`, `new`, `ended`, `moved` (more than 100 m): wards with a change, those with most first.
    estates
        Places with at least five new postcodes, and how many; those with most first.
    """

    wards: pd.DataFrame
    estates: tuple[tuple[str, int], ...]

    def total(self, column: str) -> int:
        """Add a column up."""
        return int(self.wards[column].sum())

    def sentences(self) -> tuple[str, ...]:
        """Say it in a few lines."""
        new, ended, moved = map(self.total, COLUMNS)
        counted = f"{new:,} new, {ended:,} ended, {moved:,} moved by more than {MOVED_M} m."
        places = ", ".join(f"{place} ({number:,} new postcodes)" for place, number in self.estates[:_NAMED])
        others = len(self.estates) - _NAMED
        places += f" and {others:,} more places" if others > 0 else ""
        return (counted, *((f"Maps will change most at: {places}.",) if places else ()))


def postcode_changes(before: pd.DataFrame, after: pd.DataFrame, *, places: PlaceNames) -> PostcodeChanges:
    """Compare the postcodes of the district.

    Parameters
    ----------
    before, after
        GAZETTEER rows inside the district.
    places
        Wards to count by, and settlements to name estates after.
    """
    old, new = (rows[rows["terminated"] == 0].set_index("postcode") for rows in (before, after))
    both = in_both(old, new)
    come = new[~new.index.isin(old.index)]
    gone = old[~old.index.isin(new.index)]
    moved = both[moved_m(both) > MOVED_M]
    parts = {"new": come, "ended": gone, "moved": moved}
    counted = {name: wards_of(rows, places.wards).value_counts() for name, rows in parts.items()}
    table = pd.DataFrame(counted, columns=list(COLUMNS)).fillna(0).astype("int64").rename_axis("ward").reset_index()
    table["all"] = table[list(COLUMNS)].sum(axis=1)
    ordered = table.sort_values(["all", "ward"], ascending=[False, True], ignore_index=True).drop(columns="all")
    return PostcodeChanges(ordered, _estates(come, places))


def wards_of(rows: pd.DataFrame, wards: gpd.GeoDataFrame | None) -> pd.Series:
    """Name the ward each postcode lies in.

    Parameters
    ----------
    rows
        GAZETTEER rows.
    wards
        AREAS table; None where there is none.
    """
    names = np.full(len(rows), NO_WARD, dtype=object)
    if wards is not None and len(rows):
        shapes = frame_to_national_grid(wards)
        point, ward = shapely.STRtree(shapes.geometry.to_numpy()).query(_points(rows), predicate="intersects")
        names[point] = shapes["name"].to_numpy(dtype=object)[ward]
    return pd.Series(names, index=rows.index, dtype="str", name="ward")


def _estates(come: pd.DataFrame, places: PlaceNames) -> tuple[tuple[str, int], ...]:
    """Name the places where several homes' postcodes are new; a delivery office's are no estate."""
    homes = come[(come["shared_point"] < SHARED_POINT_MIN) & (come["easting"] > 0)]
    if homes.empty:
        return ()
    points = homes[["easting", "northing"]].assign(sector=[f"{code[:-3]} {code[-3]}" for code in homes.index])
    counted = name_places(points, places).value_counts()
    several = counted[counted >= ESTATE]
    return tuple(
        sorted(((str(place), int(number)) for place, number in several.items()), key=lambda one: (-one[1], one[0]))
    )


def _points(rows: pd.DataFrame) -> np.ndarray:
    return np.asarray(shapely.points(rows[["easting", "northing"]].to_numpy(dtype=np.float64)))
