"""The audit log on a screen, what is kept, and the form that forgets."""

from datetime import date, datetime
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.audit import read_audit, verify_audit
from geo.review.audit_csv import audit_csv
from geo.review.counts_kept import read_counts
from geo.review.documents import as_html, as_markdown
from geo.review.dpia import dpia_document
from geo.review.forgettable import Asked, ByPeriod, ByReference, BySource
from geo.review.forgetting import Forgotten, erased_since, forget, what_stays, would_forget
from geo.review.retention import count_older, count_older_walks, older_than_the_limits
from geo.review.workspace import Workspace
from pages.kit.tables import Download, show_table, team_download
from pages.kit.tables import show_downloads as offer
from pages.kit.words import escape, number, plural

PERSON: Final = "A person"
SOURCE: Final = "A source or a referring agency"
PERIOD: Final = "A review year"
AGE: Final = "What is older than your limit"
_EVERYWHERE: Final = "In every source"
_SAME_NUMBER: Final = "Two systems may use one number for two people: choose the source where you know it."
_ROUND, _LOOKED, _DONE = "forget_round", "forget_looked", "forget_done"


def show_verdict(workspace: Workspace) -> None:
    """Say whether the log is whole, and how far that can be trusted."""
    check = verify_audit(workspace.store)
    (st.success if check.whole else st.error)(check.verdict)
    with st.expander("How far can this be trusted?"):
        st.markdown(
            "Each line carries a digest of the line before, so a line that is changed, removed or moved breaks the"
            " chain. Whoever can write the database and knows how could make the whole log anew. So write the last"
            " digest down somewhere else from time to time, such as in the minutes of the review:"
        )
        st.code(check.last or "no line yet", language=None, wrap_lines=True)
        st.markdown("`planner audit --noted DIGEST` tells whether it is still in the log.")


def show_log(workspace: Workspace) -> None:
    """Show every line, the newest first."""
    lines = read_audit(workspace.store)[::-1]
    show_table(
        pd.DataFrame(
            {
                "No.": [line.number for line in lines],
                "When (UTC)": [_moment(line.when) for line in lines],
                "Who": [line.who or "not signed" for line in lines],
                "What": [line.what for line in lines],
                "Detail": [line.detail for line in lines],
            }
        ),
        about="The audit log, the newest line first",
    )


def show_downloads(workspace: Workspace, *, today: date) -> None:
    """Offer the log and the facts for the data protection impact assessment."""
    offer(
        [
            team_download("Audit log (CSV)", "audit.csv", lambda: audit_csv(read_audit(workspace.store))),
            Download("DPIA facts (HTML)", "dpia.html", "text/html", lambda: _dpia(workspace, today, "html")),
            Download("DPIA facts (Markdown)", "dpia.md", "text/markdown", lambda: _dpia(workspace, today, "md")),
        ]
    )


def show_keeping(workspace: Workspace, *, today: date) -> None:
    """Say how much is kept, how long, and how much was erased."""
    years = workspace.scenario.keeping.keep_years
    kept, erased = len(workspace.records()), erased_since(workspace, date.min)
    older = count_older(workspace, today=today)
    limit = f"Your limit is {plural(years, 'year')}" if years else "You have set no limit"
    too_old = f"; {plural(older, 'record is', 'records are')} older" if years else ""
    st.markdown(
        f"{plural(kept, 'record is', 'records are')} kept: pseudonymised personal data, never a name, an address, a"
        f" postcode or a day. {limit}{too_old} (`keep_years` in `scenario.toml`)."
        f" So far {plural(erased, 'row was', 'rows were')} erased."
    )
    old, months = count_older_walks(workspace, today=today), workspace.scenario.walkabouts.keep_months
    if old:
        st.markdown(
            f"{plural(old, 'row')} of walkabouts (reports, visits, cards): older than {plural(months, 'month')}"
            " (`keep_months` under `[walkabouts]`). Fill in the quarter's figures, which stay; then erase them below."
        )


def show_forget_form(workspace: Workspace, *, today: date) -> None:
    """Ask what to forget, say how many rows that is, and remove them when asked again."""
    for place, sentence in enumerate(st.session_state.pop(_DONE, [])):
        (st.markdown if place else st.success)(escape(sentence))
    asked = _ask(workspace, today)
    looked = st.button("See how many rows that is", disabled=asked is None)
    if looked:
        st.session_state[_LOOKED] = asked
    if asked is None or st.session_state.get(_LOOKED) != asked:
        return
    found = would_forget(workspace, asked)
    st.markdown("  \n".join([f"**{plural(found.rows, 'row')}** would be removed.", *_parts(found)]))
    if found.nothing:
        return
    sure = st.checkbox("I know that there is no way back")
    if st.button("Remove them for good", type="primary", disabled=not sure):
        with st.spinner("Removing, and writing the database's files anew"):
            done = forget(workspace, asked, today=today)
        _forget_the_form(done)
        st.rerun()


def _ask(workspace: Workspace, today: date) -> Asked | None:
    """Ask for one thing to forget; None until it has been said."""
    turn = st.session_state.get(_ROUND, 0)
    kind = st.radio("What should be forgotten?", [PERSON, SOURCE, PERIOD, AGE], key=f"forget_kind_{turn}")
    names = [feed.name for feed in workspace.feeds()]
    if kind == PERSON:
        where = st.selectbox("Where?", [_EVERYWHERE, *names], help=_SAME_NUMBER)
        text = st.text_input("Household reference or case number", key=f"forget_reference_{turn}")
        feed = "" if where == _EVERYWHERE else where
        return ByReference(text.strip(), workspace.key(), feed) if text.strip() else None
    if kind == SOURCE:
        counted = {one.feed for one in read_counts(workspace)}
        sources = sorted({*names, *counted, *workspace.records()["source"]} - {""})
        chosen = st.selectbox("Which one?", sources, index=None, placeholder="Choose")
        return BySource(chosen) if chosen else None
    if kind == PERIOD:
        period = st.text_input("Review year, such as 2019-20, or several: 2018-19..2019-20").strip()
        return ByPeriod(period, workspace.scenario.review_first_month) if period else None
    return older_than_the_limits(workspace, today=today)


def _parts(found: Forgotten) -> list[str]:
    emptied = [f"{escape(feed)} has no other rows: its columns and history go too." for feed in found.emptied]
    counts = [f"{plural(found.counts, 'table')} of counts that were sent."] if found.counts else []
    counts += [f"{plural(found.walks, 'row')} of walkabouts: reports, visits, cards, rotas."] if found.walks else []
    counts += found.told_cards
    return [f"{number(rows)} {escape(words)}" for words, rows in found.parts.items()] + emptied + counts


def _forget_the_form(done: Forgotten) -> None:
    """Start the form afresh, so that no reference stays in it, and let go of counts held in memory."""
    st.cache_data.clear()
    st.session_state.pop(_LOOKED, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = [f"Removed {plural(done.rows, 'row')}.", *what_stays(done)]


def _dpia(workspace: Workspace, today: date, kind: str) -> bytes:
    document = dpia_document(workspace, today=today)
    return (as_html(document) if kind == "html" else as_markdown(document)).encode()


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}" if text else "not dated"
