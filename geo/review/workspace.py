"""The folder a council owns: what is in it, how to make one, open one, read it and save to it.

::

    planner.sqlite      records, feeds, institutions, history of imports, audit log
    scenario.toml       the options
    gazetteer.parquet   the postcode directory
    layers/*.parquet    boundaries, sites, homes, backdrop; each carries the edition it came from
    layers/previous/    the edition before, of sites, homes and the district's postcodes
    releases/           frozen packs
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import geopandas as gpd
import pandas as pd
import tomli_w

from geo.crs import NATIONAL_GRID, WGS84, require_crs
from geo.editions import SITE_DATASETS, Dataset, Edition
from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review.audit import What, append_line
from geo.review.feeds import Feed, read_feeds
from geo.review.files import explained, read_edition, read_frame, read_geometry, write_bytes
from geo.review.former import replace_table
from geo.review.frames import dissolved, together
from geo.review.keys import Key, check_value, key_path, load_key, make_key
from geo.review.new_folder import new_folder
from geo.review.records import count_flags, count_statuses, read_records
from geo.review.signing import UNSIGNED, Signer
from geo.review.store import Store
from geo.review.store_tables import VERSION
from geo.scenario import Scenario, read_scenario
from geo.schema import AREAS, CENSUS, HOMES, SITES

if TYPE_CHECKING:
    from geo.places.gazetteer import Gazetteer

_DATABASE: Final = "planner.sqlite"
_SCENARIO: Final = "scenario.toml"


class Workspace:
    """One council's folder. It holds no connection and no table in memory, so threads may share it."""

    def __init__(self, root: Path, *, signer: Signer = UNSIGNED) -> None:
        self.root = root
        self.store = Store(root / _DATABASE)
        self.signer = signer

    @classmethod
    def create(
        cls,
        root: Path,
        *,
        name: str,
        boundary: gpd.GeoDataFrame,
        boundary_edition: Edition,
        office_postcode: str = "",
        signer: Signer = UNSIGNED,
    ) -> "Workspace":
        """Make a workspace: wholly, or not at all.

        Parameters
        ----------
        root
            A folder that does not exist yet or is empty.
        boundary
            The district's polygons, any CRS; kept dissolved in EPSG:4326.
        signer
            Who makes it: the first line of its audit log.

        Raises
        ------
        BadInputError
            The folder holds something, or the boundary is not an area.
        WorkspaceError
            The folder cannot be written.
        """
        root = root.absolute()
        scenario = Scenario(name=name, office_postcode=office_postcode)
        outline = dissolved(boundary)
        workspace_id = secrets.token_hex(16)
        try:
            with new_folder(root) as draft:
                with explained(draft):
                    (draft / "layers").mkdir()
                    (draft / "releases").mkdir()
                drafted = cls(draft, signer=signer)
                _fill(drafted, workspace_id, scenario=scenario, outline=outline, edition=boundary_edition)
        except BaseException:
            key_path(workspace_id).unlink(missing_ok=True)
            raise
        return cls(root, signer=signer)

    @classmethod
    def open(cls, root: Path, *, signer: Signer = UNSIGNED) -> "Workspace":
        """Open a workspace.

        Parameters
        ----------
        signer
            Who works on it: what they change is signed so in the audit log.

        Raises
        ------
        BadInputError
            The folder is not a workspace, or a newer planner made it.
        WorkspaceError
            The folder cannot be read or is damaged.
        """
        workspace = cls(root.absolute(), signer=signer)
        if not workspace.store.meta("workspace_id"):
            message = f"The workspace {root} is damaged (it does not say its own id); restore it from a copy."
            raise WorkspaceError(message)
        return workspace

    @property
    def scenario(self) -> Scenario:
        """The options, as they stand in the folder now."""
        path = self.root / _SCENARIO
        with explained(self.root):
            return read_scenario(path)

    def save_scenario(self, scenario: Scenario) -> None:
        """Replace the options in one step; the audit log names those that changed."""
        path = self.root / _SCENARIO
        before = read_scenario(path) if path.is_file() else Scenario()
        changed = [name for name in Scenario.model_fields if getattr(before, name) != getattr(scenario, name)]
        with self._noted("scenario change", ", ".join(changed) or "nothing"):
            write_bytes(path, tomli_w.dumps(scenario.model_dump(mode="json")).encode())

    @property
    def gazetteer_path(self) -> Path:
        """Where the gazetteer is, or is to be built."""
        return self.root / "gazetteer.parquet"

    def gazetteer(self) -> "Gazetteer":
        """Return the postcode directory.

        Raises
        ------
        MissingDataError
            None has been added yet.
        """
        from geo.places.gazetteer import Gazetteer  # noqa: PLC0415 - duckdb is needed by few of a screen's reruns

        if not self.gazetteer_path.is_file():
            message = (
                "The workspace has no postcode directory yet; add OS Code-Point Open or the ONS Postcode Directory "
                "with: planner add gazetteer FILE, or on the Start page."
            )
            raise MissingDataError(message)
        return Gazetteer(self.gazetteer_path)

    def has(self, dataset: Dataset) -> bool:
        """Tell whether a data set has been added."""
        return self._path(dataset).is_file()

    def boundary(self) -> gpd.GeoDataFrame:
        """Return the district as one row, EPSG:4326."""
        return read_geometry(self._path("boundary"))

    def save_boundary(self, boundary: gpd.GeoDataFrame, edition: Edition) -> None:
        """Replace the district's boundary; records already kept are placed anew when their export is added again."""
        self._save("boundary", dissolved(boundary), edition)

    def save_areas(self, dataset: Dataset, frame: gpd.GeoDataFrame, edition: Edition) -> None:
        """Replace areas, lines or points for the map: AREAS schema, EPSG:4326."""
        require_crs(frame, WGS84)
        self._save(dataset, AREAS.validate(frame), edition)

    def areas(self, dataset: Dataset) -> gpd.GeoDataFrame | None:
        """Return areas, lines or points, EPSG:4326, or None where they have not been added."""
        return read_geometry(self._path(dataset)) if self.has(dataset) else None

    def save_homes(self, homes: pd.DataFrame, edition: Edition) -> None:
        """Replace the homes by postcode: HOMES schema."""
        self._save("households", HOMES.validate(homes), edition)

    def homes(self) -> pd.DataFrame | None:
        """Return the homes by postcode and year (HOMES schema), or None where they have not been added."""
        if not self.has("households"):
            return None
        found = read_frame(self._path("households"))
        return found if "year" in found else found.assign(year=0)  # an earlier planner kept no year

    def save_census(self, census: pd.DataFrame, edition: Edition) -> None:
        """Replace the groups of people in the district: CENSUS schema."""
        self._save("census", CENSUS.validate(census), edition)

    def census(self) -> pd.DataFrame | None:
        """Return the groups of people in the district (CENSUS schema), or None where they have not been added."""
        return read_frame(self._path("census")) if self.has("census") else None

    def save_sites(self, dataset: Dataset, sites: gpd.GeoDataFrame, edition: Edition) -> None:
        """Replace the sites of one data set: SITES schema, EPSG:27700."""
        require_crs(sites, NATIONAL_GRID)
        self._save(dataset, SITES.validate(sites), edition)

    def sites(self) -> gpd.GeoDataFrame:
        """Return the sites of every data set together: SITES schema, EPSG:27700, possibly no row."""
        return together([read_geometry(self._path(dataset)) for dataset in SITE_DATASETS if self.has(dataset)])

    def editions(self) -> tuple[Edition, ...]:
        """Return where every data set came from, the gazetteer's editions first."""
        gazetteer = self.gazetteer().editions() if self.has("gazetteer") else ()
        layers = [name for name in get_args(Dataset) if name != "gazetteer" and self.has(name)]
        return (*gazetteer, *(read_edition(self._path(name)) for name in layers))

    def records(self) -> pd.DataFrame:
        """Return every row kept: RECORDS schema, by month."""
        return read_records(self)

    def status_counts(self) -> dict[str, int]:
        """Count the rows of every status, zeros included."""
        return count_statuses(self.records())

    def flag_counts(self) -> dict[str, int]:
        """Count the rows that carry each flag, zeros included."""
        return count_flags(self.records())

    def feeds(self) -> tuple[Feed, ...]:
        """Return the exports added so far, by name, with the column mapping each is remembered by."""
        return read_feeds(self.store)

    def institutions(self) -> dict[str, str]:
        """Return the institutions' postcodes as keyed hashes, each with its kind."""
        with self.store.reading() as connection:
            return dict(connection.execute("SELECT place, kind FROM institutions ORDER BY place").fetchall())

    def save_institutions(self, places: Mapping[str, str], *, replace: bool = False) -> None:
        """Add institutions (keyed hash of the postcode to kind), or replace the list by these."""
        with self.store.writing() as connection:
            if replace:
                connection.execute("DELETE FROM institutions")
            connection.executemany("INSERT OR REPLACE INTO institutions VALUES (?, ?)", places.items())
            detail = f"institutions: postcodes {len(places):,}" + ", in place of the earlier list" * replace
            append_line(connection, "dataset added", detail, signer=self.signer)

    def note(self, what: What, detail: str) -> None:
        """Write a line of the audit log: names of data sets and feeds, and numbers; never a value of a row."""
        with self._noted(what, detail):
            pass

    def key(self) -> Key:
        """Fetch the key that turns references into hashes.

        Raises
        ------
        MissingDataError, BadInputError
            It is not on this machine, or is another workspace's.
        """
        return load_key(self.store.meta("workspace_id"), check=self.store.meta("key_check"))

    def fingerprint(self) -> str:
        """Return a text that changes whenever anything in the workspace changes; caches are keyed on it."""
        with explained(self.root):
            files = sorted([*self.root.glob("layers/*.parquet"), *self.root.glob("*.parquet"), self.root / _SCENARIO])
            stats = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        facts = [self.store.meta("workspace_id"), self.store.meta("revision"), stats]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]

    def _path(self, dataset: Dataset) -> Path:
        return self.gazetteer_path if dataset == "gazetteer" else self.root / "layers" / f"{dataset}.parquet"

    def _save(self, dataset: Dataset, frame: pd.DataFrame, edition: Edition) -> None:
        if edition.dataset != dataset:
            message = f"The edition is of '{edition.dataset}'; expected '{dataset}'."
            raise BadInputError(message)
        with self._noted("dataset added", f"{dataset}: {edition.title}, rows {len(frame):,}"):
            replace_table(self._path(dataset), frame, edition)

    @contextmanager
    def _noted(self, what: What, detail: str) -> Iterator[None]:
        """Do something to a file and say so in the log: the line is kept only once the file has been replaced."""
        with self.store.noting() as connection:
            append_line(connection, what, detail, signer=self.signer)
            yield


def _fill(
    workspace: Workspace, workspace_id: str, *, scenario: Scenario, outline: gpd.GeoDataFrame, edition: Edition
) -> None:
    key = make_key(workspace_id)
    facts = {
        "workspace_id": workspace_id,
        "key_check": check_value(key, workspace_id),
        "created": edition.added.isoformat(),
    }
    Store.create(workspace.store.path, facts)
    workspace.note("workspace made", f"version {VERSION}")
    workspace.save_scenario(scenario)
    workspace.save_boundary(outline, edition)
