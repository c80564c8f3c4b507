"""Let the server answer the messages that the screens send, and no other ones that Streamlit knows.

One of those empties everybody's caches, whoever sends it and whether they have signed in or not; another tells of the
folder that the planner runs from.
"""

from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.app_session import AppSession

ANSWERED: Final = frozenset(
    {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
)
_MARK: Final = "answers_only_what_is_needed"


def answer_only_what_is_needed() -> None:
    """Have every session of this server pass over all other messages."""
    answer = AppSession.handle_backmsg
    if getattr(answer, _MARK, False):
        return

    def guarded(session: AppSession, msg: BackMsg) -> None:
        if msg.WhichOneof("type") in ANSWERED:
            answer(session, msg)

    setattr(guarded, _MARK, True)
    AppSession.handle_backmsg = guarded  # type: ignore[assignment]  # on purpose: Streamlit has no setting for it
