"""Trends: where more clients come from than before and where fewer, like for like and quarter by quarter."""

import streamlit as st

from pages.kit import evidence, filters, frame, looking, maps, pictures, results, run_charts, session, tables, trends
from pages.kit.pictures import Extras
from pages.kit.words import escape

workspace = session.current_workspace()
frame.show_title("Trends", "Where more clients come from than before, and where fewer: like compared with like.")
choice = trends.choose(workspace)

compared = evidence.like_for_like(workspace, *choice.years)
district = evidence.trends(workspace, choice.years, by="district")
found = evidence.trends(workspace, choice.years, by=choice.by, resolution=choice.resolution)
looking.note(workspace, f"trends by {choice.by}", choice.selection, resolution=choice.resolution)

st.markdown(trends.headline(district, compared))
st.markdown("  \n".join(map(escape, trends.comparison(compared))))
st.caption(f"{trends.unit_note(workspace, compared)} {looking.exploratory(workspace)}")

st.subheader("Quarter by quarter", anchor=False)
charts = run_charts.choose_charts(workspace)
run_charts.show_quarters(charts)

st.subheader("Place by place", anchor=False)
names = trends.unit_names(workspace, found)
for sentence in trends.place_sentences(found, names):
    st.markdown(sentence)
picture = pictures.trends_map(
    workspace,
    found,
    title=f"Where more or fewer clients come from, {found.earlier} to {found.later}",
    extras=Extras(filters.bearings(workspace), [trends.short_note(found)]),
)
maps.show_map(picture, district=str(workspace.root))
st.markdown("  \n".join(map(escape, trends.unmapped_sentences(found))))
table = trends.place_table(workspace, found, names)
tables.show_table(table, about=f"Change by place from {found.earlier} to {found.later}")
st.caption(trends.HOW_SURE)

name = f"trends-{found.earlier}-{found.later}"
tables.show_downloads(
    [
        tables.csv_download(table, name=f"{name}-places", label="Places (CSV)"),
        tables.csv_download(run_charts.quarter_table(charts), name="quarters", label="Quarters (CSV)"),
        trends.geojson_download(workspace, found, name=name),
        results.html_download(picture, name=name, table=table),
    ]
)
st.caption("To set any two periods side by side, several years together too, open the Review page.")
with st.expander("How are two years compared?"):
    st.markdown(trends.METHOD)
with st.expander("What became of every row"):
    tables.show_short_table(trends.row_table(compared), about="What became of every row")
with st.expander("Every place with its statistics"):
    tables.show_table(trends.statistics_table(found, names), about="Every place with its statistics")
