"""Look at a zip's directory before anything is unpacked: whether it climbs out of its folder, or is a bomb."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

MAX_RATIO: Final = 100  # published postcode files and workbooks shrink 5 to 30 times; a bomb some 1,000 times
_RATIO_FREE_BYTES: Final = 1024**2  # a small table of one repeated value may shrink as far as it likes


def climbs(names: Iterable[str]) -> bool:
    r"""Tell whether any member would be written outside the folder the zip is unpacked in.

    Examples
    --------
    >>> climbs(["Data/CSV/sp.csv"]), climbs(["../evil.csv"]), climbs([r"C:\evil.csv"]), climbs(["/etc/evil"])
    (False, True, True, True)
    """
    return any(".." in parts or parts[0] == "" or parts[0].endswith(":") for parts in map(_parts, names))


def is_bomb(entries: Sequence[zipfile.ZipInfo], *, max_bytes: int) -> bool:
    """Tell whether a zip unpacks to more than is allowed, or to far more than its own size."""
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return total > max_bytes or (total > _RATIO_FREE_BYTES and total > MAX_RATIO * max(packed, 1))


def _parts(name: str) -> list[str]:
    return re.split(r"[/\\]", name)
