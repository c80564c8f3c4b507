"""What the two tests found, in plain words: named places first, hexagons one click deeper."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
from h3.api.basic_int import grid_disk

from geo.evidence.counts import CellCounts
from geo.evidence.hotspots import Hotspots, Test
from geo.places.grid import HexGrid
from layers.hotspots import question
from pages.kit.results import RANGE, RANGE_NOTE, count_ranges, counted_as, numbered_places
from pages.kit.words import KIND, escape, number, plural, share

QUESTION: Final[dict[str, Test]] = {
    question("counts"): "counts",
    question("excess"): "excess",
}
ANSWER: Final[dict[Test, str]] = {
    "counts": (
        "It names the places where a hub would meet most people. Every town will be among them, for that is where"
        " people live."
    ),
    "excess": (
        "It names the places where the risk is high: more clients came from there than from the same number of homes"
        " elsewhere in the district, and more than places here ordinarily differ."
    ),
}
WHY_TWO: Final = """
**Two questions, two answers.** A town of 20,000 homes sends more clients than a village of 200, whatever the risk.
So the first question nearly always names the towns. It tells where a hub is *useful to most*.

The second question compares every place with its homes. A small estate that sends three times what its homes explain
is found by it, and a town that sends just its share is not. It tells where *something is different*.

A place that both name is busy and at high risk. The two are never mixed into one map.

**How sure is sure?** Hundreds of hexagons are tested at once, so some would look hot by luck alone. The planner
discounts that (false discovery rate): of the places called *likely* at 95 %, about one in twenty is expected to be
luck. The second question also allows for the ordinary unevenness of the district: places differ in tenure and age
before anything is unusual.
"""
TRUST: Final = (
    "**How far can this be trusted?** On simulated districts without any hotspot an area was called a priority in at"
    " most 1.4 % of them, and either test found something in at most 4 %, where the records carry household references"
    " and risk differs from place to place. Where neighbouring places share a raised risk, a priority was called in up"
    " to 7 % and something found in up to 13 %: homes and clients alone cannot tell that from a hotspot."
)
ROWS: Final = (
    "**Rows, not households.** Without household references one household may count several times, and that looks like"
    " a hotspot: in simulated districts without one, something was found in 28 % and a priority called in 7 %. Ask the"
    " source for a household reference before acting on this."
)
SPOT: Final = (
    "The surest spot is one hexagon with the six around it: that is what the test compares, and it may reach into the"
    f" next place. {RANGE_NOTE}"
)
EXPLORATORY: Final = (
    "Exploratory: a result to talk about, not the one the review is signed off with. The more years, sources and sizes"
    " you look at, the more often luck will look like a finding."
)
_HOT: Final = ("hot99", "hot95", "hot90")
_MOSTLY: Final = 0.5
_NAMED: Final = 6
_LEAST_SURE: Final = 0.1  # the 90 % of the palest colour
_SPOT_COUNT: Final = "Clients at its surest spot"
_SPOT_EXPECTED: Final = "Expected there from the homes"


def headline(places: pd.DataFrame, found: Hotspots) -> str:
    """Say in one sentence which places stand out, or why there may be none."""
    if places.empty:
        return f"**No place stands out.** {_why_none(found)}"
    names = [escape(name) for name in places["Place"].head(_NAMED)]
    more = f" and {len(places) - len(names)} more" if len(places) > len(names) else ""
    return f"**{plural(len(places), 'place')} stand{'s' * (len(places) == 1)} out:** {', '.join(names)}{more}."


def place_table(found: Hotspots, counted: CellCounts, grid: HexGrid) -> pd.DataFrame:
    """Sum the hot hexagons up by place: the surest finding first, then the most clients.

    The surest spot is the place's surest hexagon with the six around it: what the test looked at.
    """
    hot = _described(found, counted, grid)
    hot = hot[hot["kind"].isin(_HOT)].sort_values(["kind_rank", "q", "cell"])
    if hot.empty:
        return pd.DataFrame()
    groups = hot.groupby("place", sort=False)
    first, clients = groups.first(), groups["count"].sum()
    touching = _touching(hot)
    table = pd.DataFrame(
        {
            "How sure": first["kind"].map(KIND),
            _SPOT_COUNT: first["window_count"],
            RANGE: count_ranges(first["window_count"]),
            **_expected(first, found),
            "Hot hexagons": groups.size(),
            "Clients in those": clients,
            "Note": [
                _note(part, whole, touching.get(place, ""))
                for place, part, whole in zip(clients.index, groups["institution"].sum(), clients, strict=True)
            ],
        }
    )
    order = first.assign(clients=clients).sort_values(["kind_rank", "clients"], ascending=[True, False]).index
    return table.loc[order].rename_axis("Place").reset_index()


def place_sentences(places: pd.DataFrame) -> list[str]:
    """Say of each of the first places what was found, what was expected, and how sure one can be."""
    return [_sentence(row) for row in places.head(_NAMED).to_dict("records")]


def cell_table(found: Hotspots, counted: CellCounts, grid: HexGrid) -> pd.DataFrame:
    """List every hexagon tested with its statistics."""
    every = _described(found, counted, grid).sort_values(["q", "cell"])
    names = numbered_places(grid)
    shown = {
        "Place": [names.get(cell, "") for cell in every["cell"].tolist()],
        "Finding": every["kind"].map(KIND),
        "Clients": every["count"],
        "Clients in the window": every["window_count"],
    }
    if found.test == "excess":
        shown |= {"Expected in the window": every["expected"].round(2)}
    shown |= {"z": every["z"].round(2), "p": _two_figures(every["p"]), "q": _two_figures(every["q"])}
    if found.test == "excess":
        shown |= {"q against unevenness": _two_figures(every["q_uneven"])}
    return pd.DataFrame(shown)


def tested_sentences(found: Hotspots, counted: CellCounts) -> list[str]:
    """Say what the test looked at and what it could not."""
    sentences = [
        f"{plural(found.tested, 'inhabited hexagon')} tested with {number(found.clients)} {counted_as(found.unit)}.",
    ]
    if found.untested:
        sentences.append(f"{plural(found.untested, 'client')} not tested: nobody on record lives in their hexagon.")
    sentences += [
        f"Not tested: {plural(cells, 'hexagon')}, {reason}." for reason, cells in found.excluded_cells.items()
    ]
    lost = sum(counted.unmapped.values())
    if lost:
        sentences.append(
            f"{number(lost)} of {number(counted.episodes)} ({share(lost, counted.episodes)}) have no place on the map."
        )
    if found.test == "excess":
        sentences.append(f"Homes: {found.homes_source}.")
    return sentences


def _described(found: Hotspots, counted: CellCounts, grid: HexGrid) -> pd.DataFrame:
    table = found.table.merge(grid.cells[["cell", "place"]], on="cell", how="left")
    table = table.merge(counted.cells[["cell", "institution"]], on="cell", how="left")
    return table.assign(
        institution=table["institution"].fillna(0).astype("int64"),
        kind_rank=table["kind"].map({kind: rank for rank, kind in enumerate(KIND)}),
    )


def _two_figures(chances: pd.Series) -> list[float]:
    """Round chances to two figures that count, so that a small one is never shown as none."""
    return [float(f"{chance:.2g}") for chance in chances]


def _expected(first: pd.DataFrame, found: Hotspots) -> dict[str, pd.Series]:
    """Set what the homes explain beside what was found; the first question expects nothing."""
    if found.test != "excess":
        return {}
    times = (first["window_count"] / first["expected"]).round(1)
    return {_SPOT_EXPECTED: first["expected"].round(1), "Times expected": times}


def _sentence(row: dict[Hashable, Any]) -> str:
    found = f"{plural(row[_SPOT_COUNT], 'client')} at its surest spot"
    told = f"(the count itself could be {row[RANGE]})"
    if _SPOT_EXPECTED in row:
        told += (
            f", where its homes explain about {row[_SPOT_EXPECTED]:g}: that is {row['Times expected']:g} times as many"
        )
    note = f" {escape(row['Note'])}." if row["Note"] else ""
    return f"**{escape(row['Place'])}: {row['How sure'][0].lower() + row['How sure'][1:]}.** {found} {told}.{note}"


def _why_none(found: Hotspots) -> str:
    """Explain an empty answer: it is one, and not that the risk is the same everywhere."""
    if found.test == "counts":
        return (
            f"With {plural(found.clients, 'client')}, luck alone could have made a map like this one. Try all years"
            " together, or larger hexagons."
        )
    single = found.table[(found.table["q"] <= _LEAST_SURE) & (found.table["window_count"] > found.table["expected"])]
    ordinary = (
        f" {plural(len(single), 'hexagon')} {'has' if len(single) == 1 else 'have'} more clients than the homes alone"
        " explain, but no more than places in this district ordinarily differ."
        if len(single)
        else ""
    )
    return (
        f"That is an answer, not a fault: {plural(found.clients, 'client')} can only show a large excess, and a smaller"
        f" one cannot be told from luck.{ordinary} It does not mean that the risk is the same everywhere. Try all years"
        " together, or larger hexagons."
    )


def _touching(hot: pd.DataFrame) -> dict[str, str]:
    """Name, for each place, the other places whose hot hexagons lie against its own: they may be one area."""
    owner = dict(zip(hot["cell"].tolist(), hot["place"].tolist(), strict=True))
    beside: dict[str, dict[str, None]] = {}
    for cell, place in owner.items():
        for other in grid_disk(cell, 1):
            if owner.get(other, place) != place:
                beside.setdefault(place, {})[owner[other]] = None
    return {place: ", ".join(others) for place, others in beside.items()}


def _note(institution: int, clients: int, touching: str) -> str:
    notes = []
    if not clients:
        notes.append("its clients are in the hexagons next to it")
    elif institution / clients > _MOSTLY:
        notes.append(f"mostly at an institution ({institution} of {clients})")
    elif institution:
        notes.append(f"{institution} at an institution")
    if touching:
        notes.append(f"lies against {touching}, perhaps one area")
    text = "; ".join(notes)
    return text[:1].upper() + text[1:]
