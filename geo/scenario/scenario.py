"""Every option a person may set, in one frozen object read from `scenario.toml`."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from geo.errors import BadInputError
from geo.scenario.bus import BusOptions
from geo.scenario.delivery import DeliveryOptions
from geo.scenario.evidence import PriorityOptions, ScanOptions, StabilityOptions, TrendOptions
from geo.scenario.hubs import RankingOptions, RankingWeights, ReachOptions
from geo.scenario.keeping import DisclosureOptions, KeepingOptions
from geo.scenario.monitor import MonitorOptions
from geo.scenario.options import Options
from geo.scenario.programme import ProgrammeOptions
from geo.scenario.siting import SitingOptions
from geo.scenario.travel import TravelOptions
from geo.scenario.walkabouts import WalkaboutOptions

Flag = Literal["terminated", "shared_point", "institution", "repaired"]
Resolution = Literal[7, 8]  # finer, a cell is nearly a postcode, and a workspace does not keep it


class Scenario(Options):
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
    bus: BusOptions = BusOptions()
    weights: RankingWeights = RankingWeights()
    ranking: RankingOptions = RankingOptions()
    trends: TrendOptions = TrendOptions()
    stability: StabilityOptions = StabilityOptions()
    scan: ScanOptions = ScanOptions()
    priority: PriorityOptions = PriorityOptions()
    disclosure: DisclosureOptions = DisclosureOptions()
    keeping: KeepingOptions = KeepingOptions()
    travel: TravelOptions = TravelOptions()
    siting: SitingOptions = SitingOptions()
    programme: ProgrammeOptions = ProgrammeOptions()
    delivery: DeliveryOptions = DeliveryOptions()
    monitor: MonitorOptions = MonitorOptions()
    walkabouts: WalkaboutOptions = WalkaboutOptions()


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
