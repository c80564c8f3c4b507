"""Every data set that can be fetched, in the order in which one needs the other, and all of them one after another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, Self

from geo.errors import DoubtError, PlannerError
from geo.review.edition_checks import Trust
from geo.review.workspace import Workspace
from layers.fetched_areas import FetchedArea, fetch_areas
from layers.fetched_deprivation import WHAT as INDICES
from layers.fetched_deprivation import fetch_deprivation
from layers.fetched_homes import WHAT, fetch_homes
from layers.fetched_postcodes import fetch_directory, fetch_gazetteer
from layers.fetched_sites import fetch_branches, fetch_food_banks, fetch_libraries, fetch_practices
from layers.fetching.adopting import Fetched
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means

Name = Literal[
    "boundary",
    "gazetteer",
    "onspd",
    "nspl",
    "wards",
    "lsoa",
    "gp",
    "food-banks",
    "libraries",
    "homes",
    "deprivation",
    "sites",
    "streets",
]

IN_ORDER: Final[tuple[Name, ...]] = (
    "gazetteer",
    "wards",
    "lsoa",
    "gp",
    "food-banks",
    "libraries",
    "homes",
    "deprivation",
)
"""What `fetch_all` fetches: not the boundary, which the council chose, nor the large directories of ended postcodes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for.

    Attributes
    ----------
    endpoints
        Where the publishers are.
    means
        How they are asked.
    district
        Its code or name; empty for the workspace's own name.
    older_too
        Take an edition older than the one in use.
    anyway
        Take an edition that looks wrong beside the one in use.
    """

    endpoints: Endpoints
    means: Means
    district: str = ""
    older_too: bool = False
    anyway: bool = False

    def answered(self) -> Self:
        """Tell the means what the person has answered for, since every reader is given those."""
        return replace(self, means=replace(self.means, trust=Trust(self.anyway, self.older_too)))


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one data set: it arrived, is unchanged, waits for an answer, or failed and why.

    Attributes
    ----------
    name
        What was asked for, to ask for it again.
    """

    what: str
    outcome: Literal["arrived", "unchanged", "asks", "failed"]
    sentence: str
    warnings: tuple[str, ...] = ()
    name: str = ""


_Fetch = Callable[[Workspace, Request], Fetched]


def fetch(workspace: Workspace, name: Name, request: Request) -> Iterator[Fetched]:
    """Fetch one data set; the GP surgeries come in two lists.

    Raises
    ------
    PlannerError
        One of them did not arrive, cannot be used, or looks wrong beside what is in use, which stays.
    """
    for _, one in _FETCHERS[name]:
        yield one(workspace, request.answered())


def fetch_all(workspace: Workspace, request: Request, names: Iterable[Name] = IN_ORDER) -> Iterator[Told]:
    """Fetch one data set after another, and go on after one that failed or waits for an answer.

    Parameters
    ----------
    names
        Which; they are fetched in the order in which one needs the other.
    """
    wanted = set(names)
    for name in (name for name in _FETCHERS if name in wanted):
        for what, one in _FETCHERS[name]:
            yield _told(name, what, partial(one, workspace, request.answered()))


def _told(name: Name, what: str, fetched: Callable[[], Fetched]) -> Told:
    try:
        came = fetched()
    except DoubtError as error:
        return Told(what, "asks", str(error), name=name)
    except PlannerError as error:
        return Told(what, "failed", str(error), name=name)
    return Told(what, came.outcome, came.sentence, came.warnings, name)


def _dated(function: Callable[..., Fetched], workspace: Workspace, request: Request) -> Fetched:
    return function(workspace, endpoints=request.endpoints, means=request.means, older_too=request.older_too)


def _undated(function: Callable[..., Fetched], workspace: Workspace, request: Request) -> Fetched:
    return function(workspace, endpoints=request.endpoints, means=request.means)


def _areas(kind: FetchedArea, workspace: Workspace, request: Request) -> Fetched:
    return fetch_areas(
        workspace,
        kind,
        endpoints=request.endpoints,
        means=request.means,
        district=request.district,
        older_too=request.older_too,
    )


def _directory(kind: Literal["onspd", "nspl"], workspace: Workspace, request: Request) -> Fetched:
    return fetch_directory(
        workspace, kind, endpoints=request.endpoints, means=request.means, older_too=request.older_too
    )


def _overpass(kind: Literal["streets", "sites"], workspace: Workspace, request: Request) -> Fetched:
    from layers.fetched_overpass import fetch_from_overpass  # noqa: PLC0415 - streets are slow to import

    return fetch_from_overpass(workspace, kind, endpoints=request.endpoints, means=request.means)


_FETCHERS: Final[dict[Name, tuple[tuple[str, _Fetch], ...]]] = {
    "boundary": (("District boundary", partial(_areas, "boundary")),),
    "gazetteer": (("OS Code-Point Open", partial(_dated, fetch_gazetteer)),),
    "onspd": (("ONS Postcode Directory", partial(_directory, "onspd")),),
    "nspl": (("National Statistics Postcode Lookup", partial(_directory, "nspl")),),
    "wards": (("Wards", partial(_areas, "wards")),),
    "lsoa": (("LSOAs", partial(_areas, "lsoa")),),
    "gp": (
        ("GP practices", partial(_dated, fetch_practices)),
        ("Branch surgeries", partial(_dated, fetch_branches)),
    ),
    "food-banks": (("Food banks", partial(_dated, fetch_food_banks)),),
    "libraries": (("Libraries", partial(_undated, fetch_libraries)),),
    "homes": ((WHAT, partial(_undated, fetch_homes)),),
    "deprivation": ((INDICES, partial(_undated, fetch_deprivation)),),
    "sites": (("Community sites of OpenStreetMap", partial(_overpass, "sites")),),
    "streets": (("Streets of OpenStreetMap", partial(_overpass, "streets")),),
}


def fetched_names() -> tuple[Name, ...]:
    """Name everything that can be fetched, in the order in which one needs the other."""
    return tuple(_FETCHERS)
