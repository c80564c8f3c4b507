"""Where a street is whose name somebody typed: each street so called, with a place on it."""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from rapidfuzz import fuzz, process
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.errors import BadInputError
from geo.places.streets import Streets
from geo.places.travel import FloatArray

_TOGETHER_M: Final = 200.0  # pieces of one name this near to each other are one street
_CLOSE: Final = 75.0  # of 100, by rapidfuzz: two slips in a name of eight letters
_FEW: Final = 3
_LONGEST: Final = 60  # letters of what was typed that are said again
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")
_HOUSE: Final = re.compile(r"^\d+[a-z]?\s+", re.IGNORECASE)
# Long words are written as their abbreviations; "st" is both a street and a saint, and may be.
_ABBREVIATED: Final = {
    "street": "st",
    "saint": "st",
    "road": "rd",
    "avenue": "ave",
    "av": "ave",
    "lane": "ln",
    "drive": "dr",
    "close": "cl",
    "court": "ct",
    "crescent": "cres",
    "cr": "cres",
    "gardens": "gdns",
    "place": "pl",
    "square": "sq",
    "terrace": "terr",
    "ter": "terr",
    "park": "pk",
    "grove": "gr",
    "gro": "gr",
    "mount": "mt",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "and": "",
    "the": "",
}
_WRITTEN_OUT: Final = {short: full for full, short in reversed(_ABBREVIATED.items()) if 0 < len(short) < len(full)}


@dataclass(frozen=True)
class StreetPlace:
    """One street of the name asked for.

    Attributes
    ----------
    name
        As the map has it.
    easting, northing
        A place on it near its middle, EPSG:27700 metres.
    length_m
        Of all its pieces.
    points
        (k, 2) places along it, at most the spacing apart, EPSG:27700 metres.
    """

    name: str
    easting: float
    northing: float
    length_m: float
    points: FloatArray


@dataclass(frozen=True)
class StreetPlaces:
    """The streets that bear a name.

    Attributes
    ----------
    asked
        The name that was typed.
    found
        Distinct streets so called, the longest first; more than one where two towns have a street of that name.
    close
        Where none is found, up to three names that are spelt nearly so, the closest first.
    """

    asked: str
    found: tuple[StreetPlace, ...]
    close: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say what was found, and what to do where it is not one street."""
        asked = self.asked[:_LONGEST]
        if len(self.found) == 1:
            return f"{self.found[0].name} is on the map once."
        if self.found:
            return (
                f"{len(self.found)} streets are called {self.found[0].name}; say which is meant, or click on the map."
            )
        if self.close:
            return f"No street is called {asked}; did you mean {' or '.join(self.close)}?"
        if not asked:
            return "No street was named; type its name, or click on the map."
        return f"No street is called {asked}; check how it is spelt, or click on the map."


@dataclass(frozen=True)
class StreetNames:
    """The names of the streets of a workspace, to be asked for many a name.

    Attributes
    ----------
    streets
        The streets of the district and around it.
    """

    streets: Streets

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """Rows of the table of streets by the key of their name."""
        names = self.streets.table["name"]
        keys = {name: street_key(name) for name in names.unique().tolist()}
        found: dict[str, list[int]] = {}
        for row, name in enumerate(names.tolist()):
            if keys[name]:
                found.setdefault(keys[name], []).append(row)
        return found

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """How each name is spelt, its abbreviations written out."""
        names = self.streets.table["name"].to_numpy(dtype=np.object_)
        return {str(names[rows[0]]): _spelt(str(names[rows[0]])) for rows in self._rows.values()}

    def places(self, name: str, *, spacing_m: float = 100.0) -> StreetPlaces:
        """Find the streets that bear a name, however it was typed.

        Case, spaces, apostrophes and accents do not matter, nor whether "Street" or "Road" is written out. A house
        number before the name and a town after a comma are passed over. Pieces of one name within 200 m of each other
        are one street.

        Parameters
        ----------
        name
            As an officer types it.
        spacing_m
            How far apart the places along each street are at most.

        Raises
        ------
        BadInputError
            The spacing is not more than 0.
        """
        if not spacing_m > 0:
            message = f"Places cannot be {spacing_m:g} metres apart; give a number of metres above 0."
            raise BadInputError(message)
        asked = " ".join(name.split())
        keys = [street_key(reading) for reading in _readings(asked)]
        for key in keys:
            if key in self._rows:
                return StreetPlaces(asked, self._distinct(self._rows[key], spacing_m), ())
        return StreetPlaces(asked, (), self._close(asked))

    def _distinct(self, rows: list[int], spacing_m: float) -> tuple[StreetPlace, ...]:
        """Put the pieces that are near each other together; what is left apart is another street of the name."""
        table = self.streets.table.iloc[rows]
        lines = table.geometry.to_numpy()
        one, other = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=_TOGETHER_M)
        near = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(lines), len(lines)))
        count, group = connected_components(near, directed=False)
        found = [_place(table[group == number], spacing_m) for number in range(count)]
        return tuple(sorted(found, key=lambda place: (-place.length_m, place.easting, place.northing)))

    def _close(self, asked: str) -> tuple[str, ...]:
        """Give the names spelt most like it: written out, since a slip in "Stret" hides the abbreviation."""
        wanted = _spelt(_readings(asked)[-1])
        hits = process.extract(wanted, self._spellings, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=_FEW)
        return tuple(name for _, _, name in hits)


def street_key(name: str) -> str:
    """Bring a street's name to a form that is the same however it is written.

    Examples
    --------
    >>> street_key("St. Mary's Road") == street_key("saint marys RD")
    True
    >>> street_key("Bell St"), street_key("Bell Street"), street_key("Bell Lane")
    ('bellst', 'bellst', 'bellln')
    """
    return "".join(_ABBREVIATED.get(word, word) for word in _words(name))


def _words(name: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", plain)).split()


def _spelt(name: str) -> str:
    """Write out the last word of a name, which tells what kind of way it is."""
    words = _words(name)
    return " ".join([*words[:-1], *(_WRITTEN_OUT.get(word, word) for word in words[-1:])])


def _readings(asked: str) -> list[str]:
    """Read what was typed whole, then without a town, a house number, or both."""
    street = asked.split(",", maxsplit=1)[0].strip()
    return [asked, street, _HOUSE.sub("", asked), _HOUSE.sub("", street)]


def _place(pieces: gpd.GeoDataFrame, spacing_m: float) -> StreetPlace:
    """Describe one street by its pieces, named as most of it is."""
    lengths = pieces.length
    lines = pieces.geometry.to_numpy()
    middle = shapely.centroid(shapely.multilinestrings(lines))
    nearest = lines[int(shapely.distance(lines, middle).argmin())]
    spot = shapely.line_interpolate_point(nearest, shapely.line_locate_point(nearest, middle))
    name = lengths.groupby(pieces["name"].to_numpy()).sum().idxmax()
    return StreetPlace(str(name), float(spot.x), float(spot.y), float(lengths.sum()), _spaced(lines, spacing_m))


def _spaced(lines: npt.NDArray[np.object_], spacing_m: float) -> FloatArray:
    """Set places along a street at even distances, each in the middle of its stretch."""
    found = [np.empty((0, 2))]
    for part in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))):
        many = max(math.ceil(part.length / spacing_m), 1)
        shares = (np.arange(many) + 0.5) / many
        found.append(shapely.get_coordinates(shapely.line_interpolate_point(part, shares, normalized=True)))
    return np.vstack(found)
