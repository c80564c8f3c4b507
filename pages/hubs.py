"""Hubs: places to go, ranked by the need they reach, each explained."""

import streamlit as st

from pages.kit import evidence, filters, frame, hubs, maps, pictures, results, session, tables
from pages.kit.pictures import Extras
from pages.kit.words import escape

workspace = session.current_workspace()
frame.show_title("Hubs", "Surgeries, food banks, libraries and halls, ranked by how well they would serve as a hub.")
chosen = filters.choose_need(workspace)
weights = hubs.choose_weights(workspace)

resolution = evidence.usual_resolution(workspace)
ranked = evidence.ranking(workspace, chosen, weights=weights)
counted = evidence.counts(workspace, chosen, resolution=resolution)
grid = evidence.grid(workspace, resolution=resolution)

st.markdown(hubs.headline(ranked))
picture = pictures.hubs_map(
    workspace,
    ranked,
    counted,
    grid=grid,
    extras=Extras(filters.bearings(workspace), [hubs.walks(ranked), results.short_note(counted)]),
)
maps.show_map(picture, district=str(workspace.root))
st.markdown("  \n".join([hubs.walks(ranked), *map(escape, ranked.notes), *results.unmapped_sentences(counted)]))
st.caption(results.unit_note(workspace, counted))

st.subheader("The first places, in a sentence each", anchor=False)
hubs.show_sentences(ranked)
st.caption(hubs.firmness(ranked))

st.subheader("What each score is made of", anchor=False)
hubs.show_contributions(ranked)

st.subheader("All places", anchor=False)
table = hubs.rank_table(ranked)
tables.show_table(table, about="All places by rank")
st.caption(f"{results.RANGE_NOTE} {hubs.firmness(ranked)}")
name = f"places-{chosen.period}"
tables.show_downloads(
    [
        tables.csv_download(table, name=name),
        results.site_download(workspace, ranked.table, name=name),
        results.html_download(picture, name=name, table=table),
    ]
)
with st.expander("The questions behind the score"):
    for name, question in ranked.criteria.items():
        st.markdown(f"**{hubs.CRITERION.get(name, name)}** (up to {ranked.weights[name]:.0f} points): {question}")
