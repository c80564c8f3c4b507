"""Write a map as one page that stands alone: no other file, no other host."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from typing import Final, cast
from urllib.parse import urlsplit

import pandas as pd
from branca.element import Figure

from geo.review.team_only import SENTENCE, WHOM
from layers.assets import leaflet_script, leaflet_style, planner_style
from layers.base import PlannerMap

_PAGE_STYLE: Final = """
body { display: flex; flex-direction: column; min-height: 100vh; }
main { display: flex; flex-direction: column; flex: 1; }
html, body { margin: 0; background: #fff; color: #1d1d1b; font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; padding: 10px 16px 4px; font-size: 1.2rem; line-height: 1.3; }
.planner-whom { margin: 0; padding: 0 16px 10px; font-weight: 600; font-size: .875rem; }
.folium-map { flex: 1 0 auto; min-height: calc(100vh - 90px); }
.planner-maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 12px; }
.planner-maps section { display: flex; flex-direction: column; justify-content: flex-end; }
.planner-maps section:nth-child(odd):last-child { grid-column: 1 / -1; }
.planner-maps h2 { margin: 0; padding: 0 16px 4px; font-size: 1rem; line-height: 1.4; }
.planner-maps .folium-map { flex: none; min-height: 0; height: 70vh; }
.planner-table { padding: 8px 16px; overflow-x: auto; }
.planner-table table { border-collapse: collapse; font-size: .875rem; }
.planner-table caption { text-align: left; font-weight: 600; padding: 8px 0; }
.planner-table th, .planner-table td { padding: 3px 10px; border-bottom: 1px solid #d6d3cb; text-align: left; }
.planner-notes { padding: 8px 16px 24px; font-size: .875rem; max-width: 60rem; }
.planner-notes p { margin: 0 0 4px; }
"""


def standalone_html(
    target: PlannerMap,
    *,
    table: pd.DataFrame | None = None,
    more: Sequence[tuple[str, pd.DataFrame]] = (),
    notes: Sequence[str] = (),
    whom: str = WHOM,
) -> str:
    """Write a map as a page that can be sent and opened anywhere.

    Parameters
    ----------
    target
        The finished map.
    table
        The same in words, printed below the map: every map has a text that says the same (WCAG 2.2).
    more
        Other tables with what each is called, printed below it.
    notes
        Sentences printed below the table, for a reader who opens no legend.
    whom
        Whom the page is for, said in its title and below its heading; the team alone, unless it was given out.

    Returns
    -------
    str
        HTML that asks no host for anything (but the tile server, if the map was given one), and says so to the
        browser: scripts run only if their digest is listed in the page's own content security policy.
    """
    figure = _drawn(target)
    scripts = (leaflet_script(), figure.script.render())
    return _page(target.title, whom, figure.html.render() + _tables(table, more) + _notes(notes), scripts, [target])


def standalone_maps_html(
    targets: Sequence[PlannerMap],
    *,
    title: str,
    table: pd.DataFrame | None = None,
    notes: Sequence[str] = (),
    whom: str = WHOM,
) -> str:
    """Write several maps as one page that stands alone: side by side where there is room, and moved together.

    Parameters
    ----------
    targets
        The finished maps, of one extent; each stands below its own title.
    title
        Of the page.
    table, notes, whom
        As in `standalone_html`.
    """
    figures = [_drawn(target) for target in targets]
    shown = "".join(
        f"<section><h2>{escape(target.title)}</h2>{figure.html.render()}</section>"
        for target, figure in zip(targets, figures, strict=True)
    )
    names = ", ".join(target.get_name() for target in targets)
    scripts = (leaflet_script(), *(figure.script.render() for figure in figures), f"planner.together([{names}]);")
    body = f'<div class="planner-maps">{shown}</div>{_tables(table)}{_notes(notes)}'
    return _page(title, whom, body, scripts, targets)


def _drawn(target: PlannerMap) -> Figure:
    figure = cast("Figure", target.get_root())  # a folium map always stands in one
    figure.render()
    return figure


def _page(title: str, whom: str, body: str, scripts: Sequence[str], targets: Sequence[PlannerMap]) -> str:
    head = f'<h1>{escape(title)}</h1>\n<p class="planner-whom">{escape(_for(whom))}</p>\n'
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, targets)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(f'{title} (for {whom})')}</title>\n"
        f"<style>{leaflet_style()}</style>\n<style>{planner_style()}{_PAGE_STYLE}</style>\n</head>\n<body>\n"
        f"{head}<main>{body}</main>\n"
        + "".join(f"<script>{script}</script>\n" for script in scripts)
        + "</body>\n</html>\n"
    )


def _for(whom: str) -> str:
    return SENTENCE if whom == WHOM else f"For {whom}."


def _policy(scripts: Sequence[str], targets: Sequence[PlannerMap]) -> str:
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    tile_host = "".join(f" {host}" for host in sorted({_host(one.tiles.url) for one in targets if one.tiles}))
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data:{tile_host};"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def _host(url: str) -> str:
    parts = urlsplit(url)
    return escape(f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}", quote=True)


def _tables(table: pd.DataFrame | None, more: Sequence[tuple[str, pd.DataFrame]] = ()) -> str:
    first = [("The same in words", table)] if table is not None else []
    return "".join(_table(title, rows) for title, rows in (*first, *more))


def _table(title: str, table: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape('' if pd.isna(value) else str(value))}</td>" for value in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    return (
        f'<div class="planner-table" tabindex="0" role="region" aria-label="{escape(title)}"><table>'
        f"<caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _notes(notes: Sequence[str]) -> str:
    said = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return f'<div class="planner-notes">{said}</div>' if said else ""
