"""A chosen set of hubs in sentences, the same for screens and commands."""

from typing import Any, Final

import pandas as pd

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.plan import SitingPlan
from geo.hubs.siting.problem import Question

UNIT: Final[dict[Question, str]] = {
    "cover": "clients",
    "average": "client-minutes",
    "worst": "minutes",
    "fewest": "hubs",
}
COMPLETE: Final = {
    "all": "These are all there are.",
    "best": "None is better than these; there may be more.",
    "some": "Found by trying; there may be others.",
}


def told_set(plan: SitingPlan) -> str:
    """Say what the chosen hubs and what stands already do together."""
    after, problem, count = plan.after, plan.asked.problem, len(plan.choice.chosen)
    standing = plan.asked.facts.standing
    if not count:
        left = ", and no site reaches any of the others" if after.reached < after.clients else ""
        return (
            f"No hub is needed: {standing or 'what stands'} reaches {after.reached:,.0f} of {after.clients:,.0f} "
            f"clients within {problem.within_minutes:g} minutes already{left}."
        )
    hubs = "1 hub" if count == 1 else f"{count} hubs"
    reach = "reaches" if count == 1 and not standing else "reach"
    beside = f" beside {standing}" if standing else ""
    new = f", {after.newly_reached:,.0f} of them beyond its reach now" if standing else ""
    room = " if every hub had room" if problem.limited and problem.question != "cover" else ""
    far = f"; {after.no_way:,.0f} are further away than was measured, or have no way" if after.no_way else ""
    return (
        f"{hubs}{beside} {reach} {after.reached:,.0f} of {after.clients:,.0f} clients within "
        f"{problem.within_minutes:g} minutes{new}{room}; the mean journey is {after.mean_minutes:.1f} minutes, the "
        f"longest {after.worst_minutes:.1f}{far}."
    )


def told_proof(choice: Choice) -> str:
    """Say whether the answer is proven, else how far from the best it can be at most."""
    number = "fewer hubs would not do" if choice.problem.question == "fewest" else "no other set does better"
    first = f"first answer after {choice.first_seconds:.2f} s"
    if choice.proven:
        return f"Proven: {number} ({first}, proof after {choice.seconds:.1f} s)."
    return (
        f"Not proven: no set can do better than {choice.bound:,.1f} {UNIT[choice.problem.question]}, this one does "
        f"{choice.value:,.1f} (gap {choice.gap:.2%}, after {choice.seconds:.1f} s)."
    )


def told_measure(row: dict[str, Any], column: str) -> str:
    """Write one figure of the equity panel with its unit."""
    value = row[column]
    if pd.isna(value):
        return "none"
    if row["unit"] == "clients":
        return f"{value:,.0f}"
    if row["unit"].startswith("share"):
        return f"{100 * value:.0f} %"
    return f"{value:.2f}" if row["unit"].startswith("0") else f"{value:,.1f} {row['unit']}"
