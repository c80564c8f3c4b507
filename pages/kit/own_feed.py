"""What a partner sees of adding its own file: the numbers of that file, and nothing of what is kept."""

from datetime import date

import pandas as pd
import streamlit as st

from geo.errors import BadInputError
from geo.review.feeds import Feed, feed_name
from geo.review.intake import Intake, keep
from geo.review.partner_feed import require_current, told_counts
from geo.review.report import Report
from geo.review.workspace import Workspace
from pages.kit import access, intake
from pages.kit.tables import show_short_table
from pages.kit.words import escape, plural, share


def agreed_feed(workspace: Workspace, *, today: date) -> str:
    """Name the feed that whoever is signed in may add.

    Raises
    ------
    BadInputError
        They may add none, or there is no agreement today.
    """
    person = access.visitor()
    if person is None or not person.may("own feed") or not person.feed:
        message = "No file of your own has been agreed; ask the housing team if you want to send one."
        raise BadInputError(message)
    feed = feed_name(person.feed, workspace.feeds())
    require_current(workspace, feed, today=today)
    return feed


def known_feed(workspace: Workspace, feed: str) -> Feed | None:
    """Find how the partner's earlier file was read; None where this is the first."""
    return next((one for one in workspace.feeds() if one.name == feed), None)


def who_for(feed: str) -> str:
    """Say whose file it is taken for."""
    return f"Your file is added as **{escape(feed)}**."


def show_report(report: Report) -> None:
    """Show what became of the rows of the file, in numbers of the file alone."""
    counts = told_counts(report.status)
    st.subheader("What the check found", anchor=False)
    st.markdown(f"**{plural(report.rows, 'row')}** in your file.")
    table = pd.DataFrame({"What became of the rows": list(counts), "Rows": list(counts.values())})
    table["Share"] = [share(count, report.rows) for count in counts.values()]
    show_short_table(table, about="What became of the rows of your file")
    if report.dropped:
        st.markdown(f"**Not kept:** {', '.join(escape(name) for name in report.dropped)}.")


def offer_to_keep(workspace: Workspace, checked: Intake) -> None:
    """Keep the checked file when asked to; what it changed among the rows kept before is for the team to know."""
    if st.button("Send these records to the housing team", type="primary"):
        with st.spinner("Keeping the records"):
            report = keep(workspace, checked)
        intake.start_afresh(f"Kept. {escape(report.feed)}: {plural(report.rows, 'row')}. Thank you.")
