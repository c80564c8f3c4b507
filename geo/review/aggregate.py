"""Count a partner's own rows by area, period and broad reason, exactly or through the gate, for the council."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.disclosure.atoms import codes_of
from geo.disclosure.counted import complete_counts
from geo.disclosure.external import EVERYWHERE
from geo.disclosure.gate import History, clear_table
from geo.disclosure.published import Published
from geo.disclosure.rules import EXACT, HOUSE_DEFAULT, Audience, rule_for
from geo.disclosure.sensitive import is_domestic_abuse
from geo.disclosure.topics import Geography, Level, Period, Topic
from geo.errors import BadInputError
from geo.evidence.counts import unit_of
from geo.evidence.episodes import find_episodes
from geo.places.homes import housed_postcodes
from geo.review.count_periods import PER, Per, periods_over
from geo.review.counts_file import REASON, CountsFile
from geo.review.feeds import feed_name
from geo.review.hub_reasons import REASONS
from geo.review.partner_rows import Ground, PartnerFile, ground_postcodes, place_partner_rows
from geo.scenario import Scenario

MOST_AREAS: Final = 2_000
_DISTRICT: Final = Geography("district")


@dataclass(frozen=True)
class CountAsk:
    """How rows are to be counted.

    Attributes
    ----------
    by
        "ward" or "h3_7".
    per
        By review year or by quarter.
    agreement
        Name of the sharing agreement, for exact counts; empty for suppressed ones.
    first_month
        The month in which the council's review year begins.
    ground_words
        Which areas these are, for the file.
    """

    by: Level
    per: Per = "year"
    agreement: str = ""
    first_month: int = 4
    ground_words: str = ""


@dataclass(frozen=True)
class Aggregated:
    """What was counted.

    Attributes
    ----------
    file
        What leaves the partner's machine.
    rows, duplicates
        Of the partner's file; told to the partner alone.
    not_over
        Episodes of months whose period is not over yet; told to the partner alone.
    notes
        What could not be counted by area, and why, in sentences.
    """

    file: CountsFile
    rows: int
    duplicates: int
    not_over: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Counting:
    """Episodes with the homes they are set against: `homes` by code of the area, "" and "*" for all of them."""

    episodes: pd.DataFrame
    homes: pd.Series
    level: Level
    exact: bool


def aggregate(file: PartnerFile, ground: Ground, ask: CountAsk, *, today: date) -> Aggregated:
    """Count a partner's file.

    Parameters
    ----------
    file, ground, ask
        What is counted, where, and how.
    today
        Only periods that are over are counted: two files of nearly the same months would give small counts away.

    Raises
    ------
    BadInputError
        The file cannot be read, no period of it is over, or nothing of it may be shown.
    """
    feed = feed_name(file.feed, ())
    _require_ask(ground, ask)
    records = place_partner_rows(file, ground, today=today)
    episodes = find_episodes(records, months=Scenario().episode_months, first_month=ask.first_month)
    periods = periods_over(episodes["month"], per=ask.per, first_month=ask.first_month, today=today)
    counting = _counting(episodes, ground, ask, feed=feed)
    found = [_period_tables(counting, period) for period in periods]
    tables = tuple(table for made, _ in found for table in made)
    notes = tuple(note for _, told in found for note in told)
    _require_something(tables, notes)
    made = CountsFile(
        feed=feed,
        made=today,
        agreement=" ".join(ask.agreement.split()),
        unit=unit_of(episodes),
        gazetteer=", ".join(f"{one.title} {one.edition}".strip() for one in ground.gazetteer.editions())[:300],
        ground=ask.ground_words[:300],
        first_month=ask.first_month,
        rule=EXACT if counting.exact else rule_for("partner", HOUSE_DEFAULT),
        tables=tables,
        not_placed=_not_placed(counting, periods) if counting.exact else {},
    )
    counted = sum(len(_within(episodes, period)) for period in periods)
    duplicates = int((records["status"] == "duplicate").sum())
    return Aggregated(made, len(records), duplicates, len(episodes) - counted, notes)


def _require_ask(ground: Ground, ask: CountAsk) -> None:
    if ask.per not in PER or ask.by not in ("ward", "h3_7"):
        message = "Counts are made by ward or res7, and by year or quarter; choose one of each."
        raise BadInputError(message)
    if ask.by == "ward" and ground.wards is None:
        message = (
            "The postcode directory does not say which ward a postcode is in; name a file of the council's wards with "
            "--wards FILE, or count by res7."
        )
        raise BadInputError(message)


def _counting(episodes: pd.DataFrame, ground: Ground, ask: CountAsk, *, feed: str) -> _Counting:
    postcodes = ground_postcodes(ground)
    level: Level = "district" if is_domestic_abuse(feed) else ask.by
    homes = housed_postcodes(postcodes, None, homes_per_postcode=Scenario().homes_per_postcode)["homes"].astype(float)
    by_area = homes.groupby(codes_of(postcodes, Geography(ask.by))).sum()
    by_area = by_area[by_area.index != ""]
    if len(by_area) > MOST_AREAS:
        message = (
            f"The postcode directory reaches over {len(by_area):,} areas, far more than a district; say which district "
            "with --wards FILE, --boundary FILE or --district CODE."
        )
        raise BadInputError(message)
    by_area[""] = by_area[EVERYWHERE] = float(homes.sum())
    return _Counting(episodes, by_area, level, exact=bool(ask.agreement.strip()))


def _period_tables(counting: _Counting, period: Period) -> tuple[list[Published], list[str]]:
    """Count everybody and then each broad reason, each held against those before; by area where that may be."""
    chosen = _within(counting.episodes, period)
    tables: list[Published] = []
    notes: list[str] = []
    for reason in ("", *REASONS):
        some = chosen[chosen["reason"] == reason] if reason else chosen
        if reason and counting.exact and some.empty:
            continue
        filters = ((REASON, reason),) if reason else ()
        made, why = _table(counting, some, Topic(Geography(counting.level), period, filters), tables)
        tables += [made] if made else []
        notes += [f"{period.name}: {why}"] if why and not reason else []
        if not reason and made is None:
            break
    return tables, notes


def _table(
    counting: _Counting, some: pd.DataFrame, topic: Topic, before: list[Published]
) -> tuple[Published | None, str]:
    """Make one table by area, else one number for the district, else nothing; and say why not by area."""
    why = ""
    for geography in dict.fromkeys((topic.geography, _DISTRICT)):
        try:
            return _cleared(counting, some, Topic(geography, topic.period, topic.filters), before), why
        except BadInputError as error:
            why = why or str(error)
    return None, why


def _cleared(counting: _Counting, some: pd.DataFrame, topic: Topic, before: list[Published]) -> Published:
    level = topic.geography.level
    known = counting.homes.index[counting.homes.index != EVERYWHERE]
    homes = counting.homes[[EVERYWHERE]] if level == "district" else counting.homes[known]
    codes = pd.Series(_codes(some, topic.geography), dtype="str")
    counted = complete_counts(pd.DataFrame({"code": codes.where(codes.isin(homes.index), ""), "count": 1}), homes)
    history = None if counting.exact else History(earlier=tuple(before))
    audience: Audience = "agreement" if counting.exact else "partner"
    return clear_table(counted, topic, audience=audience, options=HOUSE_DEFAULT, history=history)


def _codes(some: pd.DataFrame, geography: Geography) -> list[str]:
    return [str(code) for code in codes_of(some, geography)]


def _within(episodes: pd.DataFrame, period: Period) -> pd.DataFrame:
    return episodes[(episodes["month"] >= period.first) & (episodes["month"] <= period.last)]


def _not_placed(counting: _Counting, periods: list[Period]) -> dict[str, dict[str, int]]:
    """Say exactly how many have no area and why; `no_area` is inside, and in no area that is counted."""
    told = {}
    for period in periods:
        chosen = _within(counting.episodes, period)
        codes = pd.Series(_codes(chosen, Geography(counting.level)), index=chosen.index, dtype="str")
        why = chosen.loc[codes == "", "status"].replace("located", "no_area").value_counts()
        told[period.name] = {str(status): int(count) for status, count in sorted(why.items())}
    return told


def _require_something(tables: tuple[Published, ...], notes: tuple[str, ...]) -> None:
    if tables:
        return
    why = notes[0] if notes else "No review year or quarter of the file is over yet; send it when one is."
    message = f"Nothing was counted. {why}"
    raise BadInputError(message)
