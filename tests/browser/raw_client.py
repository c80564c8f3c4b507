"""A client of our own for the planner's websocket: says what no browser would say, and keeps all that it is told."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


@dataclass
class Told:
    """What a server told one client.

    Attributes
    ----------
    frames
        As received.
    pages
        Names of the pages that the navigation offers, with their hashes.
    """

    frames: list[bytes] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> bytes:
        return b"\n".join(self.frames)


def ask(
    address: str,
    asked: Iterable[BackMsg],
    *,
    cookies: dict[str, str],
    origin: str = "",
    session: str = "",
    forged: Iterable[BackMsg] = (),
) -> Told:
    """Open a session with these cookies, send every message, and wait each time until the page has run.

    With `session` the client says that it is the browser of another session come back. What is forged may get no
    answer at all: it is sent without waiting, and then the page is asked for once more.
    """
    told = Told()
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    protocols = ["streamlit", *([cookies["_streamlit_xsrf"]] if "_streamlit_xsrf" in cookies else [])]
    protocols += [session] if session else []
    where = address.replace("http://", "ws://")
    with connect(
        f"{where}/_stcore/stream",
        origin=origin or address,
        subprotocols=protocols,
        additional_headers=headers,
        max_size=None,
        proxy=None,
    ) as socket:
        for message in asked:
            socket.send(message.SerializeToString())
            _listen(socket, told)
        for message in forged:
            socket.send(message.SerializeToString())
        if forged:
            time.sleep(2)
            socket.send(run_page().SerializeToString())
            _listen(socket, told)
    return told


def run_page(name: str = "", *, page_hash: str = "", query: str = "", widgets: dict[str, str] | None = None) -> BackMsg:
    """Ask for a run of the app at a page, as a browser does when it is opened there."""
    message = BackMsg()
    message.rerun_script.page_name = name
    message.rerun_script.page_script_hash = page_hash
    message.rerun_script.query_string = query
    for key, value in (widgets or {}).items():
        message.rerun_script.widget_states.widgets.add(id=key, string_value=value)
    return message


def pages_in(frames: Iterable[bytes]) -> dict[str, str]:
    """Read the pages that a navigation offered, by address, from frames a browser received."""
    found: dict[str, str] = {}
    for frame in frames:
        message = ForwardMsg.FromString(frame)
        found |= {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
    return found


def _listen(socket: Any, told: Told) -> None:
    while True:
        frame = socket.recv(timeout=30)
        told.frames.append(frame)
        message = ForwardMsg.FromString(frame)
        told.pages |= {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        if message.WhichOneof("type") == "script_finished":
            return
