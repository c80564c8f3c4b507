"""Referrals: take a file in, and see what became of every row."""

import streamlit as st

from pages.kit import frame, intake, presets, report, session

workspace = session.current_workspace()
frame.show_title("Referrals", "Add an export of approaches and referrals. Names, addresses and notes are never kept.")

upload = intake.ask_file()
if upload is not None:
    with frame.calm_errors():
        source, feed = intake.ask_source(workspace)
        preset = presets.ask_preset()
        preview = intake.look_at(upload, feed, preset)
        intake.show_preview(preview)
        options = intake.ask_options(preview, feed, preset)
        presets.offer_mapping(workspace, source, options)
        checked = intake.check(workspace, upload, source=source, options=options)
        if checked is not None:
            st.subheader("What the check found", anchor=False)
            report.show_report(checked.report)
            intake.offer_to_keep(workspace, checked)

st.subheader("What is kept by now", anchor=False)
report.show_kept(workspace)
