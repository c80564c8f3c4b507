"""Atoms: the smallest pieces of ground that the areas of all tables cut out together.

They are the distinct tuples of areas that the public postcode directory shows, never pieces of polygons: a sliver in
which no postcode stands can hold no client.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.disclosure.external import EVERYWHERE
from geo.disclosure.topics import Geography
from geo.schema import ATOMS

NO_ATOMS = ATOMS.validate(
    pd.DataFrame({name: pd.Series(dtype="int64" if name.startswith("h3") else "str") for name in ATOMS.columns})
)
Place = tuple[Geography, str]


def find_atoms(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Find the atoms of a district.

    Parameters
    ----------
    postcodes
        One row a postcode of every edition, with columns h3_7, h3_8 (0 for none), ward, lsoa and area ("" for none).

    Returns
    -------
    pandas.DataFrame
        ATOMS table, sorted.

    Examples
    --------
    >>> both = pd.DataFrame({"h3_7": [7, 7], "h3_8": [8, 8], "ward": ["W", "W"], "lsoa": ["", ""], "area": ["", ""]})
    >>> len(find_atoms(both))
    1
    """
    columns = list(ATOMS.columns)
    found = postcodes[columns].drop_duplicates().sort_values(columns).reset_index(drop=True)
    return ATOMS.validate(found)


def place_atoms(atoms: pd.DataFrame, places: list[Place]) -> npt.NDArray[np.bool_]:
    """Say which atoms make up which place.

    Parameters
    ----------
    atoms
        ATOMS table.
    places
        A geography and the code of one of its areas each; "*" is the whole district, "" what lies in no area.

    Returns
    -------
    numpy.ndarray
        Boolean, one row a place, one column an atom. Besides the atoms of the table there is one for clients without
        any place, and one for each area that no atom names: a table may count there what the directory does not know.
    """
    index = {place: number for number, place in enumerate(dict.fromkeys(places))}
    codes = {geography: codes_of(atoms, geography) for geography, _ in index}
    missing = [place for place in index if place[1] not in ("", EVERYWHERE) and place[1] not in set(codes[place[0]])]
    inside = np.zeros((len(index), len(atoms) + 1 + len(missing)), dtype=bool)
    for (geography, code), row in index.items():
        inside[row, : len(atoms)] = True if code == EVERYWHERE else codes[geography] == code
        inside[row, len(atoms)] = code in ("", EVERYWHERE)
        if code == EVERYWHERE:
            inside[row, len(atoms) :] = True
    for number, place in enumerate(missing, start=len(atoms) + 1):
        inside[index[place], number] = True
    return inside[[index[place] for place in places]]


def codes_of(atoms: pd.DataFrame, geography: Geography) -> npt.NDArray[np.object_]:
    """Name the area of each atom: text, "" where it is in none."""
    if geography.level == "district":
        return np.full(len(atoms), EVERYWHERE, dtype=object)
    if geography.level == "merged":
        return atoms["h3_8"].map(dict(geography.members)).fillna("").to_numpy(dtype=object)
    column = atoms[geography.level]
    if geography.level.startswith("h3"):
        return column.map(lambda cell: f"{cell:x}" if cell else "").to_numpy(dtype=object)
    return column.to_numpy(dtype=object)
