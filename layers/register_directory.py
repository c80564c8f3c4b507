"""Write the directory that partners may print: where help stands or is agreed, by town, on A4 and as CSV.

It holds what anybody may know: name, kind, place, opening hours, step-free, services, and its last check. What
was spoken, what a room costs and who the contact is stay in the register.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final

import pandas as pd

from geo.hubs.points import STANDING
from geo.review.register_words import CATEGORY
from geo.review.workspace import Workspace
from layers.sample import told_editions

_COLUMNS: Final = ("Place", "Kind", "Postcode", "Open", "Step-free", "Services", "Checked")
_STEP_FREE: Final = {True: "yes", False: "no"}
# OWASP, "CSV Injection": with the signs of full width, which Excel reads as the plain ones.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_STYLE: Final = """
@page { size: A4; margin: 14mm 12mm; }
body { font: 1rem/1.45 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b2a30; background: #fff; margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1rem 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .4rem 0; }
h2 { font-size: 1.2rem; margin: 1.6rem 0 .3rem; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; table-layout: fixed; }
th, td { border: 1px solid #77858b; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
thead th { background: #eef3f4; }
tr { break-inside: avoid; }
col.wide { width: 18%; } col.mid { width: 14%; } col.slim { width: 11.5%; } col.least { width: 9%; }
footer { font-size: .8rem; margin-top: 1.6rem; } footer p { margin: 0 0 .2rem; }
@media screen and (max-width: 44rem) {
  colgroup, thead { display: none; } table, tbody, tr, th, td { display: block; width: auto; }
  tr { border: 1px solid #77858b; margin-bottom: .6rem; padding: .3rem .5rem; } th, td { border: 0; padding: .1rem 0; }
  td::before { content: attr(data-name) ": "; color: #4a5a61; }
}
@media print { main { max-width: none; padding: 0; } body { font-size: 10pt; }
  table { font-size: 8pt; } th, td { padding: .2rem .3rem; } thead { display: table-header-group; } }
"""


def directory_table(known: pd.DataFrame) -> pd.DataFrame:
    """List the places of the directory: where help stands already, and sites that have agreed.

    Parameters
    ----------
    known
        REGISTER table.

    Returns
    -------
    pandas.DataFrame
        Text columns Town, Place, Kind, Postcode, Open, Step-free, Services, Checked; by town, kind and name.
    """
    agreed = (known["status"] == "agreed") | known["category"].isin(STANDING)
    over = known["status"].isin(["refused", "ended"]) | (known["gone"] != "")
    rows = known[agreed & ~over]
    return pd.DataFrame(
        {
            "Town": rows["town"],
            "Place": rows["name"],
            "Kind": rows["category"].map(CATEGORY),
            "Postcode": rows["postcode"],
            "Open": rows["opening_hours"],
            "Step-free": ["" if pd.isna(value) else _STEP_FREE[bool(value)] for value in rows["step_free"]],
            "Services": rows["services"],
            "Checked": [_checked(text) for text in rows["checked"]],
        },
        dtype="str",
    ).reset_index(drop=True)


def directory_csv(table: pd.DataFrame) -> bytes:
    """Write the directory as CSV: UTF-8 with a byte order mark, and no text that a spreadsheet runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_inert(str(value)) for value in row] for row in table.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def directory_html(workspace: Workspace, table: pd.DataFrame, *, today: date) -> bytes:
    """Write the directory as one page that prints on A4 and asks no other file and no host."""
    title = escape(f"Where to get help with housing: {workspace.scenario.name}")
    towns = "".join(_town(str(town), rows) for town, rows in table.groupby("Town", sort=False))
    lines = _lines(workspace)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>{len(table):,} places. Printed {today.day} {today:%B %Y}; each says when it was last checked.</p>\n"
        f"{towns or '<p>No place has been agreed yet.</p>'}"
        f"<footer>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</footer>\n</main>\n</body>\n</html>\n"
    ).encode()


def _town(town: str, rows: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    sizes = ("wide", "mid", "slim", "wide", "least", "wide", "slim")
    columns = "".join(f'<col class="{size}">' for size in sizes)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows[list(_COLUMNS)].itertuples(index=False, name=None))
    return (
        f"<h2>{escape(town)}</h2>\n<table><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>\n"
    )


def _cells(row: Sequence[str]) -> str:
    first, *others = row
    cells = zip(_COLUMNS[1:], others, strict=True)
    told = "".join(f'<td data-name="{name}">{escape(text) or "not known"}</td>' for name, text in cells)
    return f'<th scope="row">{escape(first)}</th>{told}'


def _lines(workspace: Workspace) -> Iterable[str]:
    """Give the lines that licences ask for: of where postcodes are and of the lists that the places come from."""
    used = {
        "gazetteer",
        "gp_surgeries",
        "gp_branches",
        "food_banks",
        "libraries",
        "sites",
        "osm_sites",
        "settlements",
        "wards",
    }
    return dict.fromkeys(
        edition.attribution for edition in told_editions(workspace) if edition.dataset in used and edition.attribution
    )


def _checked(text: str) -> str:
    return f"{date.fromisoformat(text):%B %Y}" if text else "not yet"


def _inert(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
