"""Replace a list of sites by a newer edition, and take what that leaves out, out of the edition before.

A place that a newer file marks as a refuge would else be told as gone, by its name: a map to it. So whatever the newer
file names and leaves out, for whatever reason, is treated alike, as if the edition before had left it out too: it is
counted there with the same words, and it is in no kept file. What must not be shown also leaves the register, as does
a place that comes onto the safe list.
"""

import re
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.places.postcode import SHAPE
from geo.review.files import read_geometry
from geo.review.former import former_path
from geo.review.register_purge import purge_register
from geo.review.register_state import overlaid, read_known
from geo.review.safe_list import keep_rest
from geo.review.site_file import LeftOut, SiteFile
from geo.review.workspace import Workspace

_NEAR_M: Final = 65.0  # as the safe list counts: 50 m, and what a square of 10 m blurs
_COPY: Final = re.compile(r"-\d+$")  # what is added where a file has one code twice
Where = npt.NDArray[np.bool_]


def renew_sites(workspace: Workspace, file: SiteFile) -> None:
    """Replace the sites of one data set by those of a file.

    What must not be shown goes first, so that no screen meets it half-way, and is gone even if the rest fails.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine.
    WorkspaceError
        The folder cannot be written or the disk is full.
    """
    dataset = file.edition.dataset
    secret = file.left.secret
    if len(secret.rows):
        purge_register(workspace, refused=_refused(workspace, file, secret))
        for path in (workspace.root / "layers" / f"{dataset}.parquet", former_path(workspace.root, dataset)):
            _take_out(path, file, secret)
    workspace.save_sites(dataset, file.sites, file.edition)
    _take_out(former_path(workspace.root, dataset), file, file.left)


def left_out_of(before: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, left: LeftOut) -> Where:
    """Tell which sites of an earlier edition a newer one names and leaves out.

    Parameters
    ----------
    before
        SITES table of the earlier edition, EPSG:27700.
    sites, left
        What the newer edition keeps, and what it leaves out.

    Returns
    -------
    numpy.ndarray
        True for a site of the same id; of the same name, where the newer row has no code of its own; and for what must
        not be shown also of the same postcode or within 65 m, unless the newer edition still has that very site.
    """
    rows, secret = left.rows, left.secret.rows
    by_name = rows[~rows["coded"].astype(bool) | rows["secret"].astype(bool)]
    ids = set(rows["site_id"])
    named = before["site_id"].isin(ids) | before["site_id"].str.replace(_COPY, "", regex=True).isin(ids)
    called = _folded(before["name"]).isin(set(_folded(by_name["name"])) - {""})
    found = named.to_numpy() | called.to_numpy() | _where_one_is(before, secret)
    gone: Where = found & ~_stays(before, sites, ids)
    return gone


def _stays(before: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, ids: set[str]) -> Where:
    """Tell which sites a newer edition still has: by the id, and by the name too where a row left out has that id."""
    still, clash = before["site_id"].isin(sites["site_id"]), before["site_id"].isin(ids)
    same = (before["site_id"] + "|" + _folded(before["name"])).isin(sites["site_id"] + "|" + _folded(sites["name"]))
    found: Where = (still & (~clash | same)).to_numpy(dtype=bool)
    return found


def _where_one_is(before: gpd.GeoDataFrame, secret: pd.DataFrame) -> Where:
    """Tell which sites have the postcode of a place that must not be shown, or stand beside it."""
    written = before["postcode"].str.replace(" ", "").str.upper()
    listed = {text for text in secret["postcode"] if re.fullmatch(SHAPE, text)}
    there: Where = written.isin(listed).to_numpy(dtype=bool, copy=True)
    known = secret[["easting", "northing"]].dropna().to_numpy(dtype=np.float64)
    if len(known) and len(before):
        points = np.asarray(shapely.points(known), dtype=np.object_)
        near, _ = shapely.STRtree(points).query(before.geometry.to_numpy(), predicate="dwithin", distance=_NEAR_M)
        there[near] = True
    return there


def _refused(workspace: Workspace, file: SiteFile, secret: LeftOut) -> set[str]:
    """Name every site of the data set, as files or the register have it, that must not be shown any more."""
    known = read_known(workspace)
    ids = found = set(secret.rows["site_id"])
    for sites in (known.sites, overlaid(known)):
        own = sites[sites["dataset"] == file.edition.dataset]
        there = _where_one_is(own, secret.rows) & ~_stays(own, file.sites, ids)
        found = found | set(own.loc[there, "site_id"])
    return found


def _take_out(path: Path, file: SiteFile, left: LeftOut) -> None:
    """Take what is left out, out of a file of the data set that is kept."""
    if path.is_file() and len(left.rows):
        sites = read_geometry(path)
        keep_rest(path, sites, pd.Series(left_out_of(sites, file.sites, left), index=sites.index))


def _folded(names: pd.Series) -> pd.Series:
    return names.astype(str).str.casefold().str.split().str.join(" ")
