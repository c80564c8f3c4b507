"""Councils that differ in one thing only: whether some rows lie at a safe place, or at a postcode nobody knows."""

import contextlib
import io
import json
import logging
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import geopandas as gpd
import shapely

from commands import main
from geo.crs import to_wgs84
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from tests.tinytown.council import HEADER, LIVE, row, wards

PLACE, UNKNOWN = "ZZ1 2AB", "ZZ7 7QX"
NAME = "Rosemary Lodge"
POINT = (643_517, 423_038)  # where it stands; its postcode's point is 42 m away
LON, LAT = (f"{float(value[0]):.6f}" for value in to_wgs84([POINT[0]], [POINT[1]]))
OFFICER, OTHER = "jo", "eve"
ORDINARY = [postcode for postcode in LIVE if postcode not in {PLACE, "ZZ2 1AA"}]
YEARS = (2022, 2023, 2024)


@dataclass
class World:
    """A council's folder, and everything that was said and written while somebody worked on it."""

    folder: Path
    said: dict[str, str]

    @property
    def workspace(self):
        return Workspace.open(self.folder / "council", signer=Signer(OFFICER, None))

    def planner(self, *words, who=OTHER):
        """Run the command line as somebody would, in the world's own folder; gives the code it ends with."""
        out, err, log = io.StringIO(), io.StringIO(), io.StringIO()
        handler = logging.StreamHandler(log)
        logging.getLogger().addHandler(handler)
        arguments = ["planner", *map(str, words)]
        named = {"PLANNER_WORKSPACE": str(self.folder / "council")}
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch.object(sys, "argv", arguments),
            mock.patch.dict("os.environ", named),
            mock.patch("commands.shared.user_name", return_value=who),
        ):
            code = main._run()
        logging.getLogger().removeHandler(handler)
        key = f"{len(self.said):02d} {' '.join(arguments)}"
        self.said[key] = json.dumps([code, out.getvalue(), err.getvalue(), log.getvalue()])
        return code


def make_world(template, folder, *, listed, stands):
    """Copy a council, list a place or not, and let rows stand there, or at a postcode that is in no directory."""
    shutil.copytree(template, folder / "council")
    world = World(folder, {})
    council = world.workspace
    name_officers(council, [OFFICER, "Sam"])
    fewer = council.scenario.scan.model_copy(update={"replicates": 999})
    council.save_scenario(council.scenario.model_copy(update={"scan": fewer}))
    if listed:
        add_places(council, read_places(f"{listed}, {POINT[0]}, {POINT[1]}"))
    write_inputs(folder / "in", stands)
    return world


def write_inputs(folder, stands):
    """Every kind of file that could name the place."""
    folder.mkdir()
    known = stands == PLACE
    where = (LAT, LON) if known else ("", "")
    files = {
        "export.csv": referrals(stands),
        "refused.csv": f"{referrals(stands)}{row(900, postcode=stands, day='31/02/2024')},{NAME}\n",
        "sites.csv": "\n".join(
            [
                "name,category,postcode,lat,lon,notes",
                "Village Hall,village hall,ZZ1 1AA,,,",
                "St Mary,church,ZZ1 2AA,,,",
                f"{NAME},other,{stands},,,",
                f"{NAME},other,,{where[0]},{where[1]},",
                f"Annexe,other,{'ZZ1 1AB' if known else UNKNOWN},,,the back door is at {stands}",
                "",
            ]
        ),
        "only.csv": f"name,postcode\n{NAME},{stands}\n",
        "tagged.csv": f"name,social_facility:for,lat,lon\n{NAME},woman,{LAT},{LON}\nHall,,{LAT[:4]}1,{LON[:3]}1\n",
        "banks.csv": "\n".join(
            [
                "organisation_name,location_name,postcode,lat_lng,network",
                "Bread,,ZZ1 1AB,,",
                f'{NAME},,{stands if known else UNKNOWN},"{where[0]},{where[1]}",',
                "",
            ]
        ),
        "epraccur.csv": surgeries(stands),
        "institutions.csv": f"postcode,kind\nZZ1 1AD,prison\n{stands},hostel\n",
        "homes.csv": "postcode,people,homes\n" + "".join(f"{postcode},40,20\n" for postcode in LIVE),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    texts = ["North", f"Lodge at {stands}"] if known else ["North", "Women's refuge"]
    shapes(texts, wards().geometry).to_file(folder / "areas.geojson")
    points = [shapely.Point(float(LON) - 0.02, float(LAT) - 0.01), shapely.Point(float(LON), float(LAT))]
    shapes(texts, points).to_file(folder / "towns.geojson")


def referrals(stands):
    """Three years of approaches; six households stand at the place, in two of the years."""
    rows = [
        row(
            number, postcode=ORDINARY[number % len(ORDINARY)], day=f"{1 + number % 27:02d}/{1 + number % 12:02d}/{year}"
        )
        for at, year in enumerate((*YEARS, 2025))
        for number in range(60 * at, 60 * at + (60 if year != 2025 else 20))
        if year != 2025 or number % 12 < 3
    ]
    rows += [row(800 + number, postcode=stands, day=f"14/0{5 + number % 3}/{2023 + number % 2}") for number in range(6)]
    rows += [row(810, postcode="ZZ99 3VZ"), row(811, postcode="ZZ7 7AA"), row(812, reason="Domestic abuse")]
    return "\n".join([f"{HEADER},name", *(f"{line},{NAME}" for line in rows), ""])


def surgeries(stands):
    """Two open surgeries in NHS ODS's 27 columns, the second one at the place."""
    lines = []
    for code, name, postcode in (("J1", "HIGH STREET SURGERY", "ZZ1 1AA"), ("J2", NAME.upper(), stands)):
        cells = [""] * 27
        cells[0], cells[1], cells[9], cells[12], cells[25] = code, name, postcode, "A", "4"
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\n".join([*lines, ""])


def shapes(names, geometry):
    made = {"code": [f"A{number}" for number in range(len(names))], "name": names}
    return gpd.GeoDataFrame(made, geometry=list(geometry), crs=4326)


def work(world):
    """Everything somebody could do with the files: add, refuse, look, count, test, rank, export."""
    added = (
        ("institutions", "institutions.csv"), ("households", "homes.csv"), ("sites", "sites.csv"),
        ("food-banks", "banks.csv"), ("gp", "epraccur.csv"), ("sites", "only.csv"), ("sites", "tagged.csv"),
        ("sites", "sites.csv"),
    )  # fmt: skip
    for kind, name in added:
        world.planner("add", kind, f"in/{name}", "--json")
    world.planner("add", "boundary", "in/areas.geojson", "--as", "areas", "--json")
    world.planner("add", "backdrop", "in/towns.geojson", "--as", "settlements", "--json")
    source = ("--source", "Housing")
    world.planner("add", "referrals", "in/refused.csv", *source)
    world.planner("add", "referrals", "in/export.csv", *source, "--check-only")
    world.planner("add", "referrals", "in/export.csv", *source, "--json")
    world.planner("add", "referrals", "in/export.csv", *source)
    for words in LOOKS:
        world.planner(*words)
    bulk = ("cells", "--input", "in/export.csv", "--gazetteer", "council/gazetteer.parquet")
    world.planner(*bulk, "--resolution", "9", "--json", "--out", "bulk.csv")


LOOKS = (
    ("check",),
    ("check", "--json"),
    ("cells", "--json", "--out", "cells.csv"),
    ("cells", "--resolution", "7", "--out", "cells.geojson"),
    ("hotspots", "--test", "excess", "--json", "--out", "hot.csv"),
    ("hubs", "rank", "--json", "--out", "sites.csv"),
    ("hubs", "rank"),
    ("evidence", "rates", "--by", "ward", "--json", "--out", "rates.csv"),
    ("evidence", "missing", "--json"),
    ("evidence", "repeats", "--json"),
    ("evidence", "cohorts", "--json"),
    ("evidence", "trends", "--json"),
    ("evidence", "priorities", "--json", "--out", "areas.csv"),
    ("dpia", "--out", "dpia.md"),
    ("safe-places", "list"),
    ("safe-places", "add", PLACE),
    ("safe-places", "remove", "ZZ1 1AA"),
    ("safe-places", "officers"),
)


def kept(world):
    """Every row of the database but the list itself, and but the clock, digests and hashes of other files."""
    left_out = {"audit": {"at", "digest"}, "institutions": {"place"}}
    with contextlib.closing(sqlite3.connect(world.folder / "council" / "planner.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {
            name: [{key: one[key] for key in one.keys() if key not in left_out.get(name, ())} for one in found]  # noqa: SIM118 - a row of SQLite is no dict
            for name in tables
            if not name.startswith("safe_")
            for found in [connection.execute(f"SELECT * FROM {name}").fetchall()]  # noqa: S608 - the database's own names
        }
    rows["meta"] = [one for one in rows["meta"] if one["key"] != "audit_digest"]
    return rows


def layers(world):
    """Every data set and where it came from, but the digests of files that do differ."""
    council = world.workspace
    editions = [one.model_dump(exclude={"sha256"}) for one in council.editions()]
    areas = [council.areas(name) for name in ("areas", "settlements")]
    tables = [table.to_wkt().to_csv() for table in (council.sites(), *areas) if table is not None]
    return editions, tables


def exports(world):
    """Every file that was written beside the workspace, but for the folder that the DPIA facts name."""
    here = str(world.folder).encode()
    return {path.name: path.read_bytes().replace(here, b"") for path in world.folder.iterdir() if path.is_file()}


def told(world):
    """Everything that was said, but the digests of files that do differ."""
    return {key: without_digests(text) for key, text in world.said.items()}


def without_digests(text):
    parts = text.split('sha256\\": \\"')
    return parts[0] + "".join(part[64:] for part in parts[1:])
