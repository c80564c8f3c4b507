"""The broad reasons by which people seen at a hub are counted: a fixed list, never free text."""

from collections.abc import Mapping
from typing import Final

from geo.disclosure.sensitive import is_domestic_abuse

OTHER: Final = "other"
REASONS: Final = {
    "private": "Private tenancy ending",
    "family": "Family or friends cannot go on",
    "relationship": "Relationship ended",
    "money": "Rent, mortgage or other debt",
    "social": "Social or supported tenancy ending",
    "institution": "Leaving hospital, prison, care or the forces",
    "condition": "Home unfit or unsuitable",
    "rough": "Sleeping rough or nowhere to stay",
    "advice": "Advice only",
    OTHER: "Other, or not said",
}
"""Each reason by the name it is kept under, with what a form calls it."""

NO_ABUSE: Final = (
    "Domestic abuse is no reason in this list. It is counted for the whole district only, so that nobody who fled can "
    "be traced through one hub. Count it under 'Other, or not said'."
)


def told_reasons(reasons: Mapping[str, int]) -> str:
    """Say in a line who came for what; reasons that nobody came for are left out.

    Examples
    --------
    >>> told_reasons({"private": 3, "other": 1, "money": 0})
    'Private tenancy ending 3, Other, or not said 1'
    """
    return ", ".join(f"{REASONS[name]} {reasons[name]}" for name in REASONS if reasons.get(name))


def reason_of(heading: str) -> str:
    """Find the reason that a heading of a file means; empty where it means none.

    Examples
    --------
    >>> reason_of("money"), reason_of(" Private Tenancy ending "), reason_of("Weather")
    ('money', 'private', '')
    """
    folded = " ".join(heading.split()).casefold()
    return next((name for name, label in REASONS.items() if folded in {name, label.casefold()}), "")


def is_abuse_heading(heading: str) -> bool:
    """Tell whether a heading of a file would count domestic abuse by hub, which is refused."""
    return is_domestic_abuse(heading)
