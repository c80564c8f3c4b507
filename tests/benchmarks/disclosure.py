"""Print what a council really gets: the share of its count that may be published, by areas and years.

On the real postcodes, wards and cells of two districts, with households drawn in proportion to live postcodes.

python -m tests.benchmarks.disclosure OPEN_DATA_FOLDER [gazetteer.parquet] [draws]
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.disclosure.atoms import find_atoms
from geo.disclosure.audit import audit
from geo.disclosure.counted import complete_counts
from geo.disclosure.differencing import check_release
from geo.disclosure.merge import choose_merge, merge_counts
from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import Geography, Period, Topic
from geo.places.gazetteer import Gazetteer, build_gazetteer
from geo.places.geocode import SHARED_POINT_MIN

DISTRICTS = {"Test Valley": "E07000093", "Hart": "E07000089"}
HOUSEHOLDS = (230, 700)
HOMES_PER_POSTCODE = 15
YEARS = (2022, 2023, 2024)
PUBLIC = rule_for("public", HOUSE_DEFAULT)


def main(open_data, gazetteer, draws):
    """Print a line for each district, size, geography and period, then one for the history of all years."""
    for name, code in DISTRICTS.items():
        postcodes = tagged(open_data, gazetteer, code)
        atoms = find_atoms(postcodes)
        wards, sevens, eights = (postcodes[level].nunique() for level in ("ward", "h3_7", "h3_8"))
        sizes = f"{wards} wards, {sevens} and {eights} cells"
        print(f"{name}: {len(postcodes):,} live postcodes, {sizes} of res 7 and 8, {len(atoms):,} atoms; {draws} draws")
        for households in HOUSEHOLDS:
            print_shares(name, households, postcodes, atoms, draws)
            print_history(name, households, postcodes, atoms)


def tagged(open_data, gazetteer, code):
    """Give every live postcode of a district its ward, LSOA and cells."""
    folder = open_data / "boundaries"
    lsoas = gpd.read_file(folder / f"lsoa11_{code}.geojson")
    wards = gpd.read_file(folder / f"wards_2013ish_{code}.geojson").to_crs(4326)
    boundary = gpd.GeoDataFrame(geometry=[lsoas.union_all()], crs=4326)
    found = gazetteer.within(boundary)
    found = found[(found["terminated"] == 0) & (found["shared_point"] < SHARED_POINT_MIN)].reset_index(drop=True)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(found["easting"], found["northing"]), crs=27700).to_crs(4326)
    inside = points.within(boundary.geometry.iloc[0])
    lsoa_code = next(column for column in lsoas if column.upper().startswith("LSOA") and column.upper().endswith("CD"))
    ward = points.sjoin(wards[["WD13CD", "geometry"]], how="left").groupby(level=0)["WD13CD"].first()
    lsoa = points.sjoin(lsoas[[lsoa_code, "geometry"]], how="left").groupby(level=0)[lsoa_code].first()
    whole = found.assign(ward=ward.fillna(""), lsoa=lsoa.fillna(""), area="")[inside.to_numpy()]
    return whole.astype({"ward": "str", "lsoa": "str", "area": "str"}).reset_index(drop=True)


def draw(postcodes, households, seed):
    """Draw households of three years: postcodes x years."""
    rng = np.random.default_rng(seed)
    even = np.full(len(postcodes), 1 / len(postcodes))
    return np.stack([rng.multinomial(households, even) for _ in YEARS], axis=1)


def period(first, last):
    return Period(f"{first} to {last}", f"{first}-04", f"{last + 1}-03")


def tables(postcodes, drawn):
    """List what could be published of the last year and of all three, by every geography."""
    cells = pd.DataFrame({"cell": postcodes["h3_8"], "homes": float(HOMES_PER_POSTCODE)})
    for span, count in ((period(2024, 2024), drawn[:, -1]), (period(2022, 2024), drawn.sum(axis=1))):
        for level in ("ward", "h3_7"):
            counted = table_by(postcodes, level, count)
            yield level, span, Topic(Geography(level), span), counted
        by_cell = cells.assign(count=count).groupby("cell", as_index=False).sum()
        merged = choose_merge(by_cell, rule=PUBLIC)
        added = merge_counts(by_cell, merged)
        counted = complete_counts(added, added.set_index("code")["homes"])
        yield "merged", span, Topic(merged, span), counted


def table_by(postcodes, level, count):
    code = postcodes[level].map(lambda cell: f"{cell:x}") if level.startswith("h3") else postcodes[level]
    homes = pd.Series(float(HOMES_PER_POSTCODE), index=postcodes.index).groupby(code).sum()
    return complete_counts(pd.DataFrame({"code": code, "count": count}), homes)


def print_shares(name, households, postcodes, atoms, draws):
    """Print the share of the exact count in areas whose count is shown, each table by itself."""
    found = {}
    for seed in range(draws):
        for level, span, topic, counted in tables(postcodes, draw(postcodes, households, seed)):
            draft = suppress(counted, topic, audience="public", rule=PUBLIC)
            start = time.perf_counter()
            report = check_release(draft, (), (), atoms=atoms)
            seconds = time.perf_counter() - start
            kept = report.mended or draft.hide(frozenset(figure.code for figure in draft.figures))
            shown = {figure.code for figure in kept.figures if figure.value}
            share = counted.loc[counted["code"].isin(shown), "count"].sum() / counted["count"].sum()
            allowed = report.mended is not None and (level == "ward" or kept.share_shown >= PUBLIC.hexagon_share)
            row = (share, len(shown), len(counted), len(report.hidden_besides), allowed, seconds)
            found.setdefault((level, span.name), []).append(row)
    for (level, span), rows in found.items():
        share, shown, areas, besides, allowed, seconds = np.mean(np.array(rows, dtype=float), axis=0)
        kept = f"{share:4.0%} of the count in {shown:.0f} of {areas:.0f} areas, {besides:.2f} hidden besides"
        passed = f"let through in {allowed:.0%} of draws, {seconds:.2f} s"
        print(f"  {name}, {households} a year, {level:>6}, {span}: {kept}; {passed}")


def print_history(name, households, postcodes, atoms):
    """Print what becomes of three single years by ward, then the pooled years, then hexagons of two years."""
    drawn, given_out = draw(postcodes, households, 1), []
    wishes = [("ward", year, year, drawn[:, number]) for number, year in enumerate(YEARS)]
    wishes += [("ward", 2022, 2024, drawn.sum(axis=1)), ("h3_7", 2023, 2024, drawn[:, 1:].sum(axis=1))]
    for level, first, last, count in wishes:
        topic = Topic(Geography(level), period(first, last))
        draft = suppress(table_by(postcodes, level, count), topic, audience="public", rule=PUBLIC)
        start = time.perf_counter()
        report = check_release(draft, given_out, (), atoms=atoms)
        seconds = time.perf_counter() - start
        verdict = "passes" if report.passes else f"mended, {len(report.hidden_besides)} more hidden"
        verdict = verdict if report.mended else f"refused, {len(report.exposed)} counts exposed"
        print(f"  {name}, {households} a year, history: {topic.in_words}: {verdict}; {seconds:.1f} s")
        given_out += [report.mended] if report.mended else []
    start = time.perf_counter()
    found = audit(given_out, atoms=atoms)
    hidden = f"{len(found.ranges)} hidden counts of {len(given_out)} tables"
    print(f"  {name}, {households} a year, audit: {hidden}, by {found.proof}; {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        if len(sys.argv) > 2:
            directory = Gazetteer(Path(sys.argv[2]))
        else:
            zipped = folder / "postcodes" / "codepo_gb_2025-11.zip"
            directory = build_gazetteer([zipped], out=Path(made) / "gb.parquet", today=date(2026, 5, 1))
        main(folder, directory, int(sys.argv[3]) if len(sys.argv) > 3 else 10)
