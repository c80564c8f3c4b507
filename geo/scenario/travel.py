"""Options of journeys along streets, and of drives."""

from pydantic import Field

from geo.scenario.options import Options


class RoadSpeeds(Options):
    """The speed limit taken for each class of road where the street file states none, kilometres an hour.

    The national limits of cars in Great Britain (Highway Code, rule 124) where the class is mostly open road, and
    common posted limits where it is mostly built up.
    """

    motorway: float = Field(default=112, gt=0, le=130)
    trunk: float = Field(default=96, gt=0, le=130)
    primary: float = Field(default=80, gt=0, le=130)
    secondary: float = Field(default=64, gt=0, le=130)
    tertiary: float = Field(default=56, gt=0, le=130)
    unclassified: float = Field(default=48, gt=0, le=130)
    residential: float = Field(default=40, gt=0, le=130)
    living_street: float = Field(default=16, gt=0, le=130)
    service: float = Field(default=16, gt=0, le=130)
    track: float = Field(default=16, gt=0, le=130)


class TravelOptions(Options):
    """How journeys are measured; pace and detour on foot are those of reach.

    Attributes
    ----------
    snap_m
        A place or a site further than this from every street is said to be cut off.
    longest_minutes
        No journey longer than this is measured: it counts as none.
    share_of_limit
        Cars average this share of the speed limit, for turnings, lights and queues. An assumption: set your own
        where you know better.
    speeds
        The limit taken where the street file states none.
    straight_drive_km_per_hour
        Where no streets are loaded, cars go this fast along the straight line with its detour.
    street_side_m
        An isochrone takes in this much on either side of every street reached.
    """

    snap_m: float = Field(default=1_000, gt=0, le=10_000)
    longest_minutes: float = Field(default=90, gt=0, le=600)
    share_of_limit: float = Field(default=0.75, gt=0, le=1)
    speeds: RoadSpeeds = RoadSpeeds()
    straight_drive_km_per_hour: float = Field(default=30, gt=0, le=100)
    street_side_m: float = Field(default=50, gt=0, le=500)
