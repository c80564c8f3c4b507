"""Print a year's programme: one sheet of A4 that stands alone, for the team or for partners."""

from collections.abc import Hashable, Sequence
from datetime import date
from html import escape
from typing import Any, Final, Literal

from geo.hubs.programme import Sheet
from geo.review.team_only import SENTENCE
from layers.programme_months import year_svg

Audience = Literal["team", "partners"]

# Text 12:1 on white; the smallest print 8.5 pt. Nothing is loaded from anywhere.
_STYLE: Final = """
@page { size: A4; margin: 12mm; }
body { font: 10pt/1.35 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b2a30; background: #fff; margin: 0; }
main { max-width: 186mm; margin: 0 auto; padding: 12px; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 11.5pt; margin: 4mm 0 1mm; }
p { margin: 0 0 1mm; } .small { font-size: 8.5pt; } .whom { font-weight: 600; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.25; }
caption { text-align: left; font-weight: 600; padding: 1mm 0; }
th, td { border: 1px solid #77858b; padding: .8mm 1.2mm; text-align: left; vertical-align: top; }
thead th { background: #e4eef0; } tbody th[colspan] { background: #f1f4f4; }
tr { break-inside: avoid; } .ask { font-weight: 600; border-left: 3px solid #8a3c00; padding-left: 1mm; }
svg { width: 100%; height: auto; max-height: 112mm; }
ul { margin: 0; padding-left: 4mm; }
.no { width: 8mm; } .when { width: 32mm; } .where { width: 46mm; } .number { width: 15mm; }
section { break-inside: avoid; } .planned { break-before: page; }
@media print { main { max-width: none; padding: 0; } }
"""
_TEAM_HEAD: Final = ("No.", "When", "Where", "Who can come", "Ask the host", "Live within reach", "Not reached before")
_LEGEND: Final = "A filled day is a hub; a broken edge: the host is still to be asked."
_WIDTHS: Final = {
    "No.": "no",
    "When": "when",
    "Where": "where",
    "Live within reach": "number",
    "Not reached before": "number",
}
_PARTNER_HEAD: Final = ("No.", "When", "Where", "Who can come", "Still to be agreed with the host")


def programme_html(sheet: Sheet, *, district: str, audience: Audience = "team", state: str = "") -> str:
    """Lay the year out for printing, with a picture of the year.

    Parameters
    ----------
    sheet
        The programme.
    district
        Whose it is.
    audience
        "partners" leaves every number of clients out, and what they rest on.
    state
        Whether it was settled, when, by whom.

    Returns
    -------
    str
        A page that asks no host for anything, and says so to the browser.
    """
    title = f"Multi-agency hubs {sheet.year}: {district}"
    for_team = audience == "team"
    small = [f'<h2 class="planned">How it was planned</h2><ul>{_items(sheet.sentences)}</ul>'] if for_team else []
    whom = SENTENCE if for_team else "For partner agencies. Dates stand when every host has agreed."
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="whom">{escape(whom)}</p>',
        f"<p>{escape(state)}</p>" if state else "",
        _hubs(sheet, audience),
        f"<section><h2>The year at a glance</h2><p>{_LEGEND}</p>{year_svg(sheet)}</section>",
        *small,
        *([_quarters(sheet)] if for_team else []),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def told_day(day: str) -> str:
    """Write a day as people say it.

    Examples
    --------
    >>> told_day("2026-05-05")
    'Tuesday 5 May 2026'
    """
    found = date.fromisoformat(day)
    return f"{found:%A} {found.day} {found:%B %Y}"


def _hubs(sheet: Sheet, audience: Audience) -> str:
    head = _TEAM_HEAD if audience == "team" else _PARTNER_HEAD
    rows, months = [], ""
    for row in sheet.hubs.to_dict("records"):
        if row["months"] != months:
            months = row["months"]
            rows.append(f'<tr><th colspan="{len(head)}" scope="colgroup">{escape(months)}</th></tr>')
        rows.append("<tr>" + "".join(_hub(row, audience)) + "</tr>")
    return _table("Hubs in order of time", head, rows)


def _hub(row: dict[Hashable, Any], audience: Audience) -> Sequence[str]:
    where = ", ".join(dict.fromkeys(part for part in (row["name"], row["town"], row["postcode"]) if part))
    comes = [escape(row["agencies"] or "nobody yet")]
    comes += [f"<br>cannot: {escape(row['unavailable'])}"] if row["unavailable"] else []
    cells = [
        f'<th scope="row">{row["number"]}</th>',
        f"<td>{escape(told_day(row['day']))}<br>{row['begin']} to {row['end']}</td>",
        f"<td>{escape(where)}{_areas(row, audience)}</td>",
        f"<td>{''.join(comes)}</td>",
    ]
    if audience == "partners":
        return [*cells, f"<td>{'yes' if row['hours'] != 'open' else ''}</td>"]
    ask = f'<span class="ask">{escape(row["ask"] or _CLOSED)}</span>' if row["hours"] != "open" else ""
    note = "<br>".join(part for part in (ask, escape(row["host_note"])) if part)
    return [*cells, f"<td>{note}</td>", f"<td>{row['within_reach']:,}</td>", f"<td>{row['new_reach']:,.0f}</td>"]


_CLOSED: Final = "closed at this time by what is recorded"


def _areas(row: dict[Hashable, Any], audience: Audience) -> str:
    return f"<br>priority area: {escape(row['areas'])}" if row["areas"] and audience == "team" else ""


def _quarters(sheet: Sheet) -> str:
    head = ("By the end of", "Hubs", "Different clients reached", "95 % range", "Share of all on the map")
    rows = [
        f'<tr><th scope="row">{escape(row["months"])}</th><td>{row["hubs"]}</td><td>{row["so_far"]:,.0f}</td>'
        f"<td>{row['low']:,.0f} to {row['high']:,.0f}</td><td>{100 * row['share']:.0f} %</td></tr>"
        for row in sheet.quarters.to_dict("records")
    ]
    return _table("What the year reaches", head, rows)


def _table(caption: str, head: Sequence[str], rows: Sequence[str]) -> str:
    columns = "".join(f'<th scope="col" class="{_WIDTHS.get(name, "")}">{escape(name)}</th>' for name in head)
    return (
        f'<div class="table" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _items(sentences: Sequence[str]) -> str:
    return "".join(f'<li class="small">{escape(sentence)}</li>' for sentence in sentences)
