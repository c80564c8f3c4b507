"""Every option a person may set, in one frozen object read from `scenario.toml`."""

import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from geo.errors import BadInputError

Flag = Literal["terminated", "shared_point", "institution", "repaired"]
Resolution = Literal[7, 8]  # finer, a cell is nearly a postcode, and a workspace does not keep it


class _Options(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RankingWeights(_Options):
    """How much each criterion counts when sites are ranked; they need not sum to one.

    Attributes
    ----------
    need_reached
        Households in need within reach of the site.
    new_reach
        The part of them that neither the office nor a standing hub reaches.
    co_location
        Other services under the same roof or near by.
    suitability
        Step-free entrance, private room, opening hours, capacity.
    """

    need_reached: float = Field(default=0.35, ge=0)
    new_reach: float = Field(default=0.30, ge=0)
    co_location: float = Field(default=0.20, ge=0)
    suitability: float = Field(default=0.15, ge=0)


class ReachOptions(_Options):
    """How far people will go on foot.

    Attributes
    ----------
    walk_km_per_hour
        Walking pace in kilometres an hour.
    detour
        Street distance over straight-line distance, used where no streets are loaded.
    cutoff_minutes
        Nobody is counted as reached beyond this many minutes.
    full_minutes
        Everybody within this many minutes counts in full; from here to the cutoff the weight falls in a line to 0.
    """

    walk_km_per_hour: float = Field(default=4.8, gt=0, le=8)
    detour: float = Field(default=1.3, ge=1, le=3)
    cutoff_minutes: float = Field(default=30, gt=0, le=240)
    full_minutes: float = Field(default=10, ge=0, le=240)


class ScanOptions(_Options):
    """How clusters are scanned for.

    Attributes
    ----------
    population_share
        The largest share of the district's homes that one cluster may hold.
    replicates
        Simulated districts that each law is compared with; one more must be a multiple of 100, as 9,999 is, so that
        5 % is a whole number of ranks.
    seed
        Of the random numbers: the same seed gives the same answer.
    keep_p
        Clusters with a larger p than this are not listed.
    """

    population_share: float = Field(default=0.25, gt=0, le=0.5)
    replicates: int = Field(default=9_999, ge=999, le=999_999)
    seed: int = Field(default=1, ge=0)
    keep_p: float = Field(default=0.10, gt=0, le=1)

    @field_validator("replicates")
    @classmethod
    def _whole_ranks(cls, replicates: int) -> int:
        if (replicates + 1) % 100:
            near = replicates // 100 * 100 + 99
            message = f"{replicates:,} plus 1 is not a multiple of 100, so 5 % is no whole rank; choose {near:,}"
            kind = "replicates"
            raise PydanticCustomError(kind, message)
        return replicates


class PriorityOptions(_Options):
    """The rule by which places become priorities; it is frozen with the numbers of a review.

    Attributes
    ----------
    years
        How many review years are counted together, the last full one and those before it: one year of a district is
        often too few to tell anything.
    level
        Significance of the excess test (false discovery rate) and of the scan (chance of any false cluster).
    """

    years: int = Field(default=3, ge=1, le=10)
    level: float = Field(default=0.05, gt=0, le=0.10)


class StabilityOptions(_Options):
    """How it is judged whether a hot area stays hot under other settings.

    Attributes
    ----------
    hot_q
        A place of another setting is hot where the excess test's q is at most this.
    firm_share
        An area that stays hot in this share of the settings, and in every one with a review year left out, is firm.
    fair_share
        An area that stays hot in this share is fair; in less it is fragile.
    draws
        How often clients are placed anew among the homes of where they live, for grids that no record was kept by.
    seed
        Of the random numbers: the same seed gives the same answer.
    """

    hot_q: float = Field(default=0.10, gt=0, le=0.5)
    firm_share: float = Field(default=0.8, gt=0, le=1)
    fair_share: float = Field(default=0.5, gt=0, le=1)
    draws: int = Field(default=5, ge=1, le=99)
    seed: int = Field(default=1, ge=0)


class TrendOptions(_Options):
    """How two review years are compared.

    Attributes
    ----------
    significance
        A change is called one where its false discovery rate is at most this.
    steady_within
        A place is called steady where the whole 95 % range of its change lies between one divided by this and this.
    """

    significance: float = Field(default=0.05, gt=0, le=0.2)
    steady_within: float = Field(default=1.5, gt=1, le=5)


class DisclosureOptions(_Options):
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
    solve_seconds
        The solver may take this long over one question; what is not proven safe by then counts as unsafe.
    """

    threshold: int = Field(default=7, ge=1, le=99)
    round_to: int = Field(default=5, ge=1, le=100)
    zero_homes: int = Field(default=100, ge=0)
    homes_floor: int = Field(default=40, ge=0)
    hexagon_share: float = Field(default=0.8, ge=0, le=1)
    solve_seconds: float = Field(default=20, gt=0, le=600)

    @model_validator(mode="after")
    def _no_count_rounds_to_nought(self) -> Self:
        smallest_shown = self.threshold + 1
        if smallest_shown < self.round_to - self.round_to // 2:
            message = f"round_to {self.round_to} would round a count of {smallest_shown} to nought"
            kind = "round_to"
            raise PydanticCustomError(kind, message)
        return self


class KeepingOptions(_Options):
    """How long records are kept.

    Attributes
    ----------
    keep_years
        Records whose month lies further back than this many years are older than the limit; 0 sets none. The housing
        strategy is reviewed over five years (Homelessness Act 2002, s. 1(4)) and the records of this year come on
        top; councils commonly keep homelessness cases six years after closure (Limitation Act 1980). [check] against
        your own retention schedule.
    """

    keep_years: int = Field(default=6, ge=0, le=50)


class Scenario(_Options):
    """Every option of a council's review.

    Attributes
    ----------
    name
        The district's name, for titles.
    office_postcode
        Where the council's office is; empty if not said.
    review_first_month
        The month in which a review year begins, 1 to 12; 4 makes "2024-25" run from April 2024 to March 2025.
    episode_months
        A household's approaches within this many months of the first count once.
    resolution
        H3 resolution of maps and tests.
    homes_per_postcode
        Homes that one live postcode stands for where no household file is loaded.
    leave_out
        Flags whose records are left out of counts and tests.
    nearby_km
        Sites up to this far beyond the boundary are kept and marked.
    hub_sources
        Sources or feeds that are hubs, besides those with the word hub in their name: trends keep their records apart.
    district_only_feeds
        Feeds or agencies that provide domestic-abuse services, besides those whose name says so: their rows are counted
        for the whole district only.
    tiles_url
        Address of a map-tile server; empty means that no map asks any outside host.
    tiles_attribution
        The line its owner asks for; without one a map names the address.
    """

    name: str = ""
    office_postcode: str = ""
    review_first_month: int = Field(default=4, ge=1, le=12)
    episode_months: int = Field(default=6, ge=1, le=24)
    resolution: Resolution = 8
    homes_per_postcode: float = Field(default=15, gt=0)
    leave_out: tuple[Flag, ...] = ()
    nearby_km: float = Field(default=5, ge=0, le=50)
    hub_sources: tuple[str, ...] = ()
    district_only_feeds: tuple[str, ...] = ()
    tiles_url: str = ""
    tiles_attribution: str = ""
    reach: ReachOptions = ReachOptions()
    weights: RankingWeights = RankingWeights()
    trends: TrendOptions = TrendOptions()
    stability: StabilityOptions = StabilityOptions()
    scan: ScanOptions = ScanOptions()
    priority: PriorityOptions = PriorityOptions()
    disclosure: DisclosureOptions = DisclosureOptions()
    keeping: KeepingOptions = KeepingOptions()


def read_scenario(path: Path) -> Scenario:
    """Read the options from a TOML file.

    Raises
    ------
    BadInputError
        The file is not TOML, names an unknown option, or sets one outside its range.
    """
    try:
        return Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        option = ".".join(str(part) for part in first["loc"])
        message = f"{path.name}: option '{option}' cannot be used: {first['msg']}."
        raise BadInputError(message) from error
    except (ValueError, RecursionError) as error:  # ValueError: TOML, UTF-8, and a number of thousands of digits
        message = f"{path.name} is not a TOML file ({error}); restore it from a copy or delete it to start over."
        raise BadInputError(message) from error
