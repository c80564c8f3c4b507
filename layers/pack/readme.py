"""Say in plain words what lies in a pack's zip."""

from typing import Final

from geo.review.pack.content import Pack
from layers.pack.document import PLAIN
from layers.pack.typesetting import can_typeset
from layers.pack.words import plain, whom

_FILES: Final = """\
report         the review to read: as PDF, and as HTML for a screen reader or a telephone
briefing       one page for members
maps           the maps as pictures, for slides
tables         every table as CSV; dictionary says what each column means, indicators are the headline numbers
pack.xlsx      the same tables as a workbook, its first sheet the notes
pack.gpkg      the maps for QGIS: drag it into a project and the layers show in their colours
map.html       the maps for a browser; it needs no internet
programme.ics  the calendar of the hubs, without numbers (where a programme was settled)
aggregates     the frozen numbers that all of this was made from
manifest       where they come from, how they were made, and a digest of every file
"""


def readme_txt(pack: Pack) -> bytes:
    """Write the text; lines end as Windows has them, so that every editor shows them as lines."""
    lines = [
        plain(pack.title),
        whom(pack),
        plain(pack.state),
        "",
        *_FILES.splitlines(),
        "",
        *([] if can_typeset() else [PLAIN, ""]),
        "The audience stands in the names of files and in the files themselves.",
        "",
        "To check that nothing was changed: planner pack --verify and the name of the zip, or the page Review of the",
        "planner. Every figure, table and map is made again from the frozen numbers and compared.",
        f"Digest of the frozen numbers: {pack.digest}",
        "",
        *(plain(line) for line in pack.attributions),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
