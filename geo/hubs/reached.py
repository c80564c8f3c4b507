"""How much of the need is within reach of help now, and how much each further site would add."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from geo.hubs.candidates import candidates_among
from geo.hubs.capacity import Capacity, find_capacity
from geo.hubs.decay import decay_curve
from geo.hubs.facts import Facts, Surroundings, gather_facts
from geo.hubs.need import Need
from geo.hubs.notes import journey_notes, need_notes, refusals
from geo.hubs.points import site_points
from geo.hubs.reach import sum_reached
from geo.hubs.sentences import Wording, wording_of
from geo.hubs.table import reached_columns
from geo.scenario import ReachOptions, Scenario
from geo.schema import SITE_CATEGORIES

FloatArray = npt.NDArray[np.float64]

_KEPT: Final = ["site_id", "name", "category", "postcode", "inside"]
_NOT_NEGATIVE: Final = pa.Check.ge(0)

REACHED: Final = pa.DataFrameSchema(
    {
        "site_id": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "category": pa.Column(str, pa.Check.isin(SITE_CATEGORIES)),
        "postcode": pa.Column(str),
        "inside": pa.Column(bool),
        "newly_reached": pa.Column("int64", _NOT_NEGATIVE),  # clients beyond the office and standing hubs
        "new_low": pa.Column(float, _NOT_NEGATIVE),  # 95 % range of that count
        "new_high": pa.Column(float, _NOT_NEGATIVE),
        "households_reached": pa.Column("int64", _NOT_NEGATIVE),  # clients within the cutoff
        "reached_low": pa.Column(float, _NOT_NEGATIVE),
        "reached_high": pa.Column(float, _NOT_NEGATIVE),
        "need_reached": pa.Column(float, _NOT_NEGATIVE),  # the same, those further away counting less
        "new_need_reached": pa.Column(float, _NOT_NEGATIVE),
        "easting": pa.Column(float),  # EPSG:27700 metres
        "northing": pa.Column(float),
    },
    strict=True,
)


@dataclass(frozen=True)
class Reach:
    """What is within reach of help now, and what each site would add.

    Attributes
    ----------
    table
        REACHED table, the site that adds most first.
    curve
        By even steps of minutes: `weight` of somebody so far away, `now` clients within so many minutes of the office
        and the standing hubs, `with_first` the same with the first site of the table.
    need
        Whose need.
    wording
        What is reached now, and how journeys were measured.
    capacity
        What the rooms of known size offer; None where no size is known.
    notes
        What a reader must know besides, one sentence each.
    """

    table: pd.DataFrame
    curve: pd.DataFrame
    need: Need
    wording: Wording
    capacity: Capacity | None
    notes: tuple[str, ...]


def measure_reach(
    need: Need, surroundings: Surroundings, *, scenario: Scenario, categories: tuple[str, ...] = ()
) -> Reach:
    """Measure what the office and the standing hubs reach, and what each further site would add.

    Parameters
    ----------
    need
        Clients who came, or are expected, by cell.
    surroundings
        All sites known, where the office is, and how journeys are measured.
    scenario
        Minutes and decay.
    categories
        Only sites of these categories; empty for every one but the office and the standing hubs.

    Raises
    ------
    MissingDataError
        There is no site to measure.
    BadInputError
        No site is of the chosen categories.
    """
    candidates = candidates_among(surroundings.open_sites, categories)
    facts = gather_facts(need, candidates, surroundings, options=scenario.reach)
    table = _table(candidates, facts)
    first = facts.journeys.minutes[:, table.index[0]]
    said = [refusals(facts), *journey_notes(facts, scenario.reach), *need_notes(need)]
    return Reach(
        table=REACHED.validate(table.reset_index(drop=True)),
        curve=_curve(facts, first, scenario.reach),
        need=need,
        wording=wording_of(facts, scenario.reach),
        capacity=find_capacity(facts, candidates),
        notes=tuple(note for note in said if note),
    )


def _table(candidates: gpd.GeoDataFrame, facts: Facts) -> pd.DataFrame:
    """Order the sites by what they add, then by what they reach, then by name; the index is their position."""
    east, north = site_points(candidates).T
    table = pd.DataFrame(candidates[_KEPT]).assign(
        **reached_columns(facts),
        need_reached=sum_reached(facts.counts, facts.reach).round(1),
        new_need_reached=sum_reached(facts.counts, facts.new_reach).round(1),
        easting=east,
        northing=north,
    )
    ordered = table.sort_values(
        ["newly_reached", "new_need_reached", "households_reached", "name", "site_id"],
        ascending=[False, False, False, True, True],
    )
    return ordered[list(REACHED.columns)]


def _curve(facts: Facts, first: FloatArray, options: ReachOptions) -> pd.DataFrame:
    curve = decay_curve(options)
    steps = curve["minutes"].to_numpy()
    nearest = np.minimum(facts.minutes_now, first)
    return curve.assign(
        now=facts.counts @ (facts.minutes_now[:, None] <= steps),
        with_first=facts.counts @ (nearest[:, None] <= steps),
    )
