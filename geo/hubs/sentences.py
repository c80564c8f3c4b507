"""One plain sentence a site: what it reaches, what is new in that, what stands near by, what nobody has recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.hubs.facts import Facts
from geo.hubs.need import NeedKind
from geo.hubs.services import NEAR_M, Neighbour
from geo.places.travel import Mode
from geo.scenario import ReachOptions

Site = Mapping[Any, Any]

_NOUNS = {"household episodes": "household episodes", "rows, not households": "rows (not households)"}
_MIXED = "household episodes and rows"
_JOURNEYS: Final[dict[Mode, str]] = {"walk": "walk", "drive": "drive", "bus": "journey by bus"}
_UNRECORDED = {"step-free": "step-free entrance", "private room": "private room"}


@dataclass(frozen=True)
class Wording:
    """What all sentences on one question of reach share.

    Attributes
    ----------
    total, now
        Clients with a place on the map, and those whom the office and the standing hubs reach now.
    unit, kind
        What one count is, as `CellCounts.unit`, and whether they came or are expected from the homes.
    standing
        Where help stands already, in words; empty where no such place is known.
    options
        Cutoff, decay and detour.
    mode, along_streets, label
        How journeys were measured.
    """

    total: int
    now: int
    unit: str
    kind: NeedKind
    standing: str
    options: ReachOptions
    mode: Mode
    along_streets: bool
    label: str

    @property
    def journey(self) -> str:
        """The journey that counts as within reach."""
        how = "along streets" if self.along_streets else f"straight line x {self.options.detour:g}"
        by_bus = "" if self.mode == "bus" else f" ({how})"
        return f"a {self.options.cutoff_minutes:g}-minute {_JOURNEYS[self.mode]}{by_bus}"

    @property
    def noun(self) -> str:
        """What is counted."""
        noun = _NOUNS.get(self.unit, _MIXED)
        return noun if self.kind == "clients" else f"{noun} expected from the homes"


def wording_of(facts: Facts, options: ReachOptions) -> Wording:
    """Gather what all sentences share."""
    counts = facts.counts
    return Wording(
        total=round(counts.sum()),
        now=round(counts[facts.minutes_now <= options.cutoff_minutes].sum()),
        unit=facts.need.counted.unit,
        kind=facts.need.kind,
        standing=facts.standing,
        options=options,
        mode=facts.journeys.mode,
        along_streets=facts.journeys.along_streets,
        label=facts.journeys.label,
    )


def explain_site(site: Site, near: list[Neighbour], wording: Wording) -> str:
    """Explain one site's place in the ranking.

    Parameters
    ----------
    site
        What the table knows of the site, by column: a row of SITES with `households_reached`, `newly_reached` and
        `too_few`.
    near
        The other services at and around it.
    wording
        What all sentences share.
    """
    parts = [
        _reached(int(site["households_reached"]), wording),
        _new(int(site["newly_reached"]), int(site["households_reached"]), wording.standing),
        _services(near),
        *_building(site),
        "" if site["inside"] else "it stands outside the district",
    ]
    sentence = "; ".join(part for part in parts if part) + "."
    return sentence + (" Too few to tell." if site["too_few"] else "")


def name_services(near: list[Neighbour]) -> str:
    """List the other services at and around a site, for a table.

    Examples
    --------
    >>> name_services([Neighbour("a food bank", same_roof=False), Neighbour("a library", same_roof=True)])
    'a food bank, a library (same roof)'
    """
    return ", ".join(other.service + (" (same roof)" if other.same_roof else "") for other in near)


def _reached(count: int, wording: Wording) -> str:
    if count == 0:
        return f"Within {wording.journey} of none of {wording.total:,} {wording.noun}"
    return f"Within {wording.journey} of about {count:,} of {wording.total:,} {wording.noun}"


def _new(count: int, reached: int, standing: str) -> str:
    if not standing or not reached:
        return ""
    amount = "all" if count == reached else f"{count:,}" if count else "none"
    return f"{amount} of them {'is' if amount in {'1', 'none'} else 'are'} beyond the reach of {standing}"


def _services(near: list[Neighbour]) -> str:
    roof = [other.service for other in near if other.same_roof]
    around = [other.service for other in near if not other.same_roof]
    if not roof and not around:
        return f"no other service is listed within {NEAR_M:g} m"
    parts = [f"{_join(roof)} {'is' if len(roof) == 1 else 'are'} under the same roof"] if roof else []
    parts += [f"{_join(around)} {'stands' if len(around) == 1 else 'stand'} within {NEAR_M:g} m"] if around else []
    return "; ".join(parts)


def _building(site: Site) -> list[str]:
    """Say what is known of the building, and what nobody recorded."""
    answers = {"step-free": site["step_free"], "private room": site["private_room"]}
    known = {what: bool(answer) for what, answer in answers.items() if not pd.isna(answer)}
    good = [what for what, answer in known.items() if answer]
    bad = ["not step-free" if what == "step-free" else f"no {what}" for what, answer in known.items() if not answer]
    silent = [_UNRECORDED[what] for what in answers if what not in known]
    silent += ["opening hours"] * (not str(site["opening_hours"]).strip())
    if pd.isna(site["capacity"]):
        silent.append("capacity")
    else:
        good.append(f"room for {int(site['capacity'])}")
    return [", ".join(good + bad), f"not recorded: {', '.join(silent)}" if silent else ""]


def _join(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
