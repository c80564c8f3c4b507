"""Tinytown's postcodes as published files hold them; the area ZZ is unused."""

import io
import zipfile

TINYTOWN = (
    ("ZZ1 1AA", 10, 640_500, 420_500),
    ("ZZ1 1AB", 10, 641_500, 421_500),
    ("ZZ1 1AD", 10, 643_500, 423_500),
    ("ZZ1 1OI", 10, 640_600, 420_600),  # two letters that read like digits
    ("ZZ1 1OL", 10, 640_700, 420_700),  # mended texts must not mix these two up
    ("ZZ2 1AA", 10, 650_000, 422_000),  # 6 km beyond the boundary
    ("ZZ1 9ZZ", 90, 0, 0),  # no location
    *((f"ZZ1 9B{letter}", 10, 642_500, 420_200) for letter in "ABDEF"),  # five on one point
)


def code_point(*rows: tuple[str, int, int, int], padded: bool = False) -> str:
    """Write rows (postcode, quality, easting, northing) as OS Code-Point Open does."""
    lines = []
    for postcode, quality, easting, northing in rows or TINYTOWN:
        outward, inward = postcode.split()
        written = f"{outward:<4}{inward}" if padded else postcode
        lines.append(f'"{written}",{quality},{easting},{northing},"E92000001","","","","E07000999","E05000999"\n')
    return "".join(lines)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Pack files, named by their path within the zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()
