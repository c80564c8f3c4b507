"""What changed since the last edition of each data set, and which of it touches what has been decided."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import geopandas as gpd
import pandas as pd

from geo.disclosure.safe_places import is_safe_place
from geo.disclosure.uniform_words import told_left_out
from geo.editions import Dataset, Edition
from geo.places.inside import boundary_shape, inside_shape
from geo.places.naming import PlaceNames
from geo.review.decisions import decisions_that_stand
from geo.review.files import read_frame, read_geometry
from geo.review.former import former_edition, former_path
from geo.review.home_changes import home_changes
from geo.review.postcode_changes import PostcodeChanges, postcode_changes
from geo.review.programmes_kept import read_programmes
from geo.review.register_state import read_known
from geo.review.safe_list import SafeList, safe_list
from geo.review.site_changes import SiteChange, site_changes
from geo.review.workspace import Workspace

ToldDataset = Literal[
    "gazetteer", "households", "gp_surgeries", "gp_branches", "food_banks", "libraries", "sites", "osm_sites"
]
TOLD: Final[tuple[ToldDataset, ...]] = get_args(ToldDataset)
"""Data sets whose changes are told."""


@dataclass(frozen=True)
class Changed:
    """How one data set changed.

    Attributes
    ----------
    dataset
        Which.
    before, now
        The editions that were compared.
    sites
        What became of its sites; none for homes and postcodes.
    homes
        Columns ward, before, now, change; None but for homes.
    postcodes
        New, ended and moved postcodes; None but for those.
    """

    dataset: Dataset
    before: Edition
    now: Edition
    sites: tuple[SiteChange, ...] = ()
    homes: pd.DataFrame | None = None
    postcodes: PostcodeChanges | None = None

    def sentences(self) -> tuple[str, ...]:
        """Say it in a line each."""
        if self.postcodes is not None:
            return self.postcodes.sentences()
        if self.homes is not None:
            was, now = (int(self.homes[name].sum()) for name in ("before", "now"))
            return (f"{now:,} homes in the district; {was:,} before.",)
        left = told_left_out(self.now.note)
        if not left:
            return tuple(one.sentence for one in self.sites) or ("Nothing changed.",)
        kept = tuple(one.sentence for one in self.sites) or ("Nothing changed among the places that are kept.",)
        return (*kept, f"Of the new list {left}")

    def document(self) -> dict[str, Any]:
        """Write it as plain values."""
        told = {
            "dataset": self.dataset,
            "before": self.before.model_dump(mode="json"),
            "now": self.now.model_dump(mode="json"),
            "sentences": list(self.sentences()),
        }
        if self.postcodes is not None:
            estates = [{"place": place, "new": number} for place, number in self.postcodes.estates]
            return told | {"wards": self.postcodes.wards.to_dict("records"), "estates": estates}
        if self.homes is not None:
            return told | {"wards": self.homes.to_dict("records")}
        return told | {"sites": [_plain(one) for one in self.sites]}


@dataclass(frozen=True)
class Changes:
    """What changed in all data sets.

    Attributes
    ----------
    urgent
        What a decision, a programme or the register names and is gone or has moved: to be said first.
    sets
        Each data set of which an earlier edition is kept.
    """

    urgent: tuple[str, ...]
    sets: tuple[Changed, ...]


def changes_since(workspace: Workspace, *, only: Collection[Dataset] = TOLD) -> Changes:
    """Compare what is in use with the edition before it.

    Parameters
    ----------
    only
        These data sets.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key, without which no list of sites may be shown, is not on this machine.
    WorkspaceError
        A file is damaged.
    """
    comparing = [dataset for dataset in TOLD if dataset in only and former_edition(workspace.root, dataset)]
    found = [one for dataset in comparing if (one := _changed(workspace, dataset)) is not None]
    return Changes(_urgent(workspace, found), tuple(found))


def _changed(workspace: Workspace, dataset: Dataset) -> Changed | None:
    """Compare one data set; None where it is gone, or the edition kept is the one in use."""
    before = former_edition(workspace.root, dataset)
    in_use = [edition for edition in workspace.editions() if edition.dataset == dataset]
    if before is None or not in_use or before.sha256 == in_use[-1].sha256:
        return None
    if dataset == "gazetteer":
        return Changed(dataset, before, in_use[-1], postcodes=_postcodes(workspace))
    if dataset == "households":
        return Changed(dataset, before, in_use[-1], homes=_homes(workspace))
    return Changed(dataset, before, in_use[-1], sites=_sites(workspace, dataset, safe_list(workspace)))


def _sites(workspace: Workspace, dataset: Dataset, safe: SafeList) -> tuple[SiteChange, ...]:
    before = _shown(read_geometry(former_path(workspace.root, dataset)), safe)
    in_use = workspace.sites()
    return site_changes(before, _shown(in_use[in_use["dataset"] == dataset], safe))


def _shown(sites: gpd.GeoDataFrame, safe: SafeList) -> gpd.GeoDataFrame:
    """Leave out whatever is a safe place by today's list, or by its own words."""
    texts = pd.DataFrame(sites.drop(columns="geometry"))
    hidden = safe.lists(sites).to_numpy() | is_safe_place(texts).to_numpy()
    return sites[~hidden].reset_index(drop=True)


def _postcodes(workspace: Workspace) -> PostcodeChanges:
    before = read_frame(former_path(workspace.root, "gazetteer"))
    after = workspace.gazetteer().within(workspace.boundary())
    places = PlaceNames(workspace.areas("settlements"), workspace.areas("wards"))
    return postcode_changes(_inside(before, workspace), after, places=places)


def _inside(postcodes: pd.DataFrame, workspace: Workspace) -> pd.DataFrame:
    shape = boundary_shape(workspace.boundary())
    return postcodes[inside_shape(postcodes["easting"].to_numpy(), postcodes["northing"].to_numpy(), shape)]


def _homes(workspace: Workspace) -> pd.DataFrame:
    before, after = read_frame(former_path(workspace.root, "households")), workspace.homes()
    postcodes = workspace.gazetteer().within(workspace.boundary())
    return home_changes(before, before if after is None else after, postcodes=postcodes, wards=workspace.areas("wards"))


def _urgent(workspace: Workspace, found: Collection[Changed]) -> tuple[str, ...]:
    """Say which site is gone or has moved that somebody has decided on, planned for, or keeps in the register."""
    touched = [one for each in found for one in each.sites if one.how in {"gone", "moved"}]
    if not touched:
        return ()
    named = _who_names(workspace)
    return tuple(
        f"{one.sentence} It is named by {' and '.join(named[one.site_id])}." for one in touched if one.site_id in named
    )


def _who_names(workspace: Workspace) -> dict[str, list[str]]:
    """Tell which decision, programme or entry names each site."""
    named: dict[str, list[str]] = {}
    for site, decision in decisions_that_stand(workspace).items():
        named.setdefault(site, []).append(f"decision {decision.number} ({decision.verdict})")
    last = {kept.sheet.year: kept for kept in read_programmes(workspace)}
    for year, kept in sorted(last.items()):
        for site in dict.fromkeys(kept.sheet.hubs["site_id"]):
            named.setdefault(str(site), []).append(f"the programme of {year}")
    for site in read_known(workspace).entered:
        named.setdefault(site, []).append("the register")
    return named


def _plain(one: SiteChange) -> dict[str, Any]:
    return {
        "how": one.how,
        "site_id": one.site_id,
        "name": one.name,
        "was": one.was,
        "metres": one.metres,
        "inside": one.inside,
    }
