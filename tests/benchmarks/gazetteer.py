"""Build the gazetteer of Great Britain from the published zip: seconds, peak memory, megabytes; one line.

python tests/benchmarks/gazetteer.py codepo_gb.zip
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from geocode import peak_gigabytes

from geo.places.gazetteer import build_gazetteer

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "gazetteer.parquet"
        start = time.perf_counter()
        built = build_gazetteer([Path(sys.argv[1])], out=out, today=date(2026, 5, 1))
        seconds = time.perf_counter() - start
        counts, megabytes = built.counts(), out.stat().st_size / 1e6
        print(
            f"gazetteer of {counts['postcodes']:,} postcodes: {seconds:.1f} s (bar 60), "
            f"peak {peak_gigabytes():.2f} GB (bar 2), {megabytes:.1f} MB (bar 80)"
        )
