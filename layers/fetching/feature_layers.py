"""ONS's feature layers of districts, wards and LSOAs: the newest of each, and the areas of one district in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from layers.fetching import words
from layers.fetching.arcgis import Item, Wanted, field_names, layer_of, newest_item, read_pages
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means, Source

Feature = dict[str, Any]

_PAGE: Final = "https://geoportal.statistics.gov.uk (search for '{title}')"
_MAX: Final = 200_000_000
_GENERALISED: Final = "BGC"  # to 20 m, clipped to the coast


@dataclass(frozen=True, slots=True)
class Asker:
    """What every question to the portal needs: where it is, where answers are kept meanwhile, how it is asked."""

    endpoints: Endpoints
    folder: Path
    means: Means


@dataclass(frozen=True, slots=True)
class Layer:
    """The newest edition of one kind of area.

    Attributes
    ----------
    source
        Its address.
    item
        Which edition it is.
    code, name
        Its columns of codes and names, whose own names carry the year.
    district
        Its column of district codes; empty where it has none.
    """

    source: Source
    item: Item
    code: str
    name: str
    district: str


def newest_layer(asker: Asker, *, what: str, title: str, prefix: str) -> Layer:
    """Search for the newest edition of a kind of area, and look what its columns are called.

    Parameters
    ----------
    what
        Its name for people.
    title
        How ONS begins its title.
    prefix
        How its columns begin: LAD, WD, LSOA.

    Raises
    ------
    FetchError
        The portal did not answer, offers none, or one in another form.
    """
    page = _PAGE.format(title=title)
    by_hand = "planner add boundary FILE"
    search = Source(asker.endpoints.arcgis_search, prefix.lower(), what, "json", _MAX, page=page, by_hand=by_hand)
    pattern = re.compile(rf"^{title} \([A-Z]+ 20\d\d\) Boundaries [A-Z]+ {_GENERALISED}( \(V\d+\))?$", re.IGNORECASE)
    item = newest_item(search, Wanted(title, "Feature Service", pattern), asker.folder, asker.means)
    source = replace(search, url=layer_of(search, item))
    columns = field_names(source, asker.folder, asker.means)
    code, name = (_column(columns, prefix, ending) for ending in ("CD", "NM"))
    if not code or not name:
        raise source.failure(words.CHANGED_FORM)
    return Layer(source, item, code, name, _column(columns, "LAD", "CD"))


def areas_of(asker: Asker, layer: Layer, query: Mapping[str, str]) -> list[Feature]:
    """Ask a layer for areas, each with its code and name.

    Parameters
    ----------
    query
        Which ones, in ArcGIS's words.

    Raises
    ------
    FetchError
        It did not answer, or knows none.
    """
    asked = {**query, "outFields": f"{layer.code},{layer.name}", "orderByFields": layer.code}
    features = read_pages(layer.source, asked, asker.folder, asker.means)
    if not features or not all(
        {layer.code, layer.name} <= set(feature.get("properties") or {}) for feature in features
    ):
        raise layer.source.failure(words.CHANGED_FORM if features else words.NOTHING_THERE)
    return sorted(features, key=lambda feature: str(feature["properties"][layer.code]))


def _column(columns: list[str], prefix: str, ending: str) -> str:
    pattern = re.compile(rf"^{prefix}\d\d{ending}$", re.IGNORECASE)
    return next((column for column in columns if pattern.match(column)), "")
