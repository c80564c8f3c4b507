"""Say what could be given out, and what was, in words for a housing officer."""

from typing import Final

import pandas as pd

from geo.disclosure.loss import Loss, Losses
from geo.disclosure.rules import Audience
from geo.disclosure.topics import Filters, Level, Topic
from geo.evidence.periods import told_period
from geo.review.release_drafts import Draft
from geo.review.releases import Release

AREAS: Final[dict[Level, str]] = {
    "ward": "wards",
    "lsoa": "LSOAs",
    "area": "named areas of your own",
    "h3_7": "hexagons (about 5 km2)",
    "h3_8": "small hexagons (about 0.7 km2)",
    "merged": "merged hexagons",
    "district": "the whole district",
}
FOR_WHOM: Final[dict[Audience, str]] = {
    "team": "the team",
    "partner": "partners",
    "public": "the public",
    "agreement": "a partner under a sharing agreement",
}
ROUTE: Final = {
    "self": "who came by themselves",
    "duty_to_refer": "who came by the Duty to Refer",
    "other_agency": "whom another agency sent",
    "not_stated": "whose route is not stated",
}
ONE_WAY: Final = (
    "Once one kind of area is out for these years and clients, no other kind can follow: both would give counts away.",
    "Years given out one by one can close the way for several years pooled, and the other way round: decide first.",
    "What is given out cannot be taken back. It stays as it is, and everything later is held against it.",
)
"""What must be known before anything is given out."""


def loss_table(losses: Losses) -> pd.DataFrame:
    """Lay out how much of the count each choice would keep. For the team only: its numbers are exact."""
    lines = losses.lines
    return pd.DataFrame(
        {
            "By": [AREAS[line.topic.geography.level] for line in lines],
            "Years": [told_period(line.topic.period.name) for line in lines],
            "Clients": [line.clients for line in lines],
            "Given out": [f"{100 * line.share:.0f} %" for line in lines],
            "Counts shown": ["none" if line.refusal else f"{line.areas_shown} of {line.areas}" for line in lines],
            "Why not": [line.refusal for line in lines],
        }
    )


def refusals(losses: Losses) -> list[str]:
    """Say why some choices may not be given out, each reason once with the choices it is about."""
    reasons: dict[str, list[str]] = {}
    for line in losses.lines:
        if line.refusal:
            reasons.setdefault(line.refusal, []).append(_named(line))
    return [f"{_capital('; '.join(named))}: {reason}" for reason, named in reasons.items()]


def best_sentence(losses: Losses) -> str:
    """Propose the choice that keeps most of the count."""
    best = losses.best
    if best is None:
        return "None of these may be given out; the table says why. More years, or larger areas, keep more."
    return f"Best: {_named(best)}, would give out {100 * best.share:.0f} % of {best.clients:,} clients."


def draft_sentences(draft: Draft) -> list[str]:
    """Tell the result of a check that a table passed."""
    if not draft.hidden_besides:
        return ["This table can be given out: no hidden count can be worked out from all that is known."]
    many = len(draft.hidden_besides)
    hidden = "1 more count is" if many == 1 else f"{many} more counts are"
    return [
        f"This table can be given out once {hidden} hidden to protect others: {', '.join(draft.hidden_besides)}.",
        "It is shown as it would then be given out.",
    ]


def told_topic(topic: Topic) -> str:
    """Head a table that is given out.

    Examples
    --------
    >>> from geo.disclosure.topics import Geography, Period
    >>> told_topic(Topic(Geography("ward"), Period("2022-23..2023-24", "2022-04", "2024-03")))
    'Clients by wards, 2022-23 to 2023-24'
    """
    level = topic.geography.level
    by = "of the whole district" if level == "district" else f"by {AREAS[level]}"
    return f"Clients{told_filters(topic.filters)} {by}, {told_period(topic.period.name)}"


def told_filters(filters: Filters) -> str:
    """Say whom a table is about; nothing for everybody.

    Examples
    --------
    >>> told_filters((("route", "self"),)), told_filters(())
    (' who came by themselves', '')
    """
    said = [
        ROUTE.get(value, f"by route {value}") if field == "route" else f"with {field} {value}"
        for field, value in filters
    ]
    return f" {' and '.join(said)}" if said else ""


def release_list(releases: tuple[Release, ...]) -> pd.DataFrame:
    """List what has been given out, the newest first."""
    newest = releases[::-1]
    return pd.DataFrame(
        {
            "No.": [one.number for one in newest],
            "Day": [one.day.isoformat() for one in newest],
            "For": [FOR_WHOM[one.audience] for one in newest],
            "What": [told_topic(one.published.topic) for one in newest],
            "By whom": [one.who for one in newest],
            "Rows erased since": [one.erased_since for one in newest],
            "Digest": [one.digest[:12] for one in newest],
        }
    )


def _named(line: Loss) -> str:
    return f"{AREAS[line.topic.geography.level]}, {told_period(line.topic.period.name)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
