"""Every option a person may set, in one frozen object read from `scenario.toml`."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import BadInputError

Flag = Literal["terminated", "shared_point", "institution", "repaired"]
Resolution = Literal[7, 8]  # finer, a cell is nearly a postcode, and a workspace does not keep it


class _Options(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RankingWeights(_Options):
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


class ReachOptions(_Options):
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


class Scenario(_Options):
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
    tiles_url: str = ""
    tiles_attribution: str = ""
    reach: ReachOptions = ReachOptions()
    weights: RankingWeights = RankingWeights()


def read_scenario(path: Path) -> Scenario:
    """Read the options from a TOML file.

    Raises
    ------
    BadInputError
        The file is not TOML, names an unknown option, or sets one outside its range.
    """
    try:
        return Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path.name} is not a TOML file ({error}); restore it from a copy or delete it to start over."
        raise BadInputError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        option = ".".join(str(part) for part in first["loc"])
        message = f"{path.name}: option '{option}' cannot be used: {first['msg']}."
        raise BadInputError(message) from error
