"""Write the gazetteer's editions, the homes, the institutions, and the truth for the tests."""

import csv
import json
from pathlib import Path
from typing import Final

from .clusters import CLUSTERS, YEARS, Cluster, background
from .country import Country
from .draws import Draws
from .exports import FILES
from .gazette import DISTRICT, DISTRICT_CODE
from .maps import ward_codes
from .people import Row
from .postcodes import Postcode
from .writers import write_csv

NEWER: Final = "codepoint_2025-05"
OLDER: Final = "codepoint_2021-05"
_IMPUTED_SHARE: Final = 0.01  # positional quality 50: imputed from neighbours


def write_gazetteers(out: Path, country: Country, postcodes: list[Postcode]) -> None:
    """Write two editions in the layout of Code-Point Open: no header, ten columns."""
    codes = ward_codes(country)
    draws = Draws("code-point quality")
    newer, older = [], []
    for postcode in postcodes:
        quality = 90 if postcode.kind == "unlocated" else 50 if draws.chance(_IMPUTED_SHARE) else 10
        moved = 3 + draws.below(25) if quality == 10 and draws.chance(0.015) else 0
        row = [quality, postcode.east, postcode.north, "E92000001", "", "", ""]
        areas = [postcode.district, codes.get(postcode.ward, "")]
        if postcode.kind != "terminated":
            newer.append([postcode.code, *row, *areas])
        if not postcode.new:
            older.append([_seven(postcode.code), quality, postcode.east + moved, postcode.north, *row[3:], *areas])
    for folder, rows in ((NEWER, newer), (OLDER, older)):
        (out / folder).mkdir(parents=True, exist_ok=True)
        write_csv(out / folder / "zz.csv", rows, quoting=csv.QUOTE_NONNUMERIC)


def _seven(code: str) -> str:
    """Pad the postcode to seven characters, as older editions do."""
    outward, inward = code.split()
    return outward.ljust(4) + inward


def write_homes(out: Path, postcodes: list[Postcode]) -> None:
    rows = [[p.code, p.people, p.homes] for p in postcodes if p.homes and p.ward]
    write_csv(out / "households.csv", [["postcode", "people", "homes"], *rows])


def write_institutions(out: Path, postcodes: list[Postcode]) -> None:
    ordinary = {"ordinary", "outside", "shared", "unlocated", "terminated"}
    rows = [[p.code, p.kind] for p in postcodes if p.kind not in ordinary]
    write_csv(out / "institutions.csv", [["postcode", "kind"], *rows])


def write_truth(
    out: Path, country: Country, postcodes: list[Postcode], rows: list[Row], more: dict[str, object]
) -> None:
    """Write down what was planted."""
    office = next(postcode.code for postcode in postcodes if postcode.kind == "council_office")
    truth = {
        "district": {"name": DISTRICT, "code": DISTRICT_CODE, "office_postcode": office},
        "homes": sum(postcode.homes for postcode in postcodes if postcode.ward),
        "postcodes": {kind: sum(p.kind == kind for p in postcodes) for kind in sorted({p.kind for p in postcodes})},
        "files": {file: _counts([row for row in rows if row.feed == feed]) for feed, file in FILES.items()},
        "all": _counts(rows),
        "rows_by_year": {year: sum(_year(row) == year for row in rows) for year in YEARS},
        "households": len({row.household.ref for row in rows}),
        "background_relative_risk": {ward: background(ward) for ward in country.wards},
        "clusters": [_cluster(cluster, postcodes, rows) for cluster in CLUSTERS],
        **more,
    }
    (out / "truth.json").write_bytes((json.dumps(truth, indent=1) + "\n").encode())


def _counts(rows: list[Row]) -> dict[str, object]:
    statuses = sorted({row.status for row in rows})
    flags = ("terminated", "shared_point", "institution", "repaired")
    return {
        "rows": len(rows),
        "households": len({row.household.ref for row in rows}),
        "status": {status: sum(row.status == status for row in rows) for status in statuses},
        "flags": {flag: sum(flag in row.flags for row in rows) for flag in flags},
    }


def _year(row: Row) -> str:
    start = row.day.year if row.day.month >= 4 else row.day.year - 1
    return f"{start}-{(start + 1) % 100}"


def _cluster(cluster: Cluster, postcodes: list[Postcode], rows: list[Row]) -> dict[str, object]:
    inside = [postcode for postcode in postcodes if cluster.holds(postcode)]
    codes = {postcode.code for postcode in inside}
    clients = {(YEARS[r.household.year], r.household.ref) for r in rows if codes.issuperset(r.household.address.texts)}
    return {
        "name": cluster.name,
        "trend": cluster.trend,
        "easting": round(cluster.centre[0]),
        "northing": round(cluster.centre[1]),
        "radius_m": cluster.radius_m,
        "relative_risk": dict(zip(YEARS, cluster.relative_risk, strict=True)),
        "homes": sum(postcode.homes for postcode in inside),
        "postcodes": len(inside),
        "households_by_year": {year: sum(at == year for at, _ in clients) for year in YEARS},
    }
