"""Pairs of sites that look like one place, on a screen: why, where, and three buttons each; and what was answered."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.places.same_place import Likeness
from geo.review.duplicates import Answered, answer_pair, answers_given, pairs_to_confirm, undo_answer
from geo.review.register_state import Known, read_known
from geo.review.register_words import CATEGORY, named_source
from geo.review.same_answers import Answer
from geo.review.workspace import Workspace
from pages.kit import frame
from pages.kit.tables import show_short_table
from pages.kit.words import escape, plural

_BUTTONS: Final[dict[Answer, str]] = {
    "same place": "The same place",
    "one roof": "One roof, several services",
    "two places": "Two places",
}
_SHOWN: Final = 10
_WHO, _DONE = "same_who", "same_done"


def show(workspace: Workspace, *, fixed: bool) -> None:
    """Show the pairs that nobody has answered on, and the answers that were given."""
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
    known = read_known(workspace)
    pairs = pairs_to_confirm(known)
    st.markdown(_headline(pairs))
    if pairs:
        st.caption(
            "Nothing is joined until you say so. Sites that are one place then count as one, with all their services,"
            " in the ranking, on maps and here; you can take an answer back."
        )
        who = "" if fixed else st.text_input("Your name or initials", value=workspace.signer.who, key=_WHO)
        for pair in pairs[:_SHOWN]:
            _show_pair(workspace, known, pair, who=who, fixed=fixed)
        if len(pairs) > _SHOWN:
            st.caption(f"{plural(len(pairs) - _SHOWN, 'more pair')} when these are answered.")
    _show_answers(workspace, answers_given(known), fixed=fixed)


def _headline(pairs: Sequence[Likeness]) -> str:
    if not pairs:
        return "No two sites look like one place that nobody has answered on."
    likely = sum(pair.likely for pair in pairs)
    return f"**{plural(len(pairs), 'pair')} of sites may be one place**, {likely} of them probably. Likeliest first."


def _show_pair(workspace: Workspace, known: Known, pair: Likeness, *, who: str, fixed: bool) -> None:
    with st.container(border=True), frame.calm_errors():
        first, second = (known.name_of(site) for site in (pair.first, pair.second))
        st.markdown(f"**{escape(first)}** and **{escape(second)}**: {escape(pair.words())}")
        show_short_table(_facts(known, pair), about=f"What the lists say of {first} and of {second}")
        if fixed:
            return
        with st.container(horizontal=True):
            for answer, label in _BUTTONS.items():
                key = f"same {answer} {pair.first} {pair.second}"
                if st.button(label, key=key, help=f"{first} and {second}"):
                    answer_pair(workspace, pair.first, pair.second, answer, who=who)
                    _finish(f"Kept: {first} and {second}: {label.lower()}.")


def _facts(known: Known, pair: Likeness) -> pd.DataFrame:
    """Lay the two sites side by side, as their lists have them."""
    datasets = dict(zip(known.ids, known.sites["dataset"], strict=True))
    sites = (pair.first, pair.second)
    return pd.DataFrame(
        {
            "Name": [known.name_of(site) for site in sites],
            "Kind": [CATEGORY[known.facts[site]["category"]] for site in sites],
            "Postcode": [known.facts[site]["postcode"] for site in sites],
            "From": [named_source(str(datasets[site])) for site in sites],
        }
    )


def _show_answers(workspace: Workspace, answers: Sequence[Answered], *, fixed: bool) -> None:
    if not answers:
        return
    with st.expander(f"What was answered ({len(answers)})"), frame.calm_errors():
        for number, one in enumerate(answers):
            names = " and ".join(one.names)
            said = _BUTTONS[one.answer.answer].lower()
            st.markdown(escape(f"{names}: {said}, says {one.answer.who}{_when(one)}"))
            if not fixed and st.button("Take it back", key=f"same undo {number}", help=names):
                undo_answer(workspace, one.answer.first, one.answer.second, who=st.session_state.get(_WHO, ""))
                _finish(f"Taken back: {names}. They stand apart as before, unless another answer joins them.")


def _when(one: Answered) -> str:
    return f", {one.answer.when[:10]}" if one.answer.when else ""


def _finish(said: str) -> None:
    st.session_state[_DONE] = [said]
    st.rerun()
