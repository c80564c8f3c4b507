"""The frame around every page: the banner of the sample district, calm error sentences, a log without personal data."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from geo.errors import BadRowsError, PlannerError
from pages.kit import access, session
from pages.kit.words import escape

LOG: Final = logging.getLogger("planner")

# Less empty space above the title; quiet text and input outlines dark enough (4.5:1 and 3:1, WCAG 2.2 AA); links that
# look like links; no file of a table but by the planner's own buttons, which say in it whom it is for and let a
# spreadsheet run nothing. On a phone whatever is touched is 44 px high (WCAG 2.2, 2.5.5).
_STYLE: Final = """
<style>
.stMainBlockContainer { padding-top: 4.2rem; padding-bottom: 3rem; }
.stMainBlockContainer h1 { font-size: 2rem; padding: .2rem 0 .4rem; }
.stMainBlockContainer h2, .stMainBlockContainer h3 { font-size: 1.4rem; }
[data-testid="stAlertContainer"] { padding: .6rem 1rem; color: #12395b; }
[data-testid="stAlertContainer"] p { color: inherit; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #4a5a61; opacity: 1; }
[data-testid="stPageLink"] a { border: 1px solid #0b5c6b; border-radius: .3rem; padding: .3rem .7rem; }
[data-testid="stPageLink"] a p { color: #0b5c6b; font-weight: 600; }
[data-testid="stPageLink"] a:hover { background: #e4eef0; }
[data-testid="stElementToolbar"] [aria-label^="Download as CSV"] { display: none; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .stElementContainer:has(> iframe), .stIFrame { height: 26rem !important; flex-basis: 26rem !important; }
  .stMain [data-testid^="stBaseButton"], .stMain summary { min-height: 44px; }
  .stMain [data-baseweb="input"], .stMain [data-baseweb="select"] > div { min-height: 44px; }
  .stMain [data-variant="segmented_control"], .stMain [data-variant="pills"],
  .stMain [data-testid="stTextInputRootElement"],
  .stMain [data-testid="stNumberInputContainer"], .stMain [data-testid="stTimeInputTimeDisplay"],
  .stMain [data-testid="stDateInputField"], .stMain [data-testid="stSelectbox"] > div { min-height: 44px; }
  .stMain [data-testid="stNumberInputContainer"] button { min-width: 44px; }
}
</style>
"""


def set_up_logging() -> None:
    """Send the planner's own log to standard error, once."""
    if not LOG.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)


def show_banner() -> None:
    """Say which district is open, and that the sample district is fictional; on a server also who is signed in."""
    st.html(_STYLE)
    if access.on_server():
        _show_visitor()
        return
    workspace = session.current_workspace()
    if session.is_sample(workspace):
        st.info(
            "**A fictional district, to try the planner on:** every place, person and number is made up. Set up your"
            " own on the Start page.",
        )
    else:
        st.caption(f"Workspace: **{escape(workspace.scenario.name)}** in {escape(str(workspace.root))}")


def _show_visitor() -> None:
    """Note a new sign-in; whoever has no role is not even told which district this is."""
    person = access.visitor()
    if person is None:
        return
    workspace = session.current_workspace()
    access.note_sign_in(workspace, person)
    if person.role is not None:
        access.show_visitor(workspace, person)


def show_title(title: str, purpose: str) -> None:
    """Head a page with its name and one sentence on what it is for."""
    st.title(title, anchor=False)
    st.markdown(purpose)


@contextmanager
def calm_errors() -> Iterator[None]:
    """Turn every error into a sentence on the screen.

    What the planner raises on purpose is shown as it is. Anything else is told calmly and logged by type and place
    alone: a message of somebody else's library may quote a row of the officer's file.
    """
    try:
        yield
    except PlannerError as error:
        show_error(error)
    except Exception as error:  # noqa: BLE001 - the last catch: nobody should be shown a traceback
        LOG.error("%s", describe(error))  # noqa: TRY400 - the traceback would carry the message
        st.error(
            "Something went wrong that the planner did not expect; nothing was changed. Try again, and if it happens"
            " again, tell whoever looks after the planner: the log says where it happened.",
        )


def show_error(error: PlannerError) -> None:
    """Show an error's sentence, and the reader's own broken values where the error brings some."""
    st.error(escape(access.told(error)))
    if isinstance(error, BadRowsError) and error.samples:
        rows = [{"Row": row, "Found": value} for row, value in error.samples]
        st.dataframe(rows, hide_index=True, width="stretch")


def describe(error: BaseException) -> str:
    """Name an error's type and the lines it passed through, without its message or any value.

    Examples
    --------
    >>> describe(ValueError("SP10 1DP is secret"))
    'ValueError at nowhere'
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'nowhere'}"
