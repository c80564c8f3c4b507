"""Search ArcGIS Online for the newest item of a kind, and read the areas of a feature layer page by page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from geo.places.edition_dates import dated, named_month
from layers.fetching import words
from layers.fetching.alone import alone
from layers.fetching.download import download_anew
from layers.fetching.source import Means, Source
from layers.fetching.transport import require_safe_step

PAGE_ROWS: Final = 2000
_MOST_PAGES: Final = 50
_SEARCHED: Final = 100
_MAX_JSON: Final = 200_000_000
_OWNER: Final = "ONSGeography_data"
_VERSION: Final = re.compile(r"\(V(\d+)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One edition that the portal offers.

    Attributes
    ----------
    id
        The portal's own name for it, another one for every edition.
    title
        Such as "Wards (May 2025) Boundaries UK BGC".
    url
        Of its feature service; empty where it is a file.
    month
        YYYYMM, read from the title.
    """

    id: str
    title: str
    url: str
    month: int

    @property
    def edition(self) -> str:
        """The month as "2025-05"."""
        return dated(self.month).label


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for.

    Attributes
    ----------
    title
        Words that the title holds.
    kind
        ArcGIS's word for the kind of item.
    pattern
        What the whole title looks like: other items hold the same words.
    """

    title: str
    kind: str
    pattern: re.Pattern[str]


def newest_item(search: Source, wanted: Wanted, folder: Path, means: Means) -> Item:
    """Find the newest edition.

    Parameters
    ----------
    search
        The portal's search, without its question.

    Raises
    ------
    FetchError
        The portal did not answer, or offers none.
    """
    asked = f'owner:{_OWNER} AND type:"{wanted.kind}" AND title:"{wanted.title}"'
    query = {"q": asked, "num": _SEARCHED, "sortField": "modified", "sortOrder": "desc", "f": "json"}
    found = ask_json(search, query, folder, means).get("results")
    if not isinstance(found, list):
        raise search.failure(words.CHANGED_FORM)
    items = [item for result in found if (item := _item(result, wanted)) is not None]
    if not items:
        raise search.failure(words.NOT_LISTED.format(title=wanted.title))
    return max(items, key=lambda item: (item.month, _version(item.title), item.id))


def _item(result: Any, wanted: Wanted) -> Item | None:  # noqa: ANN401 - JSON
    if not isinstance(result, dict):
        return None
    title = " ".join(str(result.get("title", "")).split())
    month = named_month(title)
    if not wanted.pattern.search(title) or not month or not re.fullmatch(r"[0-9a-f]{32}", str(result.get("id", ""))):
        return None
    return Item(result["id"], title, str(result.get("url") or ""), month)


def _version(title: str) -> int:
    found = _VERSION.search(title)
    return int(found[1]) if found else 1


def layer_of(search: Source, item: Item) -> str:
    """Give the address of an item's one layer.

    Raises
    ------
    FetchError
        It has none, or one that is less secure than the portal.
    """
    if not item.url:
        raise search.failure(words.CHANGED_FORM)
    require_safe_step(search, search.url, item.url)
    base = item.url.rstrip("/")
    return base if re.search(r"/\d+$", base) else f"{base}/0"


def field_names(layer: Source, folder: Path, means: Means) -> list[str]:
    """List the columns of a layer: their names carry the year and change with every edition.

    Raises
    ------
    FetchError
        The service did not answer, or not as expected.
    """
    told = ask_json(layer, {"f": "json"}, folder, means).get("fields")
    if not isinstance(told, list) or not told:
        raise layer.failure(words.CHANGED_FORM)
    return [str(field.get("name", "")) for field in told if isinstance(field, dict)]


def read_pages(layer: Source, query: Mapping[str, str], folder: Path, means: Means) -> list[dict[str, Any]]:
    """Read all features that a question finds, page by page.

    Parameters
    ----------
    layer
        Address of the layer.
    query
        `where`, `outFields` and others, as ArcGIS's query asks for them.

    Returns
    -------
    list of dict
        GeoJSON features, EPSG:4326.

    Raises
    ------
    FetchError
        The service did not answer, not as expected, or gives the same page again and again.
    """
    asked = replace(layer, url=f"{layer.url}/query")
    features: list[dict[str, Any]] = []
    seen: set[str] = set()
    for _ in range(_MOST_PAGES):
        paged = {**query, "outSR": "4326", "f": "geojson"}
        paged |= {"resultOffset": str(len(features)), "resultRecordCount": str(PAGE_ROWS)}
        told = ask_json(asked, paged, folder, means)
        page = told.get("features")
        if not isinstance(page, list):
            raise layer.failure(words.CHANGED_FORM)
        known = {json.dumps(feature, sort_keys=True) for feature in page}
        if seen & known:
            raise layer.failure(words.SAME_PAGE)
        seen |= known
        features += page
        if not page or not _more(told):
            return features
    raise layer.failure(words.NO_END)


def _more(told: Mapping[str, Any]) -> bool:
    inner = told.get("properties")
    return bool(told.get("exceededTransferLimit") or (isinstance(inner, dict) and inner.get("exceededTransferLimit")))


def ask_json(source: Source, query: Mapping[str, object], folder: Path, means: Means) -> dict[str, Any]:
    """Ask a service a question and read its answer, an object of JSON.

    Raises
    ------
    FetchError
        It did not answer, or answered with an error of its own.
    """
    url = f"{source.url}?{urlencode(query)}" if query else source.url
    asked = replace(source, url=url, name=f"answer-{source.name}.json", expected="json", max_bytes=_MAX_JSON)
    with alone(asked, folder):
        came = download_anew(asked, folder, means=replace(means, progress=_untold))
        told = json.loads(came.path.read_bytes())
        came.discard()
    if not isinstance(told, dict):
        raise source.failure(words.CHANGED_FORM)
    if "error" in told:  # ArcGIS says so with status 200
        code = told["error"].get("code", "no number") if isinstance(told["error"], dict) else "no number"
        raise source.failure(words.SERVICE_ERROR.format(code=code))
    return told


def _untold(step: str, done: float) -> None:
    """Say nothing of a small answer: the person watches the whole."""
    del step, done
