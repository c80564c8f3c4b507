"""Options of reach and of the ranking of sites."""

from typing import Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from geo.scenario.options import Options

Decay = Literal["linear", "step", "gaussian", "exponential"]
Range = tuple[float, ...]  # a lowest and a highest weight, or nothing
_A_PAIR: Final = 2


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


class WeightRanges(Options):
    """Between which weights people might settle, as [lowest, highest] on the scale of the weights.

    Attributes
    ----------
    need_reached, new_reach, co_location, suitability
        Of each criterion; empty takes `unsure` of RankingOptions.
    """

    need_reached: Range = ()
    new_reach: Range = ()
    co_location: Range = ()
    suitability: Range = ()

    @field_validator("*")
    @classmethod
    def _lowest_first(cls, given: Range) -> Range:
        if given and (len(given) != _A_PAIR or not 0 <= given[0] <= given[1] < float("inf")):
            message = "a range of weights is two numbers from 0, the lowest first, such as [0.2, 0.5]"
            raise ValueError(message)
        return given


class ValueFunction(Options):
    """What an amount is worth, from 0 to 1.

    Attributes
    ----------
    worst
        This amount and less is worth nothing.
    best
        This amount and more is worth 1; 0 takes the best site's own amount.
    half_worth
        What the amount midway between the two is worth: 0.5 is a straight line, 0.8 says that the first clients count
        most and further ones add less and less.
    """

    worst: float = Field(default=0, ge=0)
    best: float = Field(default=0, ge=0)
    half_worth: float = Field(default=0.5, ge=0.5, le=0.99)

    @field_validator("best")
    @classmethod
    def _above_worst(cls, best: float, info: ValidationInfo) -> float:
        if best and best <= info.data.get("worst", 0):
            message = "the best amount must be above the worst, or 0 for the best site's own"
            raise ValueError(message)
        return best


class ValueFunctions(Options):
    """The value function of each criterion: clients, clients, points for services, and 0 to 1 for the building."""

    need_reached: ValueFunction = ValueFunction()
    new_reach: ValueFunction = ValueFunction()
    co_location: ValueFunction = ValueFunction()
    suitability: ValueFunction = ValueFunction(best=1)


class RankingOptions(Options):
    """How amounts become values, and how the order is tried against other weights and other luck.

    Attributes
    ----------
    values
        What the amounts of each criterion are worth.
    unsure
        By which share every weight may be smaller or larger: 0.5 lets 0.30 be 0.15 to 0.45.
    ranges
        Ranges of single weights, in place of `unsure`.
    top
        How many places count as among the first: a hub a quarter and one in reserve.
    tied_below
        Two sites are tied unless one is ahead of the other in at least this share of the draws.
    """

    values: ValueFunctions = ValueFunctions()
    unsure: float = Field(default=0.5, ge=0, le=1)
    ranges: WeightRanges = WeightRanges()
    top: int = Field(default=5, ge=1, le=50)
    tied_below: float = Field(default=0.95, gt=0.5, lt=1)


class ReachOptions(Options):
    """How far people will go.

    Attributes
    ----------
    walk_km_per_hour
        Walking pace in kilometres an hour.
    detour
        Street distance over straight-line distance, used where no streets are loaded.
    cutoff_minutes
        Nobody is counted as reached beyond this many minutes.
    full_minutes
        Everybody within this many minutes counts in full.
    decay
        How the weight falls from `full_minutes` to the cutoff: "linear" to 0, "gaussian" or "exponential" (both to a
        hundredth at the cutoff), or "step": no fall, everybody within the cutoff counts in full.
    """

    walk_km_per_hour: float = Field(default=4.8, gt=0, le=8)
    detour: float = Field(default=1.3, ge=1, le=3)
    cutoff_minutes: float = Field(default=30, gt=0, le=240)
    full_minutes: float = Field(default=10, ge=0, le=240)
    decay: Decay = "linear"
