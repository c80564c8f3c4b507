"""Small made-up years to plan: places and sites on a line, hosts, areas and partners by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from geo.hubs.programme import Areas, Hosts, NeedReach, Partner, YearInputs, read_all_hours
from geo.scenario import ProgrammeOptions

TODAY = date(2026, 3, 31)
YEAR = "2026-27"
EVERY_DAY = ("Mon", "Tue", "Wed", "Thu", "Fri")
ALWAYS = Partner("Citizens Advice", EVERY_DAY, begin="08:00", end="20:00")
NURSES = Partner("Community nurses", ("Tue",), begin="09:00", end="13:00")


def need_of(counts, reach):
    counts, reach = np.asarray(counts, dtype=float), np.asarray(reach, dtype=float)
    return NeedReach(
        counts=counts,
        shape=counts,
        scale=np.ones(len(counts)),
        reach=reach,
        within=reach > 0,
        unit="household episodes",
        period="2023-24..2025-26",
        travel_label="on foot",
        unmapped={"no_fixed_abode": 3},
        left_out=1,
    )


def hosts_of(hours, towns):
    names = [f"Hall {letter}" for letter in "ABCDEFGHIJKL"[: len(hours)]]
    table = pd.DataFrame(
        {
            "site_id": [f"sites:{name[-1].lower()}" for name in names],
            "name": names,
            "category": "village_hall",
            "postcode": "",
            "town": list(towns),
            "notes": "",
            "easting": np.arange(len(names)) * 1000.0,
            "northing": 0.0,
        }
    )
    return Hosts(table, read_all_hours(list(hours)))


def inputs(counts=(40, 30, 20, 10), reach=None, *, hours=None, towns=None, serves=(), partners=(ALWAYS,)):
    """Make a year's inputs; by default each place is reached by the hall of its own number alone."""
    reach = np.eye(len(counts)) if reach is None else np.asarray(reach, dtype=float)
    sites = reach.shape[1]
    areas = Areas(
        tuple(f"Area {number}" for number in range(1, len(serves) + 1)),
        np.asarray(serves, dtype=bool).reshape(len(serves), sites),
    )
    hosts = hosts_of(hours or ["Mo-Fr 09:00-17:00"] * sites, towns or [f"Town {number}" for number in range(sites)])
    return YearInputs(need_of(counts, reach), hosts, areas, tuple(partners), 4)


def options(**changed):
    plain = {"least_agencies": 1, "weeks_apart": 4, "draws": 200, "seconds": 20}
    return ProgrammeOptions.model_validate(plain | changed)


def with_need(given, counts):
    return replace(given, need=need_of(counts, given.need.reach))
