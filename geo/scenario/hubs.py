"""Options of reach and of the ranking of sites."""

from pydantic import Field

from geo.scenario.options import Options


class RankingWeights(Options):
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


class ReachOptions(Options):
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
