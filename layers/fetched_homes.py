"""People and homes by postcode fetched from Nomis: Census 2021, cut to the district and its surroundings."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import BadInputError
from geo.review.workspace import Workspace
from layers.adding import Added, add_households
from layers.fetching.adopting import Fetched, fetch_file
from layers.fetching.download import download_anew
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Downloaded, Means, Source
from layers.fetching.tickets import folder_of
from layers.households import CATALOGUE
from layers.source_file import SourceFile

WHAT: Final = "Homes and people (Census 2021)"
_NAME: Final = "census2021_postcode_estimates.csv"
_PAGE: Final = CATALOGUE[0].access.page
_MAX: Final = 400_000_000
_POSTCODE: Final = ("postcode", "postcodes")
_COUNT: Final = ("count", "observation", "value")


def fetch_homes(workspace: Workspace, *, endpoints: Endpoints, means: Means) -> Fetched:
    """Replace the homes and people by those of Census 2021, of which there is one edition.

    The two tables of the whole country (P001 people by sex, P002 households) are cut to the postcodes in and near the
    district, joined into one and read as if a person had given it.

    Raises
    ------
    FetchError
        They did not arrive or cannot be used; the homes in use stay.
    MissingDataError
        The workspace has no gazetteer yet.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    near = _postcodes_near(workspace)
    people, homes = _sources(endpoints)

    def take_in(came: Downloaded) -> Added:
        second = download_anew(people, folder_of(workspace), means=means)
        try:
            table = _joined(_cut(second.path, near, people), _cut(came.path, near, homes))
        finally:
            second.discard()
        file = SourceFile(_NAME, table.to_csv(index=False, lineterminator="\n").encode())
        return add_households(workspace, file, today=means.today, trust=means.trust)

    return fetch_file(workspace, homes, means=means, take_in=take_in)


def _sources(endpoints: Endpoints) -> tuple[Source, Source]:
    """Give the tables of people and of homes."""
    tables = {"people": endpoints.nomis_people, "homes": endpoints.nomis_homes}
    people, homes = (
        Source(url, f"census2021_{name}.csv", WHAT, "csv", _MAX, page=_PAGE, by_hand="planner add households FILE")
        for name, url in tables.items()
    )
    return people, homes


def _postcodes_near(workspace: Workspace) -> pd.Index:
    margin_m = workspace.scenario.nearby_km * 1000
    near: pd.Index = pd.Index(workspace.gazetteer().within(workspace.boundary(), margin_m=margin_m)["postcode"])
    return near


def _cut(path: Path, near: pd.Index, source: Source) -> pd.Series:
    """Add up one table's counts by postcode, of the postcodes near by.

    Raises
    ------
    BadInputError
        It has other columns than were expected, or a count that is none.
    """
    try:
        header = pd.read_csv(path, nrows=0).columns
        columns = [_named(header, names) for names in (_POSTCODE, _COUNT)]
        table = pd.read_csv(path, usecols=columns, dtype="str", keep_default_na=False)[columns]
        table.columns = pd.Index(["postcode", "count"])
        table["postcode"] = table["postcode"].str.replace(" ", "", regex=False).str.upper()
        table = table[table["postcode"].isin(near)]
        return table.assign(count=pd.to_numeric(table["count"])).groupby("postcode")["count"].sum()
    except (ValueError, UnicodeDecodeError) as error:  # pandas' own errors are of the first
        message = f"{source.host} sent a table of another form: expected the columns Postcode and Count."
        raise BadInputError(message) from error


def _named(header: pd.Index, names: tuple[str, ...]) -> str:
    found = [str(column) for column in header if str(column).strip().casefold() in names]
    if not found:
        raise ValueError(names)
    return found[0]


def _joined(people: pd.Series, homes: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"people": people, "households": homes}).fillna(0).astype("int64")
    return table.rename_axis("postcode").reset_index()
