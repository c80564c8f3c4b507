"""Judge how firm a hot area is, by the share of other settings in which it stays hot.

The excess test is run again under settings nobody could call wrong: other hexagons, wards, a grid that lies half a cell
elsewhere, a wider ring, a review year or a source left out. An area that is there in nearly all of them hangs on none
of them. The settings share most of their clients, so their agreement is no independent proof: a share is a
description, not a probability.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd
import pandera.pandas as pa

from geo.scenario import StabilityOptions
from geo.schema import STABILITY, STABILITY_RUNS

Kind = Literal["resolution", "areas", "shift", "rings", "year", "feed", "marks"]

_HALF: Final = 0.5
_NAMED: Final = 3  # settings named in a note before the rest is only counted


@dataclass(frozen=True)
class Run:
    """Hold one other setting and where it was hot.

    Attributes
    ----------
    name
        The setting in plain words; different for every run.
    kind
        What was changed.
    hot
        For each draw, or once where nothing was drawn, the cells of the first test that hot places stand for.
    untested
        Located clients whose place was not in the test.
    """

    name: str
    kind: Kind
    hot: tuple[frozenset[int], ...]
    untested: int = 0


@dataclass(frozen=True)
class Stability:
    """Hold how firm each area is, with every setting tried.

    Attributes
    ----------
    table
        STABILITY table, one row an area, in the order given.
    detail
        STABILITY_RUNS table, one row an area and run.
    not_run
        Settings that could not be tried, each with the reason in plain words.
    clients
        Located clients of the selection.
    options
        The thresholds, draws and seed used.
    """

    table: pd.DataFrame
    detail: pd.DataFrame
    not_run: Mapping[str, str]
    clients: int
    options: StabilityOptions

    @property
    def rule(self) -> str:
        """The rule in plain words."""
        firm, fair = 100 * self.options.firm_share, 100 * self.options.fair_share
        return (
            f"Firm: hot at {100 - 100 * self.options.hot_q:g} % in at least {firm:g} % of the other settings, and in "
            f"every one with a review year left out; fair: in at least {fair:g} %; fragile: in fewer."
        )


def find_stability(
    areas: Mapping[str, Collection[int]],
    runs: Sequence[Run],
    *,
    clients: int,
    options: StabilityOptions,
    not_run: Mapping[str, str] | None = None,
) -> Stability:
    """Count the runs in which each area stays hot, and put a word to it.

    An area stays hot in a run where any of its cells does, by more than half of the run's draws.

    Parameters
    ----------
    areas
        The cells of each area, H3 indexes of the first test.
    runs
        Other settings, their names all different.
    clients
        Located clients that were tested at first.
    options
        Thresholds for the words.
    not_run
        Settings that could not be tried, with the reason.

    Examples
    --------
    >>> runs = [Run("2023-24 left out", "year", (frozenset({1}),)), Run("over wards", "areas", (frozenset({1, 2}),))]
    >>> found = find_stability({"Mill": [1], "Quay": [2]}, runs, clients=90, options=StabilityOptions())
    >>> found.table[["area", "hot_runs", "word", "held_out"]].to_numpy().tolist()
    [['Mill', 2, 'firm', True], ['Quay', 1, 'fair', False]]
    """
    tried = [_try(area, cells, run) for area, cells in areas.items() for run in runs]
    detail = STABILITY_RUNS.validate(_table(STABILITY_RUNS, tried))
    judged = [_judge(area, detail[detail["area"] == area], options) for area in areas]
    table = STABILITY.validate(_table(STABILITY, judged))
    return Stability(table, detail, dict(not_run or {}), clients, options)


def _table(schema: pa.DataFrameSchema, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Make a table of rows, perhaps of none, with the types of its schema."""
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=str(kind)) for name, kind in schema.dtypes.items()}
    )


def _try(area: str, cells: Collection[int], run: Run) -> dict[str, object]:
    hot_draws = sum(not hot.isdisjoint(cells) for hot in run.hot)
    return {
        "area": area,
        "run": run.name,
        "kind": run.kind,
        "hot": hot_draws > _HALF * len(run.hot),
        "hot_draws": hot_draws,
        "draws": len(run.hot),
        "untested": run.untested,
    }


def _judge(area: str, tried: pd.DataFrame, options: StabilityOptions) -> dict[str, object]:
    runs, hot_runs = len(tried), int(tried["hot"].sum())
    years = tried[tried["kind"] == "year"]
    share = hot_runs / runs if runs else 0.0
    held_out = bool(len(years) and years["hot"].all())
    return {
        "area": area,
        "runs": runs,
        "hot_runs": hot_runs,
        "share": share,
        "word": _word(share, options, held_out=held_out),
        "held_out": held_out,
        "note": _note(tried, hot_runs),
    }


def _word(share: float, options: StabilityOptions, *, held_out: bool) -> str:
    if share >= options.firm_share and held_out:
        return "firm"
    return "fair" if share >= options.fair_share else "fragile"


def _note(tried: pd.DataFrame, hot_runs: int) -> str:
    if tried.empty:
        return "No other setting could be tried, so nothing is known of how firm it is."
    cold_runs = tried[~tried["hot"]]
    years_first = (cold_runs["kind"] != "year").sort_values(kind="stable").index
    cold = cold_runs.loc[years_first, "run"].tolist()
    first = f"Hot in {hot_runs} of {len(tried)} other settings."
    return " ".join([first, *_not_hot(cold), *_by_year(tried[tried["kind"] == "year"])])


def _not_hot(cold: list[str]) -> list[str]:
    if not cold:
        return []
    more = len(cold) - _NAMED
    named = "; ".join(cold[:_NAMED] + ([f"{more} more"] if more > 0 else []))
    return [f"Not hot with: {named}."]


def _by_year(years: pd.DataFrame) -> list[str]:
    if years.empty:
        return ["There is only one review year, so it cannot be called firm."]
    if years["hot"].all():
        return ["It stays hot whichever review year is left out."]
    return []
