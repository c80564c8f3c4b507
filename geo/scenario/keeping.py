"""Options of what is shown and of how long it is kept."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from geo.scenario.options import Options


class DisclosureOptions(Options):
    """What partners and the public may be shown; each option may be set stricter, and looser for partners only.

    Attributes
    ----------
    threshold
        Counts from 1 to this are suppressed, and what can be inferred about a suppressed count must span 1 to this.
    round_to
        Every other count, and every total, is rounded to the nearest multiple of this.
    zero_homes
        A nought is shown only where an area has at least this many homes.
    homes_floor
        An area with fewer homes than this shows no count at all. 40 is the fewest households of a census output area.
    hexagon_share
        Hexagons are published only where at least this share of the count is left.
    hide_others
        What becomes of a table in which a hidden count could be worked out unless others were hidden as well. "never"
        refuses it; "as needed" hides them, and then *which* ones were hidden tells something to whoever runs the same
        method on every table there could be (`tests/benchmarks/rerun.py`).
    solve_seconds
        The solver may take this long over one question; what is not proven safe by then counts as unsafe.
    """

    threshold: int = Field(default=7, ge=1, le=99)
    round_to: int = Field(default=5, ge=1, le=100)
    zero_homes: int = Field(default=100, ge=0)
    homes_floor: int = Field(default=40, ge=0)
    hexagon_share: float = Field(default=0.8, ge=0, le=1)
    hide_others: Literal["never", "as needed"] = "never"
    solve_seconds: float = Field(default=20, gt=0, le=600)

    @model_validator(mode="after")
    def _no_count_rounds_to_nought(self) -> Self:
        smallest_shown = self.threshold + 1
        if smallest_shown < self.round_to - self.round_to // 2:
            message = f"round_to {self.round_to} would round a count of {smallest_shown} to nought"
            kind = "round_to"
            raise PydanticCustomError(kind, message)
        return self


class KeepingOptions(Options):
    """How long records are kept, and how finely.

    Attributes
    ----------
    finest
        The finest hexagons that a record carries: 8, or 9 where the workspace is encrypted too. A cell of resolution 9
        is about 0.1 km2, and nearly an address; it is for the team's own maps and tests, never for a release.
    keep_years
        Records whose month lies further back than this many years are older than the limit; 0 sets none. The housing
        strategy is reviewed over five years (Homelessness Act 2002, s. 1(4)) and the records of this year come on
        top; councils commonly keep homelessness cases six years after closure (Limitation Act 1980). [check] against
        your own retention schedule.
    """

    finest: Literal[8, 9] = 8
    keep_years: int = Field(default=6, ge=0, le=50)
