"""Who is signed in, and what they may do: the one place that decides.

On a machine of one's own nobody signs in, and everything is allowed. On a server, `planner app --sign-in FILE`, every
run of a page asks here first, and whoever the list of roles does not name gets no page at all.
"""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from geo.errors import BadInputError, PlannerError
from geo.review.audit import read_audit
from geo.review.keys import key_path
from geo.review.roles import RIGHTS, Person, Right, Roles, person_of
from geo.review.sign_in import SIGN_IN_FILE, read_sign_in
from geo.review.sign_ins import remember_sign_in, sign_in_state
from geo.review.signing import Signer, user_name
from geo.review.store import Store
from geo.review.workspace import Workspace
from pages.kit.words import escape

ROLE_WORDS: Final = {"lead": "lead officer", "officer": "officer", "partner": "partner", "viewer": "viewer"}
_LOG: Final = logging.getLogger("planner")


def on_server() -> bool:
    """Tell whether people sign in here.

    Streamlit's own setting for sign-in counts too: an app that is started by hand with one is never open to everybody.
    """
    return bool(os.environ.get(SIGN_IN_FILE)) or "is_logged_in" in st.user


def may(right: Right) -> bool:
    """Tell whether whoever sits at this browser may do something."""
    if not on_server():
        return right in RIGHTS["lead"]
    person = visitor()
    return person is not None and person.may(right)


def visitor() -> Person | None:
    """Say who has signed in at this browser; None where nobody has, or their sign-in has ended.

    Raises
    ------
    PlannerError
        The list of roles cannot be read: then nobody is anybody.
    """
    person = person_of(st.user.to_dict(), _roles(), now=datetime.now(tz=UTC))
    return None if person is None or _has_ended(person) else person


def told(error: PlannerError) -> str:
    """Say an error's sentence; whoever is not of the team is told what is wrong with their file, and nothing else."""
    try:
        if may("team"):
            return str(error)
    except PlannerError as unknown:  # nobody is anybody
        return str(unknown)
    named = (os.environ.get("PLANNER_WORKSPACE", ""), str(key_path("").parent))
    own = isinstance(error, BadInputError) and not any(folder and folder in str(error) for folder in named)
    return str(error) if own else "This cannot be done at the moment. Please tell the housing team."


def sign_out() -> None:
    """End this sign-in, in every tab and for every copy of its cookie."""
    person, store = visitor(), _store()
    if person is not None and store is not None:
        remember_sign_in(store, person.ticket, "ended", now=datetime.now(tz=UTC))
    st.logout()


def note_sign_in(workspace: Workspace, person: Person) -> None:
    """Write a line of the audit log for a new sign-in, and one where the list of roles is another than before."""
    _note_roles(str(workspace.root), _roles().in_words(), workspace)
    if not sign_in_state(workspace.store, person.ticket):
        workspace.note("sign-in", person.role or "refused: no role")
        remember_sign_in(workspace.store, person.ticket, "noted", now=datetime.now(tz=UTC))


def show_visitor(workspace: Workspace, person: Person) -> None:
    """Say which district this is and who is signed in, beside the button that signs them out."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        role = ROLE_WORDS[person.role] if person.role else "no role"
        name = escape(workspace.scenario.name)
        st.caption(f"**{name}** · signed in as {escape(person.name)} ({role})", width="content")
        st.button("Sign out", on_click=sign_out)


def _roles() -> Roles:
    """Read the list anew whenever its file has changed, so that a name struck out is out at the next click."""
    try:
        file = Path(os.environ[SIGN_IN_FILE])
        state = file.stat()
        return _read(str(file), state.st_mtime_ns, state.st_size)
    except (KeyError, OSError, BadInputError) as error:
        _LOG.error("The list of roles cannot be read: %s", error if isinstance(error, BadInputError) else "no file")
        message = "Nobody can sign in at the moment. Please tell whoever looks after the planner."
        raise PlannerError(message) from None


@st.cache_resource(max_entries=1, show_spinner=False)
def _read(file: str, changed: int, size: int) -> Roles:  # noqa: ARG001 - the cache's key
    return read_sign_in(Path(file)).planner


def _has_ended(person: Person) -> bool:
    """Tell whether this sign-in was ended: its cookie would live for a month."""
    store = _store()
    return store is not None and sign_in_state(store, person.ticket) == "ended"


def _store() -> Store | None:
    """Find where sign-ins are remembered; a server without a workspace shows nothing to anybody."""
    folder = os.environ.get("PLANNER_WORKSPACE", "")
    return Workspace.open(Path(folder)).store if folder else None


@st.cache_resource(max_entries=100, show_spinner=False)
def _note_roles(root: str, words: str, _workspace: Workspace) -> None:  # noqa: ARG001 - the cache's key
    last = [line.detail for line in read_audit(_workspace.store) if line.what == "role change"]
    if last[-1:] != [words]:
        # Signed by whoever runs the server, not by who came first after the change.
        keeper = Signer(user_name(), lambda: datetime.now(tz=UTC))
        Workspace.open(_workspace.root, signer=keeper).note("role change", words)
