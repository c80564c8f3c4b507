"""Candidate sites fetched from their publishers: GP surgeries, food banks, libraries."""

from typing import Final

from geo.editions import Dataset
from geo.errors import BadInputError
from geo.review.tables import read_table
from geo.review.workspace import Workspace
from layers import food_banks, gp_surgeries, libraries
from layers.adding import Added, SiteKind, add_sites
from layers.fetching.adopting import Fetched, as_given, editions_of, fetch_file, require_not_older
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Downloaded, Means, Source
from layers.libraries import is_library_list
from layers.source_file import SourceFile, table_bytes

_MAX: Final = 50_000_000
_ODS_PAGE: Final = gp_surgeries.CATALOGUE[0].access.page
_FOOD_PAGE: Final = food_banks.CATALOGUE[0].access.page
_ACE_PAGE: Final = libraries.CATALOGUE[0].access.page


def fetch_practices(workspace: Workspace, *, endpoints: Endpoints, means: Means, older_too: bool = False) -> Fetched:
    """Replace the GP practices by NHS ODS's list of today (epraccur).

    Raises
    ------
    FetchError
        It did not arrive or cannot be used, or is older than the one in use; the list in use stays.
    MissingDataError
        The workspace has no gazetteer yet.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    source = _ods(endpoints, "epraccur", "GP practices")
    return _sites(workspace, source, ("gp", "gp_surgeries"), means=means, older_too=older_too)


def fetch_branches(workspace: Workspace, *, endpoints: Endpoints, means: Means, older_too: bool = False) -> Fetched:
    """Replace the branch surgeries by NHS ODS's list of today (ebranchs); raises as `fetch_practices`."""
    source = _ods(endpoints, "ebranchs", "Branch surgeries")
    return _sites(workspace, source, ("gp", "gp_branches"), means=means, older_too=older_too)


def fetch_food_banks(workspace: Workspace, *, endpoints: Endpoints, means: Means, older_too: bool = False) -> Fetched:
    """Replace the food banks by Give Food's list of today; raises as `fetch_practices`."""
    source = Source(
        endpoints.food_banks,
        "foodbanks.csv",
        "Food banks",
        "csv",
        _MAX,
        page=_FOOD_PAGE,
        by_hand="planner add food-banks FILE",
    )
    return _sites(workspace, source, ("food-banks", "food_banks"), means=means, older_too=older_too)


def fetch_libraries(workspace: Workspace, *, endpoints: Endpoints, means: Means) -> Fetched:
    """Replace the libraries by the Arts Council's list; raises as `fetch_practices`.

    Its rows are of one year, which its name says; the day of the file says nothing of it.
    """
    workspace.gazetteer()
    name = endpoints.libraries.rpartition("/")[2]
    source = Source(
        endpoints.libraries, name, "Libraries", "csv", _MAX, page=_ACE_PAGE, by_hand="planner add sites FILE"
    )

    def take_in(came: Downloaded) -> Added:
        file = SourceFile(name, came.path.read_bytes())
        if not is_library_list(read_table(table_bytes(file)).rows):  # it would replace the council's own sites
            message = f"{name} is not the Arts Council's list of libraries: its columns have changed."
            raise BadInputError(message)
        return add_sites(workspace, file, kind="sites", today=means.today, trust=means.trust)

    return fetch_file(workspace, source, means=means, take_in=take_in)


def _ods(endpoints: Endpoints, report: str, what: str) -> Source:
    url = f"{endpoints.ods_report}?report={report}"
    return Source(url, f"{report}.csv", what, "csv", _MAX, page=_ODS_PAGE, by_hand="planner add gp FILE")


def _sites(
    workspace: Workspace, source: Source, kind: tuple[SiteKind, Dataset], *, means: Means, older_too: bool
) -> Fetched:
    workspace.gazetteer()
    reader, dataset = kind

    def take_in(came: Downloaded) -> Added:
        month = came.published.year * 100 + came.published.month
        require_not_older(source.what, month, editions_of(workspace, dataset), older_too=older_too)
        file = as_given(came, source.name.removesuffix(".csv"), ".csv")
        return add_sites(workspace, file, kind=reader, today=means.today, trust=means.trust)

    return fetch_file(workspace, source, means=means, take_in=take_in)
