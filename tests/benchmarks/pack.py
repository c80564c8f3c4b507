"""Time the whole pack of the fictional district, from its records to the zip, and the check of that zip.

python -m tests.benchmarks.pack
"""

import time

from layers.pack.making import make_pack
from layers.pack.verify import verify_bundle
from layers.sample import REVIEW_DAY, open_sample


def main() -> None:
    """Make the pack for each audience once, and check it; print a line each."""
    council = open_sample(today=REVIEW_DAY)
    for audience in ("team", "partner", "public"):
        began = time.perf_counter()
        made = make_pack(council, audience=audience, today=REVIEW_DAY, who="JS")
        done = time.perf_counter()
        found = verify_bundle(made.bundle)
        checked = time.perf_counter()
        size = f"{len(made.files)} files, {len(made.bundle) / 1e6:.1f} MB"
        print(f"{audience}: made in {done - began:.1f} s ({size}), checked in {checked - done:.1f} s: {found.sentence}")


if __name__ == "__main__":
    main()
