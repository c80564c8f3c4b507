"""Hubs held on a screen: the table of them, and files to take away."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.hub_reasons import REASONS, told_reasons
from geo.review.hub_sessions import HubSession, hubs_held, read_sessions
from geo.review.hub_table import hub_table
from geo.review.review_quarters import ReviewQuarter
from geo.review.team_only import team_name
from geo.review.workspace import Workspace
from layers.hubs_held import hubs_template, hubs_xlsx
from pages.kit import tables
from pages.kit.tables import Download
from pages.kit.words import day, plural

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def headline(held: Sequence[HubSession]) -> str:
    """Say how many hubs were held, how many people they saw, and when the last one was."""
    if not held:
        return "No hub has been recorded yet. Record each hub once it was held, on this page or from a file."
    people = sum(one.people for one in held)
    last = held[-1]
    places = len({one.site for one in held})
    seen = plural(people, "person", "people")
    return (
        f"**{plural(len(held), 'hub')}** held at {plural(places, 'place')}; they saw **{seen}**. "
        f"The last one was on {day(last.day)}."
    )


def show(workspace: Workspace) -> None:
    """List the hubs that were held, the newest first, why people came, and what was put right."""
    held, first_month = hubs_held(workspace), workspace.scenario.review_first_month
    st.markdown(headline(held))
    if held:
        tables.show_short_table(held_table(held[::-1], first_month=first_month), about="Hubs held, the newest first")
        st.subheader("Why people came, by year", anchor=False)
        tables.show_table(reason_table(held, first_month=first_month), about="People seen at hubs by reason and year")
    _show_earlier(workspace)
    show_files(workspace, held)


def held_table(held: Sequence[HubSession], *, first_month: int) -> pd.DataFrame:
    """Lay hubs out in words."""
    return pd.DataFrame(
        {
            "No.": [one.number for one in held],
            "When, where and with whom": [_where(one, first_month) for one in held],
            "People seen, and why they came": [_people(one) for one in held],
        }
    )


def reason_table(held: Sequence[HubSession], *, first_month: int) -> pd.DataFrame:
    """Add people up by reason, a column a review year."""
    years = sorted({ReviewQuarter.at(one.day, first_month=first_month).year for one in held})
    of_year = {
        year: [one for one in held if ReviewQuarter.at(one.day, first_month=first_month).year == year] for year in years
    }
    columns = {year: [sum(one.reasons.get(name, 0) for one in of_year[year]) for name in REASONS] for year in years}
    return pd.DataFrame({"Reason": list(REASONS.values()), **columns})


def show_files(workspace: Workspace, held: Sequence[HubSession]) -> None:
    """Offer the hubs as a file that can be changed and brought back, and the empty one."""
    first_month = workspace.scenario.review_first_month
    book = partial(hubs_xlsx, held, first_month=first_month)
    csv = tables.csv_download(hub_table(held, first_month=first_month), name="hubs-held", label="Hubs held (CSV)")
    empty = Download("Empty file to fill in (Excel)", "hubs-template.xlsx", _XLSX, hubs_template)
    full = [Download("Hubs held (Excel)", team_name("hubs-held.xlsx"), _XLSX, book), csv] if held else []
    tables.show_downloads([*full, empty])


def _where(one: HubSession, first_month: int) -> str:
    quarter = ReviewQuarter.at(one.day, first_month=first_month).name
    who = f"with {', '.join(one.agencies)}" if one.agencies else "the council alone"
    return f"{day(one.day)} ({quarter}): {one.place}, {who}"


def _people(one: HubSession) -> str:
    return f"{one.people}: {told_reasons(one.reasons)}" if one.people else "nobody came"


def _show_earlier(workspace: Workspace) -> None:
    """Tell which records were put right or withdrawn, where there are any."""
    over = [one for one in read_sessions(workspace) if not one.stands]
    if not over:
        return
    with st.expander(f"Records put right or withdrawn ({len(over)})"):
        rows = [(one.number, day(one.day), one.place, one.people, _became(one), one.who) for one in over]
        columns = ["No.", "Day", "Place", "People seen", "What became of it", "Who"]
        tables.show_short_table(pd.DataFrame(rows, columns=columns), about="Records that do not count any more")


def _became(one: HubSession) -> str:
    if one.withdrawn:
        return f"withdraws number {one.supersedes}"
    return f"put right or withdrawn by number {one.superseded_by}"
