"""A partner's own counts, sent instead of records: checked against who has signed in."""

from datetime import date

import streamlit as st

from geo.review.counts_kept import keep_counts
from geo.review.workspace import Workspace
from pages.kit import access, feed_counts


def ask_own_counts(workspace: Workspace, *, today: date) -> None:
    """Take in the counts of whoever has signed in; suppressed ones need no agreement, exact ones do.

    Raises
    ------
    BadInputError
        The file is another agency's, or cannot be used.
    """
    person = access.visitor()
    if person is None or not person.may("own feed") or not person.feed:
        return
    st.subheader("Or send counts", anchor=False)
    st.markdown(
        "If you may not share your records, count them on your own machine with *planner aggregate* and send that file."
    )
    checked = feed_counts.check_upload(workspace, person.feed, today=today)
    if checked is not None and st.button("Send these counts to the housing team", type="primary"):
        keep_counts(workspace, checked)
        feed_counts.start_afresh("Kept. Thank you.")
