"""What is asked of a hub before it is recorded: a day that was, a known site, numbers that add up, no person's name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from geo.disclosure.uniform_words import left_out
from geo.review.hub_reasons import REASONS
from geo.review.register_screen import Screen
from geo.review.register_state import Known

EARLIEST: Final = date(2000, 1, 1)
LONGEST: Final = 60
MOST_AGENCIES: Final = 20
MOST_PEOPLE: Final = 2_000
_LIKE_A_PERSON: Final = re.compile(r"@|\d{3}")
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_NEAR: Final = 4


@dataclass(frozen=True)
class HeldHub:
    """A hub as an officer gives it.

    Attributes
    ----------
    day
        When it was held.
    site
        The site's id, or its name.
    people
        How many people were seen.
    reasons
        How many of them by broad reason: names of `REASONS`; those left out count nobody.
    agencies
        Who was there beside the council; names of agencies, no person's.
    who
        Who records it: a name or initials.
    """

    day: date
    site: str
    people: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    agencies: tuple[str, ...] = ()
    who: str = ""


def tidy_hub(hub: HeldHub) -> HeldHub:
    """Write texts with single spaces, each agency once, and reasons that count nobody left out."""
    agencies = dict.fromkeys(" ".join(name.split()) for name in hub.agencies)
    counted = {name: hub.reasons[name] for name in REASONS if hub.reasons.get(name)}
    unknown = {name: count for name, count in hub.reasons.items() if name not in REASONS}
    site, who = " ".join(hub.site.split()), " ".join(hub.who.split())
    return HeldHub(hub.day, site, hub.people, counted | unknown, tuple(name for name in agencies if name), who)


def faults(hub: HeldHub, known: Known, screen: Screen, *, today: date) -> list[str]:
    """List why a hub cannot be recorded, one plain sentence each; none where it can.

    Parameters
    ----------
    hub
        As `tidy_hub` gives it.
    known, screen
        The register's sites, and what must not be kept.
    today
        A later day is in the future.
    """
    return [
        *_day_faults(hub.day, today),
        *site_faults(hub.site, known),
        *_count_faults(hub),
        *_name_faults(hub.agencies, hub.who),
        *_screen_faults(hub, screen),
    ]


def site_faults(site: str, known: Known) -> list[str]:
    """Say why a site cannot be told, with the nearest names of the register."""
    if site in known.facts:
        return []
    if not site:
        return ["It does not say at which site it was held."]
    fitting = sites_named(site, known)
    if len(fitting) == 1:
        return []
    if fitting:
        return [f"{len(fitting)} sites of the register have that name; give the site's id, as planner sites list does."]
    names = sorted({facts["name"] for facts in known.facts.values()})
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in get_close_matches(site.casefold(), list(folded), n=_NEAR, cutoff=0.5)]
    hint = f" The nearest names are: {', '.join(near)}." if near else ""
    return [f"The register has no such site.{hint} Enter it on the Sites page first, or give another name."]


def sites_named(site: str, known: Known) -> list[str]:
    """List the ids of the sites that are called so."""
    wanted = " ".join(site.split()).casefold()
    return [one for one, facts in known.facts.items() if facts["name"].casefold() == wanted]


def _screen_faults(hub: HeldHub, screen: Screen) -> list[str]:
    """Refuse a safe place among the names, and any postcode at all: so that nothing tells a listed one from another."""
    said = "; ".join([*hub.agencies, hub.who])
    return [left_out(1)] if _POSTCODE.search(said) or screen.refused([{"notes": said}])[0] else []


def _day_faults(day: date, today: date) -> list[str]:
    if day > today:
        return ["The day is in the future; a hub is recorded once it was held."]
    return [f"The day is before {EARLIEST.year}; check the year."] if day < EARLIEST else []


def _count_faults(hub: HeldHub) -> list[str]:
    unknown = [name for name in hub.reasons if name not in REASONS]
    if unknown:
        return [f"A reason is none of the list; expected {', '.join(REASONS)}."]
    if not 0 <= hub.people <= MOST_PEOPLE or any(count < 0 for count in hub.reasons.values()):
        return [f"People are counted from 0 to {MOST_PEOPLE:,}, and no reason below 0."]
    told = sum(hub.reasons.values())
    if told != hub.people:
        said = f"The reasons add up to {told:,} and {hub.people:,} people were seen"
        return [f"{said}; count each person once, and those whose reason is not known under '{REASONS['other']}'."]
    return []


def _name_faults(agencies: Sequence[str], who: str) -> list[str]:
    found = [] if who else ["It does not say who records it (a name or initials)."]
    if len(agencies) > MOST_AGENCIES or any(len(name) > LONGEST for name in (*agencies, who)):
        found.append(f"At most {MOST_AGENCIES} agencies and {LONGEST} letters a name are kept; shorten them.")
    if any(_LIKE_A_PERSON.search(name) for name in agencies):
        found.append("An agency's name holds an e-mail address or a long number; give names of agencies only.")
    return found
