"""The district, its wards and its LSOAs fetched from ONS's feature services, and no other district's."""

import json
import re
from dataclasses import dataclass, replace
from typing import Final, Literal

import shapely
from shapely.geometry import shape

from geo.editions import Dataset
from geo.errors import BadInputError
from geo.review.workspace import Workspace
from layers.adding import AreaKind, AreaOptions, add_boundary
from layers.fetching import words
from layers.fetching.adopting import Fetched, editions_of, require_not_older, usable
from layers.fetching.endpoints import Endpoints
from layers.fetching.feature_layers import Asker, Feature, Layer, areas_of, newest_layer
from layers.fetching.source import Means
from layers.fetching.tickets import folder_of
from layers.nearest_names import nearest_names
from layers.source_file import SourceFile

FetchedArea = Literal["boundary", "wards", "lsoa"]

_CODE: Final = re.compile(r"[EWSN]\d{8}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of area: its name for people, ONS's title and columns, and where the workspace keeps it."""

    what: str
    title: str
    prefix: str
    dataset: Dataset
    area_kind: AreaKind

    def layer(self, asker: Asker) -> Layer:
        """Find its newest edition."""
        return newest_layer(asker, what=self.what, title=self.title, prefix=self.prefix)


@dataclass(frozen=True, slots=True)
class District:
    """A district as ONS knows it."""

    code: str
    name: str


_KINDS: Final[dict[FetchedArea, _Kind]] = {
    "boundary": _Kind("District boundary", "Local Authority Districts", "LAD", "boundary", "district"),
    "wards": _Kind("Wards", "Wards", "WD", "wards", "wards"),
    "lsoa": _Kind("LSOAs", "Lower layer Super Output Areas", "LSOA", "lsoa", "lsoa"),
}


def fetch_areas(
    workspace: Workspace,
    kind: FetchedArea,
    *,
    endpoints: Endpoints,
    means: Means,
    district: str = "",
    older_too: bool = False,
) -> Fetched:
    """Replace the boundary, the wards or the LSOAs by ONS's newest (generalised to 20 m, clipped to the coast).

    Parameters
    ----------
    district
        Its code or name; else the workspace's own name. A layer that does not tell districts, as that of LSOAs, is
        asked for the rectangle around the boundary, and what lies outside the boundary is left out.

    Raises
    ------
    BadInputError
        No district is called so; those with the nearest names are offered.
    FetchError
        The service did not answer, or is older than what is in use, which stays.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    asker = Asker(endpoints, folder_of(workspace), means)
    wanted = _KINDS[kind]
    means.progress(f"{wanted.what}: asking for the newest edition", 0.1)
    layer = wanted.layer(asker)
    in_use = editions_of(workspace, wanted.dataset)
    require_not_older(wanted.what, layer.item.month, in_use, older_too=older_too)
    means.progress(f"{wanted.what}: asking for {layer.item.edition}", 0.3)
    file = _as_file(layer, kind, _features(workspace, asker, layer, district or workspace.scenario.name))
    if same := next((edition for edition in in_use if edition.sha256 == file.sha256), None):
        return Fetched(wanted.what, "unchanged", same)
    means.progress(f"{wanted.what}: reading", 0.8)
    options = AreaOptions(kind=wanted.area_kind)
    named = bool(district and layer.district)  # a person who named it means it; LSOAs are asked for without a name
    trust = replace(means.trust, anyway=means.trust.anyway or named)
    added = usable(
        wanted.what,
        lambda: add_boundary(workspace, file, options=options, today=means.today, trust=trust),
    )
    return Fetched(wanted.what, "arrived", added.edition, added.warnings)


def districts_of(asker: Asker) -> list[District]:
    """List the districts of the United Kingdom, by name.

    Raises
    ------
    FetchError
        The service did not answer.
    """
    layer = _KINDS["boundary"].layer(asker)
    found = areas_of(asker, layer, {"where": "1=1", "returnGeometry": "false"})
    listed = [District(str(each["properties"][layer.code]), str(each["properties"][layer.name])) for each in found]
    return sorted((one for one in listed if _CODE.fullmatch(one.code)), key=lambda one: one.name)


def district_named(districts: list[District], text: str) -> District:
    """Find a district by its code or name.

    Raises
    ------
    BadInputError
        None is called so; those with the nearest names are offered.
    """
    wanted = " ".join(text.split()).casefold()
    found = [one for one in districts if wanted in {one.code.casefold(), one.name.casefold()}]
    if len(found) == 1:
        return found[0]
    near = nearest_names((one.name for one in districts), text)
    offered = f"The nearest names are: {', '.join(near)}." if near else "No name comes near."
    message = f"ONS knows no district called '{text}'. {offered} Name it by its code or name (--district)."
    raise BadInputError(message)


def district_file(asker: Asker, code: str) -> SourceFile:
    """Ask for the boundary of one district by its code, before there is a workspace to keep it in.

    Raises
    ------
    FetchError
        The service did not answer, or knows no such district.
    """
    layer = _KINDS["boundary"].layer(asker)
    return _as_file(layer, "boundary", areas_of(asker, layer, {"where": f"{layer.district}='{code}'"}))


def _features(workspace: Workspace, asker: Asker, layer: Layer, district: str) -> list[Feature]:
    if not layer.district:
        return _inside(workspace, asker, layer)
    code = district_named(districts_of(asker), district).code
    return areas_of(asker, layer, {"where": f"{layer.district}='{code}'"})


def _inside(workspace: Workspace, asker: Asker, layer: Layer) -> list[Feature]:
    """Ask for the rectangle around the boundary, and keep what lies inside the boundary for its greater part."""
    ground = shapely.union_all(workspace.boundary().geometry.to_numpy())
    box = ",".join(f"{side:.4f}" for side in shapely.bounds(ground))
    rectangle = {"geometryType": "esriGeometryEnvelope", "inSR": "4326", "spatialRel": "esriSpatialRelIntersects"}
    found = areas_of(asker, layer, {"where": "1=1", "geometry": box, **rectangle})
    inside = [each for each in found if shapely.contains_xy(ground, *_middle(each))]
    if not inside:
        raise layer.source.failure(words.NOTHING_THERE)
    return inside


def _middle(feature: Feature) -> tuple[float, float]:
    try:
        point = shapely.point_on_surface(shape(feature["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return 0.0, 0.0  # a shape that is none lies nowhere; the reader says so of the others
    return point.x, point.y


def _as_file(layer: Layer, kind: FetchedArea, features: list[Feature]) -> SourceFile:
    """Write the areas as one file of GeoJSON, always the same for the same areas."""
    rows = [
        {
            "type": "Feature",
            "properties": {name: each["properties"][name] for name in (layer.code, layer.name)},
            "geometry": each.get("geometry"),
        }
        for each in features
    ]
    text = json.dumps({"type": "FeatureCollection", "features": rows}, separators=(",", ":"))
    return SourceFile(f"ons_{kind}_{layer.item.edition}.geojson", text.encode())
