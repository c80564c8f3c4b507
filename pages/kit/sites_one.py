"""One site on a screen: what is known of it, who spoke to whom, who changed what; and the form for a new one."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.register import extra_facts, history_of
from geo.review.register_edit import CellEdit, edit_sites
from geo.review.register_liaison import LogEntry, add_to_log, read_log
from geo.review.register_new import NewSite, add_site
from geo.review.register_state import Known, read_known
from geo.review.register_words import CATEGORY, LABEL, told, told_value
from geo.review.workspace import Workspace
from geo.schema import LIAISON
from pages.kit import frame
from pages.kit.tables import show_short_table
from pages.kit.words import day, escape

_YES_NO: Final = ("", "yes", "no")
_BASE, _ROUND, _DONE = "site_base", "site_round", "site_done"
_CHOICE, _NEXT = "site_choice", "site_next"
_HELP: Final = {
    "services": "What clients find there, parted by semicolons, such as Citizens Advice; food bank.",
    "host_role": "A role, such as practice manager. Never a name, an e-mail address or a telephone number.",
    "cost": "Such as free, or 20 pounds an hour.",
    "checked": "The day, such as 28/04/2025.",
}


def choose(table: pd.DataFrame) -> str:
    """Ask for a site; empty while none is chosen."""
    ids = table.sort_values(["name", "site_id"])["site_id"].tolist()
    names = dict(zip(table["site_id"], table["name"] + ", " + table["town"], strict=True))
    following = st.session_state.pop(_NEXT, st.session_state.get(_CHOICE))
    if following in ids:
        st.session_state[_CHOICE] = following
    else:
        st.session_state.pop(_CHOICE, None)
    chosen = st.selectbox(
        "Site", ids, index=None, format_func=lambda one: names[one], placeholder="Choose a site", key=_CHOICE
    )
    return str(chosen) if chosen else ""


def show(workspace: Workspace, site: str, *, today: date, fixed: bool) -> None:
    """Show a site, and let an officer add to its log and change its facts."""
    for number, sentence in enumerate(st.session_state.pop(_DONE, [])):
        (st.warning if number else st.success)(escape(sentence))
    known = read_known(workspace)
    _show_facts(known, site)
    _show_log(workspace, known.members(site))
    if not fixed:
        with st.expander("Write an entry"), frame.calm_errors():
            _ask_entry(workspace, site, today=today)
        with st.expander("Change what is known of it"), frame.calm_errors():
            _ask_facts(workspace, known, site, today=today)
    with st.expander("Who changed what"):
        _show_history(workspace, site)


def ask_new(workspace: Workspace, *, today: date) -> None:
    """Ask for a site of the council's own."""
    with (
        st.expander("Add a site of your own"),
        frame.calm_errors(),
        st.form(f"site_new_{_turn()}", border=False),
    ):
        st.caption(
            "For a place that is in none of your files. Refuges and other safe accommodation are never taken in."
        )
        name = st.text_input("Name of the place")
        category = st.selectbox("Category of the place", list(CATEGORY), index=None, format_func=CATEGORY.__getitem__)
        postcode = st.text_input("Its postcode")
        if st.form_submit_button("Add it"):
            made = add_site(workspace, NewSite(name, category or "", postcode), today=today)
            _finish(made, [f"Added: {name}."])


def _show_facts(known: Known, site: str) -> None:
    facts = known.facts[site]
    told_of = [(LABEL[field], _shown(field, facts[field])) for field in LABEL if facts.get(field)]
    beside = [(told(field), text) for field, text in extra_facts(known).get(site, {}).items()]
    rows = [(label, text) for label, text in [*told_of, *beside, ("Remark", known.gone.get(site, ""))] if text]
    show_short_table(pd.DataFrame(rows, columns=["What", "As it stands"]), about="What is known of the site")


def _shown(field: str, text: str) -> str:
    return day(date.fromisoformat(text)) if field == "checked" else told_value(field, text)


def _show_log(workspace: Workspace, members: tuple[str, ...]) -> None:
    log = read_log(workspace)
    log = log[log["site_id"].isin(members)].sort_values(["day", "number"], ascending=False)
    st.subheader("Who spoke to whom", anchor=False)
    if log.empty:
        st.markdown("Nobody has written of it yet.")
        return
    shown = pd.DataFrame(
        {
            "When": [day(date.fromisoformat(text)) for text in log["day"]],
            "Who": [f"{who} with {whom}" for who, whom in zip(log["who"], log["with_whom"], strict=True)],
            "About": log["about"].tolist(),
            "Since then": log["status"].tolist(),
        }
    )
    show_short_table(shown, about="The liaison log of the site, the newest entry first")


def _ask_entry(workspace: Workspace, site: str, *, today: date) -> None:
    with st.form(f"site_entry_{_turn()}", border=False):
        when = st.date_input("When", value=today, max_value=today, format="DD/MM/YYYY")
        who = st.text_input("Who of us (role or initials)")
        with_whom = st.text_input("With whom (a role)", help=_HELP["host_role"])
        about = st.text_area("About what")
        status = st.selectbox("How it stands since then", LIAISON, index=None, placeholder="Choose")
        st.caption("An entry is never changed: put a mistake right with a further one. Write nothing about a client.")
        if st.form_submit_button("Write it down"):
            add_to_log(workspace, LogEntry(site, when, who, with_whom, about, status or ""), today=today)
            _finish(site, ["Written down."])


def _ask_facts(workspace: Workspace, known: Known, site: str, *, today: date) -> None:
    """Ask for every fact, each held against what it was when the form was opened."""
    held = st.session_state.get(_BASE)
    before = held[1] if held is not None and held[0] == (site, _turn()) else dict(known.facts[site])
    st.session_state[_BASE] = ((site, _turn()), before)
    with st.form(f"site_facts_{site}_{_turn()}", border=False):
        after = {field: _ask_fact(field, before.get(field, ""), site) for field in LABEL}
        if st.form_submit_button("Keep it"):
            edits = [
                CellEdit(site, field, before.get(field, ""), text)
                for field, text in after.items()
                if text != before.get(field, "")
            ]
            done = edit_sites(workspace, edits, today=today)
            _finish(site, ["Kept." if done.changes else "Nothing was changed.", *done.sentences()])


def _ask_fact(field: str, now: str, site: str) -> str:
    key = f"site_fact_{field}_{site}_{_turn()}"
    if field == "category":
        codes = list(CATEGORY)
        at = codes.index(now)
        return str(st.selectbox(LABEL[field], codes, index=at, format_func=CATEGORY.__getitem__, key=key))
    if field in {"step_free", "private_room"}:
        at = _YES_NO.index(now)
        return str(st.selectbox(LABEL[field], _YES_NO, index=at, format_func=lambda one: one or "not known", key=key))
    return st.text_input(LABEL[field], value=now, help=_HELP.get(field), key=key)


def _show_history(workspace: Workspace, site: str) -> None:
    history = history_of(workspace, [site])
    if history.empty:
        st.markdown("Nothing has been changed.")
        return
    rows = [
        {
            "When (UTC)": str(row["at"])[:16].replace("T", " ") or "not dated",
            "Who": row["who"] or "not signed",
            "What": told(str(row["field"])),
            "From": told_value(str(row["field"]), str(row["was"])) or "nothing",
            "To": told_value(str(row["field"]), str(row["became"])) or "what the file says",
        }
        for row in history[::-1].to_dict("records")
    ]
    show_short_table(pd.DataFrame(rows), about="Who changed what of the site, the newest change first")


def _turn() -> int:
    return int(st.session_state.get(_ROUND, 0))


def _finish(site: str, said: list[str]) -> None:
    """Start the forms afresh, stay at the site and say what became of it."""
    st.session_state[_ROUND], st.session_state[_DONE] = _turn() + 1, said
    st.session_state[_NEXT] = site
    st.rerun()
