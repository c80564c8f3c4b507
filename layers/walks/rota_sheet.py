"""Print a rota: one sheet of A4 that stands alone, for the team."""

from collections.abc import Sequence
from html import escape
from typing import Final

from geo.review.team_only import WHOM
from geo.walkabouts.rota.result import Rota, RotaWalk
from geo.walkabouts.rota.tables import coverage_grid
from geo.walkabouts.rota.words import told_day
from layers.walks.rota_grid import GRID_STYLE, rota_grid

TEAM: Final = f"For {WHOM}: it says why there is a walk. Do not pass this file on; give partners the calendar file."
_STYLE: Final = """
@page { size: A4; margin: 12mm; }
body { font: 10pt/1.35 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b2a30; background: #fff; margin: 0; }
main { max-width: 186mm; margin: 0 auto; padding: 12px; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 11.5pt; margin: 4mm 0 1mm; }
p { margin: 0 0 1mm; } .whom { font-weight: 600; }
.table { overflow-x: auto; }
table.list { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.25; }
.list th, .list td { border: 1px solid #77858b; padding: .8mm 1.2mm; text-align: left; vertical-align: top; }
.list thead th { background: #e4eef0; }
caption { text-align: left; font-weight: 600; }
tr, section { break-inside: avoid; }
ul { margin: 0; padding-left: 4mm; }
@media print { main { max-width: none; padding: 0; } .rota-grid .walk { border: 1px solid #0b5c6b; } }
"""
_HEAD: Final = ("No.", "When", "Band", "Who can walk", "Why", "Off the known places", "Note")


def rota_html(rota: Rota, *, district: str, state: str) -> str:
    """Lay a rota out for printing.

    Parameters
    ----------
    rota
        The rota.
    district
        Whose it is.
    state
        Whether it was settled, when, by whom.

    Returns
    -------
    str
        A page that asks no host for anything, and says so to the browser.
    """
    title = f"Rota of walkabouts: {district}"
    unmet = f"<section><h2>What could not be met</h2>{_items(rota.unmet)}</section>" if rota.unmet else ""
    body = [
        f'<h1>{escape(title)}</h1><p class="whom">{escape(TEAM)}</p>',
        f"<p>{escape(rota.headline)}</p><p>{escape(state)}</p>",
        unmet,
        _table("Walks in order of time", _HEAD, [_cells(walk) for walk in rota.walks]),
        f"<section><h2>At a glance</h2>{rota_grid(rota)}</section>",
        _coverage(rota),
        f"<section><h2>What was kept to</h2>{_items(told(rota))}</section>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{GRID_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def told(rota: Rota) -> tuple[str, ...]:
    """Say everything that is said below a rota: what the rules asked for, notes, how good it is, its seed."""
    seed = f"Drawn from the seed {rota.seed}: the same question and seed give the same rota."
    return tuple(filter(None, (*rota.asked, *rota.notes, rota.proof, seed if rota.asked else "")))


def _cells(walk: RotaWalk) -> tuple[str, ...]:
    return (
        str(walk.number),
        f"{told_day(walk.day)}, {walk.begins:%H:%M} to {walk.ends:%H:%M}",
        walk.band,
        ", ".join(walk.agencies) or "nobody yet",
        walk.reason,
        f"{100 * walk.explore_share:.0f} % (seed {walk.seed})",
        "; ".join((*walk.unmet, *walk.notes)),
    )


def _coverage(rota: Rota) -> str:
    grid = coverage_grid(rota)
    caption = "Walks by day of the week and band: in the year before, and planned in this rota"
    return f"<section>{_table(caption, list(grid.columns), grid.to_numpy().tolist())}</section>"


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="table" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="list">'
        f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _items(sentences: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"
