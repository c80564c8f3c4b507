"""A made-up district down to its postcodes, for tests that need to know where within a cell people live."""

import numpy as np
import pandas as pd
from h3.api.basic_int import grid_disk

from geo.places.cells import cells_at
from geo.schema import HOUSED
from tests.geo.evidence.rows import at, records

MIDDLE = (436_000, 146_000)  # Hampshire on the National Grid; nothing in it is real
YEARS = ("2022-23", "2023-24", "2024-25")
WARD_M = 4_000


def homesteads(seed=0, *, postcodes=900, reach_m=9_000):
    """Draw postcodes about two towns and over the country between: HOUSED table, wards of 4 km squares."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform(-0.5, 0.5, (2, 2)) * reach_m
    near = towns[rng.integers(0, 2, postcodes)] + rng.normal(0, 0.12 * reach_m, (postcodes, 2))
    far = rng.uniform(-1, 1, (postcodes, 2)) * reach_m
    point = np.where(rng.random(postcodes)[:, None] < 0.4, near, far) + MIDDLE
    easting, northing = np.rint(point).T
    cells = {
        f"h3_{size}": cells_at(easting.astype("int32"), northing.astype("int32"), resolution=size) for size in (7, 8)
    }
    squares = [f"W{int(east // WARD_M)}/{int(north // WARD_M)}" for east, north in zip(easting, northing, strict=True)]
    table = pd.DataFrame({"postcode": [f"ZZ{number:05d}" for number in range(postcodes)]})
    table = table.assign(
        easting=easting, northing=northing, homes=rng.integers(5, 40, postcodes) * 1.0, ward=squares, lsoa="", area=""
    )
    return HOUSED.validate(table.assign(**cells)[list(HOUSED.columns)])


def busiest(housed):
    """The cell of resolution 8 with the most homes, and its neighbours."""
    homes = housed.groupby("h3_8")["homes"].sum()
    return sorted(set(grid_disk(int(homes.idxmax()), 1)) & set(homes.index))


def approaches(housed, rng, *, cells=(), risk=(1, 1, 1), a_year=300, feeds=("Housing", "Advice")):
    """Draw a year's records each, the risk of some cells' homes raised by year: RECORDS table."""
    rows = []
    for year, times in zip(YEARS, risk, strict=True):
        weight = housed["homes"] * np.where(housed["h3_8"].isin(cells), times, 1)
        for place in rng.choice(len(housed), a_year, p=weight / weight.sum()):
            home = housed.iloc[place]
            month = f"{year[:4]}-{rng.integers(4, 13):02d}"
            feed = feeds[int(rng.integers(len(feeds)))]
            where = {name: home[name] for name in ("h3_7", "h3_8", "ward", "lsoa", "area")}
            rows.append(at(f"h{len(rows)}", month, feed=feed, source=feed, **where))
    return records(*rows)
