"""Trends as a screen shows them: the choice of years and places, sentences, the table of places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.counts import Selection
from geo.evidence.like_for_like import LikeForLike
from geo.evidence.trend_sentences import (
    ROWS,
    VERDICT,
    tell_against_rest,
    tell_change,
    tell_comparison,
    tell_range,
    tell_ratio,
)
from geo.evidence.trends import TrendLevel, Trends
from geo.review.maps import KEPT_RESOLUTIONS
from geo.review.placing import AREA_LEVELS
from geo.review.trends import usual_years
from geo.review.workspace import Workspace
from geo.schema import DISTRICT_ONLY
from pages.kit import evidence, filters, results
from pages.kit.tables import Download
from pages.kit.words import RESOLUTION, STATUS, escape, number, plural

HOW_SURE: Final = (
    "The 95 % range says how far luck alone could have moved the change. Steady means: surely more than half and surely"
    " less than twice as many. Too few to tell is an answer too. The last column sets a place beside the rest of the"
    " district, so that a rise everywhere is not taken for a local one."
)
METHOD: Final = """
**Like with like.** A partner who began to send a file, or stopped, changes the count but not the need. So only
sources that report through both years are compared, and an agency that has nobody in one year and six households or
more in the other is left out too. Whoever is left out is named. A household that also came by another source still
counts. What comes by hubs is counted apart, for hubs raise referrals by design.

**Two counts.** Had nothing changed, the clients of both years would fall into either year as the months (and homes,
where you have loaded them by year) are shared. The chance of a split as uneven as the one seen is worked out exactly
(Przyborowski and Wilenski 1940), and the range of the change is exact too. Many places are tested at once, so luck is
discounted (false discovery rate): only then is a place called new, growing or fading.

**Quarter by quarter.** Six quarters or more in a row on one side of the middle, or five in a row that each go up or
each go down, are more than the usual up and down (Perla, Provost and Murray 2011). With fewer than ten quarters nothing
is claimed.
"""
_WHY_NONE: Final = (
    "That is an answer, not a fault: with so few clients in each place, only a large change can be told from luck. Try"
    " larger areas, or years further apart."
)
_CHANGED: Final = ("new", "growing", "fading")
_NAMED: Final = 6


@dataclass(frozen=True)
class TrendChoice:
    """What the Trends page was asked for; `resolution` counts only where `by` is "cell"."""

    years: tuple[str, str]
    by: TrendLevel
    resolution: int

    @property
    def selection(self) -> Selection:
        """The records looked at, for the count of looks."""
        return Selection(f"{self.years[0]}..{self.years[1]}")


def choose(workspace: Workspace) -> TrendChoice:
    """Ask which two years to compare, and by which places."""
    usual = usual_years(workspace)
    years = evidence.periods(workspace)[::-1]
    first, second, third = st.columns(3)
    with first:
        earlier = st.selectbox("Earlier year", years[:-1], index=years.index(usual[0]))
    with second:
        after = years[years.index(earlier) + 1 :]
        later = st.selectbox("Later year", after, index=after.index(usual[1]) if usual[1] in after else 0)
    with third:
        by, resolution = _choose_by(workspace)
    return TrendChoice((earlier, later), by, resolution)


def headline(district: Trends, compared: LikeForLike) -> str:
    """Say in one sentence how the district as a whole has changed."""
    if not compared.feeds:
        return "**No trend can be told between these years.**"
    change = tell_change(district.table.iloc[0])
    return f"**The district from {compared.earlier} to {compared.later}:** {change}"


def comparison(compared: LikeForLike) -> list[str]:
    """Say what was compared and who was left out."""
    return tell_comparison(compared)


def unit_note(workspace: Workspace, compared: LikeForLike) -> str:
    """Explain what is counted."""
    if compared.unit.startswith("rows"):
        return "Counted are rows, not households: the files give no household reference."
    months = workspace.scenario.episode_months
    single = " Rows without a household reference count one by one." if "rows" in compared.unit else ""
    return (
        f"Counted are household episodes: what one household brought up within {months} months counts once, in each"
        f" year by itself.{single}"
    )


def unit_names(workspace: Workspace, found: Trends) -> dict[str, str]:
    """Name every place of a level: hexagons are told apart by number."""
    if found.level in {"ward", "lsoa", "area"}:
        return results.area_names(workspace, found.level)
    names = results.numbered_places(evidence.grid(workspace, resolution=found.resolution))
    cells = zip(found.table["unit"].tolist(), found.table["cell"].tolist(), strict=True)
    return {unit: names.get(cell, results.BEYOND) for unit, cell in cells}


def place_sentences(found: Trends, names: Mapping[str, str]) -> list[str]:
    """Tell the surest changes, or that there is none."""
    changed = found.table[found.table["trend"].isin(_CHANGED)]
    kinds = ", ".join(f"{VERDICT[kind].lower()} {count}" for kind, count in found.kinds().items())
    tested = f"{plural(found.tested, 'place')} with anybody in either year: {kinds or 'none'}."
    if changed.empty:
        return [
            f"**No single place has changed for sure.** {tested}",
            _WHY_NONE,
        ]
    told = [
        f"**{escape(names.get(str(row['unit']), str(row['unit'])))}:** {tell_change(row)}"
        for row in changed.head(_NAMED).to_dict("records")
    ]
    more = len(changed) - len(told)
    return [tested, *told, *([f"And {more} more, in the table below."] if more else [])]


def place_table(workspace: Workspace, found: Trends, names: Mapping[str, str]) -> pd.DataFrame:
    """Say in a table what the map says: the surest change first."""
    rows = found.table.to_dict("records")
    level = workspace.scenario.trends.significance
    return pd.DataFrame(
        {
            "Place": [names.get(str(row["unit"]), str(row["unit"])) for row in rows],
            "Change": [VERDICT[str(row["trend"])] for row in rows],
            found.earlier: found.table["earlier"],
            found.later: found.table["later"],
            "Times as many": [tell_ratio(row["ratio"]) for row in rows],
            "95 % range of that": [tell_range(row) for row in rows],
            "Against the rest of the district": [tell_against_rest(row, level=level) for row in rows],
        }
    )


def statistics_table(found: Trends, names: Mapping[str, str]) -> pd.DataFrame:
    """List every place with its chances."""
    table = found.table
    chances = {"p": "p", "q": "q", "p against the rest": "p_rest", "q against the rest": "q_rest"}
    return pd.DataFrame(
        {
            "Place": [names.get(unit, unit) for unit in table["unit"].tolist()],
            "Change": table["trend"].map(VERDICT),
            found.earlier: table["earlier"],
            found.later: table["later"],
            "Later share if nothing changed": table["share_later"].round(3),
            **{label: [float(f"{chance:.2g}") for chance in table[name]] for label, name in chances.items()},
        }
    )


def unmapped_sentences(found: Trends) -> list[str]:
    """Say who of either year is on no map."""
    before, after = (sum(both[side] for both in found.unmapped.values()) for side in (0, 1))
    if not before and not after:
        return []
    reasons = sorted(found.unmapped.items(), key=lambda item: -sum(item[1]))
    told = ", ".join(f"{_reason(reason)} {first} and {second}" for reason, (first, second) in reasons)
    lost = f"{number(before)} in {found.earlier} and {number(after)} in {found.later}"
    said = [f"Without a place on the map: {lost} ({told})."]
    if found.homes_used:
        said.append("The homes of either year are set against its clients.")
    if found.without_homes:
        said.append(f"{plural(found.without_homes, 'place')} without homes in one year compared by clients alone.")
    return said


def short_note(found: Trends) -> str:
    """Say for the legend of a map who is not on it."""
    lost = [sum(both[side] for both in found.unmapped.values()) for side in (0, 1)]
    return f"Not on this map: {number(lost[0])} of {found.earlier}, {number(lost[1])} of {found.later}."


def row_table(compared: LikeForLike) -> pd.DataFrame:
    """Say what became of every row."""
    ordered = sorted(compared.rows.items(), key=lambda item: list(ROWS).index(item[0]))
    said = [ROWS[reason] for reason, _ in ordered]
    return pd.DataFrame(
        {
            "Rows": [*(count for _, count in ordered), sum(compared.rows.values())],
            "What became of them": [*(text[0].upper() + text[1:] for text in said), "All"],
        }
    )


def geojson_download(workspace: Workspace, found: Trends, *, name: str) -> Download:
    """Offer the places for a GIS; ratios as text, for some have no end."""
    table = found.table
    told = pd.DataFrame(
        {
            "earlier": table["earlier"],
            "later": table["later"],
            "trend": table["trend"],
            "times_as_many": [tell_ratio(ratio) for ratio in table["ratio"]],
            "range_95": [tell_range(row) for row in table.to_dict("records")],
            "q": [f"{chance:.2g}" for chance in table["q"]],
        }
    )
    if found.level not in {"ward", "lsoa", "area"}:
        return results.geojson_download(told.assign(cell=table["cell"]), name=name)
    areas = evidence.areas(workspace, found.level)
    every = areas[["code"]].merge(told.assign(code=table["unit"]), on="code", how="left")
    nobody = {
        "earlier": 0,
        "later": 0,
        "trend": "too few to tell",
        "times_as_many": "",
        "range_95": "nobody came",
        "q": "1",
    }
    whole = pd.DataFrame(every.fillna(nobody)).astype({"earlier": "int64", "later": "int64"})
    return results.geojson_download(whole, name=name, areas=areas)


def _choose_by(workspace: Workspace) -> tuple[TrendLevel, int]:
    sizes: dict[str, tuple[TrendLevel, int]] = {
        RESOLUTION[size]: ("cell", size) for size in sorted(KEPT_RESOLUTIONS, reverse=True)
    }
    loaded: dict[str, tuple[TrendLevel, int]] = {
        filters.AREAS[level]: (level, 8) for level in filters.AREAS if workspace.has(AREA_LEVELS[level])
    }
    named = sizes | loaded
    start = list(named).index(RESOLUTION[evidence.usual_resolution(workspace)])
    return named[st.selectbox("Show by", list(named), index=start)]


def _reason(status: str) -> str:
    if status == "no_area":
        return "in no area that is loaded"
    if status == DISTRICT_ONLY:
        return "counted for the whole district only"
    words = STATUS[status][0]
    return words[0].lower() + words[1:]
