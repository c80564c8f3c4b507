"""Priorities: the two tests in plain words, as map and table."""

import streamlit as st

from pages.kit import evidence, filters, findings, frame, maps, pictures, results, session, tables
from pages.kit.pictures import Extras

workspace = session.current_workspace()
frame.show_title("Priorities", "Which places stand out, and how sure one can be. Two questions, never mixed.")
asked = st.radio("Question", list(findings.QUESTION), captions=list(findings.ANSWER.values()))
test = findings.QUESTION[asked]
chosen, resolution = filters.choose_test(workspace)

counted = evidence.counts(workspace, chosen, resolution=resolution)
grid = evidence.grid(workspace, resolution=resolution)
found = evidence.hotspots(workspace, chosen, test=test, resolution=resolution)
sentences = findings.tested_sentences(found, counted)
places = findings.place_table(found, counted, grid)

st.markdown(findings.headline(places, found))
picture = pictures.hotspots_map(
    workspace, found, grid=grid, extras=Extras(filters.bearings(workspace), [results.short_note(counted)])
)
maps.show_map(picture, district=str(workspace.root))
st.markdown("  \n".join(sentences))
st.caption(f"{results.unit_note(workspace, counted)} {findings.EXPLORATORY}")
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
