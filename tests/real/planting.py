"""Makes fictional records on real postcodes, with planted clusters and every kind of bad row; knows the truth.

Nothing here uses the planner: postcodes and boundary are read with pandas and geopandas alone, so that the truth is
independent of what it judges.
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SHARED_POINT = 5  # postcodes on one point
NO_LOCATION_AREAS = ("sr", "tw")


@dataclass(frozen=True)
class Directory:
    """Real postcodes of one district, sorted by what a record on them must become."""

    live: pd.DataFrame  # inside, on a point of their own: postcode, easting, northing
    shared: pd.DataFrame  # inside, five or more on one point
    terminated: pd.DataFrame  # inside, in the old edition only
    outside: pd.DataFrame
    no_location: pd.DataFrame


@dataclass
class Planted:
    """A planted file: its text, what must come of it, and where the clusters are."""

    csv_text: str
    status: dict[str, int]
    flags: dict[str, int]
    clusters: list[tuple[float, float]] = field(default_factory=list)  # EPSG:27700 metres


def read_directory(open_data: Path, boundary_name: str, areas: tuple[str, ...], old_name: str) -> Directory:
    """Read the live and the ended postcodes in and around a district."""
    boundary = gpd.read_file(open_data / "boundaries" / boundary_name).to_crs(27700).union_all()
    live = _code_point_zip(open_data / "postcodes" / "codepo_gb_2025-11.zip", areas)
    old = _older(open_data / "postcodes" / old_name)
    located = live[live.quality != 90]
    inside = located[shapely.contains_xy(boundary, located.easting, located.northing)]
    at_point = located.groupby(["easting", "northing"]).postcode.transform("size").reindex(inside.index)
    outside = located[~located.index.isin(inside.index) & _near(located, boundary, 20_000)]
    crowded = pd.MultiIndex.from_frame(inside.loc[at_point > 1, ["easting", "northing"]])
    alone = ~pd.MultiIndex.from_frame(old[["easting", "northing"]]).isin(crowded)
    gone = old[~old.postcode.isin(live.postcode) & (old.quality != 90) & alone]
    return Directory(
        live=inside[at_point == 1],
        shared=inside[at_point >= SHARED_POINT],
        terminated=gone[shapely.contains_xy(boundary, gone.easting, gone.northing)],
        outside=outside[~outside.duplicated(["easting", "northing"], keep=False)],
        no_location=_without_location(open_data),
    )


def plant(directory: Directory, *, seed: int, located: int = 4000, clusters: int = 5, each: int = 100) -> Planted:
    """Make a file of some 5,000 records: a background in proportion to postcodes, clusters, and bad rows."""
    rng = np.random.default_rng(seed)
    centres = _centres(directory.live, clusters, rng)
    good = [directory.live.postcode.sample(located - clusters * each, replace=True, random_state=seed)]
    good += [_around(directory.live, centre).sample(each, replace=True, random_state=seed) for centre in centres]
    texts = pd.concat(good).tolist()
    status, flags = {"located": len(texts)}, {}
    for name, values in _awkward(directory, rng).items():
        kind, _, flag = name.partition("+")
        texts += values
        status[kind] = status.get(kind, 0) + len(values)
        if flag:
            flags[flag] = flags.get(flag, 0) + len(values)
    order = rng.permutation(len(texts))
    rows = _rows([texts[i] for i in order], rng)
    again = [rows[i] for i in rng.choice(len(rows), 60, replace=False)]
    status["duplicate"] = len(again)
    flags = flags | {"terminated": flags.get("terminated", 0)}
    return Planted(_as_csv(rows + again), status, flags, [tuple(centre) for centre in centres])


def _awkward(directory: Directory, rng: np.random.Generator) -> dict[str, list[str]]:
    """Texts by the status (and flag) that they must end in."""
    pick = lambda frame, n: rng.choice(frame.postcode.to_numpy(), n).tolist()  # noqa: E731 - one line, used six times
    plain = pick(directory.live, 90)
    return {
        "located+repaired": [_slip(text, i) for i, text in enumerate(plain)],
        "located+shared_point": pick(directory.shared, 25),
        "located+terminated": pick(directory.terminated, 30) if len(directory.terminated) else [],
        "outside": pick(directory.outside, 120),
        "no_location": pick(directory.no_location, 12),
        "no_fixed_abode": ["ZZ99 3VZ"] * 350,
        "not_known": ["ZZ99 3WZ"] * 41,
        "elsewhere": ["ZZ99 3CZ", "ZZ99 3GZ", "ZZ99 1WZ"] * 3,
        "not_in_gazetteer": ["SP99 9ZZ", "GU99 9ZZ", "QX1 1AA"] * 7,
        "malformed": ["SP10 1A", "ANDOVER", "12345", "SP10 11AA"] * 8,
        "missing": [""] * 77,
    }


def _slip(text: str, i: int) -> str:
    """Spoil the spelling without changing the postcode."""
    return (text.lower(), text.replace(" ", ""), text.replace(" ", "  "))[i % 3]


def _rows(texts: list[str], rng: np.random.Generator) -> list[list[str]]:
    days = rng.integers(0, 3 * 365, len(texts))
    dates = (pd.Timestamp("2022-04-01") + pd.to_timedelta(days, unit="D")).strftime("%d/%m/%Y")
    return [[f"R{i:05d}", f"H{i:05d}", dates[i], text, "Self"] for i, text in enumerate(texts)]


def _as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["referral_id", "household_ref", "date", "postcode", "route"])
    writer.writerows(rows)
    return out.getvalue()


def _centres(live: pd.DataFrame, clusters: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Postcodes with 10 to 60 others within 400 m, not in a large town, at least 4 km from one another.

    A window of seven cells reaches some 1.5 km: in a large town it holds so many homes that 100 clients more are no
    more than its ordinary luck, and no test could say otherwise.
    """
    chosen: list[np.ndarray] = []
    for row in live.iloc[rng.permutation(len(live))].itertuples():
        point = np.array([row.easting, row.northing], dtype=float)
        apart = all(np.hypot(*(point - other)) > 4000 for other in chosen)
        if apart and 10 <= len(_around(live, point)) <= 60 and len(_around(live, point, 1500)) <= 150:
            chosen.append(point)
        if len(chosen) == clusters:
            return chosen
    message = f"only {len(chosen)} of {clusters} cluster centres fit"
    raise AssertionError(message)


def _around(live: pd.DataFrame, centre: np.ndarray, metres: float = 400) -> pd.Series:
    return live.postcode[np.hypot(live.easting - centre[0], live.northing - centre[1]) <= metres]


def _near(points: pd.DataFrame, boundary: shapely.Geometry, metres: float) -> np.ndarray:
    west, south, east, north = boundary.bounds
    return (
        points.easting.between(west - metres, east + metres) & points.northing.between(south - metres, north + metres)
    ).to_numpy()


def _without_location(open_data: Path) -> pd.DataFrame:
    """Postcodes without coordinates: they stand in few areas, and in none of the two districts'."""
    live = _code_point_zip(open_data / "postcodes" / "codepo_gb_2025-11.zip", NO_LOCATION_AREAS)
    return live[live.quality == 90]


def _older(path: Path) -> pd.DataFrame:
    """Read an older edition: Code-Point Open without a header, or a list of ended postcodes with one."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("postcode,"):
        return _code_point_csv(text)
    return pd.read_csv(io.StringIO(text)).rename(columns={"pqi": "quality"})


def _code_point_zip(path: Path, areas: tuple[str, ...]) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        texts = [archive.read(f"Data/CSV/{area}.csv").decode() for area in areas]
    return pd.concat([_code_point_csv(text) for text in texts], ignore_index=True)


def _code_point_csv(text: str) -> pd.DataFrame:
    names = ["postcode", "quality", "easting", "northing"]
    frame = pd.read_csv(io.StringIO(text), header=None, usecols=[0, 1, 2, 3], names=names)
    compact = frame.postcode.str.replace(" ", "")
    return frame.assign(postcode=compact.str[:-3] + " " + compact.str[-3:])
