"""What a data protection impact assessment asks of a workspace, read from it: numbers, names of sources, no client."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse
from geo.editions import Edition
from geo.review.agreements import Agreement, read_agreements
from geo.review.audit import AuditLine, read_audit, verify_audit
from geo.review.counts_kept import KeptCounts, read_counts
from geo.review.documents import Grid
from geo.review.dpia_walks import card_grid, told_walks
from geo.review.encryption import KEY_FILE_NAME, KEY_NAME, is_encrypted
from geo.review.feed_plans import FeedPlan, read_plans
from geo.review.feeds import Feed
from geo.review.finest import keeps_finest
from geo.review.forgetting import erased_since
from geo.review.keys import key_place
from geo.review.retention import oldest_month
from geo.review.workspace import Workspace

NOT_SAID: Final = "not recorded"
_FINE_KEPT: Final = (
    "By choice, hexagons of resolution 9 (about 0.1 square kilometres) are kept too, since the database is encrypted. "
    "Half of such cells hold a single postcode, so a cell is nearly an address. They serve the team's own maps and "
    "tests and are never released; switching them off erases them."
)
_FINE_NOT_KEPT: Final = "No hexagon finer than resolution 8 (about 0.7 square kilometres) is kept."
_FIRST_DAY: Final = date(1, 1, 1)
_HEALTH_OR_OFFENCES: Final = re.compile(
    r"prison|\bhmps?\b|probation|offend|polic|custody|justice|hospital|health|nhs|clinic|\bgps?\b|drug|alcohol|substance|"
    r"addict|disab|autis|dementia|psych",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Facts:
    """What is filled in: `words` by the name of their place, `grids` by the name of the table."""

    words: dict[str, str]
    grids: dict[str, Grid]


def gather_facts(workspace: Workspace, *, today: date) -> Facts:
    """Read the facts of a workspace.

    Parameters
    ----------
    today
        The day on which they are drawn.
    """
    records, feeds = workspace.records(), workspace.feeds()
    agreements, log = read_agreements(workspace), read_audit(workspace.store)
    plans, sent = read_plans(workspace), read_counts(workspace)
    words = {
        "district": workspace.scenario.name or workspace.root.name,
        "today": _day(today),
        "folder": str(workspace.root),
        **_keeping(workspace, records, today),
        **_storage(workspace),
        "cells": _FINE_KEPT if keeps_finest(workspace) else _FINE_NOT_KEPT,
        "amount": _amount(records),
        "special": _special(records),
        "unagreed": _unagreed(feeds, agreements),
        "counts": _counts(sent),
        "walks": told_walks(workspace, today=today),
        "seen": _seen(log),
        "log": verify_audit(workspace.store).verdict,
    }
    grids = {
        "feeds": _feed_grid(feeds, records),
        "agreements": _agreement_grid(feeds, agreements),
        "owners": _owner_grid(plans),
        "people": _people_grid(log),
        "releases": _release_grid(log),
        "cards": card_grid(workspace),
        "editions": _edition_grid(workspace.editions()),
    }
    return Facts(words, grids)


def _keeping(workspace: Workspace, records: pd.DataFrame, today: date) -> dict[str, str]:
    years = workspace.scenario.keeping.keep_years
    limit = oldest_month(years, today)
    older = int((records["month"] < limit).sum())
    erased = erased_since(workspace, _FIRST_DAY)
    held = f"{years} years from the month of the record ({_rows(older, 'is', 'are')} older by now)"
    return {
        "keeping": f"{held}." if limit else "No limit is set: set keep_years under [keeping] in scenario.toml.",
        "notice_keeping": f"for {years} years" if limit else "for as long as [say how long]",
        "erased": f"So far {_rows(erased, 'was', 'were')} erased." if erased else "So far no row was erased.",
    }


def _storage(workspace: Workspace) -> dict[str, str]:
    sealed = is_encrypted(workspace.store.path)
    place = key_place(workspace.store.meta("workspace_id"))
    return {
        "storage": (
            "The database is encrypted at rest (SQLCipher, AES-256)."
            if sealed
            else "The database is not encrypted by the planner; planner encrypt does it."
        ),
        "hash_key": f"The key of the hashes is outside the workspace, {place}.",
        "database_key": (
            f"The key of the database is given by {KEY_NAME} or by the file that {KEY_FILE_NAME} names."
            if sealed
            else ""
        ),
    }


def _amount(records: pd.DataFrame) -> str:
    if records.empty:
        return "No records are kept yet."
    known = records.loc[records["household"] != "", "household"]
    located = int((records["status"] == "located").sum())
    first, last = _month(str(records["month"].min())), _month(str(records["month"].max()))
    return (
        f"{_rows(len(records), 'is', 'are')} kept, of {first} to {last}; different households with a reference: "
        f"{known.nunique():,}; rows without one: {len(records) - len(known):,}. {_rows(located, 'lies', 'lie')} in the "
        f"district; without a place on its map, for whatever reason: {len(records) - located:,}."
    )


def _special(records: pd.DataFrame) -> str:
    names = sorted({*records["source"], *records["feed"]} - {""})
    telling = [name for name in names if _HEALTH_OR_OFFENCES.search(name) or is_domestic_abuse(name)]
    if not names:
        return "no source yet."
    return f"of {len(names):,} sources and referring agencies {len(telling):,} have a name that tells of them."


def _unagreed(feeds: Iterable[Feed], agreements: dict[str, Agreement]) -> str:
    without = [feed.name for feed in feeds if feed.name not in agreements]
    listed = ", ".join(without)
    return f"No agreement is recorded for: {listed} (planner agreement records one)." if without else ""


def _seen(log: tuple[AuditLine, ...]) -> str:
    people = {line.who for line in log if line.who}
    signed_in = {line.who for line in log if line.what == "sign-in"}
    entered = (
        f"Signed in to a shared planner: {len(signed_in):,} of them."
        if signed_in
        else "Nobody signed in: the planner runs on one machine, for whoever is logged in there."
    )
    return f"{len(people):,} named user{'s' * (len(people) != 1)}. {entered}"


def _feed_grid(feeds: tuple[Feed, ...], records: pd.DataFrame) -> Grid:
    spans = {str(feed): f"{months.min()} to {months.max()}" for feed, months in records.groupby("feed")["month"]}
    rows = [
        (
            feed.name,
            f"{feed.rows:,}",
            spans.get(feed.name, "none"),
            feed.address_kind.replace("_", " "),
            feed.date_kind.replace("_", " "),
            f"{feed.imports:,}, the last on {_day(date.fromisoformat(feed.last_import))}",
        )
        for feed in feeds
    ]
    columns = ("Source", "Rows kept", "Months", "Kind of address", "Kind of date", "Files added")
    return Grid("Sources of the records", columns, tuple(rows))


def _agreement_grid(feeds: Iterable[Feed], agreements: dict[str, Agreement]) -> Grid:
    names = sorted({*agreements, *(feed.name for feed in feeds)})
    columns = ("Source", "Controller", "Agreement", "Purpose", "Until")
    return Grid("Controllers and agreements", columns, tuple(_agreed(name, agreements.get(name)) for name in names))


def _agreed(name: str, found: Agreement | None) -> tuple[str, ...]:
    if found is None:
        return (name, NOT_SAID, NOT_SAID, NOT_SAID, NOT_SAID)
    until = _day(found.until) if found.until else "no end"
    return (name, found.controller, found.agreement, found.purpose or NOT_SAID, until)


def _owner_grid(plans: dict[str, FeedPlan]) -> Grid:
    rows = [
        (plan.feed, plan.owner, plan.role, f"{plan.due_days} days after each quarter" if plan.due_days else "not asked")
        for plan in plans.values()
    ]
    return Grid("Who sends each file", ("Source", "Owner (role or team)", "Role of the sender", "Due"), tuple(rows))


def _counts(sent: tuple[KeptCounts, ...]) -> str:
    if not sent:
        return "No partner has sent counts of its own records."
    exact = sorted({one.feed for one in sent if one.file.exact})
    hidden = sorted({one.feed for one in sent if not one.file.exact})
    return " ".join(
        filter(
            None,
            [
                "Partners counted their own records by area and sent the counts, no row.",
                f"Exact, under an agreement and for the team only: {', '.join(exact)}." if exact else "",
                f"With small counts hidden: {', '.join(hidden)}." if hidden else "",
                "They are kept apart, and never added to the council's households.",
            ],
        )
    )


def _people_grid(log: tuple[AuditLine, ...]) -> Grid:
    names = dict.fromkeys(line.who for line in log)
    rows = []
    for name in names:
        own = [line for line in log if line.who == name]
        did = ", ".join(dict.fromkeys(line.what for line in own))
        rows.append((name or "not signed", f"{len(own):,}", own[0].day or "-", own[-1].day or "-", did))
    return Grid("Who is in the audit log", ("User", "Lines", "First", "Last", "What they did"), tuple(rows))


def _release_grid(log: tuple[AuditLine, ...]) -> Grid:
    rows = [(line.day or "-", line.who or "not signed", line.detail) for line in log if line.what == "release"]
    return Grid("Releases to partners or the public", ("Day", "Who", "What"), tuple(rows))


def _edition_grid(editions: tuple[Edition, ...]) -> Grid:
    rows = [
        (
            one.dataset.replace("_", " "),
            " ".join(filter(None, (one.title, one.edition))),
            _day(one.added),
            one.licence or "own",
        )
        for one in editions
    ]
    return Grid("Data sets", ("Data set", "Source and edition", "Added", "Licence"), tuple(rows))


def _rows(count: int, one: str, many: str) -> str:
    return f"{count:,} row {one}" if count == 1 else f"{count:,} rows {many}"


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _month(text: str) -> str:
    return f"{date.fromisoformat(text + '-01'):%B %Y}"
