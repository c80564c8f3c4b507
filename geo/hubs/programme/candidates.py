"""Which site could hold a hub at which session: host open, enough partners free."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.programme.hours import Answer
from geo.hubs.programme.inputs import YearInputs
from geo.hubs.programme.partners import who_can_come
from geo.hubs.programme.year import YearDays
from geo.scenario import ProgrammeOptions

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

CLOSED, ASK, OPEN = 0, 1, 2
_STATES: Final[dict[Answer, int]] = {"closed": CLOSED, "ask": ASK, "open": OPEN}


@dataclass(frozen=True)
class Setting:
    """What is planned from, by which rules, in which year, and what is possible at all; m sites, s sessions.

    Attributes
    ----------
    openings
        (m, s) 0 closed, 1 to be asked, 2 open for the whole session.
    agencies
        (s,) partners who can come.
    """

    inputs: YearInputs
    options: ProgrammeOptions
    days: YearDays
    openings: npt.NDArray[np.int8]
    agencies: IntArray

    @cached_property
    def usable(self) -> BoolArray:
        """(m, s) whether a site may hold a hub at a session."""
        least = ASK if self.options.unknown_hours == "ask" else OPEN
        return np.asarray((self.openings >= least) & (self.agencies >= self.options.least_agencies))

    @cached_property
    def hub_quarters(self) -> tuple[int, ...]:
        """The quarter of each hub to be planned, in order of time."""
        return tuple(quarter for quarter in self.days.quarters for _ in range(self.options.hubs_a_quarter))

    @cached_property
    def areas_wanted(self) -> int:
        """How many priority areas are to have a hub within reach: the share asked for, of those that can have one."""
        possible = int((self.inputs.areas.serves & self.usable.any(axis=1)).any(axis=1).sum())
        return min(int(np.ceil(self.options.area_share * len(self.inputs.areas.names) - 1e-9)), possible)

    @cached_property
    def labels(self) -> dict[str, IntArray]:
        """The sites that stand for the same in the rotation, by name; empty where hubs in a row may be alike."""
        if self.options.rotation == "none":
            return {}
        sites = range(len(self.openings))
        if self.options.rotation == "site":
            return {f"site {site}": np.array([site]) for site in sites}
        found: dict[str, list[int]] = {}
        for site in sites:
            for label in self.inputs.labels(site):
                found.setdefault(label, []).append(site)
        return {label: np.array(members) for label, members in found.items()}

    def why_not_used(self) -> dict[str, int]:
        """Count the sites that can hold no hub at all, by the reason."""
        reasons = [self._why_not(site) for site in range(len(self.openings))]
        return dict(sorted(Counter(reason for reason in reasons if reason).items()))

    def _why_not(self, site: int) -> str:
        if self.usable[site].any():
            return ""
        if not self.openings.shape[1] or self.openings[site].max() == CLOSED:
            return "closed at every session wanted"
        if self.openings[site].max() == ASK and self.options.unknown_hours == "refuse":
            return "hours unknown"
        return "open only when too few partners can come"

    def under(self, options: ProgrammeOptions) -> "Setting":
        """Return the same under other rules that leave weekdays, times and days as they are."""
        return replace(self, options=options)


def find_candidates(inputs: YearInputs, days: YearDays, options: ProgrammeOptions) -> Setting:
    """Ask every host and every partner about every session."""
    slots = days.slots
    rows: dict[str, list[int]] = {}
    for hours in inputs.hosts.hours:
        if hours.text not in rows:
            rows[hours.text] = [_STATES[hours.on(slot.begin, slot.end)] for slot in slots]
    openings = np.array([rows[hours.text] for hours in inputs.hosts.hours], dtype=np.int8)
    able = [len(who_can_come(inputs.partners, slot)[0]) for slot in slots]
    shape = (len(inputs.hosts.hours), len(slots))
    return Setting(inputs, options, days, openings.reshape(shape), np.array(able, dtype=np.int64))
