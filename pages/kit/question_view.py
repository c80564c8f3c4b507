"""One of the two questions about single places, as map, sentences and table."""

import streamlit as st

from geo.evidence.hotspots import Test
from geo.review.workspace import Workspace
from pages.kit import evidence, filters, findings, looking, maps, pictures, results, tables
from pages.kit.pictures import Extras


def show(workspace: Workspace, test: Test) -> None:
    """Ask what to count, test it and show what was found."""
    chosen, resolution = filters.choose_test(workspace)
    counted = evidence.counts(workspace, chosen, resolution=resolution)
    grid = evidence.grid(workspace, resolution=resolution)
    found = evidence.hotspots(workspace, chosen, test=test, resolution=resolution)
    looking.note(workspace, f"{test} test", chosen, resolution=resolution)
    places = findings.place_table(found, counted, grid)
    st.markdown(findings.headline(places, found))
    picture = pictures.hotspots_map(
        workspace, found, grid=grid, extras=Extras(filters.bearings(workspace), [results.short_note(counted)])
    )
    maps.show_map(picture, district=str(workspace.root))
    st.markdown("  \n".join(findings.tested_sentences(found, counted)))
    st.caption(f"{results.unit_note(workspace, counted)} {looking.exploratory(workspace)}")
    if not places.empty:
        st.subheader("Places that stand out", anchor=False)
        for sentence in findings.place_sentences(places):
            st.markdown(sentence)
        tables.show_table(places, about="Places that stand out")
        st.caption(findings.SPOT)
    name = f"hotspots-{test}-{chosen.period}"
    every = findings.cell_table(found, counted, grid)
    tables.show_downloads(
        [
            tables.csv_download(places, name=f"{name}-places", label="Places (CSV)"),
            *results.hexagon_downloads(found.table, every, name=name, picture=picture),
        ]
    )
    with st.expander("Why do the two questions differ?"):
        st.markdown(findings.WHY_TWO)
    with st.expander("Every hexagon with its statistics"):
        tables.show_table(every, about="Every hexagon tested")
