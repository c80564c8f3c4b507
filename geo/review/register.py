"""The site register as a table: every site that is known, with what officers have found out and agreed.

Ranking and siting take `registered_sites`: the files' sites with the register's facts in place of the files', and the
sites that the council entered itself. A site that has left its file stays in `register`, marked, and is no candidate.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.hubs.points import STANDING
from geo.places.naming import PlaceNames, name_places
from geo.review.joined_places import join_sites
from geo.review.register_liaison import read_log, standing_of
from geo.review.register_state import Known, overlaid, read_known
from geo.review.workspace import Workspace
from geo.schema import REGISTER, SITE_HISTORY

_WRITTEN_ONLY: Final = ("services", "cost", "host_role", "checked")
_OVER: Final = frozenset({"refused", "ended"})
_NOT_TOLD: Final = frozenset({"easting", "northing"})


def registered_sites(workspace: Workspace) -> gpd.GeoDataFrame:
    """Return every site that can be a candidate, with what the register knows of it.

    Returns
    -------
    geopandas.GeoDataFrame
        SITES table, EPSG:27700: as `Workspace.sites`, with the register's name, category, hours, capacity, answers and
        notes in place of the file's where given, and the council's own sites. Sites that officers said are one place
        are one row, with the column `services`. What only the register knows (cost, status) is in `register`, by
        site_id.
    """
    return sites_now(read_known(workspace))


def sites_now(known: Known) -> gpd.GeoDataFrame:
    """Return every site that can be a candidate, as `registered_sites`."""
    table = overlaid(known)
    return join_sites(table[~table["site_id"].isin(set(known.gone))].reset_index(drop=True), known.places)


def register(workspace: Workspace, *, today: date) -> pd.DataFrame:
    """Return the whole register, by town, category and name.

    Parameters
    ----------
    today
        A check more than twelve months before is due again.

    Returns
    -------
    pandas.DataFrame
        REGISTER table: every site that is known, also those that left their file.
    """
    known = read_known(workspace)
    sites, facts = overlaid(known), known.facts
    log = read_log(workspace)
    stands = standing_of(log.assign(site_id=log["site_id"].replace(known.heads)))
    noted = {known.heads.get(site, site) for site in known.entered}
    rows = pd.DataFrame(
        {
            **{name: sites[name] for name in ("site_id", "name", "category")},
            "town": towns_of(workspace, sites),
            "postcode": sites["postcode"],
            **{name: [facts[site].get(name, "") for site in known.ids] for name in _WRITTEN_ONLY},
            **{
                name: sites[name]
                for name in ("opening_hours", "step_free", "private_room", "capacity", "notes", "inside", "dataset")
            },
            "status": [stands.get(site, ("", ""))[0] for site in known.ids],
            "status_day": [stands.get(site, ("", ""))[1] for site in known.ids],
            "entered": [site in noted for site in known.ids],
            "gone": [known.gone.get(site, "") for site in known.ids],
        }
    )
    texts = dict.fromkeys((*_WRITTEN_ONLY, "status", "status_day", "gone", "town"), "str")
    typed = rows.astype(texts)[~rows["site_id"].isin(set(known.heads))]
    table = typed.assign(entered=typed["entered"].astype(bool), due=_due(typed, today))
    order = table.assign(folded=table["name"].str.casefold()).sort_values(["town", "category", "folded", "site_id"])
    return REGISTER.validate(table.loc[order.index, list(REGISTER.columns)].reset_index(drop=True))


def history_of(workspace: Workspace, site_ids: Sequence[str] = ()) -> pd.DataFrame:
    """Say who changed which fact of which site, and when.

    Parameters
    ----------
    site_ids
        These sites only; empty for all.

    Returns
    -------
    pandas.DataFrame
        SITE_HISTORY table, the first change first.
    """
    known = read_known(workspace)
    wanted = {member for site in site_ids for member in known.members(site)}
    rows = [
        (one.thing, one.field, one.was, one.became, one.who, one.at)
        for one in known.changes
        if one.field not in _NOT_TOLD and (not wanted or one.thing in wanted)
    ]
    return SITE_HISTORY.validate(pd.DataFrame(rows, columns=list(SITE_HISTORY.columns), dtype="str"))


def extra_facts(known: Known) -> dict[str, dict[str, str]]:
    """Give what people keep beside the register: added columns and comments, by site, those that are empty left out."""
    return {
        site: {field: text for field, text in facts.items() if ":" in field and text}
        for site, facts in known.written.items()
    }


def a_year_before(day: date) -> date:
    """Say which day was a year before.

    Examples
    --------
    >>> a_year_before(date(2024, 2, 29)), a_year_before(date(2025, 5, 1))
    (datetime.date(2023, 2, 28), datetime.date(2024, 5, 1))
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the last day of February in a leap year
        return day.replace(year=day.year - 1, day=28)


def towns_of(workspace: Workspace, sites: gpd.GeoDataFrame) -> pd.Series:
    """Name the town of each site: the nearest settlement within 2 km, else its ward, else its postcode sector."""
    points = pd.DataFrame(
        {
            "easting": sites.geometry.x,
            "northing": sites.geometry.y,
            "sector": [postcode[:-2] or "No town known" for postcode in sites["postcode"]],
        },
        index=sites.index,
    )
    return name_places(points, PlaceNames(workspace.areas("settlements"), workspace.areas("wards")))


def _due(rows: pd.DataFrame, today: date) -> pd.Series:
    """Tell which sites are due: those entered or standing whose last check is over a year ago, or never was."""
    old = rows["checked"] < a_year_before(today).isoformat()  # ISO days sort as texts
    matters = rows["entered"] | rows["category"].isin(STANDING)
    return old & matters.astype(bool) & ~rows["status"].isin(_OVER) & (rows["gone"] == "")
