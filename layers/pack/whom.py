"""Say in a file's name whom it is for."""

from geo.review.pack.content import Audience
from geo.review.release_words import FOR_WHOM
from geo.review.team_only import WHOM, team_name


def whom_of(audience: Audience) -> str:
    """Name an audience in words, such as "the housing team only"."""
    return WHOM if audience == "team" else FOR_WHOM[audience]


def named_for(name: str, audience: Audience) -> str:
    """Name a file so that it says whom it is for.

    Examples
    --------
    >>> named_for("pack.xlsx", "team"), named_for("pack.xlsx", "partner")
    ('pack-team-only.xlsx', 'pack-partner.xlsx')
    """
    if audience == "team":
        return team_name(name)
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{audience}{dot}{ending}"
