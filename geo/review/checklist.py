"""What this year's review still needs, read from the state of the workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from geo.editions import SITE_DATASETS, Dataset, Edition
from geo.evidence.periods import month_numbers, review_year
from geo.review.retention import oldest_month
from geo.review.workspace import Workspace
from geo.scenario import Scenario

State = Literal["ready", "look", "missing", "optional"]
Topic = Literal[
    "postcodes", "records", "feeds", "unmapped", "keeping", "homes", "wards", "sites", "institutions", "backdrop"
]

_MONTHS_A_YEAR: Final = 12
OLD_POSTCODES_DAYS: Final = 365  # postcode files come out four times a year; a review should not use last year's
LATE_FEED_MONTHS: Final = 3  # partners are asked for their data every quarter (Hart 5.3, Test Valley 2.15)
HIGH_UNMAPPED_SHARE: Final = 0.25  # beyond this the map leaves out so much that its picture may mislead
BACKDROP: Final[tuple[Dataset, ...]] = ("land", "water", "roads", "settlements")
_AVOIDABLE: Final = ("not_in_gazetteer", "no_location", "malformed", "missing")


@dataclass(frozen=True)
class ChecklistItem:
    """One thing a review needs.

    Attributes
    ----------
    topic
        What it is about; a screen knows from it where the work is done.
    title
        Its name in a few words.
    state
        "ready", "look" (there, but look at it), "missing", or "optional" (missing, and the review can do without).
    found
        What is there now.
    why
        Why it matters.
    """

    topic: Topic
    title: str
    state: State
    found: str
    why: str


@dataclass(frozen=True)
class _Facts:
    """What the lines are judged by, read once."""

    workspace: Workspace
    scenario: Scenario
    editions: tuple[Edition, ...]
    records: pd.DataFrame
    year: str
    last_month: int
    today: date


def review_checklist(workspace: Workspace, *, today: date) -> list[ChecklistItem]:
    """List what the review of the last full review year needs, in the order in which it is best done.

    Parameters
    ----------
    workspace
        The council's workspace.
    today
        The day from which ages and the last full review year are told.
    """
    scenario = workspace.scenario
    year, last_month = last_full_year(today, first_month=scenario.review_first_month)
    facts = _Facts(workspace, scenario, workspace.editions(), workspace.records(), year, last_month, today)
    return [*_too_old(facts), *(line(facts) for line in _LINES)]


def last_full_year(today: date, *, first_month: int) -> tuple[str, int]:
    """Name the last review year that is over, and its last month as months since the year 0.

    Examples
    --------
    >>> last_full_year(date(2026, 5, 12), first_month=4)[0]
    '2025-26'
    """
    this_month = today.year * _MONTHS_A_YEAR + today.month - 1
    begun = (this_month - (first_month - 1)) // _MONTHS_A_YEAR * _MONTHS_A_YEAR + first_month - 1
    last = begun - 1
    text = f"{last // _MONTHS_A_YEAR:04d}-{last % _MONTHS_A_YEAR + 1:02d}"
    return str(review_year(pd.Series([text]), first_month=first_month).iloc[0]), last


def _postcodes(facts: _Facts) -> ChecklistItem:
    why = "Without it no postcode can be placed on a map. A new edition comes out every three months."
    found = [edition for edition in facts.editions if edition.dataset == "gazetteer"]
    if not found:
        return ChecklistItem("postcodes", "Postcode file", "missing", "No postcode file yet.", why)
    newest = found[-1]  # the gazetteer names its editions oldest first
    age = (facts.today - newest.added).days
    name = " ".join(part for part in (newest.title, newest.edition) if part)
    text = f"{name}, added {_day(newest.added)}."
    old = age > OLD_POSTCODES_DAYS
    return ChecklistItem(
        "postcodes", "Postcode file", "look" if old else "ready", text + " Over a year old." * old, why
    )


def _records(facts: _Facts) -> ChecklistItem:
    title, why = f"Approaches and referrals of {facts.year}", "They are what the whole review is made from."
    if facts.records.empty:
        return ChecklistItem("records", title, "missing", "No records yet.", why)
    year = facts.records[
        review_year(facts.records["month"], first_month=facts.scenario.review_first_month) == facts.year
    ]
    months = year["month"].nunique()
    if not months:
        newest = _month(str(facts.records["month"].max()))
        return ChecklistItem("records", title, "missing", f"None of {facts.year} yet; the newest are of {newest}.", why)
    text = f"{len(year):,} records, in {months} of the 12 months; {len(facts.records):,} records of all years."
    return ChecklistItem("records", title, "ready" if months == _MONTHS_A_YEAR else "look", text, why)


def _feeds(facts: _Facts) -> ChecklistItem:
    title = "Every source up to date"
    why = "A source that stops reporting looks like a place that got better."
    newest = facts.records.groupby("feed")["month"].max()
    if newest.empty:
        return ChecklistItem("feeds", title, "missing", "No source yet.", why)
    late = newest[month_numbers(newest) < facts.last_month - LATE_FEED_MONTHS + 1]
    if late.empty:
        listed = ", ".join(f"{feed} (to {_month(month)})" for feed, month in newest.items())
        return ChecklistItem("feeds", title, "ready", f"{listed}.", why)
    listed = ", ".join(f"{feed} (stops in {_month(month)})" for feed, month in late.items())
    return ChecklistItem("feeds", title, "look", f"Ask for a newer file: {listed}.", why)


def _unmapped(facts: _Facts) -> ChecklistItem:
    title = "Records that cannot be mapped"
    why = "No fixed abode is a finding of its own; blank and unknown postcodes are worth asking the source about."
    counted = facts.records[facts.records["status"] != "duplicate"]
    if counted.empty:
        return ChecklistItem("unmapped", title, "optional", "Nothing to check yet.", why)
    lost = counted["status"].isin(_AVOIDABLE).sum()
    homeless = (counted["status"] == "no_fixed_abode").sum()
    unmapped = (~counted["status"].isin(["located", "outside"])).mean()
    text = f"{100 * unmapped:.0f} % have no place: {homeless:,} of no fixed abode, {lost:,} with no usable postcode."
    return ChecklistItem("unmapped", title, "look" if unmapped > HIGH_UNMAPPED_SHARE else "ready", text, why)


def _too_old(facts: _Facts) -> list[ChecklistItem]:
    """Say which records are kept too long; a review in which there are none has no such line."""
    years = facts.scenario.keeping.keep_years
    older = int((facts.records["month"] < oldest_month(years, facts.today)).sum())
    why = "You set a limit to how long a client's record is kept; what is older is forgotten when you say so."
    text = f"{older:,} {'record is' if older == 1 else 'records are'} older than your limit of {years} years."
    return [ChecklistItem("keeping", "Records older than your limit", "look", text, why)] if older else []


def _homes(facts: _Facts) -> ChecklistItem:
    why = (
        "The yardstick: more clients are expected where more homes are. Without it each postcode stands for "
        f"{facts.scenario.homes_per_postcode:g} homes."
    )
    return _layer(facts, "homes", "Homes", ("households",), why)


def _wards(facts: _Facts) -> ChecklistItem:
    why = "Names everybody knows, and the areas that are large enough to publish."
    return _layer(facts, "wards", "Wards", ("wards",), why)


def _sites(facts: _Facts) -> ChecklistItem:
    title, why = "Places to go", "Surgeries, food banks, libraries and halls are where staff could be and hubs be held."
    found = [edition for edition in facts.editions if edition.dataset in SITE_DATASETS]
    kinds = {
        "gp_surgeries": "GP surgeries",
        "gp_branches": "branch surgeries",
        "food_banks": "food banks",
        "libraries": "libraries",
        "sites": "sites",
        "osm_sites": "sites of OpenStreetMap",
    }
    text = ", ".join(f"{edition.rows:,} {kinds[edition.dataset]}" for edition in found)
    wanted = {"gp_surgeries", "food_banks"} - {edition.dataset for edition in found}
    if not found:
        return ChecklistItem("sites", title, "missing", "No place yet.", why)
    absent = " and ".join(kinds[name] for name in sorted(wanted))
    return ChecklistItem(
        "sites", title, "look" if wanted else "ready", text + (f"; no {absent}." if wanted else "."), why
    )


def _institutions(facts: _Facts) -> ChecklistItem:
    why = "A hostel or a hospital makes a false hotspot: its postcode is marked so that it can be told apart."
    listed = len(facts.workspace.institutions())
    text = f"{listed:,} postcodes listed." if listed else "No list yet."
    return ChecklistItem("institutions", "Institutions", "ready" if listed else "missing", text, why)


def _backdrop(facts: _Facts) -> ChecklistItem:
    why = "Roads, water and town names make a map easy to read without asking any outside map server."
    return _layer(facts, "backdrop", "Map backdrop", BACKDROP, why, absent="optional")


def _layer(
    facts: _Facts, topic: Topic, title: str, datasets: tuple[Dataset, ...], why: str, *, absent: State = "missing"
) -> ChecklistItem:
    found = [edition for edition in facts.editions if edition.dataset in datasets]
    if not found:
        return ChecklistItem(topic, title, absent, "Not added yet.", why)
    text = "; ".join(f"{edition.title}, {edition.rows:,} row{'s' * (edition.rows != 1)}" for edition in found)
    return ChecklistItem(topic, title, "ready", text + ".", why)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month(text: str) -> str:
    return f"{date.fromisoformat(text + '-01'):%B %Y}"


_LINES: Final[tuple[Callable[[_Facts], ChecklistItem], ...]] = (
    _postcodes,
    _records,
    _feeds,
    _unmapped,
    _homes,
    _wards,
    _sites,
    _institutions,
    _backdrop,
)
