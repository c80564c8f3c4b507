"""The search for clusters, as map, sentences and table."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.clusters import Clusters
from geo.places.grid import HexGrid
from geo.review.area_names import cell_names
from geo.review.workspace import Workspace
from pages.kit import evidence, filters, looking, maps, pictures, results, tables
from pages.kit.pictures import Extras
from pages.kit.words import escape, number, plural, two_figures

QUESTION: Final = "Where do clients cluster, over any number of places?"
ANSWER: Final = (
    "It tries circles of every size over the map and asks whether one holds more clients than its homes explain: a"
    " second opinion on the question before, which looks at one place and its neighbours at a time."
)
_MEANS: Final = (
    "A cluster counts as found where fewer than 5 in 100 districts without one would show one as strong, the district's"
    " ordinary unevenness allowed for."
)
_SURE: Final = 0.05
_KM: Final = 1_000


def show(workspace: Workspace) -> None:
    """Ask what to count, search it and show what was found."""
    chosen, resolution = filters.choose_test(workspace)
    counted = evidence.counts(workspace, chosen, resolution=resolution)
    grid = evidence.grid(workspace, resolution=resolution)
    found = evidence.clusters(workspace, chosen, resolution=resolution)
    looking.note(workspace, "search for clusters", chosen, resolution=resolution)
    table = cluster_table(found, cell_names(workspace, grid), grid)
    st.markdown(headline(found, table))
    picture = pictures.clusters_map(
        workspace, found, counted, grid=grid, extras=Extras(filters.bearings(workspace), [results.short_note(counted)])
    )
    maps.show_map(picture, district=str(workspace.root))
    st.markdown("  \n".join([*_sentences(found), *results.unmapped_sentences(counted)]))
    st.caption(f"{results.unit_note(workspace, counted)} {looking.exploratory(workspace)}")
    if not table.empty:
        tables.show_table(table, about="Clusters, the likeliest first")
    name = f"clusters-{chosen.period}"
    tables.show_downloads(
        [tables.csv_download(table, name=name), results.html_download(picture, name=name, table=table)]
    )
    with st.expander("How it is done"):
        st.markdown(escape(found.law) + ".")


def headline(found: Clusters, table: pd.DataFrame) -> str:
    """Say in one sentence what was found."""
    sure = table[found.table["p_uneven"].to_numpy() <= _SURE] if len(table) else table
    if sure.empty:
        return f"**No cluster stands out from this district's ordinary unevenness.** {escape(found.why_none)}"
    return f"**{plural(len(sure), 'cluster')}:** {', '.join(escape(name) for name in sure['Around'])}."


def cluster_table(found: Clusters, names: dict[int, str], grid: HexGrid) -> pd.DataFrame:
    """Lay the clusters out for reading."""
    table = found.table
    if table.empty:
        return pd.DataFrame()
    homes = dict(zip(grid.cells["cell"].tolist(), grid.cells["homes"].tolist(), strict=True))
    around = [
        _around(found.cells.loc[found.cells["cluster"] == number, "cell"], names, homes) for number in table["cluster"]
    ]
    return pd.DataFrame(
        {
            "No.": table["cluster"],
            "Around": around,
            "Clients": table["count"],
            "Expected from the homes": table["expected"].round(1),
            "Times the risk elsewhere": table["relative_risk"].astype("Float64").round(1),
            "Homes": table["homes"].round().astype("int64"),
            "Hexagons": table["cells"],
            "Radius (km)": (table["radius_m"] / _KM).round(1),
            "p against homes alone": table["p"].map(two_figures),
            "p against unevenness": table["p_uneven"].map(two_figures),
        }
    )


def _around(cells: pd.Series, names: dict[int, str], homes: dict[int, float]) -> str:
    """Name a cluster after the place where most of its homes are."""
    weights: dict[str, float] = {}
    for cell in cells.tolist():
        weights[names.get(cell, "")] = weights.get(names.get(cell, ""), 0.0) + homes.get(cell, 0.0)
    return min(weights, key=lambda name: (-weights[name], name))


def _sentences(found: Clusters) -> list[str]:
    size = f"each up to {100 * found.options.population_share:g} % of the homes"
    tested = f"{plural(found.tested, 'inhabited hexagon')} with {plural(found.clients, 'client')}"
    told = [f"{number(found.circles)} circles over {tested}, {size}.", _MEANS]
    if found.untested:
        told.append(f"{plural(found.untested, 'client')} not tested: nobody on record lives in their hexagon.")
    return told
