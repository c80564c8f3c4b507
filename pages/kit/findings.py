"""What the two tests found, in plain words: named places first, hexagons one click deeper."""

from typing import Final

import pandas as pd

from geo.evidence.counts import CellCounts
from geo.evidence.hotspots import Hotspots
from geo.places.grid import HexGrid
from layers.hotspots import question
from pages.kit.evidence import Test
from pages.kit.results import likely_ranges, numbered_places
from pages.kit.words import KIND, escape, number, plural

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
SPOT: Final = "The surest spot is one hexagon with the six around it: that is what the test compares."
EXPLORATORY: Final = (
    "Exploratory: a result to talk about, not the one the review is signed off with. The more years, sources and sizes"
    " you look at, the more often luck will look like a finding."
)
_HOT: Final = ("hot99", "hot95", "hot90")
_MOSTLY: Final = 0.5
_NAMED: Final = 6


def headline(places: pd.DataFrame) -> str:
    """Say in one sentence which places stand out."""
    if places.empty:
        return "**No place stands out**: nothing here is more than luck could do. With more records that may change."
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
    first = groups.first()
    clients, institution = groups["count"].sum(), groups["institution"].sum()
    table = pd.DataFrame(
        {
            "How sure": first["kind"].map(KIND),
            "Hexagons": groups.size(),
            "Clients in them": clients,
            "Likely range (95 %)": likely_ranges(clients),
            "At its surest spot": first["window_count"],
            **({"Expected at that spot": first["expected"].round(1)} if found.test == "excess" else {}),
            "Note": [_note(part, whole) for part, whole in zip(institution, clients, strict=True)],
        }
    )
    order = first.assign(clients=clients).sort_values(["kind_rank", "clients"], ascending=[True, False]).index
    return table.loc[order].rename_axis("Place").reset_index()


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
    shown |= {"z": every["z"].round(2), "p": every["p"].round(5), "q": every["q"].round(5)}
    if found.test == "excess":
        shown |= {"q against unevenness": every["q_uneven"].round(5)}
    return pd.DataFrame(shown)


def tested_sentences(found: Hotspots, counted: CellCounts) -> list[str]:
    """Say what the test looked at and what it could not."""
    sentences = [
        f"{plural(found.tested, 'inhabited hexagon')} tested with {number(found.clients)} {found.unit}.",
    ]
    if found.untested:
        sentences.append(f"{plural(found.untested, 'client')} not tested: nobody on record lives in their hexagon.")
    sentences += [
        f"Not tested: {plural(cells, 'hexagon')}, {reason}." for reason, cells in found.excluded_cells.items()
    ]
    lost = sum(counted.unmapped.values())
    if lost:
        sentences.append(f"{number(lost)} of {number(counted.episodes)} have no place on the map.")
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


def _note(institution: int, clients: int) -> str:
    if not clients:
        return "None here: the clients are in the hexagons next to it"
    if institution / clients > _MOSTLY:
        return f"Mostly at an institution ({institution} of {clients})"
    return f"{institution} at an institution" if institution else ""
