"""A chosen set of hubs as tables in words: the sites, other sets, other numbers of hubs, who gains."""

from typing import Final

import pandas as pd

from geo.hubs.siting.plan import SitingPlan
from geo.hubs.siting.problem import Question
from geo.hubs.siting.what_if import Change
from geo.hubs.siting.words import UNIT, told_measure
from geo.review.register_words import CATEGORY
from layers.hub_sets import letters
from pages.kit.words import number

DRAWN: Final[dict[Question, tuple[str, str]]] = {
    "cover": ("reached", "Clients within reach"),
    "average": ("mean_minutes", "Mean journey of those measured, minutes"),
    "worst": ("value", "Longest journey, minutes"),
    "fewest": ("reached", "Clients within reach"),
}
"""What the curve over numbers of hubs draws, and what it is called."""


def chosen_table(plan: SitingPlan) -> pd.DataFrame:
    """Lay the chosen sites out for reading, by the letters of the map."""
    table = plan.sites
    shown = {
        "Pin": letters(len(table)),
        "Place": table["name"] + " (" + table["category"].map(CATEGORY) + ")",
        "Nearest help for": [number(clients) for clients in table["clients_nearest"]],
        "The only one in reach for": [number(clients) for clients in table["only_by_it"]],
    }
    if table["held"].notna().all():
        shown["Chosen again, %"] = (100 * table["held"]).round(0).astype("int64")
    return pd.DataFrame(shown)


def equity_table(plan: SitingPlan) -> pd.DataFrame:
    """Set today beside what would be, for everybody and for those worst off."""
    names = [str(name) for name in plan.equity]
    rows = [dict(zip(names, row, strict=True)) for row in plan.equity.to_numpy(dtype=object)]
    return pd.DataFrame(
        {
            "Measure": [str(row["measure"]).capitalize() for row in rows],
            "Now": [told_measure(row, "before") for row in rows],
            "With these hubs": [told_measure(row, "after") for row in rows],
        }
    )


def other_sets(plan: SitingPlan) -> pd.DataFrame:
    """List the sets that are nearly as good, by what they change."""
    found = plan.alternatives
    if found is None or found.empty:
        return pd.DataFrame()
    unit = UNIT[plan.choice.problem.question].capitalize()
    return pd.DataFrame(
        {
            "Instead of": found["instead_of"],
            "It takes": found["brings_in"],
            unit: [f"{value:,.1f}".removesuffix(".0") for value in found["value"]],
            "Less good by": [f"{100 * worse:.1f} %" if worse else "nothing" for worse in found["worse_by"]],
        }
    )


def curve_table(plan: SitingPlan) -> pd.DataFrame:
    """Tell what other numbers of hubs would do."""
    curve = plan.curve
    if curve is None:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            "Hubs": curve["hubs"],
            "Clients within reach": [number(clients) for clients in curve["reached"]],
            "Mean journey of those measured, minutes": [f"{minutes:.1f}" for minutes in curve["mean_minutes"]],
            "How sure": ["proven" if proven else "best found" for proven in curve["proven"]],
            "Which": curve["chosen"],
            "Note": curve["note"],
        }
    )


def change_table(change: Change) -> pd.DataFrame:
    """Set the chosen set beside the one that is tried."""
    before, after = change.before, change.after
    rows = {
        "Clients within reach": (number(before.reached), number(after.reached)),
        "Of them new": (number(before.newly_reached), number(after.newly_reached)),
        "Further than was measured, or no way": (number(before.no_way), number(after.no_way)),
        "Mean journey of the others, minutes": (f"{before.mean_minutes:.1f}", f"{after.mean_minutes:.1f}"),
        "Longest of these, minutes": (f"{before.worst_minutes:.1f}", f"{after.worst_minutes:.1f}"),
    }
    return pd.DataFrame(
        {
            "Measure": list(rows),
            "Chosen set": [known for known, _ in rows.values()],
            "Your set": [tried for _, tried in rows.values()],
        }
    )
