"""Decisions on sites on a screen: the list, and the form that writes one."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.decisions import Decision, Evidence, Occasion, Verdict, decide, frozen_evidence, read_decisions
from geo.review.freezing import read_frozen
from geo.review.register_state import read_known
from geo.review.workspace import Workspace
from pages.kit import frame
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import day

VERDICTS: Final[tuple[Verdict, ...]] = ("chosen", "refused", "kept in reserve")
_ROUND: Final = "decision_round"
_NONE: Final = "None, or described below"


def show(workspace: Workspace) -> None:
    """List the decisions, the newest first."""
    found = read_decisions(workspace)
    if not found:
        st.markdown("Nothing has been decided yet.")
        return
    names = {site: facts["name"] for site, facts in read_known(workspace).facts.items()}
    table = decision_table(found[::-1], names)
    show_short_table(table, about="Decisions on sites, the newest first")
    full = table.assign(Digest=[one.evidence.digest for one in found[::-1]])
    show_downloads([csv_download(full, name="decisions", label="Decisions (CSV)")])


def decision_table(found: tuple[Decision, ...], names: dict[str, str]) -> pd.DataFrame:
    """Lay decisions out in words."""
    return pd.DataFrame(
        {
            "No.": [one.number for one in found],
            "When and who": [f"{day(one.day)}, {one.who}" for one in found],
            "Decision": [f"{one.verdict}: {_named(one, names)}{_over(one)}" for one in found],
            "Why, and on what": [f"{one.why} {_stood_on(one.evidence)}" for one in found],
        }
    )


def ask(workspace: Workspace, table: pd.DataFrame, *, today: date) -> None:
    """Ask for a decision."""
    turn = st.session_state.get(_ROUND, 0)
    names = dict(zip(table["site_id"], table["name"] + ", " + table["town"], strict=True))
    with st.expander("Write a decision"), frame.calm_errors(), st.form(f"decision_{turn}", border=False):
        verdict = st.selectbox("Decision", VERDICTS)
        sites = st.multiselect("Site, or the sites of a set", list(names), format_func=lambda one: names[one])
        why = st.text_area("Why")
        who = st.text_input("Who decided (name or initials)")
        evidence = _ask_evidence(workspace)
        standing = [one for one in read_decisions(workspace) if not one.superseded_by]
        numbers = [0, *(one.number for one in standing)]
        replaced = st.selectbox("In place of", numbers, format_func=lambda one: f"Decision {one}" if one else "None")
        st.caption("A decision is never changed, at most replaced by a later one; both stay.")
        if st.form_submit_button("Write the decision"):
            decide(
                workspace,
                verdict=verdict,
                sites=sites,
                why=why,
                evidence_digest=evidence.digest,
                occasion=Occasion(today, who, evidence.words, replaced),
            )
            st.session_state[_ROUND] = turn + 1
            st.rerun()


def _ask_evidence(workspace: Workspace) -> Evidence:
    reviews = sorted({one.review for one in read_frozen(workspace)}, reverse=True)
    chosen = st.selectbox("Frozen analysis it stands on", [*reviews, _NONE])
    words = st.text_input("Or other evidence, in a line (period, what was counted, rule)")
    digest = st.text_input("Digest of that evidence, as the planner shows it")
    if chosen in reviews and not words.strip():
        return frozen_evidence(workspace, chosen)
    return Evidence(digest.strip(), words)


def _named(one: Decision, names: dict[str, str]) -> str:
    return ", ".join(names.get(site, site) for site in one.sites)


def _over(one: Decision) -> str:
    return f" (replaced by decision {one.superseded_by})" if one.superseded_by else ""


def _stood_on(evidence: Evidence) -> str:
    if not evidence.digest and not evidence.words:
        return "No evidence was named."
    digest = f" (digest {evidence.digest[:12]})" if evidence.digest else ""
    return f"Evidence: {evidence.words or 'not described'}{digest}."
