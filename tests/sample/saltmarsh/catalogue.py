"""Keep the table of files in `data/README.md`: what each is, which module makes it, its rows, its digest."""

import hashlib
import json
from pathlib import Path
from typing import Final

# File, what it holds, the module that makes it, header lines.
_FILES: Final = (
    ("boundary.geojson", "district boundary", "country", 0),
    ("wards.geojson", "wards: `WD25CD`, `WD25NM`", "country", 0),
    ("land.geojson", "the island, larger than the district, and five islets", "country", 0),
    ("water.geojson", "river, beck and mere, as areas: `name`, `kind`", "country", 0),
    ("roads.geojson", "roads and streets: `class` (main, minor, street), `name`", "roads", 0),
    ("built_up.geojson", "built-up ground of each settlement", "maps", 0),
    ("settlements.geojson", "settlements as points: `name`, `kind`, `population`", "gazette", 0),
    ("streets.osm", "the street network as OpenStreetMap XML (rows: ways)", "maps", 0),
    ("codepoint_2025-05/zz.csv", "postcodes, newer edition, in the layout of Code-Point Open", "postcodes", 0),
    ("codepoint_2021-05/zz.csv", "postcodes, older edition in the old seven-character layout", "postcodes", 0),
    ("households.csv", "people and homes by postcode", "postcodes", 1),
    ("census.csv", "people by age band and households by type: `field`, `group`, `people`", "census", 1),
    ("institutions.csv", "postcodes of institutions, with their kind", "postcodes", 1),
    ("referrals_housing_system.csv", "export of a housing system: UTF-8 with BOM, comma, dd/mm/yyyy", "exports", 1),
    ("referrals_citizens_advice.xlsx", "export of an advice agency: a workbook with Excel dates", "exports", 1),
    (
        "referrals_food_banks.csv",
        "export of food banks, from year two: Windows-1252, semicolon, ISO dates",
        "exports",
        1,
    ),
    ("gp_surgeries.csv", "GP surgeries in the layout of NHS epraccur, closed and other kinds among them", "sites", 0),
    ("food_banks.csv", "food banks in the 12-column layout of Give Food", "sites", 1),
    ("community_sites.csv", "community sites: a plain table with opening hours", "sites", 1),
    ("site_register.json", "what the council wrote of its sites: facts, log, decisions, actions", "register", 0),
    ("monitor.json", "what the council wrote down of its year: programme, hubs held, figures by quarter", "monitor", 0),
    ("walk_reports.csv", "reports of rough sleeping, and what partners expect", "tellings", 1),
    ("walk_visits.csv", "visits of walkabouts, those that found nobody too", "outreach", 1),
    ("walk_answers.csv", "visits outside any walkabout, which answered reports", "looks", 1),
    ("walk_agencies.csv", "agencies that walk along: powers, people, days, bands", "walks", 1),
    ("truth.json", "what was planted: statuses and flags by file, clusters, background", "tables", 0),
)
_HEAD: Final = "| file | what | made by | rows | sha256 |\n|---|---|---|---|---|\n"


def refresh_readme(readme: Path, folder: Path) -> None:
    """Put today's rows and digests into the table of the README."""
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(_HEAD)
    after = rest.partition("\n\n")[2]
    lines = "\n".join(_line(folder, *file) for file in _FILES)
    readme.write_bytes(f"{before}{_HEAD}{lines}\n\n{after}".encode())


def _line(folder: Path, name: str, what: str, module: str, headers: int) -> str:
    content = (folder / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return f"| `{name}` | {what} | `{module}.py` | {_rows(name, content) - headers:,} | `{digest}` |"


def _rows(name: str, content: bytes) -> int:
    if name.endswith(".geojson"):
        return len(json.loads(content)["features"])
    marks = {".osm": b"<way ", "xlsx": b"<row "}
    return content.count(marks.get(name[-4:], b"\n"))
