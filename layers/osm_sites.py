"""Community sites from OpenStreetMap: halls, centres, places of worship and libraries, read into sites.

What is out of use or private is left out. A place without a name is called by its kind and its settlement, such as
"Village hall, Upper Clatford"; where no settlement is known within 3 km it is left out. Telephone numbers, addresses
of e-mail and whoever runs a place are not kept.

Attribution: (c) OpenStreetMap contributors, Open Database Licence (ODbL).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84, to_national_grid
from geo.editions import Edition
from geo.errors import BadInputError
from geo.hubs.programme.hours import NOT_UNDERSTOOD, read_hours
from geo.places.inside import boundary_shape
from geo.review.safe_list import SafeList
from geo.review.site_file import SiteFile
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.osm_elements import Elements, OsmPlace, within
from layers.osm_file import read_elements
from layers.osm_kinds import (
    category_of_tags,
    named_settlement,
    plain_name,
    postcode_of,
    state_of,
    step_free,
)
from layers.osm_refused import as_tagged
from layers.placing import Placed, Surroundings, is_refused, place_sites
from layers.source_file import Publisher, SourceFile

PUBLISHER: Final = Publisher(
    dataset="osm_sites",
    title="OpenStreetMap community sites",
    licence="ODbL",
    attribution="(c) OpenStreetMap contributors, ODbL",
)
CATALOGUE: Final = (
    CatalogueEntry(
        PUBLISHER,
        "OpenStreetMap contributors",
        Access(
            page="https://download.geofabrik.de (the extract of your county)",
            by_hand="planner add sites FILE",
            endpoint=Endpoints().overpass,
            fetch="sites",
            usual=True,
        ),
        form="Answers of the Overpass API, or .osm and .osm.pbf",
        rhythm=Rhythm("all the time", 6),
        used_for="Halls, centres and places of worship where a hub could be held, with opening hours.",
    ),
)
SETTLEMENT_M: Final = 3_000
_METRES_A_KM: Final = 1_000


@dataclass(frozen=True)
class OsmSites:
    """Sites of OpenStreetMap, and what became of the others.

    Attributes
    ----------
    placed
        The sites kept, and how many were too far away or could not be used.
    not_in_use
        How many are out of use or private.
    unnamed
        How many of those kept have no name of their own.
    unclear_hours
        How many of those kept have opening hours that cannot be read.
    """

    placed: Placed
    not_in_use: int
    unnamed: int
    unclear_hours: int

    def note(self) -> str:
        """Say what was left out, and what is doubtful of what was kept."""
        parts = [
            self.placed.note(),
            f"{self.not_in_use:,} out of use or private." if self.not_in_use else "",
            f"{self.unnamed:,} without a name, called by kind and settlement." if self.unnamed else "",
            f"{self.unclear_hours:,} with opening hours that cannot be read." if self.unclear_hours else "",
        ]
        return " ".join(part for part in parts if part)

    def edition(self, name: str, *, sha256: str, today: date) -> Edition:
        """Say where the sites came from, and what was left out."""
        blank = PUBLISHER.edition(SourceFile(name, b""), rows=len(self.placed.sites), today=today, note=self.note())
        return blank.model_copy(update={"sha256": sha256})

    def file(self, edition: Edition) -> SiteFile:
        """Hand the sites on with where they came from."""
        return SiteFile(self.placed.sites, edition, self.placed.left)


def read_osm_sites(given: Path | SourceFile, *, kind: str, around: Surroundings, today: date) -> SiteFile:
    """Read community sites of a file of OpenStreetMap data, as far as they are in the district or near it.

    Parameters
    ----------
    given
        `.osm` or `.osm.pbf`, however large: it is read as a stream.
    kind
        "osm" or "pbf", as `kind_of_osm` tells.
    around
        What they are placed by.
    today
        Recorded as the day it was added.

    Returns
    -------
    SiteFile
        Sites, and where they came from.

    Raises
    ------
    BadInputError
        The file is damaged or holds no community site.
    """
    content = given.content if isinstance(given, SourceFile) else given
    found = place_osm_sites(read_elements(content, name=given.name, kind=kind), around=around, name=given.name)
    return found.file(found.edition(given.name, sha256=_digest(content), today=today))


def place_osm_sites(elements: Elements, *, around: Surroundings, name: str) -> OsmSites:
    """Turn what was read of OpenStreetMap into sites in and near the district.

    Parameters
    ----------
    elements
        Sites and settlements, as `read_elements` or `read_site_answers` gives them.
    around
        What they are placed by.
    name
        The file's name, for messages.

    Raises
    ------
    BadInputError
        There is no community site in it at all.
    """
    places = elements.places()
    if not places:
        message = (
            f"{name} holds no community centre, village hall, place of worship or library; expected OpenStreetMap "
            "data of your district and its neighbours, such as Geofabrik's extract of the county."
        )
        raise BadInputError(message)
    area = _area(around)
    here, far = within(places, area)
    here += _refuges(elements, area, around.safe)
    raw = as_tagged(here)
    refused = is_refused(raw, around.safe)  # passed on though it may not be in use: it is left out with the others
    chosen = [state_of(place.tags) == "open" or out for place, out in zip(here, refused, strict=True)]
    in_use = [place for place, is_chosen in zip(here, chosen, strict=True) if is_chosen]
    rows = _rows(in_use, [town for town in elements.towns() if shapely.intersects_xy(area, *town[1])])
    raw = raw[chosen].reset_index(drop=True)
    placed = place_sites(rows, raw=raw, around=around, dataset=PUBLISHER.dataset)
    unnamed = {f"{PUBLISHER.dataset}:{place.code}" for place in in_use if not _name(place.tags)}
    return OsmSites(
        placed=replace(placed, far=placed.far + far),
        not_in_use=len(here) - len(in_use),
        unnamed=int(placed.sites["site_id"].isin(unnamed).sum()),
        unclear_hours=sum(read_hours(text).note == NOT_UNDERSTOOD for text in placed.sites["opening_hours"]),
    )


def _refuges(elements: Elements, area: shapely.Geometry, safe: SafeList | None) -> list[OsmPlace]:
    """Give the social facilities that must not be shown: one of them may have been a site in the edition before."""
    here, _ = within(elements.social_facilities(), area)
    refused = is_refused(as_tagged(here), safe) if here else ()
    return [place for place, out in zip(here, refused, strict=True) if out]


def _area(around: Surroundings) -> shapely.Geometry:
    """Give the ground that is near, in degrees: what lies beyond need not be looked at more closely."""
    shape = boundary_shape(around.boundary, margin_m=around.nearby_km * _METRES_A_KM)
    west, south, east, north = frame_to_wgs84(gpd.GeoDataFrame(geometry=[shape], crs=NATIONAL_GRID)).total_bounds
    return shapely.box(float(west), float(south), float(east), float(north))


def _rows(places: Sequence[OsmPlace], towns: list[tuple[str, tuple[float, float]]]) -> pd.DataFrame:
    nearest = _nearest_towns(places, towns)
    spots = [place.spot or (np.nan, np.nan) for place in places]
    return pd.DataFrame(
        {
            "code": [place.code for place in places],
            "name": [_called(place.tags, town) for place, town in zip(places, nearest, strict=True)],
            "category": [category_of_tags(place.tags) for place in places],
            "postcode": [postcode_of(place.tags) if place.spot else "" for place in places],
            "lon": [lon for lon, _ in spots],
            "lat": [lat for _, lat in spots],
            "opening_hours": [place.tags.get("opening_hours", "") for place in places],
            "capacity": [place.tags.get("capacity") for place in places],
            "step_free": [step_free(place.tags) for place in places],
        }
    )


def _digest(content: Path | bytes) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _name(tags: Mapping[str, str]) -> str:
    return " ".join(tags.get("name", "").split())


def _called(tags: Mapping[str, str], town: str) -> str:
    category = category_of_tags(tags)
    return _name(tags) or (plain_name(category, named_settlement(tags) or town) if category else "")


def _nearest_towns(places: Sequence[OsmPlace], towns: list[tuple[str, tuple[float, float]]]) -> list[str]:
    """Name the settlement nearest to each place, within 3 km; empty where there is none."""
    found = [""] * len(places)
    known = [at for at, place in enumerate(places) if place.spot is not None]
    if not towns or not known:
        return found
    tree = shapely.STRtree(_points([spot for _, spot in towns]))
    here = _points([spot for place in places if (spot := place.spot) is not None])
    for at, town in zip(*tree.query_nearest(here, max_distance=SETTLEMENT_M, all_matches=False), strict=True):
        found[known[at]] = towns[town][0]
    return found


def _points(spots: Sequence[tuple[float, float]]) -> npt.NDArray[np.object_]:
    lon, lat = np.array(spots, dtype=np.float64).T
    return np.asarray(shapely.points(*to_national_grid(lon, lat)), dtype=np.object_)
