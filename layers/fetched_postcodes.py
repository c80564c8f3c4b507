"""Postcodes fetched from their publishers: OS Code-Point Open, and ONS's directories, which hold ended ones too."""

import re
from dataclasses import replace
from typing import Final, Literal

from geo.editions import Edition
from geo.places.edition_dates import dated, named_month, stated_version
from geo.places.published import open_publication
from geo.review.edition_age import month_of
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.fetching.adopting import Fetched, editions_of, fetch_file, require_not_older
from layers.fetching.arcgis import Wanted, ask_json, newest_item
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Downloaded, Means, Source
from layers.fetching.tickets import folder_of
from layers.postcodes import CATALOGUE

Directory = Literal["onspd", "nspl"]

_CODE_POINT: Final = "OS Code-Point Open"
_OS_PAGE: Final = CATALOGUE[0].access.page
_ONS_PAGE: Final = "https://geoportal.statistics.gov.uk (search for '{title}')"
_BY_HAND: Final = "planner add gazetteer FILE"
_MAX_OS: Final = 200_000_000
_MAX_ONS: Final = 1_500_000_000
_TITLES: Final[dict[Directory, str]] = {
    "onspd": "ONS Postcode Directory",
    "nspl": "National Statistics Postcode Lookup",
}


def fetch_gazetteer(workspace: Workspace, *, endpoints: Endpoints, means: Means, older_too: bool = False) -> Fetched:
    """Add the newest edition of OS Code-Point Open; the OS is asked first which one that is.

    Raises
    ------
    FetchError
        It did not arrive or cannot be used, or is older than the one in use; the postcodes in use stay.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    product = Source(
        endpoints.os_product, "code-point-version", _CODE_POINT, "json", _MAX_OS, page=_OS_PAGE, by_hand=_BY_HAND
    )
    version = str(ask_json(product, {}, folder_of(workspace), means).get("version", ""))
    month = named_month(version)
    in_use = [edition for edition in editions_of(workspace, "gazetteer") if edition.title == _CODE_POINT]
    if found := _same(in_use, month):
        return Fetched(_CODE_POINT, "unchanged", found)
    require_not_older(_CODE_POINT, month, in_use, older_too=older_too)
    name = f"codepo_gb_{dated(month).label}.zip" if month else "codepo_gb.zip"
    zipped = replace(product, url=endpoints.os_download, name=name, expected="zip")

    def take_in(came: Downloaded) -> Added:
        stated = stated_version(open_publication(came.path).metadata)
        require_not_older(_CODE_POINT, stated.month if stated else 0, in_use, older_too=older_too)
        return _added(workspace, came, means)

    return fetch_file(workspace, zipped, means=means, take_in=take_in)


def fetch_directory(
    workspace: Workspace, kind: Directory, *, endpoints: Endpoints, means: Means, older_too: bool = False
) -> Fetched:
    """Add the newest ONS Postcode Directory, or the National Statistics Postcode Lookup.

    Each edition stands under another address: the portal is searched for the newest title.

    Raises
    ------
    FetchError
        As `fetch_gazetteer`.
    WorkspaceError
        As `fetch_gazetteer`.
    """
    title = _TITLES[kind]
    page = _ONS_PAGE.format(title=title)
    search = Source(endpoints.arcgis_search, kind, title, "json", _MAX_ONS, page=page, by_hand=_BY_HAND)
    pattern = re.compile(rf"^{title} \([A-Z][a-z]+ 20\d\d\)(?!.*user guide)", re.IGNORECASE)
    item = newest_item(search, Wanted(title, "CSV Collection", pattern), folder_of(workspace), means)
    in_use = [edition for edition in editions_of(workspace, "gazetteer") if edition.title == kind.upper()]
    if found := _same(in_use, item.month):
        return Fetched(title, "unchanged", found)
    require_not_older(title, item.month, in_use, older_too=older_too)
    name = f"{kind.upper()}_{item.edition}_UK.zip"
    zipped = replace(search, url=f"{endpoints.arcgis_items}/{item.id}/data", name=name, expected="zip")
    return fetch_file(workspace, zipped, means=means, take_in=lambda came: _added(workspace, came, means))


def _same(in_use: list[Edition], month: int) -> Edition | None:
    return next((edition for edition in in_use if month and month_of(edition) == month), None)


def _added(workspace: Workspace, came: Downloaded, means: Means) -> Added:
    from geo.review.gazetteer_renewal import renew_gazetteer  # noqa: PLC0415 - slow: other commands need not wait

    paths, trust = [came.path], means.trust
    renewed = renew_gazetteer(workspace, paths, today=means.today, trust=trust, progress=means.progress)
    editions = renewed.gazetteer.editions()
    return Added(next(edition for edition in editions if edition.sha256 == came.sha256), renewed.remarks)
