"""Draw a rota as a grid of weeks, or of months where it is long, against the bands of the day."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.result import Rota, RotaWalk

GRID_STYLE: Final = """
.rota-grid { border-collapse: collapse; width: 100%; max-width: 40rem; font-size: .9rem; line-height: 1.3; }
.rota-grid caption { text-align: left; padding: .2rem 0; }
.rota-grid th, .rota-grid td { border: 1px solid #b8c4c8; padding: .2rem .35rem; text-align: left; }
.rota-grid th, .rota-grid td { vertical-align: top; }
.rota-grid thead th { background: #e4eef0; }
.rota-grid th[scope=row] { font-weight: 400; white-space: nowrap; width: 22%; }
.rota-grid td { width: 26%; }
.rota-grid .walk { display: inline-block; background: #0b5c6b; color: #fff; border-radius: .25rem; padding: 0 .35rem; }
.rota-grid .unmet { background: #fff; color: #1b2a30; outline: 2px dashed #8a3c00; outline-offset: -2px; }
"""
_LONG: Final = timedelta(days=120)
_WEEK: Final = timedelta(days=7)
_CAPTION: Final = "A filled day is a walk; a broken edge: it lacks something that a walk needs."


def rota_grid(rota: Rota) -> str:
    """Write the grid as a table of HTML, which a screen reader reads and a narrow screen shows whole.

    Returns
    -------
    str
        To stand beside `GRID_STYLE`.
    """
    by_month = rota.last - rota.first > _LONG
    starts = _months(rota) if by_month else _weeks(rota)
    heads = "".join(f'<th scope="col">{band.capitalize()}</th>' for band in BANDS)
    rows = "".join(
        _row(
            f"{start:%b %Y}" if by_month else f"{start.day} {start:%b}", [w for w in rota.walks if start <= w.day < end]
        )
        for start, end in zip(starts, [*starts[1:], date.max], strict=True)
    )
    first = "Month" if by_month else "Week of"
    return (
        f'<table class="rota-grid"><caption>{_CAPTION}</caption><thead><tr><th scope="col">{first}</th>{heads}'
        "</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(name: str, walks: Sequence[RotaWalk]) -> str:
    cells = "".join(f"<td>{' '.join(_mark(walk) for walk in walks if walk.band == band)}</td>" for band in BANDS)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _mark(walk: RotaWalk) -> str:
    look = "walk unmet" if walk.unmet else "walk"
    return f'<span class="{look}">{walk.weekday} {walk.day.day}</span>'


def _weeks(rota: Rota) -> list[date]:
    first = rota.first - timedelta(days=rota.first.weekday())
    return [first + number * _WEEK for number in range((rota.last - first) // _WEEK + 1)]


def _months(rota: Rota) -> list[date]:
    found = [rota.first.replace(day=1)]
    while found[-1] <= rota.last:
        found.append((found[-1] + timedelta(days=31)).replace(day=1))
    return found[:-1]
