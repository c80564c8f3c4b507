"""Every option a person may set: one frozen object read from `scenario.toml`, its groups by room."""

from geo.scenario.bus import BusOptions, Weekday
from geo.scenario.delivery import DeliveryOptions
from geo.scenario.evidence import PriorityOptions, ScanOptions, StabilityOptions, TrendOptions
from geo.scenario.hubs import (
    Decay,
    RankingOptions,
    RankingWeights,
    ReachOptions,
    ValueFunction,
    ValueFunctions,
    WeightRanges,
)
from geo.scenario.keeping import DisclosureOptions, KeepingOptions
from geo.scenario.monitor import MonitorOptions
from geo.scenario.programme import ProgrammeOptions
from geo.scenario.scenario import Flag, Resolution, Scenario, read_scenario
from geo.scenario.siting import SitingOptions
from geo.scenario.travel import RoadSpeeds, TravelOptions

__all__ = [
    "BusOptions",
    "Decay",
    "DeliveryOptions",
    "DisclosureOptions",
    "Flag",
    "KeepingOptions",
    "MonitorOptions",
    "PriorityOptions",
    "ProgrammeOptions",
    "RankingOptions",
    "RankingWeights",
    "ReachOptions",
    "Resolution",
    "RoadSpeeds",
    "ScanOptions",
    "Scenario",
    "SitingOptions",
    "StabilityOptions",
    "TravelOptions",
    "TrendOptions",
    "ValueFunction",
    "ValueFunctions",
    "Weekday",
    "WeightRanges",
    "read_scenario",
]
