"""The list of safe places on a screen: its officers add and remove, and nobody is shown what is on it."""

from typing import Final

import streamlit as st

from geo.review.safe_keeping import AFTERWARDS, KeptList, add_places, kept_list, read_places, remove_places
from geo.review.safe_officers import may_keep_list, name_officers, officers
from geo.review.workspace import Workspace
from pages.kit import access
from pages.kit.words import escape, plural

_ROUND, _DONE = "safe_list_round", "safe_list_done"
_WHY: Final = (
    "Refuges and other safe accommodation, dispersed homes too, stand on no map, list or export. Their postcodes are"
    " kept here in a scrambled form that nobody can read, and never shown again."
)


def show(workspace: Workspace) -> None:
    """Let its officers keep the list; tell everybody else who they are."""
    st.markdown(_WHY)
    named = officers(workspace)
    st.markdown(_keepers(named))
    if may_keep_list(workspace):
        _show_keeping(workspace)
    elif not named and not access.on_server():
        _show_naming(workspace)


def _keepers(named: tuple[str, ...]) -> str:
    people = (["the lead officers"] if access.on_server() else []) + [f"**{escape(name)}**" for name in named]
    if not people:
        return "Nobody has been named to keep the list yet."
    return f"Kept by {' and '.join(people)}. Ask them about any safe place."


def _show_keeping(workspace: Workspace) -> None:
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
    _show_numbers(kept_list(workspace))
    turn = st.session_state.get(_ROUND, 0)  # a new field each time, so that no session remembers the last one
    with st.form("safe_list"):
        help_text = "Hidden as you type. An easting and a northing may follow, as SP10 1DP, 436500, 145500."
        text = st.text_input("Postcode", type="password", help=help_text, key=f"safe_place_{turn}")
        add, remove = st.columns(2)
        adding = add.form_submit_button("Put on the list")
        removing = remove.form_submit_button("Take off the list")
    if adding or removing:
        change = add_places if adding else remove_places
        change(workspace, read_places(text))
        st.session_state[_ROUND], st.session_state[_DONE] = turn + 1, [f"Done. {AFTERWARDS}"]
        st.rerun()
    with st.expander("Name other officers"):
        _show_naming(workspace)


def _show_numbers(kept: KeptList) -> None:
    last = kept.changes[-1] if kept.changes else None
    when = f" Last changed by {escape(str(last['who']))}, {escape(str(last['at']))}." if last else ""
    st.markdown(f"On the list: **{plural(kept.places, 'place')}**.{when}")


def _show_naming(workspace: Workspace) -> None:
    with st.form("safe_officers"):
        st.caption(f"You are known here as {escape(workspace.signer.who)}. {_after_naming()}")
        first = st.text_input("First officer", value=workspace.signer.who)
        second = st.text_input("Second officer")
        if st.form_submit_button("Name them"):
            name_officers(workspace, [first, second])
            st.rerun()


def _after_naming() -> str:
    if access.on_server():
        return "From then on these two keep the list beside the lead officers, each under the name they sign in with."
    return "From then on only these two can change it."
