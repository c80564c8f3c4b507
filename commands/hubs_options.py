"""The options that commands on hubs share: how people travel, how far they go, and whose need counts."""

from typing import Annotated

import typer

from geo.hubs.need import NeedKind
from geo.places.travel import Mode
from geo.scenario import Decay, Scenario

ModeOption = Annotated[Mode, typer.Option(help="How people travel.")]
MinutesOption = Annotated[
    float | None, typer.Option(min=1, max=240, help="Within so many minutes (default: the workspace's).")
]
DecayOption = Annotated[
    Decay | None, typer.Option(help="How those further away count less (default: the workspace's).")
]
NeedOption = Annotated[NeedKind, typer.Option(help="Clients who came, or as many as the homes let one expect.")]
ResolutionOption = Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")]
PeriodOption = Annotated[str, typer.Option(help="A review year such as 2024-25, or all.")]
SourceOption = Annotated[str, typer.Option(help="Only records of this source.")]


def reach_options(scenario: Scenario, *, minutes: float | None, decay: Decay | None) -> Scenario:
    """Change how far people go, where the command line says so."""
    given = {"cutoff_minutes": minutes, "decay": decay}
    stated = {name: value for name, value in given.items() if value is not None}
    return scenario.model_copy(update={"reach": scenario.reach.model_copy(update=stated)})
