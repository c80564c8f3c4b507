"""What `planner hubs choose` prints: sentences for people, one document for scripts."""

from dataclasses import asdict
from math import isfinite
from typing import Any

import pandas as pd

from geo.hubs.siting.choose import Choice, Progress
from geo.hubs.siting.plan import SitingPlan
from geo.hubs.siting.words import COMPLETE, UNIT, told_measure, told_proof, told_set


def told_progress(news: Progress) -> str:
    """Say how far the proof is."""
    if not isfinite(news.value) or news.gap >= 1:
        return f"{news.seconds:.0f} s: no bound yet"
    return f"{news.seconds:.0f} s: {news.value:,.1f} so far, nothing beats {news.bound:,.1f} (gap {news.gap:.2%})"


def document(plan: SitingPlan) -> dict[str, Any]:
    """Put everything into one document; what is blank is null."""
    choice, problem = plan.choice, plan.asked.problem
    counted = plan.asked.facts.need.counted
    return {
        "question": problem.question,
        "minutes": problem.within_minutes,
        "hubs": len(choice.chosen),
        "objective": choice.value,
        "bound": choice.bound,
        "gap": choice.gap,
        "proven": choice.proven,
        "seconds": round(choice.seconds, 3),
        "first_answer": {"objective": choice.first_value, "seconds": round(choice.first_seconds, 3)},
        "sites": _records(plan.sites),
        "before": asdict(plan.before),
        "after": asdict(plan.after),
        "equity": _records(plan.equity),
        "alternatives": None if plan.alternatives is None else _records(plan.alternatives),
        "alternatives_complete": None if plan.others is None else plan.others.complete,
        "curve": None if plan.curve is None else _records(plan.curve),
        "standing": plan.asked.facts.standing,
        "travel": plan.asked.facts.journeys.label,
        "unit": counted.unit,
        "period": counted.period,
        "unmapped": counted.unmapped,
        "left_out": counted.left_out,
        "notes": list(plan.notes),
    }


def lines(plan: SitingPlan) -> list[str]:
    """Tell the plan in sentences."""
    told = [told_set(plan), _proof(plan.choice), ""]
    for site in plan.sites.to_dict("records"):
        held = "" if pd.isna(site["held"]) else f"; chosen again in {site['held']:.0%} of redraws of the counts"
        kept = " (must be kept)" if site["must_keep"] else ""
        told.append(
            f"  {site['name']}{kept}: nearest help for {site['clients_nearest']:,.0f}, the only one within reach for "
            f"{site['only_by_it']:,.0f}{held}"
        )
    told += ["", *_equity(plan), *_alternatives(plan), *_curve(plan)]
    lost = sum(plan.asked.facts.need.counted.unmapped.values())
    return [*told, "", f"{lost:,} more have no place on the map.", f"Journeys: {_travel(plan)}.", *plan.notes]


def _proof(choice: Choice) -> str:
    return told_proof(choice) + ("" if choice.proven else " Allow more time with --limit.")


def _equity(plan: SitingPlan) -> list[str]:
    rows = [
        f"  {row['measure']}: {told_measure(row, 'before')} to {told_measure(row, 'after')}"
        for row in _dicts(plan.equity)
    ]
    return ["Before and after:", *rows]


def _alternatives(plan: SitingPlan) -> list[str]:
    if plan.others is None or plan.alternatives is None:
        return []
    others, unit = plan.others, UNIT[plan.choice.problem.question]
    head = f"Other sets within {others.within:.0%} of it: {len(others.sets)}. {COMPLETE[others.complete]}"
    rows = [_alternative(row, unit) for row in _dicts(plan.alternatives)]
    return ["", head, *rows]


def _alternative(row: dict[str, Any], unit: str) -> str:
    less = "just as good" if not row["worse_by"] else f"{row['worse_by']:.2%} less good"
    return f"  {row['value']:,.1f} {unit} ({less}): {row['brings_in']} in place of {row['instead_of']}"


def _curve(plan: SitingPlan) -> list[str]:
    if plan.curve is None:
        return []
    rows = []
    unit = "clients" if plan.choice.problem.question == "fewest" else UNIT[plan.choice.problem.question]
    for row in _dicts(plan.curve):
        value = "none" if pd.isna(row["value"]) else f"{row['value']:,.1f}"
        change = "" if pd.isna(row["change"]) else f" ({row['change']:+,.1f})"
        proof = "" if row["proven"] or pd.isna(row["value"]) else f" [gap {row['gap']:.1%}]"
        rows.append(f"  {row['hubs']:3}: {value}{change}{proof} {row['note']}".rstrip())
    return ["", f"With other numbers of hubs ({unit}):", *rows]


def _travel(plan: SitingPlan) -> str:
    return plan.asked.facts.journeys.label


def _dicts(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    blank = table.astype(object).where(table.notna(), None)
    return _dicts(blank)
