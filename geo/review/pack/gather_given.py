"""Gather a pack for partners or the public: only what was given out, and what anybody may know."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.evidence.periods import told_period
from geo.review.pack.content import Audience
from geo.review.pack.figures import figures_of
from geo.review.pack.gather_names import shared_names
from geo.review.pack.gather_shapes import district_shapes, ground_shapes, point_shapes, rows_of, ward_shapes
from geo.review.pack.gather_sites import settled_programme, site_directory, site_places
from geo.review.pack.kept import pack_kept
from geo.review.pack.origins import origins, told_editions, year_before
from geo.review.pack.plain import plain, plain_rows
from geo.review.register import register
from geo.review.release_words import FOR_WHOM, told_topic
from geo.review.releases import Release, given_out, read_releases
from geo.review.review_plan import ReviewPlan, plan_review
from geo.review.workspace import Workspace

Progress = Callable[[str, float], None]
OF_CLIENTS: Final = ("within_reach", "reach", "new_reach", "so_far")
"""Columns of a programme that are made of exact counts: they are 0 in what leaves the team, and in no table."""

_TEAM_WORDS: Final = ("areas", "ask", "host_note", "unavailable")
_SEEN: Final[dict[str, tuple[str, ...]]] = {"partner": ("partner", "public"), "public": ("public",)}
HOW: Final = "To give a table out: the Releases page, or planner release make."
"""For who makes the pack, and not for who reads it."""


def given_pack(workspace: Workspace, *, audience: Audience, today: date, progress: Progress) -> dict[str, Any]:
    """Gather what one audience outside the team may know.

    Nothing here is counted from records: every number of clients is read from a release, as it was given out.
    """
    plan = plan_review(workspace, today=today)
    progress("Reading what was given out", 0.0)
    releases = [one for one in read_releases(workspace) if one.audience in _SEEN[audience]]
    progress("Reading the directory", 0.4)
    known = register(workspace, today=today)
    directory = site_directory(known)
    programme = _programme(workspace, today)
    found = {
        **origins(),
        "audience": audience,
        "district": workspace.scenario.name or "the district",
        "review": plan.review,
        "earlier": plan.earlier,
        "period": plan.selection.period,
        "releases": [_release(one) for one in releases],
        "missing": _missing(releases, plan, audience),
        "names": shared_names(workspace, plan, releases) if audience == "partner" else None,
        "directory": directory,
        "programme": programme,
        "editions": told_editions(workspace.editions()),
    }
    progress("Drawing the ground", 0.7)
    found["shapes"] = _shapes(workspace, found, known)
    return found | {"last_pack": _last_pack(workspace, plan, audience)}


def without_numbers(sheet: dict[str, Any]) -> dict[str, Any]:
    """Take every number of clients from a programme, and what is said of areas and hosts.

    Parameters
    ----------
    sheet
        As `geo.hubs.programme.content_of` writes it.
    """
    hidden = dict.fromkeys(OF_CLIENTS, 0) | dict.fromkeys(_TEAM_WORDS, "")
    hubs = [row | hidden for row in sheet["hubs"]]
    words: dict[str, Any] = {"proof": "", "quarters": [], "areas": [], "evidence": [], "rules": [], "notes": []}
    return {"year": sheet["year"], "first_day": sheet["first_day"], "hubs": hubs, **words}


def _programme(workspace: Workspace, today: date) -> dict[str, Any]:
    found = settled_programme(workspace, today=today)
    content = found["content"]
    if content is None:
        return {"year": found["year"], "state": found["state"], "content": None}
    state = "Dates stand when every host has agreed."
    return {"year": found["year"], "state": state, "content": without_numbers(content)}


def _release(release: Release) -> dict[str, Any]:
    """Write a release as it was given out: its audience sees nothing else of it either."""
    gated, topic = given_out(release), release.published.topic
    return {
        "number": release.number,
        "day": release.day.isoformat(),
        "digest": release.digest,
        "for": FOR_WHOM[release.audience],
        "title": told_topic(topic),
        "level": topic.geography.level,
        "period": topic.period.name,
        "first": topic.period.first,
        "last": topic.period.last,
        "filters": [list(pair) for pair in topic.filters],
        "rows": plain_rows(gated.table),
        "total": plain(release.published.total.value),
        "total_shown": gated.total,
        "counted": release.counted,
        "legend": list(gated.legend),
        "attributions": list(release.attributions),
        "shapes": rows_of(release.shapes),
    }


def _missing(releases: list[Release], plan: ReviewPlan, audience: Audience) -> list[str]:
    """Say of which period nothing by area was given out."""
    out = {
        one.published.topic.period.name
        for one in releases
        if not one.published.topic.filters and one.published.topic.geography.level != "district"
    }
    periods = dict.fromkeys(period for period in (plan.review, plan.earlier, plan.selection.period) if period)
    return [
        f"No table of {told_period(period)} by area has been given out to {FOR_WHOM[audience]}, so none is shown here."
        for period in periods
        if period not in out
    ]


def _shapes(workspace: Workspace, found: dict[str, Any], known: pd.DataFrame) -> dict[str, Any]:
    names = {row["site_id"]: row["name"] for row in found["directory"]}
    content = found["programme"]["content"]
    if content is not None:
        names |= {row["site_id"]: row["name"] for row in content["hubs"]}
    here = [site for site in known["site_id"] if site in names]
    points = site_places(workspace, here)
    return {
        "district": district_shapes(workspace, found["district"]),
        "ward": ward_shapes(workspace),
        "site": point_shapes((site, names[site], *point) for site, point in points.items()),
        **ground_shapes(workspace),
    }


def _last_pack(workspace: Workspace, plan: ReviewPlan, audience: Audience) -> dict[str, Any] | None:
    kept = pack_kept(workspace, year_before(plan.review), audience)
    if kept is None:
        return None
    figures = {figure.name: figure.value for figure in figures_of(kept.aggregates)}
    return {"review": kept.review, "day": kept.day.isoformat(), "digest": kept.digest, "figures": figures}
