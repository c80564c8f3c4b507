"""Options of choosing a set of hubs."""

from pydantic import Field

from geo.scenario.options import Options


class SitingOptions(Options):
    """How a set of hubs is chosen.

    Attributes
    ----------
    hubs
        How many are chosen unless somebody says otherwise.
    minutes
        Clients within so many minutes of a hub count as reached.
    near_share
        Other sets are listed that are worse by no more than this share of the best.
    alternatives
        How many of them are listed at most.
    seconds
        The proof may take this long; what is not proven by then is told with its gap.
    draws, seed
        How often the counts are drawn anew to see which sites hold, and from which random numbers.
    """

    hubs: int = Field(default=3, ge=1, le=500)
    minutes: float = Field(default=30, gt=0, le=240)
    near_share: float = Field(default=0.02, ge=0, le=0.5)
    alternatives: int = Field(default=5, ge=1, le=50)
    seconds: float = Field(default=30, gt=0, le=3600)
    draws: int = Field(default=50, ge=10, le=1_000)
    seed: int = Field(default=1, ge=0)
