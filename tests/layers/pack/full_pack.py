"""A whole pack of the fictional district as a committee would see it, for the team and for partners."""

from functools import cache
from pathlib import Path

import geopandas as gpd
import h3.api.basic_str as h3
import numpy as np
import shapely

from geo.review.pack.content import Column, Figure, Map, Pack, Section, Shape, Table
from layers.sample import FICTIONAL_LINE, SAMPLE_DATA

CODE = Column("cell", "Cell", "code", "H3 index of the cell.")
WARD = Column("code", "Ward code", "code", "Code of the ward.")
PLACE = Column("place", "Place", "text", "The nearest settlement.")
KINDS = {"roads": ("class", {"main": 0, "minor": 1}), "settlements": ("kind", {"town": 0, "village": 1})}
LOREM = (
    "More households came from the harbour wards than last year, and most of the change is in two of them. "
    "Partners sent their files in every quarter, so that the years can be compared like for like."
)


def _frame(name):
    return gpd.read_file(Path(SAMPLE_DATA) / f"{name}.geojson")


def _ground(name):
    frame = _frame(name).explode(ignore_index=True)
    column, ranks = KINDS.get(name, ("", {}))
    kinds = frame[column] if column else [""] * len(frame)
    if name == "roads":  # streets are too fine for print, and for a quick test
        frame = frame[frame["class"].isin(("main", "minor"))].reset_index(drop=True)
        kinds = frame["class"]
    names = frame["name"].fillna("") if name == "settlements" else [""] * len(frame)
    rows = sorted((ranks.get(kind, 2), at) for at, kind in enumerate(kinds))
    return tuple(
        Shape(f"{rank}-{at:05d}", names[at], shapely.to_wkt(frame.geometry[at], rounding_precision=5))
        for rank, at in rows
    )


@cache
def shapes():
    boundary, wards = _frame("boundary"), _frame("wards")
    cells = sorted(h3.geo_to_cells(boundary.geometry[0].__geo_interface__, 8))[::3]
    found = {name: _ground(name) for name in ("land", "water", "roads", "settlements")}
    found["district"] = (Shape("D", "Saltmarsh", boundary.geometry[0].wkt),)
    found["cell"] = tuple(Shape(cell, cell, _hexagon([cell])) for cell in cells)
    found["ward"] = tuple(Shape(row.WD25CD, row.WD25NM, row.geometry.wkt) for row in wards.itertuples())
    towns = [shapely.from_wkt(shape.wkt) for shape in found["settlements"]]
    hot = [h3.grid_disk(h3.latlng_to_cell(town.y, town.x, 8), 1) for town in towns[:7]]
    found["area"] = tuple(Shape(f"A{at + 1}", f"Area {at + 1}", _hexagon(group)) for at, group in enumerate(hot))
    found["site"] = tuple(
        Shape(f"s{at}", f"{found['settlements'][at % 14].name} {('Library', 'Hall')[at % 2]}", towns[at % 14].wkt)
        for at in range(18)
    )
    return found


def _hexagon(cells):
    rings = [shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]) for cell in cells]
    return shapely.to_wkt(shapely.unary_union(shapely.set_precision(rings, 1e-9)), rounding_precision=6)


def _shown(count, audience):
    return "c" if audience == "partner" and 0 < count < 5 else count


def _cells(name, title, seed, audience):
    random = np.random.default_rng(seed)
    counts = np.minimum(random.poisson(random.gamma(0.35, 6, len(shapes()["cell"]))), 60)
    places = [shape.name for shape in shapes()["settlements"]]
    rows = tuple(
        (shape.code, places[at % len(places)], _shown(int(count), audience), round(float(count) / 3.1, 1) or None)
        for at, (shape, count) in enumerate(zip(shapes()["cell"], counts, strict=True))
        if count
    )
    count = Column("clients", "Clients", "count", "Household episodes of the year.")
    rate = Column("rate", "For each 1,000 homes", "number", "Clients a year.", "per 1,000 homes")
    return Table(name, title, (CODE, PLACE, count, rate), rows, ("Cells where nobody came from are left out.",))


def _wards(audience):
    words = ("growing", "steady", "too few to tell", "fading", "new", "steady")
    kind = Column("trend", "Change", "text", "Which way it goes.")
    columns = (WARD, Column("ward", "Ward", "text", "Its name."), _count("earlier", "Last year"))
    columns += (_count("later", "This year"), Column("share", "Share of all", "share", "Part of all."), kind)
    rows = tuple(
        (shape.code, shape.name, _shown(3 * at, audience), _shown(2 * at + 4, audience), at / 153, words[at % 6])
        for at, shape in enumerate(shapes()["ward"])
    )
    return Table("change", "Change by ward", columns, rows, ("Only sources that reported in both years.",))


def _count(name, label):
    return Column(name, label, "count", f"{label}: household episodes.")


def _areas():
    wide = [(f"fact_{at}", f"Fact number {at} about it") for at in range(9)]
    columns = (
        Column("code", "Area code", "code", "Its code."),
        Column("name", "Area", "text", "Its name."),
        Column("verdict", "Verdict", "text", "Priority or watch."),
        *(Column(name, label, "number", label) for name, label in wide),
        Column("why", "Why people came", "text", "The most usual reasons."),
    )
    rows = tuple(
        (
            shape.code,
            shapes()["settlements"][at].name,
            "priority" if at < 3 else "watch",
            *(1.25 * at + fact for fact in range(9)),
            "End of a private tenancy; family or friends could no longer accommodate",
        )
        for at, shape in enumerate(shapes()["area"])
    )
    return Table("areas", "Priority and watch areas", columns, rows)


def _sites():
    stands = ("agreed", "contacted", "visited", "idea", "refused", None)
    columns = (
        Column("code", "Site", "code", "Its code."),
        Column("name", "Name", "text", "What it is called."),
        Column("status", "How it stands", "text", "What its latest entry says."),
        Column("checked", "Last checked", "day", "The day."),
        Column("step_free", "Step-free", "text", "Whether there is no step."),
    )
    rows = tuple((s.code, s.name, stands[at % 6], f"2025-03-0{at % 9 + 1}", at % 2 == 0) for at, s in _numbered())
    return Table("sites", "Sites and how they stand", columns, rows)


def _numbered():
    return enumerate(shapes()["site"])


def _sleeping():
    columns = (Column("quarter", "Quarter", "text", "Of the review year."), _count("offered", "Offers made"))
    columns += (_count("taken", "Accepted"), _count("refused", "Refused"))
    quarters = ("April to June 2024", "July to September 2024", "October to December 2024", "January to March 2025")
    return Table(
        "sleeping", "Offers by quarter", columns, tuple((q, 8 + at, 6, 2 + at) for at, q in enumerate(quarters))
    )


def _actions():
    columns = (Column("what", "What", "text", "What."), Column("owner", "Owner", "text", "Who."))
    columns += (Column("due", "Due", "day", "By when."),)
    rows = tuple((f"Ask the host of site {at} for the small room on Tuesdays", "JS", "2025-09-01") for at in range(6))
    return Table("actions", "Actions", columns, rows)


def _maps():
    lows = (1.0, 5.0, 10.0, 20.0, 40.0)
    return (
        Map("this_year", "Where clients came from, 2024-25", "counts", "cell", "cells_this", "clients",
            "Most clients came from the harbour towns in the south; few from the marsh in the north.",
            label="clients", classes=lows, notes=("A client is counted where they were at the time of approach.",)),
        Map("last_year", "Where clients came from, 2023-24", "counts", "cell", "cells_last", "clients",
            "The same towns a year before.", label="clients", classes=lows),
        Map("rates", "Clients for each 1,000 homes, 2024-25", "counts", "cell", "cells_this", "rate",
            "Rates are highest in the north.", classes=(0.5, 2.0, 6.0)),
        Map("change", "Change by ward since 2023-24", "change", "ward", "change", "trend",
            "Three wards grew and three faded.", label="ward", notes=("Like for like.",)),
        Map("areas", "Priority and watch areas", "areas", "area", "areas", "verdict",
            "Three areas are priorities, four are watched.", label="name"),
        Map("sites", "Sites and how they stand", "places", "site", "sites", "status",
            "Eighteen sites, three of them agreed.", label="name"),
    )  # fmt: skip


def _sections():
    return (
        Section(
            "maps", "Where clients came from", (LOREM, LOREM), ("this_year", "last_year", "rates"), ("cells_this",)
        ),
        Section("trend", "What changed", (LOREM,), ("change",), ("change",)),
        Section("areas", "Areas that stand out", (LOREM,), ("areas",), ("areas",)),
        Section("sites", "Places to meet", (LOREM,), ("sites",), ("sites",)),
        Section("sleeping", "Rough sleeping", (LOREM,), (), ("sleeping",)),
        Section("quality", "What the records lack", (LOREM, LOREM, LOREM)),
        Section("method", "Method and rules", tuple(f"Rule {at}: {LOREM}" for at in range(6))),
        Section("actions", "Actions", (), (), ("actions",)),
    )


def full_pack(audience="team"):
    """A pack of every kind of map, with long tables, wide tables, hidden counts for partners."""
    tables = (
        _cells("cells_this", "Clients by cell, 2024-25", 1, audience),
        _cells("cells_last", "Clients by cell, 2023-24", 2, audience),
        _wards(audience), _areas(), _sites(), _sleeping(), _actions(),
    )  # fmt: skip
    figures = (
        Figure("episodes", "Clients of the year", 1234, "household episodes", None, None, "Each counted once.", 1180),
        Figure("on_map", "Of them, on the map", 91.5, "%", None, None, "The rest have no postcode.", 90),
        Figure("reach", "Within reach of help now", 62, "%", 55, 69, "A walk of 30 minutes or less.", None),
        Figure("minutes", "Minutes saved by hubs", "too few to tell", "", None, None, "Two hubs were held.", None),
        Figure("sleepers", "Sleeping rough, autumn count", 7, "people", None, None, "One night.", 9),
    )
    return Pack(
        district="Saltmarsh (fictional)", review="2024-25", earlier="2023-24", audience=audience, day="2025-05-01",
        state="Made by JS on 1 May 2025 and kept as pack 3.", digest="0123456789abcdef" * 4, unit="household episodes",
        summary=(LOREM, "Three areas are priorities this year, one of them for the first time.", LOREM),
        briefing=(
            "1,234 households came for help, a little more than last year.",
            "Three areas stand out; Harbour is new.",
            "Four hubs are planned, one a quarter.",
            "Two sites agreed to host; one refused.",
        ),
        figures=figures, sections=_sections(), tables=tables, maps=_maps(), shapes=shapes(), programme=None,
        editions=tuple(
            {"dataset": name, "title": f"The {name} of the sample", "edition": "2025-05", "licence": "CC0",
             "attribution": FICTIONAL_LINE, "digest": "f" * 64}
            for name in ("boundary", "gazetteer", "referrals")
        ),
        attributions=(FICTIONAL_LINE, "Contains OS data (c) Crown copyright and database right 2025."),
    )  # fmt: skip
