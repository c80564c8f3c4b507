"""Take the places to go as plain values: sites in their order with how each stands, programme, decisions, actions."""

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.crs import to_wgs84
from geo.errors import PlannerError
from geo.evidence.counts import count_selected_cells
from geo.hubs.headline import told_added, told_now
from geo.hubs.points import STANDING
from geo.hubs.programme import content_of, year_at
from geo.hubs.ranking import Ranking
from geo.review.actions import read_actions
from geo.review.decisions import read_decisions
from geo.review.maps import grid_of
from geo.review.pack.gather_counts import Basis
from geo.review.pack.plain import plain_rows
from geo.review.programmes_kept import programme_kept, told_state
from geo.review.rankings import need_of, ranking_of, surroundings_of
from geo.review.register import a_year_before, registered_sites
from geo.review.workspace import Workspace

TOP: Final = 20
"""So many sites are told."""

_REGISTER: Final = ("town", "services", "opening_hours", "status", "status_day", "due")
_OVER: Final = ("refused", "ended")


def ranked_sites(basis: Basis, known: pd.DataFrame) -> dict[str, Any]:
    """Rank the sites by the pooled years of the rule, as `planner hubs rank` does.

    Parameters
    ----------
    known
        REGISTER table.

    Returns
    -------
    dict
        `rows` of the first sites with what the register says of them; `headline`, `notes` and how journeys were
        measured in words; `why` where none can be ranked.
    """
    workspace, plan = basis.workspace, basis.plan
    try:
        counts = count_selected_cells(basis.episodes, plan.selection, resolution=plan.resolution)
        need = need_of(workspace, counts, grid_of(workspace, plan.resolution))
        found = ranking_of(workspace, need, surroundings_of(workspace))
    except PlannerError as error:
        return {"why": str(error), "rows": [], "headline": [], "notes": [], "reached_now": None, "clients": None}
    return {"why": "", "rows": _rows(found, known), **_words(found)}


def site_directory(known: pd.DataFrame) -> list[dict[str, Any]]:
    """List the places that anybody may know: where help stands, and sites that have agreed; by town, kind and name."""
    open_to_all = (known["status"] == "agreed") | known["category"].isin(STANDING)
    over = known["status"].isin(_OVER) | (known["gone"] != "")
    names = ("site_id", "name", "category", "town", "postcode", "opening_hours", "step_free", "services", "checked")
    return plain_rows(known[open_to_all & ~over], names)


def site_places(workspace: Workspace, site_ids: list[str]) -> dict[str, list[float]]:
    """Give longitude and latitude of sites, EPSG:4326 with 5 decimals; those that are not known are left out."""
    sites = registered_sites(workspace)
    chosen = sites[sites["site_id"].isin(site_ids)]
    lon, lat = to_wgs84(chosen.geometry.x.to_numpy(), chosen.geometry.y.to_numpy())
    points = np.column_stack([lon, lat]).round(5).tolist()
    return dict(zip(chosen["site_id"].tolist(), points, strict=True))


def settled_programme(workspace: Workspace, *, today: date) -> dict[str, Any]:
    """Take the programme that was settled for the review year under way; `content` is None where there is none."""
    year = year_at(today, first_month=workspace.scenario.review_first_month)
    kept = programme_kept(workspace, year)
    if kept is None:
        return {"year": year, "state": f"No programme of {year} has been settled yet.", "content": None, "digest": ""}
    return {"year": year, "state": told_state(kept), "content": content_of(kept.sheet), "digest": kept.digest}


def decided_since(workspace: Workspace, known: pd.DataFrame, *, today: date) -> dict[str, Any]:
    """List the decisions of the last twelve months, with the names of their sites."""
    since, names = a_year_before(today), dict(zip(known["site_id"], known["name"], strict=True))
    rows = [
        {
            "number": one.number,
            "day": one.day.isoformat(),
            "who": one.who,
            "verdict": one.verdict,
            "sites": ", ".join(str(names.get(site, site)) for site in one.sites),
            "why": one.why,
            "evidence": one.evidence.words,
            "digest": one.evidence.digest,
            "superseded_by": one.superseded_by,
        }
        for one in read_decisions(workspace)
        if one.day > since
    ]
    return {"since": since.isoformat(), "rows": rows}


def actions_now(workspace: Workspace, known: pd.DataFrame, *, today: date) -> list[dict[str, Any]]:
    """List the actions as they stand: what, by which role, until when."""
    names = dict(zip(known["site_id"], known["name"], strict=True))
    return [
        {
            "number": one.number,
            "what": one.what,
            "owner": one.owner,
            "due": one.due.isoformat(),
            "status": one.status,
            "late": one.late(today),
            "decision": one.decision,
            "site": str(names.get(one.site, one.site)),
        }
        for one in read_actions(workspace)
    ]


def _rows(found: Ranking, known: pd.DataFrame) -> list[dict[str, Any]]:
    top = found.table.head(TOP)
    said = known.set_index("site_id").reindex(top["site_id"])[list(_REGISTER)]
    texts = said.drop(columns="due").fillna("").assign(due=said["due"].eq(other=True))
    lon, lat = to_wgs84(top["easting"].to_numpy(), top["northing"].to_numpy())
    table = top.reset_index(drop=True).join(texts.reset_index(drop=True))
    return plain_rows(table.assign(lon=lon.round(5), lat=lat.round(5)))


def _words(found: Ranking) -> dict[str, Any]:
    return {
        "headline": [told_now(found.wording), told_added(found.table, named="ranked first"), found.tie],
        "notes": [f"Journeys: {found.travel_label}.", *found.notes],
        "reached_now": found.wording.now,
        "clients": found.wording.total,
        "noun": found.wording.noun,
        "journey": found.wording.journey,
        "standing": found.wording.standing,
        "top": found.top,
        "sites": len(found.table),
        "period": found.period,
        "criteria": [
            {"name": name, "question": question, "unit": found.units[name], "weight": found.weights[name]}
            for name, question in found.criteria.items()
        ],
    }
