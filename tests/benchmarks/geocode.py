"""Count referrals by H3 cell: the planner against what a user would otherwise pick, all in the same run.

    python tests/benchmarks/geocode.py GAZETTEER.parquet [ROWS ...]

Every peer reads the same Parquet file of postcodes as people write them, cleans case and spaces, joins the gazetteer
and counts by cell of resolution 8. Each runs in a process of its own; time excludes imports, memory is the peak.
The per-row loop runs on 1 M rows at most and is scaled to the rows asked for.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import h3
import ibis.backends.duckdb  # noqa: F401 - ibis loads it at first use, and imports are left out of the time
import numpy as np
import pandas as pd
import polars as pl

from geo import crs
from geo.places.bulk import count_files
from geo.places.gazetteer import Gazetteer

LOOP_ROWS = 1_000_000
RESOLUTION = 8


def write_rows(gazetteer: Path, rows: int, out: Path) -> None:
    """Draw postcodes at random, with one space; every hundredth one in small letters without it."""
    known = pd.read_parquet(gazetteer, columns=["postcode", "easting"])
    compact = known.loc[known["easting"] > 0, "postcode"].to_numpy(dtype=object)
    texts = np.array([f"{text[:-3]} {text[-3:]}" for text in compact], dtype=object)
    drawn = np.random.default_rng(7).integers(0, len(texts), rows)
    column = texts[drawn]
    column[::100] = [text.lower() for text in compact[drawn[::100]]]
    pd.DataFrame({"postcode": column}).to_parquet(out, index=False)


def per_row_loop(rows: Path, gazetteer: Path) -> int:
    table = pd.read_parquet(rows).head(LOOP_ROWS)
    places = pd.read_parquet(gazetteer, columns=["postcode", "easting", "northing"])
    places["lon"], places["lat"] = crs.to_wgs84(places["easting"], places["northing"])
    table["postcode"] = table["postcode"].str.upper().str.replace(" ", "")
    joined = table.merge(places, on="postcode")
    joined["cell"] = joined.apply(lambda row: h3.latlng_to_cell(row["lat"], row["lon"], RESOLUTION), axis=1)
    return int(joined.groupby("cell").size().sum())


def list_loop(rows: Path, gazetteer: Path) -> int:
    table = pd.read_parquet(rows).head(LOOP_ROWS)
    places = pd.read_parquet(gazetteer, columns=["postcode", "easting", "northing"])
    places["lon"], places["lat"] = crs.to_wgs84(places["easting"], places["northing"])
    table["postcode"] = table["postcode"].str.upper().str.replace(" ", "")
    joined = table.merge(places, on="postcode")
    pairs = zip(joined["lat"], joined["lon"], strict=True)
    joined["cell"] = [h3.latlng_to_cell(lat, lon, RESOLUTION) for lat, lon in pairs]
    return int(joined.groupby("cell").size().sum())


def pandas_precomputed(rows: Path, gazetteer: Path) -> int:
    table = pd.read_parquet(rows)
    places = pd.read_parquet(gazetteer, columns=["postcode", "h3_8"])
    table["postcode"] = table["postcode"].str.upper().str.replace(" ", "")
    return int(table.merge(places, on="postcode").groupby("h3_8").size().sum())


def duckdb_sql(rows: Path, gazetteer: Path) -> int:
    query = f"""
        select g.h3_8, count(*) as n from '{rows}' r
        join '{gazetteer}' g on replace(upper(r.postcode), ' ', '') = g.postcode group by g.h3_8
    """  # noqa: S608 - both paths are this script's own
    return int(duckdb.sql(query).df()["n"].sum())


def polars_lazy(rows: Path, gazetteer: Path) -> int:
    places = pl.scan_parquet(gazetteer).select("postcode", "h3_8")
    clean = pl.col("postcode").str.to_uppercase().str.replace_all(" ", "", literal=True)
    counts = pl.scan_parquet(rows).with_columns(clean).join(places, on="postcode").group_by("h3_8").len()
    return int(counts.collect()["len"].sum())


def planner(rows: Path, gazetteer: Path) -> int:
    found = count_files([rows], Gazetteer(gazetteer), resolution=RESOLUTION)
    return int(found.cells["count"].sum())


PEERS: dict[str, Callable[[Path, Path], int]] = {
    "per-row loop, DataFrame.apply": per_row_loop,
    "per-row loop, list": list_loop,
    "pandas, cells precomputed": pandas_precomputed,
    "DuckDB SQL": duckdb_sql,
    "polars": polars_lazy,
    "planner": planner,
}


def measure(name: str, rows: Path, gazetteer: Path) -> tuple[float, float, int]:
    """Run one peer in a process of its own; give seconds, peak GB and rows counted."""
    command = [sys.executable, __file__, "--one", name, str(rows), str(gazetteer)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, gigabytes, counted = answer.stdout.split()
    return float(seconds), float(gigabytes), int(counted)


def run_one(name: str, rows: Path, gazetteer: Path) -> None:
    start = time.perf_counter()
    counted = PEERS[name](rows, gazetteer)
    seconds = time.perf_counter() - start
    print(seconds, peak_gigabytes(), counted)


def peak_gigabytes() -> float:
    """Read this process's own peak from Linux; `getrusage` would give the parent's where that is larger."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1e6


def run_all(gazetteer: Path, rows: int, folder: Path) -> None:
    path = folder / f"{rows}.parquet"
    write_rows(gazetteer, rows, path)
    seconds: dict[str, float] = {}
    for name in PEERS:
        tries = [measure(name, path, gazetteer) for _ in range(1 if "loop" in name else 3)]
        taken, gigabytes, counted = min(tries)
        scale = rows / min(rows, LOOP_ROWS) if "loop" in name else 1
        seconds[name] = taken * scale
        note = f" (measured on {LOOP_ROWS:,} rows: {taken:.1f} s, scaled)" if scale > 1 else ""
        print(
            f"geocode {rows:,} rows: {name}: {seconds[name]:.2f} s, peak {gigabytes:.2f} GB, {counted:,} counted{note}"
        )
    best = min(("DuckDB SQL", "polars"), key=lambda name: seconds[name])
    print(f"geocode {rows:,} rows: planner over best engine ({best}): {seconds['planner'] / seconds[best]:.2f}x")
    for loop in ("per-row loop, DataFrame.apply", "per-row loop, list"):
        print(f"geocode {rows:,} rows: {loop} over planner: {seconds[loop] / seconds['planner']:.1f}x")


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        run_one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        with tempfile.TemporaryDirectory() as made:
            for size in sys.argv[2:] or ["1000000", "10000000"]:
                run_all(Path(sys.argv[1]), int(size), Path(made))
