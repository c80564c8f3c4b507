"""The server answers what the screens send, and nothing by which one visitor could meddle with all others."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.app_session import AppSession

from pages.kit.messages import ANSWERED, answer_only_what_is_needed


@pytest.fixture
def answered(monkeypatch):
    """The kinds of message that come through to Streamlit."""
    came = []
    monkeypatch.setattr(AppSession, "handle_backmsg", lambda _, msg: came.append(msg.WhichOneof("type")))
    answer_only_what_is_needed()
    answer_only_what_is_needed()  # a page is run more than once
    return came


def _message(kind: str) -> BackMsg:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    return message


def test_only_what_the_screens_send_is_answered(answered) -> None:
    kinds = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
    for kind in kinds:
        AppSession.handle_backmsg(None, _message(kind))
    assert {"clear_cache", "load_git_info"} <= set(kinds) - ANSWERED
    assert sorted(answered) == sorted(ANSWERED)
    AppSession.handle_backmsg(None, BackMsg())
    assert len(answered) == len(ANSWERED)
