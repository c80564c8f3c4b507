"""Options of judging whether last year's hubs worked."""

from typing import Literal

from pydantic import Field

from geo.scenario.options import Options

Comparison = Literal["homes", "rate", "all"]


class MonitorOptions(Options):
    """How it is judged whether hubs worked.

    Attributes
    ----------
    level
        Coverage of every range, at least.
    power
        With what chance the smallest change that could have been seen would have been seen.
    comparison
        Which places without a hub are compared: "homes" takes those with about as many homes, "rate" those with about
        as high a rate before (steadied), "all" takes all.
    similar_within
        Places are about as large (or their rates about as high) if they lie within this many times of the smallest and
        the largest place with a hub.
    least_places
        Fewer comparison places than this are no comparison.
    least_clients
        Nor are fewer clients than this in all comparison places together, in either year.
    telling_ratio
        Where not even a rise of so many times would have been seen, the answer is "too few to tell".
    telling_points
        Where not even a difference of so many points out of a hundred would have been seen between two shares, the
        answer is "too few to tell".
    """

    level: float = Field(default=0.95, ge=0.8, le=0.999)
    power: float = Field(default=0.8, ge=0.5, le=0.99)
    comparison: Comparison = "homes"
    similar_within: float = Field(default=3, ge=1.25, le=20)
    least_places: int = Field(default=10, ge=5, le=1_000)
    least_clients: int = Field(default=30, ge=10, le=10_000)
    telling_ratio: float = Field(default=2.0, gt=1, le=10)
    telling_points: float = Field(default=20, gt=0, le=100)
