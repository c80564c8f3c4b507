"""Asks the officer about a file that looks wrong beside the one in use, and hears the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from geo.errors import DoubtError
from geo.review.edition_checks import ASKING, Trust
from pages.kit.words import escape

_ASKED: Final = "data_doubts"


@contextmanager
def asked_of(file: str) -> Iterator[None]:
    """Remember what looks wrong in a file, and show the page again so that it can be asked.

    Parameters
    ----------
    file
        Marks the very file and what it was added as.
    """
    try:
        yield
    except DoubtError as error:
        st.session_state[_ASKED] = (file, error.doubts)
        st.rerun()


def ask(file: str) -> Trust:
    """Ask about a file that was found to look wrong; of any other nothing is asked."""
    marked, doubts = st.session_state.get(_ASKED, ("", ()))
    if marked != file or not doubts:
        return ASKING
    st.warning(f"Nothing was replaced. The file looks wrong beside what is in use: {escape(' '.join(doubts))}")
    sure = st.checkbox("I have looked at it and want it all the same", key=f"data_sure_{file}")
    return Trust(anyway=sure, older_too=sure)
