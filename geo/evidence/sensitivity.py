"""See whether the first ten places would be others, had some records been left out or those without a place come back.

The records without a place are not missing at random: some sources send no postcodes, some clients have none. What
is tried is the plainest guess: they come from where the mapped clients of the same source and route come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from geo.schema import DISTRICT_ONLY, SENSITIVITY

Measure = Literal["count", "excess"]

TOP: Final = 10
FEWEST_MAPPED: Final = 20
"""Mapped episodes that a source and route need before the unmapped are spread as they are; else the whole source, else
everybody: of fewer, one client would move a place by 5 % of all that are spread."""
LOST: Final = (
    "no_fixed_abode", "not_known", "not_in_gazetteer", "no_location", "malformed", "missing", "withheld", DISTRICT_ONLY
)  # fmt: skip
VARIANTS: Final[dict[str, tuple[str, ...]]] = {
    "without_institutions": ("institution",),
    "without_shared_points": ("shared_point",),
    "without_both": ("institution", "shared_point"),
}
SPREAD: Final = "unmapped_spread"
_MAPPED: Final = ("located", "outside")  # a client may have lived outside as well as inside


@dataclass(frozen=True)
class Sensitivity:
    """Hold how the first ten places change.

    Attributes
    ----------
    table
        SENSITIVITY table: the first ten places now, and those that come among the first ten in any variant. Places of
        equal value share a rank.
    measure
        "count" ranks by clients, "excess" by the clients above what the place's share of the homes explains.
    sentences
        What changes in each variant, in a plain sentence; its keys are the variants.
    episodes
        Episodes in all: those ranked, and `beyond`, `elsewhere` and `unmapped`.
    beyond
        Located ones in none of the places.
    outside
        Those from outside the district, or from elsewhere in the country or abroad; they are never spread.
    unmapped
        Those without a place, which one variant spreads.
    left_out
        How many carry the marks that each variant leaves out.
    spread_by
        How many of the unmapped were spread as the mapped of their "source and route", of their "source", or of
        "everybody".
    spread_inside
        How many of the unmapped that puts into the district's places; the others fall outside it or in none of them.
    """

    table: pd.DataFrame
    measure: Measure
    sentences: dict[str, str]
    episodes: int
    beyond: int
    outside: int
    unmapped: int
    left_out: dict[str, int]
    spread_by: dict[str, int]
    spread_inside: float


def find_sensitivity(episodes: pd.DataFrame, places: pd.DataFrame, *, level: str, measure: Measure) -> Sensitivity:
    """Rank the places, leave out marked records, spread the unmapped, and rank again.

    Parameters
    ----------
    episodes
        The EPISODES rows chosen.
    places
        Columns `key` (as in the episodes' column `level`), `code` (text), `place` (a name no other place has) and
        `homes`.
    level
        "h3_7", "h3_8", "ward", "lsoa" or "area".
    measure
        What the first ten are the first in.
    """
    keyed = places.set_index("key")
    located = episodes[episodes["status"] == "located"]
    inside = located[located[level].isin(keyed.index)]
    counts = {"now": _tally(inside, level, keyed.index)}
    for variant, flags in VARIANTS.items():
        counts[variant] = _tally(inside[~inside[list(flags)].any(axis=1)], level, keyed.index)
    spread, spread_by = spread_unmapped(episodes, level=level, keys=keyed.index)
    counts[SPREAD] = counts["now"] + spread
    ranks = pd.DataFrame({name: _ranks(count, keyed["homes"], measure) for name, count in counts.items()})
    table = _table(ranks, counts["now"], keyed)
    left_out = {variant: int(inside[list(flags)].any(axis=1).sum()) for variant, flags in VARIANTS.items()}
    unmapped = int(episodes["status"].isin(LOST).sum())
    return Sensitivity(
        table=table,
        measure=measure,
        sentences=_sentences(ranks, keyed["place"], left_out | {SPREAD: unmapped}),
        episodes=len(episodes),
        beyond=len(located) - len(inside),
        outside=len(episodes) - len(located) - unmapped,
        unmapped=unmapped,
        left_out=left_out,
        spread_by=spread_by,
        spread_inside=float(spread.sum()),
    )


def spread_unmapped(episodes: pd.DataFrame, *, level: str, keys: pd.Index) -> tuple[pd.Series, dict[str, int]]:
    """Share the episodes without a place out, as the mapped of the same source and route lie.

    Parameters
    ----------
    episodes
        The EPISODES rows chosen.
    level
        Which column names their place.
    keys
        The places.

    Returns
    -------
    pandas.Series
        What each place gains. Where some of the mapped came from outside the district, or lie in no place, so does
        their share of the unmapped: the gains add up to at most the unmapped.
    dict of str to int
        How many were spread by "source and route", "source" or "everybody"; none where nobody is mapped.
    """
    mapped = episodes[episodes["status"].isin(_MAPPED)]
    gains = pd.Series(0.0, index=keys)
    by = {"source and route": 0, "source": 0, "everybody": 0}
    if mapped.empty:
        return gains, by
    lost = episodes[episodes["status"].isin(LOST)].groupby(["source", "route"]).size()
    for source, route, number in lost.rename("number").reset_index().itertuples(index=False):
        alike = mapped["source"] == source
        choices = {"source and route": alike & (mapped["route"] == route), "source": alike}
        like = next((name for name, chosen in choices.items() if chosen.sum() >= FEWEST_MAPPED), "everybody")
        stratum = mapped[choices[like]] if like in choices else mapped
        gains += number * _tally(stratum[stratum["status"] == "located"], level, keys) / len(stratum)
        by[like] += int(number)
    return gains, by


def _tally(located: pd.DataFrame, level: str, keys: pd.Index) -> pd.Series:
    return located[level].value_counts().reindex(keys, fill_value=0).astype("float64")


def _ranks(count: pd.Series, homes: pd.Series, measure: Measure) -> pd.Series:
    """Rank the places, the first is 1; a place with nothing, or with no more than its homes explain, has no rank."""
    value = count
    if measure == "excess":
        known = homes.fillna(0.0)
        value = count - count[known > 0].sum() * known / (float(known.sum()) or 1.0)
        value = value.where(known > 0)
    value = value.round(9)  # sums of shares that are equal on paper tie
    ranked: pd.Series = value.where(value > 0).rank(ascending=False, method="min")
    return ranked.astype("Int64")


def _table(ranks: pd.DataFrame, count: pd.Series, keyed: pd.DataFrame) -> pd.DataFrame:
    every = ranks.assign(code=keyed["code"], place=keyed["place"], clients=count.astype("int64"))
    table = every[(ranks.astype("float64") <= TOP).any(axis=1)]
    table = table.sort_values(["now", "clients", "place"], ascending=[True, False, True], na_position="last")
    return SENSITIVITY.validate(table[list(SENSITIVITY.columns)].reset_index(drop=True))


def _sentences(ranks: pd.DataFrame, place: pd.Series, affected: Mapping[str, int]) -> dict[str, str]:
    """Say what becomes of the first ten in each variant."""
    first = {name: _first(ranks[name]) for name in ("now", *affected)}
    return {name: _sentence(first["now"], first[name], place, affected[name]) for name in affected}


def _first(ranks: pd.Series) -> list[Any]:
    """List the keys of the first ten places, and of those that share the tenth rank."""
    known = ranks.dropna()
    return list(known[known <= TOP].sort_values(kind="stable").index)


def _sentence(now: list[Any], then: list[Any], place: pd.Series, affected: int) -> str:
    if not now:
        return "No place has a rank, so nothing can change."
    if not affected:
        return "There is no such record, so nothing changes."
    out = [str(place[key]) for key in now if key not in then]
    new = [str(place[key]) for key in then if key not in now]
    stay = f"{len(now) - len(out)} of the {len(now)} stay" if out else f"All {len(now)} stay"
    drops = f"; {_listed(out)} drop{'s' * (len(out) == 1)} out" if out else ""
    comes = f"; {_listed(new)} come{'s' * (len(new) == 1)} in" if new else ""
    return f"{stay}{drops}{comes}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
