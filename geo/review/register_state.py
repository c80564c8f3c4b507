"""Read how the site register stands: what the files say of each site, and what officers have written over it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID, frame_to_national_grid
from geo.errors import BadInputError
from geo.review.frames import together
from geo.review.histories import Change, read_changes, standing
from geo.review.joined_places import JoinedPlace, joined_facts, joined_places
from geo.review.register_words import OWN, left_its_file
from geo.review.same_answers import Pair, PairAnswer, read_answers, standing_answers
from geo.review.workspace import Workspace
from geo.schema import SITES

_ENTRY: Final = ("site", "name", "category", "postcode", "easting", "northing", "dataset")
_YES_NO: Final = {"yes": True, "no": False}
FILE_FACTS: Final = (
    "name",
    "category",
    "postcode",
    "opening_hours",
    "capacity",
    "step_free",
    "private_room",
    "notes",
)
"""What a file may say of a site: the columns of SITES that an officer may write over."""


@dataclass(frozen=True)
class Known:
    """Every site that is known, from a file or from the register.

    Attributes
    ----------
    sites
        SITES table, EPSG:27700, as the files and the entries say: before anything was written over it.
    gone
        Site id to a sentence, for those that have left their file.
    written
        Site id to the facts written over it, as texts; an empty text counts for nothing.
    entered
        The sites that something was noted on.
    changes
        The whole history, the first change first.
    places
        Sites that officers said are one place: the first of each stands for it.
    answers
        What officers said of pairs of sites, as it counts now.
    """

    sites: gpd.GeoDataFrame
    gone: Mapping[str, str]
    written: Mapping[str, Mapping[str, str]]
    entered: frozenset[str]
    changes: tuple[Change, ...]
    places: tuple[JoinedPlace, ...] = ()
    answers: Mapping[Pair, PairAnswer] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """List the ids of every site."""
        return [str(one) for one in self.sites["site_id"]]

    @cached_property
    def base_facts(self) -> dict[str, dict[str, str]]:
        """Give the facts of every site as its file or its entry has them, as texts."""
        rows = self.sites.drop(columns="geometry").to_dict("records")
        return {str(row["site_id"]): {field: as_text(row[field]) for field in FILE_FACTS} for row in rows}

    @cached_property
    def facts(self) -> dict[str, dict[str, str]]:
        """Give the facts of every site as they stand, as texts: what is written over a file goes before it.

        A site that stands for several has the facts of all.
        """
        own = {
            site: {**base, **{field: text for field, text in self.written.get(site, {}).items() if text}}
            for site, base in self.base_facts.items()
        }
        return own | {place.head: joined_facts(place, own) for place in self.places}

    @cached_property
    def heads(self) -> dict[str, str]:
        """Give each site that another one stands for the id of that one."""
        return {site: place.head for place in self.places for site in place.members[1:]}

    def name_of(self, site_id: str) -> str:
        """Give the name of a site; its id where it is not known any more."""
        return self.facts.get(site_id, {}).get("name", site_id)

    def find(self, site_id: str) -> str:
        """Give the id of a site as `require` does, but of one that another stands for its own id."""
        return site_id if site_id in set(self.ids) else self.require(site_id)

    def members(self, site_id: str) -> tuple[str, ...]:
        """Give the ids of the sites that one stands for, its own first."""
        return next((place.members for place in self.places if place.head == site_id), (site_id,))

    def require(self, site_id: str) -> str:
        """Give the id of a site, which may also be named; of one that another stands for, that other's id.

        Raises
        ------
        BadInputError
            There is no such site, or there are several of that name.
        """
        if site_id in set(self.ids):
            return self.heads.get(site_id, site_id)
        wanted = " ".join(site_id.split()).casefold()
        called = [
            self.heads.get(site, site) for site, facts in self.facts.items() if facts["name"].casefold() == wanted
        ]
        found = list(dict.fromkeys(called))
        if len(found) != 1:
            many = f"{len(found)} sites have that name" if found else "There is no such site"
            message = f"{many}; give the site's id, as planner sites list tells it."
            raise BadInputError(message)
        return found[0]


def read_known(workspace: Workspace, connection: sqlite3.Connection | None = None) -> Known:
    """Read every site.

    Parameters
    ----------
    connection
        A transaction that is open, so that what is written next is held against the very same state.
    """
    if connection is None:
        with workspace.store.reading() as reading:
            return read_known(workspace, reading)
    rows = connection.execute(f"SELECT {', '.join(_ENTRY)} FROM site_entries ORDER BY site").fetchall()  # noqa: S608 - our own column names
    entries = pd.DataFrame(rows, columns=list(_ENTRY))
    changes = read_changes(connection, "site_changes")
    listed = workspace.sites()
    kept = entries[~entries["site"].isin(listed["site_id"])]
    written = standing(changes)
    left = kept[kept["dataset"] != OWN]
    sites = together([listed, _as_sites(kept, written, workspace)]) if len(kept) else listed
    answers = standing_answers(read_answers(connection))
    return Known(
        places=_places(answers, sites[~sites["site_id"].isin(left["site"])], written),
        answers=answers,
        sites=sites,
        gone={str(site): left_its_file(str(name)) for site, name in zip(left["site"], left["dataset"], strict=True)},
        written=written,
        entered=frozenset(map(str, entries["site"])),
        changes=changes,
    )


def _places(
    answers: Mapping[Pair, PairAnswer], sites: gpd.GeoDataFrame, written: Mapping[str, Mapping[str, str]]
) -> tuple[JoinedPlace, ...]:
    if not answers:
        return ()
    ids = [str(one) for one in sites["site_id"]]
    told = {site: written.get(site, {}).get("category") for site in ids}
    categories = {site: told[site] or category for site, category in zip(ids, sites["category"], strict=True)}
    return joined_places(categories, dict(zip(ids, sites["dataset"], strict=True)), answers)


def enter_sites(connection: sqlite3.Connection, known: Known, site_ids: set[str]) -> None:
    """Enter sites as their files have them now, so that they stay known when they leave them."""
    chosen = known.sites[known.sites["site_id"].isin(site_ids - known.entered)]
    rows = [
        (site, name, category, postcode, point.x, point.y, dataset)
        for site, name, category, postcode, dataset, point in zip(
            *(chosen[name] for name in ("site_id", "name", "category", "postcode", "dataset")),
            chosen.geometry,
            strict=True,
        )
    ]
    connection.executemany("INSERT INTO site_entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def overlaid(known: Known) -> gpd.GeoDataFrame:
    """Write what officers say over what the files say: SITES table, every site, those that left their file too."""
    facts = known.facts
    table = known.sites.copy()
    for name in FILE_FACTS:
        values = [_typed(name, facts[site][name]) for site in known.ids]
        table[name] = pd.Series(values, index=table.index, dtype=known.sites[name].dtype)
    return SITES.validate(table)


def as_text(value: Any) -> str:  # noqa: ANN401 - a cell of a table, whatever its kind
    """Write a value of SITES as the register keeps it; empty for what is not known."""
    if pd.isna(value):
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    return {True: "yes", False: "no"}[bool(value)] if isinstance(value, bool) else str(int(value))


def _typed(field: str, text: str) -> object:
    if field in {"step_free", "private_room"}:
        return _YES_NO.get(text, pd.NA)
    if field == "capacity":
        return int(text) if text else pd.NA
    return text


def _as_sites(
    entries: pd.DataFrame, written: Mapping[str, Mapping[str, str]], workspace: Workspace
) -> gpd.GeoDataFrame:
    """Lay entries out as sites: where they are is as the register has it, for no file says so any more."""
    places = [_place(row, written.get(str(row["site"]), {})) for row in entries.to_dict("records")]
    points = gpd.GeoSeries.from_xy(*zip(*places, strict=True), crs=NATIONAL_GRID)
    district = frame_to_national_grid(workspace.boundary()).geometry.union_all()
    table = pd.DataFrame(
        {
            "site_id": entries["site"].astype(str).to_numpy(),
            "name": entries["name"].astype(str).to_numpy(),
            "category": entries["category"].astype(str).to_numpy(),
            "postcode": entries["postcode"].astype(str).to_numpy(),
            "inside": points.intersects(district).to_numpy(),
            "opening_hours": "",
            "capacity": pd.array([pd.NA] * len(entries), dtype="Int64"),
            "step_free": pd.array([pd.NA] * len(entries), dtype="boolean"),
            "private_room": pd.array([pd.NA] * len(entries), dtype="boolean"),
            "notes": "",
            "dataset": entries["dataset"].astype(str).to_numpy(),
        }
    )
    return SITES.validate(gpd.GeoDataFrame(table, geometry=points, crs=NATIONAL_GRID))


def _place(entry: dict[Any, Any], written: Mapping[str, str]) -> tuple[float, float]:
    """Find where a site is: where its postcode was mended, there."""
    return tuple(float(written.get(axis) or entry[axis]) for axis in ("easting", "northing"))  # type: ignore[return-value]  # two of them
