"""Options of the evidence: scan, priorities, stability, trends."""

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from geo.scenario.options import Options


class ScanOptions(Options):
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


class PriorityOptions(Options):
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


class StabilityOptions(Options):
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


class TrendOptions(Options):
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
