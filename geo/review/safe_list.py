"""Recognise what lies at a safe place of the council's own list, which holds keyed hashes and nothing else.

Refuges and other safe accommodation are secret, dispersed safe homes too. Nothing here can show a place: whoever asks
must already know it. With the key of the workspace all postcodes of a district could be tried in a second, so the key
is as secret as the list; it is kept outside the workspace.

Cells, homes and the postcode directory stay as they are, for a hole in them would give a place away.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.disclosure.uniform_words import left_out_more
from geo.editions import SITE_DATASETS, Dataset, Edition
from geo.places.gazetteer import Gazetteer
from geo.places.postcode import SHAPE
from geo.review.files import read_edition, read_geometry, write_table
from geo.review.former import former_path
from geo.review.keys import Key
from geo.review.workspace import Workspace

FloatArray = npt.NDArray[np.float64]

NEAR_M: Final = 50.0
NAMED_DATASETS: Final[tuple[Dataset, ...]] = ("areas", "settlements")
_SQUARE_M: Final = 10  # a point is kept as the square it lies in: what is refused ends 50 to 64 m from it
_REACH: Final = range(-int(NEAR_M) // _SQUARE_M, int(NEAR_M) // _SQUARE_M + 1)
_AT_ONCE: Final = 10_000  # points that are looked at together: of more the squares around them would fill the memory
_FAR: Final = 2**32  # more than any place is north, in tens of metres
# Anything within a text that could be a postcode, however it is spaced and whether or not O and 0, I and 1 are mixed
# up: a file is mended so at the intake (geo/places/geocode.py), and what is mended there must be recognised here.
_POSTCODE: Final = re.compile(r"(?<![A-Z0-9])([A-Z01]{1,2}[0-9OI][A-Z0-9]?)[^A-Z0-9]{0,3}([0-9OI][A-Z]{2})(?![A-Z0-9])")
_SLIPS: Final = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class SafeList:
    """The list, as keyed hashes; it can be asked and does not show itself.

    Attributes
    ----------
    places
        Postcodes.
    points
        Points that an officer gave.
    centres
        Where the postcode directory has the listed postcodes. They count only for what has no postcode of its own: the
        surgery next door, gone from a list that everybody has, would point at the place.
    """

    key: Key
    places: frozenset[str] = field(repr=False)
    points: frozenset[str] = field(repr=False)
    centres: frozenset[str] = field(repr=False)

    def holds(self, postcodes: pd.Series) -> pd.Series:
        """Tell which postcodes, without the space and in capitals, are on the list."""
        listed = {text: place_digest(self.key, text) in self.places for text in postcodes.unique() if text}
        return postcodes.map(lambda text: listed.get(text, False)).astype(bool)

    def mentioned(self, rows: pd.DataFrame) -> pd.Series:
        """Tell which rows hold a listed postcode anywhere in their texts."""
        found = pd.Series(data=False, index=rows.index)
        for name in rows.columns:
            texts = rows[name].map(lambda cell: cell if isinstance(cell, str) else "")
            listed = {text: self._mentions(text) for text in texts.unique()}
            found |= texts.map(listed).astype(bool)
        return found

    def lists(self, sites: gpd.GeoDataFrame) -> pd.Series:
        """Tell which sites are on the list.

        Parameters
        ----------
        sites
            Points in EPSG:27700, with texts; the column postcode says which have one.

        Returns
        -------
        pandas.Series
            True where a text holds a listed postcode, or the point lies within 50 m of a listed one (to the 14 m that
            a square of 10 m blurs). What stands in place of a postcode and is none counts as no postcode.
        """
        named = sites["postcode"].map(lambda text: re.fullmatch(SHAPE, text.replace(" ", "")) is not None)
        nameless = ~named.astype(bool)
        given, centred = self._near(sites.geometry)
        near = given | (nameless & centred)
        written: pd.Series = self.mentioned(pd.DataFrame(sites.drop(columns="geometry"))) | near
        return written

    def _near(self, points: gpd.GeoSeries) -> tuple[pd.Series, pd.Series]:
        """Tell which points lie near one that an officer gave, and which near a listed postcode's.

        Each square of 10 m around any of them is hashed once, which is what takes the time.
        """
        near = np.zeros((2, len(points)), dtype=np.bool_)
        if self.points or self.centres:
            spots = np.column_stack([points.x, points.y])
            told: dict[int, tuple[bool, bool]] = {}
            for first in range(0, len(spots), _AT_ONCE):
                rows, around = _squares_around(spots[first : first + _AT_ONCE])
                squares, which = np.unique(around, return_inverse=True)
                told |= {square: self._given(square) for square in squares.tolist() if square not in told}
                held = np.array([told[square] for square in squares.tolist()], dtype=np.bool_).reshape(-1, 2)
                for number in (0, 1):
                    near[number, first + rows[held[which.ravel(), number]]] = True
        given, centred = (pd.Series(found, index=points.index, dtype=bool) for found in near)
        return given, centred

    def _given(self, square: int) -> tuple[bool, bool]:
        """Tell whether a square of 10 m holds a point that an officer gave, and one of a listed postcode."""
        hashed = _square_digest(self.key, *divmod(square, _FAR))
        return hashed in self.points, hashed in self.centres

    def _mentions(self, text: str) -> bool:
        found = _POSTCODE.findall(unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).upper())
        readings = (reading for outward, inward in found for reading in _readings(outward + inward))
        return any(place_digest(self.key, reading) in self.places for reading in readings)


def place_digest(key: Key, compact: str) -> str:
    """Hash a postcode (without the space, in capitals) as this list keeps it, and no other list does."""
    return key.digest("safe place", compact)


def point_digest(key: Key, easting: float, northing: float) -> str:
    """Hash the square of 10 m that a point lies in."""
    return _square_digest(key, int(easting // _SQUARE_M), int(northing // _SQUARE_M))


def safe_list(workspace: Workspace, key: Key | None = None) -> SafeList:
    """Fetch the list.

    Parameters
    ----------
    key
        The workspace's, where it is at hand.

    Raises
    ------
    MissingDataError, BadInputError
        The key is not on this machine; so it is whether the list holds a place or not.
    """
    with workspace.store.reading() as connection:
        places = frozenset(str(place) for (place,) in connection.execute("SELECT place FROM safe_places"))
        points = connection.execute("SELECT point, given FROM safe_points").fetchall()
    given = frozenset(str(point) for point, by_officer in points if by_officer)
    centres = frozenset(str(point) for point, by_officer in points if not by_officer)
    return SafeList(key or workspace.key(), places, given, centres)


def listed_postcodes(workspace: Workspace, gazetteer: Gazetteer) -> frozenset[str]:
    """Find the postcodes of a directory that are on the list, for a count that must pass them over: in memory only."""
    with workspace.store.reading() as connection:
        if connection.execute("SELECT 1 FROM safe_places").fetchone() is None:
            return frozenset()  # trying every postcode of the country takes seconds
    postcodes = gazetteer.postcodes()
    return frozenset(postcodes[safe_list(workspace).holds(postcodes)])


def drop_listed_sites(workspace: Workspace) -> None:
    """Take listed places out of the sites and names kept so far, as if their files had been added without them."""
    safe = safe_list(workspace)
    for path in _kept_files(workspace.root, SITE_DATASETS):
        sites = read_geometry(path)
        keep_rest(path, sites, safe.lists(sites))
    for path in _kept_files(workspace.root, NAMED_DATASETS):
        areas = read_geometry(path)
        keep_rest(path, areas, safe.mentioned(pd.DataFrame(areas[["code", "name"]])))


def _kept_files(root: Path, datasets: tuple[Dataset, ...]) -> list[Path]:
    """List the files of some data sets, the edition before the one in use included."""
    paths = [path for name in datasets for path in (root / "layers" / f"{name}.parquet", former_path(root, name))]
    return [path for path in paths if path.is_file()]


def unlisted(safe: SafeList, table: gpd.GeoDataFrame, edition: Edition) -> tuple[gpd.GeoDataFrame, Edition]:
    """Leave listed places out of a table of points, and count them with the rows that were left out before.

    Parameters
    ----------
    table
        Points in EPSG:27700, with texts.
    """
    return _without(table, safe.lists(table), edition)


def _without(table: gpd.GeoDataFrame, listed: pd.Series, edition: Edition) -> tuple[gpd.GeoDataFrame, Edition]:
    kept = table[~listed.to_numpy()].reset_index(drop=True)
    note = left_out_more(edition.note, len(table) - len(kept))
    return kept, edition.model_copy(update={"rows": len(kept), "note": note})


def keep_rest(path: Path, table: gpd.GeoDataFrame, listed: pd.Series) -> None:
    """Write a kept file anew without some rows, which count with those that were left out; it goes if none is left.

    Parameters
    ----------
    table
        What is in it.
    listed
        True for a row that goes.
    """
    kept, edition = _without(table, listed, read_edition(path))
    if kept.empty:
        path.unlink()
    elif len(kept) < len(table):
        write_table(path, kept, edition)


def _readings(compact: str) -> Iterator[str]:
    """Read O as 0 and I as 1, and the other way round, in every way: at most 2 to the power of 7."""
    return map("".join, product(*(_SLIPS.get(letter, letter) for letter in compact)))


def _square_digest(key: Key, east: int, north: int) -> str:
    return key.digest("safe point", str(east), str(north))


def _squares_around(spots: FloatArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pair points with the squares of 10 m whose nearest corner or side is at most 50 m away.

    Returns
    -------
    tuple of numpy.ndarray
        The point of each pair, shape (k,), and its square as one number: tens of metres east, times `_FAR`, and north.
    """
    steps = np.array(list(product(_REACH, _REACH)))
    squares = np.floor(spots / _SQUARE_M).astype(np.int64)[:, None, :] + steps
    corners, here = squares * _SQUARE_M, spots[:, None, :]
    away = np.maximum(np.maximum(corners - here, here - corners - _SQUARE_M), 0)
    rows, at = np.nonzero(np.hypot(away[..., 0], away[..., 1]) <= NEAR_M)
    return rows, squares[rows, at] @ np.array([_FAR, 1])
