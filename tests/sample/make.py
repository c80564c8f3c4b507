"""Make the fictional district of Saltmarsh: `python tests/sample/make.py [--out DIR]`."""

import argparse
from pathlib import Path

from saltmarsh.catalogue import refresh_readme
from saltmarsh.census import write_census
from saltmarsh.country import make_country
from saltmarsh.exports import write_exports
from saltmarsh.maps import write_maps
from saltmarsh.monitor import write_monitor
from saltmarsh.people import make_rows
from saltmarsh.postcodes import make_postcodes
from saltmarsh.register import write_register
from saltmarsh.roads import make_roads
from saltmarsh.sites import write_sites
from saltmarsh.tables import write_gazetteers, write_homes, write_institutions, write_truth
from saltmarsh.walks import make_rough, rough_truth, write_walks

_OUT = Path(__file__).parents[2] / "data" / "sample"


def make(out: Path) -> None:
    """Write every file of the sample district into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    country = make_country()
    roads = make_roads(country)
    postcodes, unused = make_postcodes(country, roads)
    write_maps(out, country, roads, postcodes)
    write_gazetteers(out, country, postcodes)
    write_homes(out, postcodes)
    write_census(out, postcodes)
    write_institutions(out, postcodes)
    rows = make_rows(postcodes, unused)
    write_exports(out, rows)
    rough = make_rough(roads, postcodes)
    write_walks(out, rough)
    write_truth(out, country, postcodes, rows, {"rough_sleeping": rough_truth(rough)})
    write_sites(out, postcodes)
    write_register(out)
    write_monitor(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=_OUT)
    chosen = parser.parse_args().out
    make(chosen)
    if chosen == _OUT:
        refresh_readme(_OUT.parent / "README.md", _OUT)
