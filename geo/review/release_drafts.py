"""Give a table out: how much of it would be lost, the check against everything known, and freezing it."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd

from geo.disclosure.gate import History, clear_table
from geo.disclosure.loss import Losses, Option, expected_loss
from geo.disclosure.published import Published
from geo.disclosure.topics import Geography
from geo.editions import Edition
from geo.errors import BadInputError
from geo.evidence.counts import unit_of
from geo.review.audit import append_line
from geo.review.external_tables import read_external
from geo.review.release_shapes import shapes_as_text, shapes_of
from geo.review.release_tables import Ask, Material, option_for
from geo.review.release_years import pools_until, whole_period
from geo.review.releases import COLUMNS, Release, read_releases, release_numbered
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class Draft:
    """A table that passed the check and has not been given out.

    Attributes
    ----------
    published
        What would be given out.
    hidden_besides
        Names of the areas whose count is hidden to protect another.
    shapes, counted
        As in `Release`.
    state
        Of the workspace when the table was checked: what it was checked against must not have changed since.
    """

    published: Published
    hidden_besides: tuple[str, ...]
    shapes: gpd.GeoDataFrame
    counted: str
    state: str


def history_of(workspace: Workspace, material: Material) -> History:
    """Gather everything that a new table is held against."""
    return History(
        atoms=material.atoms,
        earlier=tuple(release.published for release in read_releases(workspace)),
        external=tuple(entered.table for entered in read_external(workspace)),
    )


def losses_of(workspace: Workspace, material: Material, ask: Ask, *, years: list[str], today: date) -> Losses:
    """Say how much of the count each geography would keep, for the last year, and for two and three years pooled.

    Parameters
    ----------
    ask
        Audience, filters, and the last review year as its period; its level is not looked at.
    years
        The review years that are over.

    Raises
    ------
    BadInputError
        The period is not one of `years`.
    """
    if ask.period not in years:
        message = f"The review year '{ask.period}' is not on record or not over yet; there is: {', '.join(years)}."
        raise BadInputError(message)
    history = history_of(workspace, material)
    levels = material.levels if ask.filters[:1] == () or ask.filters[0][0] == "route" else ("district",)
    asked = [replace(ask, level=level, period=period) for level in levels for period in pools_until(ask.period, years)]
    choices = [_option(material, one, history, today) for one in asked]
    return expected_loss(choices, audience=ask.audience, options=material.options, history=history)


def draft_release(workspace: Workspace, ask: Ask, *, today: date, material: Material) -> Draft:
    """Check a table against everything given out before; nothing is given out.

    Raises
    ------
    BadInputError
        It may not be given out; the message says why, and what to give out instead.
    """
    state = state_of(workspace)
    history = history_of(workspace, material)
    option = _option(material, ask, history, today)
    published = clear_table(
        option.counted, option.topic, audience=ask.audience, options=material.options, history=history
    )
    besides = tuple(figure.name or figure.code for figure in published.figures if figure.why == "complementary")
    return Draft(
        published=published,
        hidden_besides=besides,
        shapes=shapes_of(workspace, published),
        counted=_counted_in_words(workspace, material),
        state=state,
    )


def make_release(
    workspace: Workspace, draft: Draft, *, who: str, today: date, editions: tuple[Edition, ...]
) -> Release:
    """Freeze a checked table: from then on it counts as given out.

    Parameters
    ----------
    draft
        From `draft_release`.
    who
        Name or initials of who gives it out.
    editions
        Of every data set, as screens tell them.

    Raises
    ------
    BadInputError
        Nobody said who, or something was given out, entered or imported since the check: check again.
    """
    if not who.strip():
        message = "Say who gives the table out (a name or initials); nothing was given out."
        raise BadInputError(message)
    published = draft.published
    row = (
        today.isoformat(),
        who.strip(),
        published.audience,
        published.to_json(),
        published.digest,
        shapes_as_text(draft.shapes),
        draft.counted,
        workspace.scenario.name,
        json.dumps([edition.model_dump(mode="json") for edition in editions], ensure_ascii=False),
    )
    with workspace.store.noting() as connection:
        if _state(workspace, connection) != draft.state:
            message = "Something was given out, entered or imported since this table was checked; check it again."
            raise BadInputError(message)
        number = 1 + int(connection.execute("SELECT COUNT(*) FROM releases").fetchone()[0])
        statement = f"INSERT INTO releases ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - as above
        connection.execute(statement, (number, *row))
        detail = (
            f"release {number} for {published.audience}: {published.topic.in_words}, digest {published.digest[:12]}"
        )
        append_line(connection, "release", detail, signer=workspace.signer)
    return release_numbered(workspace, number)


def state_of(workspace: Workspace) -> str:
    """Tell the state that a check depends on: what was given out and entered, the records and the options."""
    with workspace.store.reading() as connection:
        return _state(workspace, connection)


def _option(material: Material, ask: Ask, history: History, today: date) -> Option:
    """Count a table, by the merged hexagons that these very clients were given out by, if they were."""
    return option_for(material, ask, today=today, members=_merged_before(material, ask, history, today))


def _merged_before(material: Material, ask: Ask, history: History, today: date) -> Geography | None:
    if ask.level != "merged":
        return None
    period = whole_period(ask.period, first_month=material.first_month, today=today)
    months, filters = (period.first, period.last), sorted(ask.filters)
    same = (
        table.topic.geography
        for table in history.earlier
        if table.topic.geography.level == "merged"
        and (table.topic.period.first, table.topic.period.last) == months
        and sorted(table.topic.filters) == filters
    )
    return next(same, None)


def _counted_in_words(workspace: Workspace, material: Material) -> str:
    unit, months = unit_of(material.episodes), workspace.scenario.episode_months
    if unit.startswith("rows"):
        return "Counted are approaches and referrals, not households."
    besides = " Where no household is given, every row counts." if "rows" in unit else ""
    return f"Counted are households: what one household brought up within {months} months counts once.{besides}"


def _state(workspace: Workspace, connection: sqlite3.Connection) -> str:
    facts = [
        connection.execute(query).fetchone()[0]
        for query in (
            "SELECT GROUP_CONCAT(number || digest || day) FROM releases",
            "SELECT GROUP_CONCAT(number || content) FROM external_tables",
            "SELECT value FROM meta WHERE key = 'revision'",
        )
    ]
    text = json.dumps([*facts, workspace.scenario.model_dump_json()])
    return hashlib.sha256(text.encode()).hexdigest()
