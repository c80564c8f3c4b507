"""Review: the May pack made, kept and checked, and two years compared."""

import streamlit as st

from pages.kit import compare_view, frame, review_check, review_kept, review_make, review_show, session

workspace = session.current_workspace()
frame.show_title(
    "Review", "The May pack for the Forum and for committee: made in one go, kept for next year, checked years later."
)

PACK, CHECK, COMPARE = "The pack", "Kept packs, and checking one", "Compare two years"
chosen = st.radio("What would you like to do?", [PACK, CHECK, COMPARE], horizontal=True)

with frame.calm_errors():
    if chosen == PACK:
        audience = review_make.choose_audience()
        review_make.ask_to_make(workspace, audience)
        made = review_make.made_for(workspace, audience)
        if made is not None:
            review_show.show_words(made.pack)
            review_show.show_files(made)
            review_kept.ask_keep(workspace, made)
            review_show.show_maps(made.pack)
    elif chosen == CHECK:
        st.subheader("Packs kept so far", anchor=False)
        review_kept.show_kept(workspace)
        st.subheader("Check a pack", anchor=False)
        review_check.ask_check(workspace)
    else:
        compare_view.show(workspace)
