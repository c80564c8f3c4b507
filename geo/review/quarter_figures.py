"""District figures of a quarter that no file brings: reports, those visited, people found, offers, walkabouts.

A figure that nobody gave is not known; it is never taken for nought. What was said last counts, and all of it stays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_screen import screen_of
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace

FIGURES: Final = {
    "reported": "Reports of people sleeping rough",
    "visited": "Of them, visited within one working day",
    "found": "People found sleeping rough on walkabouts",
    "offers": "Offers of accommodation made",
    "accepted": "Offers accepted",
    "refused": "Offers refused",
    "walkabouts": "Walkabouts held",
}
"""Each figure by the name it is kept under, with its plain label."""

MOST: Final = 10_000
_NOTHING: Final = "Nothing was kept."


def set_figures(
    workspace: Workspace, quarter: ReviewQuarter, figures: Mapping[str, int | None], *, who: str, today: date
) -> dict[str, int | None]:
    """Write figures of a quarter over what was said before; gives all seven as they stand then.

    Parameters
    ----------
    figures
        Some of `FIGURES` to a whole number, or None for not known.
    who
        A name or initials.
    today
        A quarter that has not begun has no figures.

    Raises
    ------
    BadInputError
        A figure is none of the list, is no count, or does not fit the others; or nobody is named.
    """
    name = " ".join(who.split())
    screen_of(workspace).require_fit({"who": name})
    _require_said(quarter, figures, name, today)
    with workspace.store.noting() as connection:
        rows = connection.execute("SELECT quarter, name, value FROM quarter_figures ORDER BY number").fetchall()
        before = _standing(rows, quarter.name)
        after = before | dict(figures)
        _require_fitting(after)
        changed = {figure: after[figure] for figure in FIGURES if after[figure] != before[figure]}
        signed = (name, workspace.signer.who, workspace.signer.moment())
        connection.executemany(
            "INSERT INTO quarter_figures (number, quarter, name, value, who, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (len(rows) + place, quarter.name, figure, value, *signed)
                for place, (figure, value) in enumerate(changed.items(), start=1)
            ],
        )
        if changed:
            detail = f"{quarter.name}: figures {len(changed)}"
            append_line(connection, "quarter figures", detail, signer=workspace.signer)
    return after


def figures_of(workspace: Workspace, quarter: ReviewQuarter) -> dict[str, int | None]:
    """Read the seven figures of a quarter as they stand; None for each that is not known."""
    return _standing(_read(workspace), quarter.name)


def figure_table(workspace: Workspace, quarters: Sequence[ReviewQuarter]) -> pd.DataFrame:
    """Lay figures out, a row each, a column a quarter; what is not known is blank.

    Returns
    -------
    pandas.DataFrame
        Column Figure with the plain label, then whole numbers under each quarter's name.
    """
    rows = _read(workspace)
    columns = {
        one.name: pd.array([_standing(rows, one.name)[figure] for figure in FIGURES], dtype="Int64") for one in quarters
    }
    return pd.DataFrame({"Figure": list(FIGURES.values()), **columns})


def _read(workspace: Workspace) -> list[tuple[str, str, int | None]]:
    with workspace.store.reading() as connection:
        return connection.execute("SELECT quarter, name, value FROM quarter_figures ORDER BY number").fetchall()


def _standing(rows: Sequence[tuple[str, str, int | None]], quarter: str) -> dict[str, int | None]:
    said: dict[str, int | None] = dict.fromkeys(FIGURES)
    return said | {name: value for of, name, value in rows if of == quarter and name in said}


def _require_said(quarter: ReviewQuarter, figures: Mapping[str, int | None], who: str, today: date) -> None:
    if not who:
        message = f"Say who gives the figures (a name or initials). {_NOTHING}"
        raise BadInputError(message)
    if quarter.first_day > today:
        message = f"{quarter.name} has not begun; it begins on {quarter.first_day.isoformat()}. {_NOTHING}"
        raise BadInputError(message)
    if any(name not in FIGURES for name in figures):
        message = f"A figure is none of the list; expected {', '.join(FIGURES)}. {_NOTHING}"
        raise BadInputError(message)
    if any(value is not None and not 0 <= value <= MOST for value in figures.values()):
        message = f"A figure is a whole number from 0 to {MOST:,}, or blank where it is not known. {_NOTHING}"
        raise BadInputError(message)


def _require_fitting(figures: Mapping[str, int | None]) -> None:
    reported, visited, offers = figures["reported"], figures["visited"], figures["offers"]
    if reported is not None and visited is not None and visited > reported:
        message = f"{visited:,} were visited and only {reported:,} reported; each report is visited once. {_NOTHING}"
        raise BadInputError(message)
    answered = sum(figures[name] or 0 for name in ("accepted", "refused"))
    if offers is not None and answered > offers:
        message = (
            f"{answered:,} offers were accepted or refused and only {offers:,} made; correct one of them. {_NOTHING}"
        )
        raise BadInputError(message)
