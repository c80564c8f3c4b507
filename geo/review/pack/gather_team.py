"""Gather the team's pack: exact counts, both tests, sites, programme, decisions and actions."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from geo.evidence.scan_null import NullStore
from geo.review.actions import read_actions
from geo.review.checklist import last_full_year
from geo.review.decisions import read_decisions
from geo.review.maps import grid_of
from geo.review.pack.figures import figures_of
from geo.review.pack.gather_areas import review_areas
from geo.review.pack.gather_counts import Basis, basis_of, counted, grid_as_plain, like_for_like, rows_on_record
from geo.review.pack.gather_held import hubs_held, hubs_judged, quarter_figures
from geo.review.pack.gather_quality import quality_of
from geo.review.pack.gather_shapes import area_shapes, district_shapes, ground_shapes, point_shapes, ward_shapes
from geo.review.pack.gather_sites import (
    actions_now,
    decided_since,
    ranked_sites,
    settled_programme,
)
from geo.review.pack.kept import pack_kept
from geo.review.pack.listed_places import named_places
from geo.review.pack.origins import origins, told_editions, year_before
from geo.review.priorities import StandingOut, standing_out
from geo.review.register import register
from geo.review.review_plan import ReviewPlan, plan_review
from geo.review.workspace import Workspace

Progress = Callable[[str, float], None]
_DISTRICT: Final = "the district"


def team_pack(
    workspace: Workspace, *, today: date, progress: Progress, nulls: NullStore | None = None
) -> dict[str, Any]:
    """Gather everything; parameters and errors as `geo.review.pack.gather.gather_pack`."""
    plan = plan_review(workspace, today=today)
    progress("Counting by hexagon and ward", 0.0)
    basis = basis_of(workspace, plan)
    found = _review(basis, today) | _counts(basis)
    progress("Testing every place", 0.1)
    found["areas"] = review_areas(workspace, plan, nulls=nulls, progress=_part(progress, start=0.1, stop=0.7))
    progress("Ranking the sites", 0.7)
    found |= _places(basis, today)
    progress("Looking at what is missing", 0.75)
    found["quality"] = quality_of(basis)
    progress("Asking whether the hubs worked", 0.8)
    found |= _held(basis, today, nulls, _part(progress, start=0.8, stop=0.9))
    progress("Drawing the ground", 0.9)
    found["shapes"] = _shapes(workspace, found)
    found["places"] = named_places(workspace, _sites_named(workspace, found))
    return found | {"last_pack": last_pack(workspace, plan)}


def last_pack(workspace: Workspace, plan: ReviewPlan) -> dict[str, Any] | None:
    """Take last year's numbers as its pack froze them; None where none was kept for the team."""
    kept = pack_kept(workspace, year_before(plan.review), "team")
    if kept is None:
        return None
    then = kept.aggregates
    year = then["counted"]["review"]
    return {
        "review": kept.review,
        "day": kept.day.isoformat(),
        "digest": kept.digest,
        "resolution": then["grid"]["resolution"],
        "episodes": year["episodes"],
        "cells": year["cells"],
        "wards": year["wards"],
        "figures": {figure.name: figure.value for figure in figures_of(then)},
    }


def _sites_named(workspace: Workspace, found: dict[str, Any]) -> set[str]:
    """List the sites that are told of by name alone: where hubs were held, and in decisions and actions."""
    held = {row["site"] for row in found["hubs_held"]["rows"]}
    decided = {site for one in read_decisions(workspace) for site in one.sites}
    return held | decided | {one.site for one in read_actions(workspace)}


def _review(basis: Basis, today: date) -> dict[str, Any]:
    """Say which review it is, by which rules and from what."""
    workspace, plan = basis.workspace, basis.plan
    scenario = workspace.scenario
    due, _ = last_full_year(today, first_month=scenario.review_first_month)
    late = f"There are no records of {due} yet, so this pack is of {plan.review}, the newest year on record."
    return {
        **origins(),
        "audience": "team",
        "district": scenario.name or _DISTRICT,
        "review": plan.review,
        "earlier": plan.earlier,
        "period": plan.selection.period,
        "notes": [late] * (due != plan.review),
        "scenario": scenario.model_dump(mode="json"),
        "editions": told_editions(workspace.editions()),
        "rows": rows_on_record(basis),
    }


def _counts(basis: Basis) -> dict[str, Any]:
    plan = basis.plan
    grid = grid_of(basis.workspace, plan.resolution, period=plan.selection.period)
    return {
        "counted": counted(basis),
        "grid": grid_as_plain(basis.workspace, grid),
        "ward_names": basis.wards,
        "like_for_like": like_for_like(basis),
    }


def _places(basis: Basis, today: date) -> dict[str, Any]:
    workspace = basis.workspace
    known = register(workspace, today=today)
    return {
        "sites": ranked_sites(basis, known),
        "liaison": {str(word): int(count) for word, count in known["status"].value_counts().sort_index().items()},
        "programme": settled_programme(workspace, today=today),
        "decisions": decided_since(workspace, known, today=today),
        "actions": actions_now(workspace, known, today=today),
    }


def _held(basis: Basis, today: date, nulls: NullStore | None, progress: Progress) -> dict[str, Any]:
    workspace, review = basis.workspace, basis.plan.review

    def priorities(plan: ReviewPlan) -> StandingOut:
        return standing_out(workspace, plan, nulls=nulls, progress=progress)

    judged = hubs_judged(workspace, review, today=today, priorities=priorities)
    return {
        "hubs_held": hubs_held(workspace, review, today=today),
        "monitor": judged,
        "quarters": quarter_figures(workspace, review),
    }


def _shapes(workspace: Workspace, found: dict[str, Any]) -> dict[str, Any]:
    analysis = found["areas"]["analysis"]
    sites = [(row["site_id"], row["name"], row["lon"], row["lat"]) for row in found["sites"]["rows"]]
    return {
        "district": district_shapes(workspace, found["district"]),
        "ward": ward_shapes(workspace),
        "area": area_shapes(analysis["cells"]) if analysis else [],
        "site": point_shapes(sites),
        **ground_shapes(workspace),
    }


def _part(tell: Progress, *, start: float, stop: float) -> Progress:
    return lambda step, share: tell(step, start + (stop - start) * share)
