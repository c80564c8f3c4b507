"""Your file: a partner adds its own export, or counts of it, and sees what became of its rows."""

import streamlit as st

from pages.kit import frame, intake, own_counts, own_feed, session

workspace = session.current_workspace()
frame.show_title("Your file", "Add an export of your own referrals. Names, addresses and notes are never kept.")

with frame.calm_errors():
    feed = own_feed.agreed_feed(workspace, today=session.today())
    st.markdown(own_feed.who_for(feed))
    upload = intake.ask_file()
    if upload is not None:
        with frame.calm_errors():
            known = own_feed.known_feed(workspace, feed)
            preview = intake.look_at(upload, known)
            intake.show_preview(preview)
            options = intake.ask_options(preview, known)
            checked = intake.check(workspace, upload, source=feed, options=options)
            if checked is not None:
                own_feed.show_report(checked.report)
                own_feed.offer_to_keep(workspace, checked)

with frame.calm_errors():
    own_counts.ask_own_counts(workspace, today=session.today())
