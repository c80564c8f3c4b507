"""Map: where clients came from, and what is near them."""

import streamlit as st

from layers.referrals import classes_for
from pages.kit import evidence, filters, frame, maps, pictures, results, session, tables
from pages.kit.pictures import Extras
from pages.kit.words import escape

workspace = session.current_workspace()
frame.show_title("Map", "Where clients came from, and the surgeries, food banks and other places near them.")
choice = filters.choose_map(workspace)

counted = [results.count(workspace, chosen, resolution=choice.resolution) for chosen in choice.selections]
classes = classes_for(*(results.table_of(one) for one in counted))
grid = evidence.grid(workspace, resolution=choice.resolution or evidence.usual_resolution(workspace))

for column, one in zip(st.columns(len(counted)), counted, strict=True):
    with column:
        picture = pictures.counts_map(
            workspace,
            one,
            title=f"Where clients came from, {results.title(one)}",
            classes=classes,
            grid=grid,
            extras=Extras(choice.overlays, [results.short_note(one)], tiles=choice.tiles),
        )
        if len(counted) > 1:
            st.subheader(escape(results.title(one)), anchor=False)
        maps.show_map(picture, district=str(workspace.root))
        st.markdown("  \n".join(results.unmapped_sentences(one)))
        st.caption(results.unit_note(workspace, one))
        table = results.count_table(workspace, one, grid)
        with st.expander("The same as a table", expanded=len(counted) == 1):
            tables.show_table(table, about=f"Clients by place, {results.title(one)}")
            st.caption(results.RANGE_NOTE)
        tables.show_downloads(results.count_downloads(workspace, one, picture, table))
