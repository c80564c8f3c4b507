"""Print how long the whole set-up of a real district takes from local copies of the published files.

python -m tests.benchmarks.setup

The bar: Test Valley, with the postcodes of the whole of Great Britain, within five minutes.
"""

import random
import tempfile
import time
from datetime import date
from pathlib import Path

from geo.review.signing import UNSIGNED
from layers.boundaries import read_area_file
from layers.fetchers import Request
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means
from layers.peeking import look_through
from layers.set_up import Terms, set_up
from layers.set_up_district import district_in, make_district
from layers.set_up_steps import set_up_states
from layers.set_up_tasks import propose
from tests.conftest import _open_data_folder

BAR_S = 300
FILES = (
    "postcodes/codepo_gb_2025-11.zip",
    "postcodes/derived_terminated_hampshire_area.csv",
    "boundaries/lad23_hampshire.geojson",
    "boundaries/wards_2013ish_E07000093.geojson",
    "boundaries/wards_2013ish_E07000089.geojson",
    "boundaries/lsoa11_E07000093.geojson",
    "boundaries/lsoa11_E07000089.geojson",
    "health/epraccur_2024-01.csv.gz",
    "health/ebranchs_2017-08_hampshire.csv",
    "foodbanks/givefood_sample_uk_2025-07.csv",
    "community/libraries_hampshire_2023.csv",
    "deprivation/population_mid2020_lsoa11_england_wales.csv.gz",
    "deprivation/imd2019_england_lsoa11.csv.gz",
    "gtfs/newport-20230613_gtfs.zip",
)


def main() -> None:
    """Set Test Valley up from a folder of links to the published files."""
    data = _open_data_folder()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "downloads"
        folder.mkdir()
        for name in FILES:
            (folder / Path(name).name).symlink_to(data / name)
        measure(folder, Path(place) / "Test Valley")


def measure(folder: Path, root: Path) -> None:
    begun = last = time.perf_counter()
    today = date(2026, 5, 30)
    means = Means(time.sleep, lambda *_: None, random.Random(1), today)  # noqa: S311 - spreads pauses
    found = look_through(folder)
    district = district_in(read_area_file(folder / "lad23_hampshire.geojson"), "Test Valley", today=today)
    workspace = make_district(root, district, office="SP10 3AJ", signer=UNSIGNED)
    last = told("recognised, and the workspace made", last)
    for one in set_up(workspace, propose(workspace, found).tasks, Terms(Request(Endpoints(), means))):
        last = told(f"{one.outcome}: {one.sentence}", last)
    for state in set_up_states(workspace):
        print(f"{'here' if state.here else '-':<6}{state.step.title:<28}{state.told}")
    whole = time.perf_counter() - begun
    print(f"The whole set-up: {whole:.1f} s (bar {BAR_S} s): {'within' if whole < BAR_S else 'OVER'}")


def told(what: str, since: float) -> float:
    now = time.perf_counter()
    print(f"{now - since:7.1f} s  {what}")
    return now


if __name__ == "__main__":
    main()
