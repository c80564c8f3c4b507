"""Every option a person may set: one frozen object read from `scenario.toml`, its groups by room."""

from geo.scenario.evidence import PriorityOptions, ScanOptions, StabilityOptions, TrendOptions
from geo.scenario.hubs import RankingWeights, ReachOptions
from geo.scenario.keeping import DisclosureOptions, KeepingOptions
from geo.scenario.scenario import Flag, Resolution, Scenario, read_scenario

__all__ = [
    "DisclosureOptions",
    "Flag",
    "KeepingOptions",
    "PriorityOptions",
    "RankingWeights",
    "ReachOptions",
    "Resolution",
    "ScanOptions",
    "Scenario",
    "StabilityOptions",
    "TrendOptions",
    "read_scenario",
]
